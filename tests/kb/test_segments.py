"""Segments: merging and dying leave what a fresh one holds, and ranking in parts changes no bit."""

from collections import Counter
from collections.abc import Sequence
from random import Random
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_ranking import Held, halved

from kb.blocks import block_of, cut, joined
from kb.bm25 import B_BODY, B_HEADING, HEADING_WEIGHT, K1
from kb.index import ArticleIndex, Postings
from kb.likeness import sketch
from kb.model import Alternative, Query, QueryWord
from kb.ranking import rank
from kb.segments import LARGEST, Segment, due, merged, segments_of, word_key
from kb.telling import telling

WORDS = ("tea", "coffee", "water", "milk", "cup")
# A passage: for each of some words how often it stands in the text and in the headings.
PASSAGE = st.dictionaries(
    st.sampled_from(WORDS), st.tuples(st.integers(0, 3), st.integers(0, 2)).filter(any)
)
ARTICLES = st.lists(st.lists(PASSAGE, min_size=1, max_size=4), min_size=1, max_size=8)
Passage = dict[str, tuple[int, int]]


def index_of(passages: Sequence[Passage]) -> ArticleIndex:
    stems = sorted({word for passage in passages for word in passage})
    rows = [
        (stem, number, *passage[stem])
        for stem in stems
        for number, passage in enumerate(passages)
        if stem in passage
    ]
    postings = Postings(
        np.array([row[1] for row in rows], np.uint32),
        np.array([row[2] for row in rows], np.uint8),
        np.array([row[3] for row in rows], np.uint8),
    )
    found = Counter(row[0] for row in rows)
    counts = np.array([found[stem] for stem in stems], np.int64)
    hashes = np.array([word_key(stem) for stem in stems], np.uint64)
    lengths = tuple(
        (sum(b for b, _ in passage.values()) + 3, sum(h for _, h in passage.values()))
        for passage in passages
    )
    sketches = [sketch(np.array([len(word) for word in p], np.uint32)) for p in passages]
    return ArticleIndex(stems, hashes, counts, postings, {}, lengths, (), sketches)


def segment_of(passages: Sequence[Passage], first: int = 1) -> Segment:
    (segment,) = segments_of(index_of(passages), range(first, first + len(passages)))
    return segment


def same(one: Segment, other: Segment) -> bool:
    fields = Segment.__slots__
    return all(np.array_equal(getattr(one, each), getattr(other, each)) for each in fields)


def rows(segment: Segment) -> list[bytes]:
    words, stored = cut(segment)
    return [words.tobytes(), *(b"|".join(row) for row in stored)]


# Merging


@given(ARTICLES)
def test_segments_of_articles_merged_are_the_segment_of_all_passages(
    articles: list[list[Passage]],
) -> None:
    pieces, first = [], 1
    for passages in articles:
        pieces.append(segment_of(passages, first))
        first += len(passages)
    every = [passage for passages in articles for passage in passages]
    whole = segment_of(every)
    assert same(merged(pieces), whole)
    assert same(merged([pieces[0], merged(pieces[1:])] if pieces[1:] else pieces), whole)
    assert rows(merged(pieces)) == rows(whole)


@given(st.lists(PASSAGE, min_size=1, max_size=8), st.data())
def test_a_segment_without_its_dead_is_one_that_never_had_them(
    passages: list[Passage], data: st.DataObject
) -> None:
    dead = data.draw(st.sets(st.integers(0, len(passages) - 1), max_size=len(passages) - 1))
    whole = segment_of(passages).without(np.array(sorted(dead), np.uint16))
    fresh = segment_of([p for place, p in enumerate(passages) if place not in dead])
    numbers = [place + 1 for place in range(len(passages)) if place not in dead]
    assert whole.numbers.tolist() == numbers
    for field in set(Segment.__slots__) - {"numbers"}:
        assert np.array_equal(getattr(whole, field), getattr(fresh, field))


