"""search(): the passages that best answer a query, spread over articles."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kb.model import Hit, Query, ScorePart, Span
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
    second or third passage of one article has to be clearly better than another article's best.
    `boosts` maps passage ids to a part whose value is a share of the best score; it is added to
    that passage, which is a candidate even if it holds no word of the query. Fewer than `limit`
    hits, or none, is a normal result.
    """
    words = {choice.word for word in query.words for choice in word.alternatives}
    ranked = rank(
        query,
        snapshot.postings(query.topic, words),
        snapshot.lengths(query.topic),
        limit=limit * _POOL,
    )
    passages = snapshot.passages_by_number(found.number for found in ranked)
    hits = [
        Hit(passages[found.number], found.score, found.parts)
        for found in ranked
        if found.number in passages
    ]
    found = {hit.passage.id for hit in hits}
    others = snapshot.passages_by_id(id for id in boosts if id not in found)
    hits += [Hit(passage, 0.0) for passage in others.values()]
    best = ranked[0].score if ranked else 1.0
    hits = [_boosted(hit, boosts, best) for hit in hits]
    hits.sort(key=lambda hit: (-hit.score, hit.passage.article, hit.passage.start))
    chosen = _spread(hits, limit) if spread else hits[:limit]
    return [replace(hit, highlights=highlights(hit.passage.text, words)) for hit in chosen]


def _boosted(hit: Hit, boosts: Mapping[str, ScorePart], best: float) -> Hit:
    boost = boosts.get(hit.passage.id)
    if boost is None:
        return hit
    parts = (*hit.parts, ScorePart(boost.name, boost.value * best))
    return replace(hit, score=sum(part.value for part in parts), parts=parts)


def _spread(hits: Sequence[Hit], limit: int) -> list[Hit]:
    remaining = list(hits)
    chosen: list[Hit] = []
    taken: Counter[str] = Counter()
    while remaining and len(chosen) < limit:
        best = max(remaining, key=lambda hit: hit.score * _REPEAT ** taken[hit.passage.article])
        remaining.remove(best)
        chosen.append(best)
        taken[best.passage.article] += 1
    return chosen


def highlights(text: str, stems: set[str]) -> tuple[Span, ...]:
    """Return where `text` holds one of `stems`, in order, without overlaps."""
    spans: list[Span] = []
    for word in index_words(text):
        if word.stem in stems:
            if spans and word.start < spans[-1].end:
                continue
            spans.append(Span(word.start, word.end))
    return tuple(spans)
