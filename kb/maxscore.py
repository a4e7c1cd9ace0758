"""The best passages of an index, exact: what cannot be among them is left out.

Every part of the index is looked at once, the rarest words first. As soon as the words that are
left could not lift a passage above the ones found so far, passages that hold none but these are
left out (MaxScore of Turtle and Flood, 1995). This changes no score and no order.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from kb.bm25 import K1, Listed, Places, Scores, bm25
from kb.index import Part, Postings
from kb.model import QueryWord

_TOGETHER = 8_192  # postings that are scored at once: on few, every step of numpy's counts
_LOOK_UP = 4  # postings that are added to scores while one of a passage is looked up
_MANY = 32_768  # postings from which on it pays to know better what a score has to be at least
_SAMPLE = 16_384  # scores that tell which ones are high
_PROBED = 8  # passages, for each that is wanted, that are scored as a probe
_LEAST = 1e-30
_SLACK = 1 - 1e-5  # what adding in another order, with 24 bits, may change, and far more
_LONG = 1024  # postings from which on it is kept what they are worth

Rough = NDArray[np.float32]


class Best:
    """The passages that may be among the best so far; `least` is what one has to score at least.

    Scores are approximate here: they were added in another order than that of the query, of
    numbers with 24 bits. Those of what is found are computed anew.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.least = 0.0
        self._scores: Scores = np.zeros(0)
        self._found: list[tuple[Scoring, Places, Scores | Rough]] = []

    def raise_to(self, scores: Scores | Rough) -> None:
        """Note that different passages score at least this."""
        if len(scores) >= self.limit:
            least = np.partition(scores, len(scores) - self.limit)[len(scores) - self.limit]
            self.least = max(self.least, float(least) * _SLACK)

    def add(self, scoring: "Scoring", places: Places, scores: Scores | Rough) -> None:
        """Add passages of one more part with their whole scores."""
        keeps = scores >= self.least
        if keeps.any():
            self._found.append((scoring, places[keeps], scores[keeps]))
            self._scores = np.concatenate([self._scores, scores[keeps]])
            self.raise_to(self._scores)
            self._scores = self._scores[self._scores >= self.least]

    def places(self) -> Iterator[tuple["Scoring", Places]]:
        """Yield the best passages of every part that has one: `limit`, and those that tie."""
        for scoring, places, scores in self._found:
            keeps = scores >= self.least
            if keeps.any():
                yield scoring, places[keeps]