def collection(passages: int, seed: int) -> list[Passage]:
    """Return passages of 400 words, some of them very common, a few of them in headings."""
    chance = Random(seed)
    found = []
    for _ in range(passages):
        words = [f"w{int(400 * chance.random() ** 4)}" for _ in range(chance.randint(1, 40))]
        heading = words[:1] if chance.random() < 0.3 else []
        found.append({word: (words.count(word), heading.count(word)) for word in words})
    return found


def test_blocks_hold_what_a_segment_holds_and_rare_words_share_them() -> None:
    segment = segment_of(collection(2_000, 1))
    words, stored = cut(segment)
    blocks = [block_of(row, 2_000) for row in stored]
    postings = joined(blocks)
    assert [each.tolist() for each in postings] == [
        each.tolist()
        for each in (
            segment.words, segment.counts, segment.places, segment.in_body, segment.in_heading
        )
    ]  # fmt: skip
    assert [int(block.words[0]) for block in blocks] == words.tolist()
    sizes = dict(zip(segment.words.tolist(), segment.counts.tolist(), strict=True))
    assert all(len(block.words) == 1 or sizes[int(block.words[0])] < 512 for block in blocks)
    assert max(sizes.values()) >= 512 and len(blocks) < len(sizes) / 4


def test_a_word_in_as_many_passages_as_there_can_be_is_kept() -> None:
    segment = segment_of([{"tea": (1, 0)}] * LARGEST)
    ((row,), (block,)) = ([*cut(segment)[1]], [block_of(row, LARGEST) for row in cut(segment)[1]])
    assert len(block.places) == LARGEST and row[1] == b"" and block.heading is None


def test_an_article_of_more_passages_than_a_segment_holds_becomes_several() -> None:
    count = LARGEST + 10
    first, second = segments_of(index_of([{"tea": (1, 1)}] * count), range(5, count + 5))
    assert (len(first.numbers), second.numbers.tolist()) == (LARGEST, [*range(65_541, 65_551)])
    assert second.places.tolist() == [*range(10)]


@pytest.mark.parametrize("column", range(5))
def test_a_block_that_was_cut_short_is_an_error(column: int) -> None:
    row = list(next(cut(segment_of(collection(50, 2)))[1]))
    row[column] = row[column][:-1]
    with pytest.raises(ValueError, match="malformed|buffer|shape"):
        block_of(row, 50)


# What ought to be merged


def grown(sizes: Sequence[int]) -> list[int]:
    """Return how large the segments are when articles of these sizes were added."""
    segments: list[int] = []
    for size in sizes:
        segments.append(size)
        while chosen := due(segments, [0] * len(segments)):
            segments[chosen.start : chosen.stop] = [sum(segments[place] for place in chosen)]
    return segments


@given(st.lists(st.integers(1, 40_000), max_size=60))
def test_no_merge_makes_a_segment_too_large_and_nothing_is_lost(sizes: list[int]) -> None:
    segments = grown(sizes)
    assert sum(segments) == sum(sizes) and all(size <= LARGEST for size in segments)


def test_many_small_articles_are_few_segments() -> None:
    segments = grown([10] * 30_000)
    assert len(segments) <= 4 + 14 and segments == sorted(segments, reverse=True)


def test_a_segment_that_is_mostly_dead_is_made_anew_alone() -> None:
    assert due([70, 30, 10], [10, 31, 0]) == range(1, 2)
    assert due([0], [5]) == range(0, 1)
    assert not due([], []) and not due([70], [70])


# Ranking


