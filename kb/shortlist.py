"""Candidates for an answer in their order; where they stand is read when they are looked at."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kb.model import Hit, Passage, Place, ScorePart, Span
from kb.ranking import Ranked
from kb.store import Snapshot
from kb.words import places_of

_ALIKE = "words of the best passages"


class Found(NamedTuple):
    """A passage number with its score: that of its words, and of what else counts.

    A tuple for the reason that Ranked is one.
    """

    number: int
    score: float
    ranked: Ranked | None
    alike: float = 0.0
    boost: ScorePart | None = None

    @property
    def parts(self) -> tuple[ScorePart, ...]:
        """The score by what it comes from."""
        words = self.ranked.parts if self.ranked else ()
        alike = (ScorePart(_ALIKE, self.alike),) if self.alike else ()
        return (*words, *alike, *((self.boost,) if self.boost else ()))


class Candidate(NamedTuple):
    """What was found, and where it stands."""

    place: Place
    found: Found

    @property
    def score(self) -> float:
        return self.found.score

    def hit(self, passage: Passage, words: set[str]) -> Hit:
        """Return the candidate with the parts of its score; few of them are shown."""
        return Hit(passage, self.score, self.found.parts, highlights(passage.text, words))


class Shortlist:
    """Candidates sorted by score, then by article and place.

    Of most of them nobody needs to know where they stand: `at_once` are looked up at first, and as
    many more whenever those do not do.
    """

    def __init__(self, snapshot: Snapshot, found: Iterable[Found], *, at_once: int) -> None:
        self._snapshot = snapshot
        self._at_once = at_once
        self._waiting = sorted(found, key=lambda each: each.score)  # the best are the last
        self._known: list[Candidate] = []
        self._repeated: dict[str, str] = {}
        self._asked: set[str] = set()

    def __len__(self) -> int:
        return len(self._known) + len(self._waiting)

    def __iter__(self) -> Iterator[Candidate]:
        at = 0
        while at < len(self._known) or self._look_up():
            yield from self._known[at : (at := len(self._known))]

    def pop(self, place: int) -> Candidate:
        """Remove and return one that an iteration has come to."""
        return self._known.pop(place)

    def original(self, copy: Candidate) -> str:
        """Return the article that a candidate repeats, "" when it repeats none."""
        if copy.place.article not in self._asked:
            articles = {copy.place.article, *(each.place.article for each in self._known)}
            self._repeated |= self._snapshot.repeated_in(articles - self._asked)
            self._asked |= articles
        return self._repeated.get(copy.place.id, "")

    def _look_up(self) -> bool:
        """Look up the next candidates, those that tie as well; False when there is none."""
        first = len(self._waiting) - self._at_once
        while first > 0 and self._waiting[first - 1].score == self._waiting[first].score:
            first -= 1
        some = self._waiting[max(first, 0) :]
        del self._waiting[max(first, 0) :]
        places = self._snapshot.places_by_number(each.number for each in some)
        fresh = [Candidate(places[each.number], each) for each in some if each.number in places]
        self._known += sorted(fresh, key=_order)
        return bool(some)


def _order(each: Candidate) -> tuple[float, str, int]:
    return -each.score, each.place.article, each.place.start


def highlights(text: str, stems: set[str]) -> tuple[Span, ...]:
    """Return where `text` holds one of `stems`, in order, without overlaps."""
    spans: list[Span] = []
    behind = 0
    for place in places_of(text, stems):
        if place[0] >= behind:
            spans.append(Span._make(place))
            behind = place[1]
    return tuple(spans)
