"""search(): the passages that best answer a query, spread over articles."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from kb.likeness import adds_nothing, values
from kb.model import Hit, Passage, Query, ScorePart, Span
from kb.ranking import rank
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
    chosen = hits = _candidates(snapshot, query, words, boosts, pool)
    if spread:
        chosen = _spread(snapshot, query.topic, hits, limit)
    if spread and len(chosen) < limit and len(hits) >= pool:  # the rest are copies of these
        copies = snapshot.repeats(query.topic).passages
        hits = _candidates(snapshot, query, words, boosts, pool * _POOL)
        hits = [hit for hit in hits if hit.passage.id not in copies]
        chosen = _spread(snapshot, query.topic, hits, limit)
    return [replace(hit, highlights=highlights(hit.passage.text, words)) for hit in chosen[:limit]]


def _candidates(
    snapshot: Snapshot,
    query: Query,
    words: set[str],
    boosts: Mapping[str, ScorePart],
    limit: int,
) -> list[Hit]:
    """Return the `limit` passages that score best, those that tie with the last, and all boosted.

    They are sorted by score with its boost, then by article and place.
    """
    ranked = rank(
        query, snapshot.postings(query.topic, words), snapshot.lengths(query.topic), limit=limit
    )
    passages = snapshot.passages_by_number(found.number for found in ranked)
    best = ranked[0].score if ranked else 1.0
    hits = [
        _hit(passages[found.number], found.score, found.parts, boosts, best)
        for found in ranked
        if found.number in passages
    ]
    found = {hit.passage.id for hit in hits}
    others = snapshot.passages_by_id(id for id in boosts if id not in found)
    hits += [_hit(passage, 0.0, (), boosts, best) for passage in others.values()]
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage.article, hit.passage.start))


def _hit(
    passage: Passage,
    score: float,
    parts: tuple[ScorePart, ...],
    boosts: Mapping[str, ScorePart],
    best: float,
) -> Hit:
    boost = boosts.get(passage.id)
    if boost is None:
        return Hit(passage, score, parts)
    parts = (*parts, ScorePart(boost.name, boost.value * best))
    return Hit(passage, sum(part.value for part in parts), parts)


def _spread(snapshot: Snapshot, topic: str, hits: Sequence[Hit], limit: int) -> list[Hit]:
    sketches = snapshot.sketches(hit.passage.id for hit in hits)
    runs = {id: values(sketch) for id, sketch in sketches.items()}
    remaining = list(hits)
    chosen: list[Hit] = []
    shares: dict[str, float] = {}
    while remaining and len(chosen) < limit:
        best = max(remaining, key=lambda hit: hit.score * shares.get(hit.passage.article, 1.0))
        remaining.remove(best)
        best = _original(snapshot, topic, best, _near(best, remaining, runs), sketches)
        shown = sketches[best.passage.id]
        left_out = {
            hit.passage.id
            for hit in _near(best, remaining, runs)
            if adds_nothing(sketches[hit.passage.id], shown)
        }
        remaining = [hit for hit in remaining if hit.passage.id not in left_out]
        chosen.append(best)
        taken = sum(hit.passage.article == best.passage.article for hit in chosen)
        shares[best.passage.article] = _REPEAT**taken
    return chosen


def _near(hit: Hit, others: Sequence[Hit], runs: Mapping[str, frozenset[int]]) -> list[Hit]:
    """Return the few of `others` that share a run of words with a hit: only these may be copies."""
    own = runs[hit.passage.id]
    return [other for other in others if not own.isdisjoint(runs[other.passage.id])]


def _original(
    snapshot: Snapshot,
    topic: str,
    hit: Hit,
    others: Sequence[Hit],
    sketches: Mapping[str, bytes],
) -> Hit:
    """Return the first of `others` that a hit is a copy of, or the hit itself.

    A sound copy of code stays in the place of an original that lost something.
    """
    sketch = sketches[hit.passage.id]
    likes = [
        other
        for other in others
        if adds_nothing(sketch, sketches[other.passage.id])
        and (hit.passage.damage or not other.passage.damage)
    ]
    source = snapshot.repeats(topic).passages.get(hit.passage.id) if likes else None
    return next((like for like in likes if like.passage.article == source), hit)


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
