"""search(): the passages that best answer a query, spread over articles."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, takewhile
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from kb.feedback import fed_back, shared_words, taken_for_good
from kb.lexicon.english import stop_words
from kb.likeness import adds_nothing
from kb.model import Hit, Passage, Query, ScorePart
from kb.ranking import Ranked, rank, rank_few, score_of
from kb.shortlist import Candidate, Found, Shortlist
from kb.store import Snapshot
from kb.telling import frequencies
from kb.words import index_stems, stem

NO_BOOSTS: Mapping[str, ScorePart] = {}
_POOL = 8  # candidates looked at for each hit that is wanted
_USUAL = 40  # that are ranked at least: most callers want no more, and may ask twice
_FEW = 4096  # passages up to which it is kept what a word adds to each, 16 bytes
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
    found = _candidates(snapshot, query, boosts, pool)
    candidates = Shortlist(snapshot, found, at_once=2 * limit)
    chosen = _spread(candidates, limit) if spread else list(islice(candidates, limit))
    if spread and len(chosen) < limit and len(found) >= pool:  # the rest are copies of these
        chosen = _spread(_but_copies(snapshot, query, boosts, pool * _POOL), limit)
    passages = snapshot.passages_by_id(each.place.id for each in chosen)
    return [each.hit(passages[each.place.id], words) for each in chosen]


def _but_copies(
    snapshot: Snapshot, query: Query, boosts: Mapping[str, ScorePart], limit: int
) -> Shortlist:
    """Return the candidates that repeat no other article."""
    found = _candidates(snapshot, query, boosts, limit)
    every = list(Shortlist(snapshot, found, at_once=len(found)))
    copies = snapshot.repeated_in(each.place.article for each in every)
    originals = [each.found for each in every if each.place.id not in copies]
    return Shortlist(snapshot, originals, at_once=len(found))


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
) -> list[Found]:
    """Return the `limit` passages that score best, those that tie with the last, and all boosted.

    They are in no order.
    """
    ranked = _ranked(snapshot, query, limit)
    added = _alike(snapshot, query, ranked)
    found = [
        Found(each.number, each.score + (alike := added.get(each.number, 0.0)), each, alike)
        for each in ranked
    ]
    if not boosts:
        return found
    best = ranked[0].score if ranked else 1.0
    places = snapshot.places_by_id(boosts)
    gains = {place.number: _times(boosts[id], best) for id, place in places.items()}
    known = {each.number for each in found}
    found += [Found(number, 0.0, None) for number in gains if number not in known]
    return [
        Found(each.number, each.score + part.value, each.ranked, each.alike, part)
        if (part := gains.get(each.number))
        else each
        for each in found
    ]


def _times(part: ScorePart, best: float) -> ScorePart:
    return ScorePart(part.name, part.value * best)


def _alike(snapshot: Snapshot, query: Query, ranked: Sequence[Ranked]) -> Mapping[int, float]:
    """Return what passages share with the best ones, by number (see kb.feedback)."""
    index = snapshot.index(query.topic)
    count = min(taken_for_good(index.passages), len(ranked))
    if not count:
        return {}
    tied = takewhile(lambda each: each.score >= ranked[count - 1].score, ranked)
    first = [Found(each.number, each.score, each) for each in tied]
    best = list(islice(Shortlist(snapshot, first, at_once=len(first)), count))
    passages = snapshot.passages_by_id(each.place.id for each in best)
    stems = [index_stems(passages[each.place.id].text) for each in best]
    shares = shared_words([(each.score, held) for each, held in zip(best, stems, strict=True)])
    if not shares:
        return {}
    parts = index.find(shares)
    more = fed_back(query, shares, frequencies(parts), index.passages)
    return score_of(more, parts, index.passages, [each.number for each in ranked])


def _spread(candidates: Shortlist, limit: int) -> list[Candidate]:
    chosen: list[Candidate] = []
    shares: dict[str, float] = {}

    def is_told(candidate: Candidate) -> bool:
        return any(adds_nothing(candidate.place.sketch, each.place.sketch) for each in chosen)

    while len(chosen) < limit and (at := _best(candidates, shares)) >= 0:
        best = candidates.pop(at)
        if is_told(best):
            continue
        best = next((each for each in _originals(best, candidates) if not is_told(each)), best)
        chosen.append(best)
        taken = sum(each.place.article == best.place.article for each in chosen)
        shares[best.place.article] = _REPEAT**taken
    return chosen


def _best(candidates: Shortlist, shares: Mapping[str, float]) -> int:
    """Return the place of the best candidate, each counted by the share of its article.

    They are sorted by score, and a share is 1 at most: those behind the best are not looked at.
    Without any it is -1.
    """
    best, most = -1, -1.0
    for place, each in enumerate(candidates):
        if each.score <= most:
            break
        score = each.score * shares.get(each.place.article, 1.0)
        if score > most:
            best, most = place, score
    return best


def _originals(copy: Candidate, others: Shortlist) -> Iterator[Candidate]:
    """Yield those of `others` that a candidate is a copy of, most often none.

    A sound copy of code stays in the place of an original that lost something.
    """
    source = others.original(copy)
    for other in others if source else ():
        sound = copy.place.damaged or not other.place.damaged
        if sound and other.place.article == source:
            like = adds_nothing(copy.place.sketch, other.place.sketch)
            yield from (other,) if like else ()
