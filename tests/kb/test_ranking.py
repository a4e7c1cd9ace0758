"""BM25 over text and headings: what weighs more, and that a score is the sum of its parts."""

from collections.abc import Collection, Iterator, Sequence
from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.blocks import block_of, cut
from kb.bm25 import B_BODY, B_HEADING, K1, norms
from kb.index import ArticleIndex, Part, index_article
from kb.model import Alternative, Passage, Query, QueryWord
from kb.ranking import Ranked, Scored, rank, rank_few, score_of, scored
from kb.segments import Segment, segments_of, word_key
from kb.telling import idf, telling
from kb.words import stem


def query(*words: str, **weights: float) -> Query:
    weighed = dict.fromkeys(words, 1.0) | weights
    return Query("drinks", tuple(asked(word, weight) for word, weight in weighed.items()))


def asked(word: str, weight: float) -> QueryWord:
    return QueryWord(word, (Alternative(stem(word), 1.0),), weight)


class Held:
    """An Index in memory, of the passages of one article, in parts of some passages each."""

    def __init__(self, index: ArticleIndex, size: int = 1000) -> None:
        self._segments = [
            part
            for segment in segments_of(index, range(1, len(index.lengths) + 1))
            for part in halved(segment, size)
        ]
        self.passages = len(index.lengths)
        body, heading = zip(*index.lengths, strict=True)
        self._body, self._heading = sum(body) / len(body), sum(heading) / len(heading)

    def find(self, words: Collection[str]) -> Sequence[Part]:
        return [
            Part(
                each.numbers,
                norms(each.body, self._body, B_BODY),
                norms(each.heading, self._heading, B_HEADING),
                held,
            )
            for each in self._segments
            for (_, rows) in [cut(each)]
            for blocks in [[block_of(row, len(each.numbers)) for row in rows]]
            if (
                held := {
                    word: found
                    for word in words
                    for block in blocks
                    if (found := block.postings(word_key(word))) is not None
                }
            )
        ]


def halved(segment: Segment, size: int) -> Iterator[Segment]:
    """Yield the parts of a segment with some passages each."""
    everything = np.arange(len(segment.numbers), dtype=np.uint16)
    for first in range(0, len(everything), size):
        others = np.concatenate([everything[:first], everything[first + size :]])
        yield segment.without(others)


def indexed(*texts: str, size: int = 1000) -> Held:
    """Return the index of passages; what stands before a colon is the heading."""
    passages = []
    for text in texts:
        heading, _, body = text.rpartition(": ")
        passages.append(Passage(text, "a", 0, len(body), body, (heading,) if heading else ()))
    return Held(index_article(passages), size)


def ranked(question: Query, *texts: str, limit: int = 10) -> list[Ranked]:
    """Return what is found, with passages counted from 0."""
    found = rank(question, indexed(*texts), limit=limit)
    return [each._replace(number=each.number - 1) for each in found]


def order(question: Query, *texts: str) -> list[int]:
    return [found.number for found in ranked(question, *texts)]


def test_a_score_is_the_formula_of_the_textbook() -> None:
    (found,) = ranked(query("tea"), "tea tea pot", "water glass")
    frequency = 2 / (1 - B_BODY + B_BODY * 3 / 2.5)
    tells = log(1 + (2 - 1 + 0.5) / (1 + 0.5)) + log(2 / 1) + log(1 - exp(-2 / 2))
    expected = tells * frequency * (K1 + 1) / (K1 + frequency)
    assert found.score == pytest.approx(expected, rel=1e-12)


def test_a_passage_with_both_words_comes_before_one_with_either() -> None:
    assert order(query("tea", "cheap"), "tea pot", "cheap cup", "tea cheap")[0] == 2


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    texts = ("tea pot", "tea cup", "tea milk", "water jug")
    assert order(query("tea", "water"), *texts)[0] == 3


def test_a_word_that_texts_repeat_weighs_more_than_one_that_is_strewn() -> None:
    texts = ("describe pot", "tea pot", "describe jug", "tea tea tea tea jug", *["water"] * 20)
    found = order(query("describe", "tea"), *texts)
    assert found.index(1) < found.index(0)
    assert telling(2, 6, 24) > telling(2, 2, 24) == idf(2, 24)


def test_what_a_word_tells_is_above_nothing_and_never_less_than_its_idf() -> None:
    for held, occurrences, passages in ((1, 1, 1), (5, 5, 5), (3, 9, 3), (1, 255, 1000), (2, 0, 9)):
        assert telling(held, occurrences, passages) >= idf(held, passages) > 0