def plainly_ranked(query: Query, passages: Sequence[Passage]) -> list[tuple[int, float]]:
    """Return numbers and scores of all passages, best first, by the formula, one by one."""
    lengths = index_of(passages).lengths
    body = sum(b for b, _ in lengths) / len(lengths)
    heading = sum(h for _, h in lengths) / len(lengths)
    held = {c.word for word in query.words for c in word.alternatives}
    counts = {word: [sum(p[word]) for p in passages if word in p] for word in held}
    found = []
    for number, (passage, length) in enumerate(zip(passages, lengths, strict=True), start=1):
        column = []
        for word in query.words:
            values = [0.0]
            for choice in word.alternatives:
                if choice.word in passage:
                    count = counts[choice.word]
                    tells = telling(len(count), sum(count), len(passages))
                    in_body, in_heading = passage[choice.word]
                    frequency = in_body / (1 - B_BODY + B_BODY * length[0] / max(body, 1.0))
                    frequency += HEADING_WEIGHT * (
                        in_heading / (1 - B_HEADING + B_HEADING * length[1] / max(heading, 1.0))
                    )
                    values.append(
                        word.weight
                        * choice.weight
                        * (tells * frequency * (K1 + 1) / (K1 + frequency))
                    )
            column.append(max(values))
        if any(column):
            found.append((number, sum(column)))
    return sorted(found, key=lambda each: (-each[1], each[0]))


def assert_ranked_plainly(query: Query, passages: Sequence[Passage], limit: int, size: int) -> None:
    every = plainly_ranked(query, passages)
    best = [each for each in every if each[1] >= every[min(limit, len(every)) - 1][1]]
    found = rank(query, Held(index_of(passages), size), limit=limit)
    assert [(each.number, each.score) for each in found] == best


def word(*alternatives: tuple[str, float], weight: float = 1.0) -> QueryWord:
    return QueryWord(alternatives[0][0], tuple(Alternative(*each) for each in alternatives), weight)


ASKED = st.lists(
    st.builds(
        lambda words, weights, weight: word(*zip(words, weights, strict=False), weight=weight),
        st.lists(st.sampled_from([*WORDS, "cocoa"]), min_size=1, max_size=3, unique=True),
        st.just((1.0, 0.35, 0.15)),
        st.sampled_from([1.0, 2.0, 0.3]),
    ),
    min_size=1,
    max_size=5,
)


@given(ASKED, st.lists(PASSAGE, min_size=1, max_size=30), st.integers(1, 5), st.integers(1, 9))
def test_ranking_in_parts_is_the_formula_bit_for_bit(
    asked: list[QueryWord], passages: list[Passage], limit: int, size: int
) -> None:
    assert_ranked_plainly(Query("drinks", tuple(asked)), passages, limit, size)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.sampled_from([100, 700, 3_000]), st.integers(1, 20))
def test_what_is_left_out_is_never_among_the_best(seed: int, size: int, limit: int) -> None:
    chance = Random(seed)
    passages = collection(3_000, seed % 5)
    asked = [f"w{int(400 * chance.random() ** 3)}" for _ in range(chance.randint(1, 9))]
    words = [word((each, 1.0), weight=chance.choice([1.0, 1.5])) for each in dict.fromkeys(asked)]
    words.append(word(("w3", 0.35), ("w250", 1.0), ("w9", 0.15)))
    assert_ranked_plainly(Query("drinks", tuple(words)), passages, limit, size)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 1000), st.sampled_from([700, 3_000]), st.integers(1, 20))
def test_long_lists_that_are_probed_and_looked_up_change_nothing(
    seed: int, size: int, limit: int
) -> None:
    chance = Random(seed)
    passages = collection(3_000, seed % 5)
    asked = {f"w{int(400 * chance.random() ** 2)}" for _ in range(chance.randint(2, 9))} | {"w0"}
    words = [word((each, 1.0), weight=chance.choice([1.0, 1.5])) for each in sorted(asked)]
    words.append(word(("w1", 0.35), ("w250", 1.0)))
    few = {"_MANY": 50, "_TOGETHER": 40, "_SAMPLE": 64, "_PROBED": 2, "_LONG": 10}
    with patch.multiple("kb.maxscore", **few):
        assert_ranked_plainly(Query("drinks", tuple(words)), passages, limit, size)


def test_parts_of_a_segment_hold_what_it_holds() -> None:
    segment = segment_of(collection(50, 3))
    assert same(merged([*halved(segment, 7)]), segment)
