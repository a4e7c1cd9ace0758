"""search(): the passages that best answer a query, spread over articles."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from kb.likeness import adds_nothing
from kb.model import Hit, Passage, Query, ScorePart, Span
from kb.ranking import Ranked, rank
from kb.store import Snapshot
from kb.words import index_words

NO_BOOSTS: Mapping[str, ScorePart] = {}
_POOL = 8  # candidates looked at for each hit that is wanted
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
    chosen = found = _candidates(snapshot, query, words, boosts, pool)
    if spread:
        chosen = _spread(snapshot, query.topic, found, limit)
    if spread and len(chosen) < limit and len(found) >= pool:  # the rest are copies of these
        copies = snapshot.repeats(query.topic).passages
        found = _candidates(snapshot, query, words, boosts, pool * _POOL)
        found = [each for each in found if each.passage.id not in copies]
        chosen = _spread(snapshot, query.topic, found, limit)
    return [each.hit(words) for each in chosen[:limit]]


def nearest(snapshot: Snapshot, query: Query, *, limit: int) -> list[Passage]:
    """Return what `search` finds without spreading and boosts: the passages alone, to be read."""
    words = {choice.word for word in query.words for choice in word.alternatives}
    found = _candidates(snapshot, query, words, NO_BOOSTS, limit)
    return [each.passage for each in found[:limit]]


class _Candidate(NamedTuple):
    """A passage with its score, which is that of its words and its boost.

    A tuple for the reason that Ranked is one.
    """

    passage: Passage
    score: float
    ranked: Ranked | None
    boost: ScorePart | None

    def hit(self, words: set[str]) -> Hit:
        """Return the candidate with the parts of its score; few of them are shown."""
        parts = self.ranked.parts if self.ranked else ()
        parts = (*parts, self.boost) if self.boost else parts
        return Hit(self.passage, self.score, parts, highlights(self.passage.text, words))


def _candidates(
    snapshot: Snapshot,
    query: Query,
    words: set[str],
    boosts: Mapping[str, ScorePart],
    limit: int,
) -> list[_Candidate]:
    """Return the `limit` passages that score best, those that tie with the last, and all boosted.

    They are sorted by score with its boost, then by article and place.
    """
    ranked = rank(query, snapshot.scored(query.topic, words), limit=limit)
    best = ranked[0].score if ranked else 1.0
    gains = {id: ScorePart(part.name, part.value * best) for id, part in boosts.items()}
    passages = snapshot.passages_by_number(each.number for each in ranked)
    found = [
        _candidate(passages[each.number], each, gains) for each in ranked if each.number in passages
    ]
    ids = {each.passage.id for each in found}
    others = snapshot.passages_by_id(id for id in boosts if id not in ids)
    found += [_candidate(passage, None, gains) for passage in others.values()]
    return sorted(found, key=lambda each: (-each.score, each.passage.article, each.passage.start))


def _candidate(
    passage: Passage, ranked: Ranked | None, gains: Mapping[str, ScorePart]
) -> _Candidate:
    boost = gains.get(passage.id)
    score = ranked.score if ranked else 0.0
    return _Candidate(passage, score + boost.value if boost else score, ranked, boost)


def _spread(
    snapshot: Snapshot, topic: str, candidates: Sequence[_Candidate], limit: int
) -> list[_Candidate]:
    sketches = snapshot.sketches(each.passage.id for each in candidates)
    remaining = list(candidates)
    chosen: list[_Candidate] = []
    shares: dict[str, float] = {}

    def is_told(candidate: _Candidate) -> bool:
        sketch = sketches[candidate.passage.id]
        return any(adds_nothing(sketch, sketches[each.passage.id]) for each in chosen)

    while remaining and len(chosen) < limit:
        best = remaining.pop(_best(remaining, shares))
        if is_told(best):
            continue
        originals = _originals(snapshot, topic, best, remaining, sketches)
        best = next((each for each in originals if not is_told(each)), best)
        chosen.append(best)
        taken = sum(each.passage.article == best.passage.article for each in chosen)
        shares[best.passage.article] = _REPEAT**taken
    return chosen


def _best(candidates: Sequence[_Candidate], shares: Mapping[str, float]) -> int:
    """Return the place of the best candidate, each counted by the share of its article.

    They are sorted by score, and a share is 1 at most: those behind the best are not looked at.
    """
    best, most = 0, -1.0
    for place, each in enumerate(candidates):
        if each.score <= most:
            break
        score = each.score * shares.get(each.passage.article, 1.0)
        if score > most:
            best, most = place, score
    return best


def _originals(
    snapshot: Snapshot,
    topic: str,
    copy: _Candidate,
    others: Sequence[_Candidate],
    sketches: Mapping[str, bytes],
) -> Iterator[_Candidate]:
    """Yield those of `others` that a candidate is a copy of, most often none.

    A sound copy of code stays in the place of an original that lost something.
    """
    source = snapshot.repeats(topic).passages.get(copy.passage.id)
    for other in others if source else ():
        sound = copy.passage.damage or not other.passage.damage
        if sound and other.passage.article == source:
            like = adds_nothing(sketches[copy.passage.id], sketches[other.passage.id])
            yield from (other,) if like else ()


def highlights(text: str, stems: set[str]) -> tuple[Span, ...]:
    """Return where `text` holds one of `stems`, in order, without overlaps."""
    spans: list[Span] = []
    for stem, start, end in _places(text):
        if stem in stems and not (spans and start < spans[-1].end):
            spans.append(Span(start, end))
    return tuple(spans)


@lru_cache(maxsize=2048)
def _places(text: str) -> tuple[tuple[str, int, int], ...]:
    """Return the stem, start and end of the index words of a passage: the same ones are shown."""
    return tuple((word.stem, word.start, word.end) for word in index_words(text))