def test_a_short_passage_comes_before_a_long_one() -> None:
    assert order(query("tea"), "tea cup milk sugar lemon ginger", "tea pot") == [1, 0]


def test_a_word_in_the_heading_counts_more_than_one_in_the_text() -> None:
    assert order(query("tea"), "water: tea pot", "tea: water pot") == [1, 0]


def test_a_word_that_stands_in_every_passage_still_counts() -> None:
    found = ranked(query("tea"), "tea pot", "tea cup", "tea tea")
    assert len(found) == 3 and all(item.score > 0 for item in found)
    assert found[0].number == 2


def test_a_word_asked_twice_counts_twice() -> None:
    texts = ("tea pot", "water jug")
    (once,), (twice,) = ranked(query("tea"), *texts), ranked(query(tea=2.0), *texts)
    assert twice.score == 2 * once.score


def test_the_best_alternative_counts_and_the_others_add_nothing() -> None:
    either = QueryWord("tee", (Alternative("tea", 0.35), Alternative(stem("coffee"), 1.0)))
    texts = ("tea coffee", "coffee pot", "tea pot", "water jug")
    scores = {item.number: item.score for item in ranked(Query("drinks", (either,)), *texts)}
    assert scores[0] == scores[1] > scores[2] > 0


def test_passages_are_scored_that_stand_behind_whole_parts_of_the_index() -> None:
    index = indexed("tea pot", "tea cup", "tea tea", size=1)
    scores = {each.number: each.score for each in rank(query("tea"), index, limit=3)}
    assert score_of(query("tea"), index.find(["tea"]), 3, [3]) == {3: scores[3]}
    assert score_of(query("tea"), index.find(["tea"]), 3, [4]) == {}


def test_a_part_is_named_after_the_word_as_typed() -> None:
    assert [part.name for part in ranked(query("teas"), "tea pot")[0].parts] == ["teas"]


def test_what_is_nowhere_is_not_found() -> None:
    assert ranked(query("cocoa"), "tea pot") == []
    assert ranked(Query("drinks", ()), "tea pot") == []


def test_all_that_tie_with_the_last_one_are_returned() -> None:
    assert len(ranked(query("tea"), *["tea pot"] * 5, "tea tea", limit=2)) == 6


TEXTS = st.lists(
    st.lists(st.sampled_from(["tea", "coffee", "water", "cup", "tea:"]), min_size=1).map(" ".join),
    min_size=1,
    max_size=20,
)


@given(TEXTS, st.integers(1, 5))
def test_a_score_is_the_sum_of_its_parts_and_falls(texts: list[str], limit: int) -> None:
    found = ranked(query("tea", "cup", water=1.5), *texts, limit=limit)
    assert all(item.score == sum(part.value for part in item.parts) for item in found)
    assert all(part.value > 0 for item in found for part in item.parts)
    scores = [item.score for item in found]
    assert scores == sorted(scores, reverse=True)


@given(TEXTS, st.integers(1, 5))
def test_a_limit_leaves_the_best_where_they_were(texts: list[str], limit: int) -> None:
    best = ranked(query("tea", "coffee"), *texts, limit=limit)
    assert best == ranked(query("tea", "coffee"), *texts, limit=1000)[: len(best)]


@given(TEXTS, st.integers(1, 5), st.integers(1, 20))
def test_what_each_word_adds_is_the_same_by_itself(texts: list[str], limit: int, size: int) -> None:
    either = QueryWord("tee", (Alternative("tea", 0.35), Alternative(stem("coffee"), 1.0)))
    question = Query("drinks", (*query("cup", water=1.5, tea=0.7).words, either))
    index = indexed(*texts, size=size)
    words = {choice.word for word in question.words for choice in word.alternatives}
    alone = scored(index.find(words), index.passages)
    assert rank_few(question, alone, limit=limit) == rank(question, index, limit=limit)


@given(TEXTS, st.integers(1, 5))
def test_few_passages_rank_the_same_under_high_numbers(texts: list[str], limit: int) -> None:
    question, index = query("tea", "cup", water=1.5), indexed(*texts)
    low = scored(index.find({"tea", "cup", stem("water")}), index.passages)
    high = {word: Scored(each.numbers + 1_000_000, each.scores) for word, each in low.items()}
    expected = rank_few(question, low, limit=limit)
    moved = [each._replace(number=each.number + 1_000_000) for each in expected]
    assert rank_few(question, high, limit=limit) == moved
