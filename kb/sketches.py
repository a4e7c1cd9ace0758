"""Sketches: which passages share enough with which earlier ones to be compared with them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from kb.alike import ENOUGH, Asked, Pairs, keys_of
from kb.arrays import Integers
from kb.likeness import sizes_of

MOST = 4  # passages that one is compared with

# The places of passages in their articles, by a later article and an earlier one: a passage of the
# former with those of the latter.
Met = Mapping[str, Mapping[str, Mapping[int, Sequence[int]]]]
Rank = tuple[bool, str, str]


class Alike(NamedTuple):
    """A passage and an earlier one, by article and place, that share so many values."""

    article: str
    place: int
    other: str
    its: int
    shared: int


def rank(article: str, published: str) -> Rank:
    """Return what articles are sorted by, the one published first before the others.

    An article of unknown date comes after those of a known one, and equal dates go by id: the
    order of adding is no matter.
    """
    return (not published, published, article)


def enough(pairs: Pairs, sizes: Integers) -> Pairs:
    """Return the pairs that share enough; `sizes` are the values of the passages, by pair."""
    return pairs.where(pairs.shared >= np.minimum(ENOUGH, sizes))


def likest(pairs: Pairs, ranks: Integers) -> Pairs:
    """Return of each passage the pairs that share most, best first, MOST at most.

    `ranks`, by pair, are those of the articles of the others: of equal pairs the first ones are
    taken, in one article by place.
    """
    order = np.lexsort((pairs.others, ranks, -pairs.shared, pairs.passages))
    passages = pairs.passages[order]
    first = np.arange(len(order)) - np.searchsorted(passages, passages) < MOST
    return pairs.where(order[first])


def meetings(published: Mapping[str, str], sketches: Mapping[str, Sequence[bytes]]) -> list[Alike]:
    """Return which passages of articles are to be compared with which ones of earlier articles.

    `published` are the dates of all articles; `sketches` those of their passages, in order. What
    is returned is in the order of the articles, and for each of them in that of the earlier ones.

    Raises:
        ValueError: one of them is no sketch.
    """
    articles = sorted(published, key=lambda id: rank(id, published[id]))
    held = [sketches.get(id, ()) for id in articles]
    stored = [sketch for each in held for sketch in each]
    ranks = np.repeat(np.arange(len(held)), [len(each) for each in held])
    sizes = sizes_of(stored)
    pairs = Asked("", stored).shares([keys_of("", stored, np.arange(len(stored)))])
    pairs = pairs.where(ranks[pairs.others] < ranks[pairs.passages])
    pairs = enough(pairs, sizes[pairs.passages])
    pairs = likest(pairs, ranks[pairs.others])
    places = np.arange(len(ranks)) - np.searchsorted(ranks, ranks)
    order = (pairs.others, pairs.passages, ranks[pairs.others], ranks[pairs.passages])
    pairs = pairs.where(np.lexsort(order))
    columns = (
        each[numbers].tolist()
        for numbers in (pairs.passages, pairs.others)
        for each in (ranks, places)
    )
    return [
        Alike(articles[own], place, articles[other], its, shared)
        for own, place, other, its, shared in zip(*columns, pairs.shared.tolist(), strict=True)
    ]


def met(alike: Sequence[Alike]) -> Met:
    """Return meetings by article and earlier one, in their order."""
    found: dict[str, dict[str, dict[int, list[int]]]] = {}
    for each in alike:
        other = found.setdefault(each.article, {}).setdefault(each.other, {})
        other.setdefault(each.place, []).append(each.its)
    return found
