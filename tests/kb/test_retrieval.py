"""search(): spread over articles, scores in parts, highlights inside the text, always the same."""

from collections import Counter

import pytest

from kb.model import Alternative, Hit, Query, QueryWord, ScorePart
from kb.retrieval import nearest, search, words_held
from kb.shortlist import highlights
from kb.store import Snapshot, Store
from kb.words import all_words, index_words, stem


def query(text: str) -> Query:
    words = [QueryWord(w.text, (Alternative(w.stem, 1.0),)) for w in index_words(text)]
    return Query("drinks", tuple(words))


QUESTIONS = ["tea", "cheap coffee", "is tea good for your health in the evening", "taste", "water"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_best_passages_hold_words_of_the_question(snapshot: Snapshot, question: str) -> None:
    hits = search(snapshot, query(question))
    asked = {word.stem for word in index_words(question)}
    assert hits
    for hit in hits:
        title = snapshot.article(hit.passage.article).metadata.title
        held = " ".join((title, *hit.passage.headings, hit.passage.text))
        assert asked & {word.stem for word in index_words(held)}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_score_is_the_sum_of_its_parts(snapshot: Snapshot, question: str) -> None:
    boosted = search(snapshot, query("taste"))[0].passage.id
    boosts = {boosted: ScorePart("states something", 0.3)}
    for hit in search(snapshot, query(question), limit=20, boosts=boosts):
        assert hit.score == sum(part.value for part in hit.parts)


@pytest.mark.parametrize("question", QUESTIONS)
def test_highlights_are_words_of_the_question_inside_the_text(
    snapshot: Snapshot, question: str
) -> None:
    asked = {word.stem for word in index_words(question)}
    for hit in search(snapshot, query(question), limit=20):
        ends = [0, *(span.end for span in hit.highlights)]
        for span, end in zip(hit.highlights, ends, strict=False):
            assert end <= span.start < span.end <= len(hit.passage.text)
            assert stem(hit.passage.text[span.start : span.end].casefold()) in asked


def test_a_passage_is_the_stretch_of_its_article(snapshot: Snapshot) -> None:
    for hit in search(snapshot, query("tea coffee water"), limit=20):
        text = snapshot.article(hit.passage.article).text
        assert text[hit.passage.start : hit.passage.end] == hit.passage.text


def test_hits_are_spread_over_the_articles(snapshot: Snapshot) -> None:
    asked = query("cheap coffee taste")
    spread = Counter(hit.passage.article for hit in search(snapshot, asked, limit=4))
    packed = Counter(hit.passage.article for hit in search(snapshot, asked, limit=4, spread=False))
    assert len(spread) == 3
    assert max(spread.values()) <= max(packed.values())


def test_without_spreading_the_order_is_that_of_the_scores(snapshot: Snapshot) -> None:
    scores = [hit.score for hit in search(snapshot, query("tea"), limit=20, spread=False)]
    assert scores == sorted(scores, reverse=True)


def test_the_best_passage_stays_first_when_hits_are_spread(snapshot: Snapshot) -> None:
    for question in QUESTIONS:
        first, *_ = search(snapshot, query(question))
        assert first == search(snapshot, query(question), spread=False)[0]


def boosted(snapshot: Snapshot, question: str, id: str, share: float) -> list[Hit]:
    boosts = {id: ScorePart("states something", share)}
    return search(snapshot, query(question), limit=20, spread=False, boosts=boosts)


def test_a_boost_is_a_part_that_is_a_share_of_the_best_score(snapshot: Snapshot) -> None:
    plain = search(snapshot, query("tea"), limit=20, spread=False)
    last = plain[-1]
    hits = {hit.passage.id: hit for hit in boosted(snapshot, "tea", last.passage.id, 0.5)}
    part = ScorePart("states something", 0.5 * plain[0].score)
    assert hits[last.passage.id].parts == (*last.parts, part)


def test_a_boost_can_bring_a_passage_to_the_top(snapshot: Snapshot) -> None:
    last = search(snapshot, query("tea"), limit=20, spread=False)[-1].passage.id
    assert boosted(snapshot, "tea", last, 1.0)[0].passage.id == last


def test_a_boosted_passage_is_found_without_a_word_of_the_question(snapshot: Snapshot) -> None:
    stranger = search(snapshot, query("kettle"))[0].passage.id
    found = [hit for hit in boosted(snapshot, "aroma", stranger, 0.5) if hit.passage.id == stranger]
    assert [part.name for part in found[0].parts] == ["states something"]


def test_a_boost_for_a_passage_that_is_gone_changes_nothing(snapshot: Snapshot) -> None:
    plain = search(snapshot, query("tea"), limit=20, spread=False)
    assert boosted(snapshot, "tea", "gone-123", 0.5) == plain


@pytest.mark.parametrize("question", ["", "cocoa", "zzz", "the of and"])
def test_nothing_found_is_a_normal_result(snapshot: Snapshot, question: str) -> None:
    assert search(snapshot, query(question)) == []


def test_another_topic_holds_none_of_it(snapshot: Snapshot) -> None:
    assert search(snapshot, Query("other", query("tea").words)) == []


def test_the_same_question_twice_gives_the_same_bytes(store: Store) -> None:
    answers = []
    for _ in range(3):
        with store.read() as snapshot:
            answers.append([repr(search(snapshot, query(text), limit=20)) for text in QUESTIONS])
    assert answers[0] == answers[1] == answers[2]


def test_overlapping_words_are_highlighted_once() -> None:
    spans = highlights("Flat GreenTea, green-tea.", {"greentea", "green", "tea"})
    assert [(span.start, span.end) for span in spans] == [(5, 13), (15, 24)]


def test_the_index_tells_which_words_a_passage_may_hold(snapshot: Snapshot) -> None:
    passages = [p for a in snapshot.articles("drinks") for p in snapshot.passages(a.id)]
    texts = {p.id: " . ".join((*p.headings, p.text)) for p in passages}
    titles = {a.id: a.metadata.title for a in snapshot.articles("drinks")}
    stems = {p.id: {word.stem for word in all_words(texts[p.id])} for p in passages}
    wanted = {*sorted(set().union(*stems.values())), "nowhere"}
    held = words_held(snapshot, "drinks", passages, wanted)
    for passage in passages:
        above = {word.stem for word in index_words(titles[passage.article])}
        assert stems[passage.id] <= held[passage.id]
        extra = held[passage.id] - stems[passage.id] - above
        assert all(stem(each) in held[passages[0].id] for each in extra)  # stop words: always held
        assert "nowhere" not in held[passage.id]


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_was_read_before_changes_no_hit(store: Store, question: str) -> None:
    asked = query(question)
    with store.read() as snapshot:
        alone = search(snapshot, asked)
    with store.read() as snapshot:
        read = nearest(snapshot, asked, limit=2)
        assert search(snapshot, asked) == alone
        assert nearest(snapshot, asked, limit=2) == read
    with store.read() as snapshot:
        assert nearest(snapshot, asked, limit=100)[:2] == read