class Scoring:
    """A part of the index with the words of a query, the ones that may add most first."""

    def __init__(self, part: Part, words: Sequence[QueryWord], tells: Mapping[str, float]) -> None:
        self._part = part
        self._width = len(words)
        lists = [
            [
                Listed(choice.word, place, word.weight * choice.weight, tells[choice.word], found)
                for choice in word.alternatives
                if (found := part.postings.get(choice.word)) is not None
            ]
            for place, word in enumerate(words)
        ]
        # A score is below weight x tells x (K1 + 1), however often the word is repeated.
        bounds = [
            (max(each.weight * each.tells for each in one) * (K1 + 1), one) for one in lists if one
        ]
        bounds.sort(key=lambda pair: -pair[0])
        self._words = [one for _, one in bounds]
        self._is_probed = False
        self._sizes = [sum(len(each.postings.numbers) for each in one) for one in self._words]
        self._rest = [sum(bound for bound, _ in bounds[at:]) for at in range(len(bounds) + 1)]

    def search(self, best: Best) -> None:
        """Add to `best` what this part holds of it."""
        scores = np.zeros(len(self._part.numbers), np.float32)
        done = 0
        while not self._is_enough(done, scores, best):
            some = self._together(done)
            done += len(some)
            self._add(some, scores)
            if done < len(self._words):
                self._probe(done, scores, best)
        if not done:
            return
        places = (scores > max(0.0, best.least - self._rest[done])).nonzero()[0]
        found = scores[places]
        while done < len(self._words) and len(places):
            few = len(places) * (len(self._words) - done) <= _TOGETHER
            words = self._words[done:] if few else self._words[done : done + 1]
            found = found + self._table(words, places).sum(axis=0)
            done += len(words)
            best.raise_to(found)
            keeps = found + self._rest[done] >= best.least
            places, found = places[keeps], found[keeps]
        best.add(self, places, found)

    def _is_enough(self, done: int, scores: Rough, best: Best) -> bool:
        """Tell whether the words that are left are better looked up for single passages."""
        if done == len(self._words):
            return True
        gap = best.least - self._rest[done]
        if gap <= 0:
            return False
        return int(np.count_nonzero(scores > gap)) * _LOOK_UP <= self._sizes[done]

    def _probe(self, done: int, scores: Rough, best: Best) -> None:
        """Raise the least score by that of passages that are among the best so far.

        Before the first long list their whole scores are computed: then fewer others have to be
        looked at. Which they are is told by a sample.
        """
        if self._sizes[done] < _MANY or self._is_probed:
            if self._rest[done] >= best.least:
                best.raise_to(scores[scores > best.least])
            return
        self._is_probed = True
        step = max(1, len(scores) // _SAMPLE)
        sample = scores[::step]
        high = min(max(1, best.limit * _PROBED // step), len(sample))
        bar = np.partition(sample, len(sample) - high)[len(sample) - high]
        places = (scores >= max(bar, _LEAST)).nonzero()[0][: 4 * _PROBED * best.limit]
        if len(places):
            table = self._table(self._words[done:], places)
            best.raise_to(scores[places] + table.sum(axis=0))

    def _together(self, done: int) -> list[list[Listed]]:
        """Return the next words that are scored at once, at least one."""
        some = [self._words[done]]
        size = self._sizes[done]
        for lists, more in zip(self._words[done + 1 :], self._sizes[done + 1 :], strict=True):
            size += more
            if size > _TOGETHER or len(lists) > 1 or len(some[-1]) > 1:
                break
            some.append(lists)
        return some

    def _add(self, words: Sequence[Sequence[Listed]], scores: Rough) -> None:
        """Add what words add to every passage of the part; several have one list each."""
        if len(words) > 1:
            lists = [each for one in words for each in one]
            places = np.concatenate([each.postings.numbers for each in lists]).astype(np.intp)
            np.add.at(scores, places, bm25(self._part, lists).astype(np.float32))
        elif len(words[0]) == 1:
            (one,) = words[0]
            np.add.at(scores, one.postings.numbers.astype(np.intp), self._worth(one))
        else:
            added = np.zeros(len(scores), np.float32)
            for each in words[0]:
                np.maximum.at(added, each.postings.numbers.astype(np.intp), self._worth(each))
            scores += added

    def _worth(self, one: Listed) -> Rough:
        """Return what a list adds to the passages that it holds."""
        memo = self._part.memo
        known = memo.get(one.name)
        if known is None:
            plain = Listed(one.name, one.word, 1.0, 1.0, one.postings)
            known = bm25(self._part, [plain]).astype(np.float32)
            if len(known) >= _LONG:
                memo.put(one.name, known)
        return known * np.float32(one.weight * one.tells)

    def _table(self, words: Sequence[Sequence[Listed]], places: Places) -> Scores:
        """Return what words, by row, add to the passages at some places, by column."""
        table = np.zeros((len(words), len(places)))
        rows, columns, lists = [], [], []
        for row, one in enumerate(words):
            for each in one:
                here, found = _at(each.postings, places)
                if len(here):
                    rows.append(row)
                    columns.append(here)
                    lists.append(each.narrowed(found))
        scores = bm25(self._part, lists) if lists else np.zeros(0)
        end = 0
        for row, here in zip(rows, columns, strict=True):
            start, end = end, end + len(here)
            # Of the alternatives of a word the best one counts.
            table[row, here] = np.maximum(table[row, here], scores[start:end])
        return table

    def columns(self, places: Places) -> Iterator[tuple[int, list[float]]]:
        """Yield the number of passages, and what each word of the query adds to them."""
        table = self._in_order(places)
        yield from zip(self._part.numbers[places].tolist(), table.T.tolist(), strict=True)

    def totals(self, places: Places) -> Scores:
        """Return the scores of passages: what `columns` yields, added one by one."""
        total = np.zeros(len(places))
        for row in self._in_order(places):  # `sum` would add in another order, and round so
            total += row
        return total

    def _in_order(self, places: Places) -> Scores:
        """Return what each word of the query, by row, adds to passages."""
        table = np.zeros((self._width, len(places)))
        table[[lists[0].word for lists in self._words]] = self._table(self._words, places)
        return table


def _at(postings: Postings, places: Places) -> tuple[Places, Places]:
    """Return which of `places`, ascending, are among the postings, and where in them."""
    numbers = postings.numbers
    found = numbers.searchsorted(places.astype(numbers.dtype))
    # Behind the last one stands none: the last is compared there, and is another one.
    (here,) = (numbers.take(found, mode="clip") == places).nonzero()
    return here, found[here]
