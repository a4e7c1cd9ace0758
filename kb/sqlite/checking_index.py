"""Whether the index and the vocabulary are those that the stored texts yield."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kb.index import topic_forms
from kb.segments import Segment, segments_of
from kb.sqlite.deletions import are_right
from kb.sqlite.rebuilding import index_of
from kb.sqlite.segments import read_segment
from kb.sqlite.vocabulary import Stored, read_forms
from kb.topic import Topic

_Row = tuple[NDArray[np.int64], NDArray[np.uint64], NDArray[np.uint8], NDArray[np.uint8]]


def index_problems(connection: sqlite3.Connection, topics: Iterable[Topic]) -> Iterator[str]:
    """Yield a sentence for each article whose part of the index is not what its text yields.

    And one for each topic whose index counts other passages, or whose words are others. Texts are
    read anew, one article after the other.
    """
    every = read_forms(connection)
    for topic in topics:
        counted: Counter[str] = Counter()
        yield from _postings(connection, topic.id, counted)
        if not _is_vocabulary(every.get(topic.id, ()), topic, counted):
            yield f"The vocabulary of topic {topic.id} is not that of its articles."
    reached = {topic: [each.reached for each in forms] for topic, forms in every.items()}
    if not are_right(connection, reached):
        yield "What finds misspelt words is not what the words of the topics yield."


def _postings(connection: sqlite3.Connection, topic: str, forms: Counter[str]) -> Iterator[str]:
    """Yield what is wrong with the segments of a topic; add the forms of its articles."""
    rows = connection.execute(
        "SELECT id, first, last, passages, body, heading FROM segments WHERE topic = ?"
        " ORDER BY first",
        (topic,),
    ).fetchall()
    segment = lru_cache(2)(lambda id: _ByPassage(read_segment(connection, id)))
    ids = [row[0] for row in rows]
    if not all(segment(id).is_counted_as(*counted) for id, *counted in rows):
        yield f"The index of topic {topic} counts its passages wrongly."
    held = np.concatenate([segment(id).numbers for id in ids] or [np.zeros(0, np.uint32)])
    owners = np.repeat(ids, [len(segment(id).numbers) for id in ids])
    found = 0
    for article in _articles(connection, topic):
        numbers, index = index_of(connection, article)
        forms.update(index.forms)
        places = np.flatnonzero(np.isin(held, numbers))
        found += len(places)
        expected = [_ByPassage(each) for each in segments_of(index, numbers)]
        stored = [segment(id).of(numbers) for id in np.unique(owners[places]).tolist()]
        if _joined(expected) != _joined(stored) or _sketches(connection, article) != list(
            index.sketches
        ):
            yield f"The index of article {article} is not what its text yields."
    if found != len(held):  # some are of no article
        yield f"The index of topic {topic} counts its passages wrongly."


def _articles(connection: sqlite3.Connection, topic: str) -> list[str]:
    """Return the articles of a topic in the order of their passages, as the segments are."""
    rows = connection.execute(
        "SELECT a.id FROM articles a LEFT JOIN passages p ON p.article = a.id WHERE a.topic = ?"
        " GROUP BY a.id ORDER BY min(p.number)",
        (topic,),
    )
    return [row[0] for row in rows.fetchall()]


def _sketches(connection: sqlite3.Connection, article: str) -> list[bytes]:
    rows = connection.execute(
        "SELECT likeness FROM passages WHERE article = ? ORDER BY number", (article,)
    )
    return [row[0] for row in rows]


class _ByPassage:
    """A segment with its postings by passage and then by word."""

    def __init__(self, segment: Segment) -> None:
        words = np.repeat(segment.words, segment.counts)
        order = np.lexsort((words, segment.places))
        self._segment = segment
        self._rows = (
            segment.numbers[segment.places][order],
            words[order],
            segment.in_body[order],
            segment.in_heading[order],
        )

    @property
    def numbers(self) -> NDArray[np.uint32]:
        return self._segment.numbers

    def is_counted_as(self, first: int, last: int, passages: int, body: int, heading: int) -> bool:
        """Tell whether what is stored of the whole segment is right."""
        numbers = self.numbers
        sums = (len(numbers), int(self._segment.body.sum()), int(self._segment.heading.sum()))
        ordered = bool((numbers[1:] > numbers[:-1]).all())
        inside = not len(numbers) or first <= int(numbers[0]) <= int(numbers[-1]) <= last
        return ordered and inside and sums == (passages, body, heading)

    def of(self, numbers: Sequence[int]) -> list[bytes]:
        """Return all that is held of some passages that follow one another."""
        first, last = min(numbers), max(numbers)
        begin, end = np.searchsorted(self.numbers, [first, last + 1])
        start, stop = np.searchsorted(self._rows[0], [first, last + 1])
        segment = self._segment
        lengths = (segment.body[begin:end], segment.heading[begin:end])
        return [
            *(each[start:stop].tobytes() for each in self._rows),
            *(each.astype(np.uint16).tobytes() for each in lengths),
            self.numbers[begin:end].tobytes(),
        ]

    def whole(self) -> list[bytes]:
        return self.of([int(self.numbers[0]), int(self.numbers[-1])])


def _joined(pieces: Sequence["_ByPassage | list[bytes]"]) -> list[bytes]:
    """Return what several segments hold as if it were one."""
    rows = [each.whole() if isinstance(each, _ByPassage) else each for each in pieces]
    return [b"".join(column) for column in zip(*rows, strict=True)]


def _is_vocabulary(forms: Iterable[Stored], topic: Topic, counted: Mapping[str, int]) -> bool:
    """Tell whether forms are those that a topic and its articles have."""
    named = topic_forms(topic.vocabulary)
    expected = dict.fromkeys(named, (0, 1))
    expected |= {form: (frequency, int(form in named)) for form, frequency in counted.items()}
    return {each.form: (each.frequency, each.topical) for each in forms} == expected
