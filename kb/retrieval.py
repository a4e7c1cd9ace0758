"""search(): the passages that best answer a query, spread over articles."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from kb.feedback import fed_back, shared_words, taken_for_good
from kb.lexicon.english import stop_words
from kb.likeness import adds_nothing
from kb.model import Hit, Passage, Place, Query, ScorePart, Span
from kb.ranking import Ranked, rank, rank_few, score_of
from kb.store import Snapshot
from kb.words import index_stems, places_of, stem

NO_BOOSTS: Mapping[str, ScorePart] = {}
_POOL = 8  # candidates looked at for each hit that is wanted
_USUAL = 40  # that are ranked at least: most callers want no more, and may ask twice
_FEW = 4096  # passages up to which it is kept what a word adds to each, 16 bytes
_ALIKE = "words of the best passages"
_REPEAT = 0.86  # each further hit of one article counts this much less when hits are spread


def search(
    snapshot: Snapshot,
    query: Query,
    *,
    limit: int = 5,
    spread: bool = True,
    boosts: Mapping[str, ScorePart] = NO_BOOSTS,
) -> list[Hit]:
    """Return the passages that best answer `query`, best first.

    Scores compare only within one result; ties keep the order of the articles. With `spread`, a
    second or third passage of one article has to be clearly better than another article's best,
    and of passages that repeat one another one is shown: the original before its copy. `boosts`
    maps passage ids to a part whose value is a share of the best score; it is added to that
    passage, which is a candidate even if it holds no word of the query. Fewer than `limit` hits,
    or none, is a normal result.
    """
    words = {choice.word for word in query.words for choice in word.alternatives}
    pool = limit * _POOL
    chosen = found = _candidates(snapshot, query, boosts, pool)
    if spread:
        chosen = _spread(snapshot, found, limit)
    if spread and len(chosen) < limit and len(found) >= pool:  # the rest are copies of these
        found = _candidates(snapshot, query, boosts, pool * _POOL)
        copies = snapshot.repeated_in(each.place.article for each in found)
        found = [each for each in found if each.place.id not in copies]
        chosen = _spread(snapshot, found, limit)
    passages = snapshot.passages_by_id(each.place.id for each in chosen[:limit])
    return [each.hit(passages[each.place.id], words) for each in chosen[:limit]]


def nearest(snapshot: Snapshot, query: Query, *, limit: int) -> list[Passage]:
    """Return what `search` finds without spreading and boosts: the passages alone, to be read."""
    ranked = _ranked(snapshot, query, limit)
    passages = snapshot.passages_by_number(each.number for each in ranked)
    found = [(each, passages[each.number]) for each in ranked if each.number in passages]
    found.sort(key=lambda pair: (-pair[0].score, pair[1].article, pair[1].start))
    return [passage for _, passage in found[:limit]]


def words_held(
    snapshot: Snapshot, topic: str, passages: Sequence[Passage], words: Collection[str]
) -> Mapping[str, frozenset[str]]:
    """Return which of `words` (stems) passages may hold, text and headings, by passage id.

    This is told from the index alone, quicker than by reading them. What the index leaves out, the
    stems of stop words, counts as held.
    """
    left_out = _stop_stems().intersection(words)
    held: dict[int, set[str]] = {each.number: set(left_out) for each in passages}
    wanted = np.array(sorted(held), np.uint32)
    for part in snapshot.index(topic).find(words):
        places = part.numbers.searchsorted(wanted)
        places[places == len(part.numbers)] = 0
        here = part.numbers[places] == wanted
        places, numbers = places[here], wanted[here]
        for word, postings in part.postings.items():
            at = postings.numbers.searchsorted(places.astype(postings.numbers.dtype))
            at[at == len(postings.numbers)] = 0
            for number in numbers[postings.numbers[at] == places].tolist():
                held[number].add(word)
    return {each.id: frozenset(held[each.number]) for each in passages}


@cache
def _stop_stems() -> frozenset[str]:
    return frozenset(map(stem, stop_words()))


class _Candidate(NamedTuple):
    """Where a passage stands, with its score: that of its words and of `others`, named parts.

    A tuple for the reason that Ranked is one.
    """

    place: Place
    score: float
    ranked: Ranked | None
    others: tuple[ScorePart, ...] = ()

    def plus(self, part: ScorePart | None) -> "_Candidate":
        """Return the candidate with one more part of its score, if there is one."""
        if part is None:
            return self
        return self._replace(score=self.score + part.value, others=(*self.others, part))

    def hit(self, passage: Passage, words: set[str]) -> Hit:
        """Return the candidate with the parts of its score; few of them are shown."""
        parts = (*(self.ranked.parts if self.ranked else ()), *self.others)
        return Hit(passage, self.score, parts, highlights(passage.text, words))


class _Ranking(NamedTuple):
    """What was ranked for a query in a snapshot that is read."""

    query: Query
    limit: int
    ranked: list[Ranked]


# A fact is looked for before its passages are found: the last two rankings of each snapshot.
_RANKINGS: WeakKeyDictionary[Snapshot, tuple[_Ranking, ...]] = WeakKeyDictionary()


def _ranked(snapshot: Snapshot, query: Query, limit: int) -> list[Ranked]:
    """Return the passages that score best for the words of a query, and those that tie."""
    known = _RANKINGS.get(snapshot, ())
    found = next((e for e in known if e.query is query and e.limit >= limit), None)
    if found is None:
        wide = max(limit, _USUAL)
        found = _Ranking(query, wide, _newly_ranked(snapshot, query, wide))
        _RANKINGS[snapshot] = (found, *known[:1])
    if len(found.ranked) <= limit:
        return found.ranked
    least = found.ranked[limit - 1].score
    return [each for each in found.ranked if each.score >= least]


def _newly_ranked(snapshot: Snapshot, query: Query, limit: int) -> list[Ranked]:
    index = snapshot.index(query.topic)
    if index.passages > _FEW:
        return rank(query, index, limit=limit)
    words = {choice.word for word in query.words for choice in word.alternatives}
    return rank_few(query, snapshot.scored(query.topic, words), limit=limit)


def _candidates(
    snapshot: Snapshot, query: Query, boosts: Mapping[str, ScorePart], limit: int
) -> list[_Candidate]:
    """Return the `limit` passages that score best, those that tie with the last, and all boosted.

    They are sorted by score with its boost, then by article and place.
    """
    ranked = _ranked(snapshot, query, limit)
    best = ranked[0].score if ranked else 1.0
    gains = {id: ScorePart(part.name, part.value * best) for id, part in boosts.items()}
    places = snapshot.places_by_number(each.number for each in ranked)
    found = [
        _Candidate(places[each.number], each.score, each)
        for each in ranked
        if each.number in places
    ]
    found = _reordered(snapshot, query, found)
    ids = {each.place.id for each in found}
    others = snapshot.places_by_id(id for id in boosts if id not in ids)
    found += [_Candidate(place, 0.0, None) for place in others.values()]
    if gains:
        found = [each.plus(gains.get(each.place.id)) for each in found]
    return sorted(found, key=_order)


def _order(each: _Candidate) -> tuple[float, str, int]:
    return -each.score, each.place.article, each.place.start


def _reordered(
    snapshot: Snapshot, query: Query, candidates: Sequence[_Candidate]
) -> list[_Candidate]:
    """Add to each score what a passage shares with the best ones (see kb.feedback)."""
    index = snapshot.index(query.topic)
    if not (count := taken_for_good(index.passages)):
        return list(candidates)
    best = sorted(candidates, key=_order)[:count]
    passages = snapshot.passages_by_id(each.place.id for each in best)
    stems = [index_stems(passages[each.place.id].text) for each in best]
    shares = shared_words([(each.score, held) for each, held in zip(best, stems, strict=True)])
    if not shares:
        return list(candidates)
    frequencies = snapshot.frequencies(query.topic, shares)
    more = fed_back(query, shares, frequencies, index.passages)
    numbers = [each.ranked.number for each in candidates if each.ranked]
    added = score_of(more, index, numbers)
    found = []
    for place, score, ranked, others in candidates:
        part = added.get(ranked.number, 0.0) if ranked else 0.0
        others = (*others, ScorePart(_ALIKE, part)) if part else others
        found.append(_Candidate(place, score + part, ranked, others))
    return found


def _spread(snapshot: Snapshot, candidates: Sequence[_Candidate], limit: int) -> list[_Candidate]:
    remaining = list(candidates)
    chosen: list[_Candidate] = []
    shares: dict[str, float] = {}

    def is_told(candidate: _Candidate) -> bool:
        return any(adds_nothing(candidate.place.sketch, each.place.sketch) for each in chosen)

    while remaining and len(chosen) < limit:
        best = remaining.pop(_best(remaining, shares))
        if is_told(best):
            continue
        originals = _originals(snapshot, best, remaining)
        best = next((each for each in originals if not is_told(each)), best)
        chosen.append(best)
        taken = sum(each.place.article == best.place.article for each in chosen)
        shares[best.place.article] = _REPEAT**taken
    return chosen


def _best(candidates: Sequence[_Candidate], shares: Mapping[str, float]) -> int:
    """Return the place of the best candidate, each counted by the share of its article.

    They are sorted by score, and a share is 1 at most: those behind the best are not looked at.
    """
    best, most = 0, -1.0
    for place, each in enumerate(candidates):
        if each.score <= most:
            break
        score = each.score * shares.get(each.place.article, 1.0)
        if score > most:
            best, most = place, score
    return best


def _originals(
    snapshot: Snapshot, copy: _Candidate, others: Sequence[_Candidate]
) -> Iterator[_Candidate]:
    """Yield those of `others` that a candidate is a copy of, most often none.

    A sound copy of code stays in the place of an original that lost something.
    """
    source = snapshot.repeated_in([copy.place.article]).get(copy.place.id)
    for other in others if source else ():
        sound = copy.place.damaged or not other.place.damaged
        if sound and other.place.article == source:
            like = adds_nothing(copy.place.sketch, other.place.sketch)
            yield from (other,) if like else ()


def highlights(text: str, stems: set[str]) -> tuple[Span, ...]:
    """Return where `text` holds one of `stems`, in order, without overlaps."""
    spans: list[Span] = []
    for start, end in places_of(text, stems):
        if not (spans and start < spans[-1].end):
            spans.append(Span(start, end))
    return tuple(spans)
