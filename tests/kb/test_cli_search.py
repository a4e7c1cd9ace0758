"""kb search, claims, disagreements, check and topic: what the knowledge base says of itself."""

import sqlite3
from pathlib import Path

import pytest
from test_cli_program import COFFEE, DRINKS, TEA, document, drinks, ran, run, written

from kb.cli.search import query_of


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base with two articles that contradict each other; no test changes it."""
    folder = tmp_path_factory.mktemp("drinks")
    path = drinks(folder)
    ran(path, "add", *written(folder, tea=TEA, coffee=COFFEE))
    return path


def test_hits_come_with_the_parts_of_their_score(db):
    hits = document(db, "search", "tea", "studying")["hits"]
    assert {hit["article"]["id"] for hit in hits} == {"tea", "coffee"}
    for hit in hits:
        assert sum(part["value"] for part in hit["score_parts"]) == pytest.approx(hit["score"])
        start, end = hit["highlights"][0]
        assert hit["text"][start:end].lower() in ("tea", "studying")


def test_hits_are_at_most_as_many_as_wanted(db):
    assert len(document(db, "search", "tea", "--limit", "1")["hits"]) == 1


def test_hits_are_printed_with_their_place_and_score(db):
    text = ran(db, "search", "night")
    assert text.startswith("1. About tea > Sleep\n")
    assert "score " in text


@pytest.mark.parametrize("words", ["xylophone", "the", '"tea" OR (', "'; DROP TABLE articles;"])
def test_search_takes_any_words(db, words):
    result = run(db, "search", "--", words)
    assert result.exit_code == 0
    assert bool(result.stdout) == ("tea" in words or "articles" in words and bool(result.stdout))


def test_a_word_said_twice_counts_twice():
    (tea,) = query_of("Tea, tea!", topic="drinks").words
    assert (tea.typed, tea.weight) == ("tea", 2.0)


def test_claims_are_filtered(db):
    every = document(db, "claims")["claims"]
    against = document(db, "claims", "--option", "tea", "--stance", "against")["claims"]
    assert 0 < len(against) < len(every)
    assert {claim["stance"] for claim in against} == {"against"}
    only = document(db, "claims", "--criterion", "sleep", "--article", "coffee")["claims"]
    assert {(claim["criterion"], claim["article"]) for claim in only} == {("sleep", "coffee")}


@pytest.mark.parametrize("option", ["--option", "--criterion", "--article", "--stance"])
def test_a_filter_by_something_unknown_is_wrong_usage(db, option):
    assert run(db, "claims", option, "milk").exit_code == 2


def test_disagreements_have_the_shape_of_the_contract(db):
    found = document(db, "disagreements")["disagreements"]
    assert found
    for each in found:
        assert set(each) == {"criterion", "between", "strength", "sides"}
        assert [set(side) for side in each["sides"]] == [
            {"option", "stance", "quote", "article"}
        ] * 2
        assert [side["stance"] for side in each["sides"]] == ["for", "against"]
    assert ran(db, "disagreements", "--criterion", "study").startswith(
        "tea on study: hard, between"
    )


def test_nothing_to_disagree_on_is_said_on_stderr(db):
    result = run(db, "disagreements", "--criterion", "cost")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr


def test_check_finds_no_problem_and_remarks_what_no_article_says(db):
    found = document(db, "check")
    assert found["problems"] == []
    assert found["sqlite"] == sqlite3.sqlite_version
    assert (found["articles"], found["passages"]) == (2, 4)
    assert any("cost" in remark for remark in found["remarks"])
    assert "No problem found." in ran(db, "check")


def test_check_reports_a_rule_that_no_article_backs(tmp_path):
    db = drinks(tmp_path)
    ran(db, "add", "-", "--id", "night", stdin="# Night\n\nTea is bad for sleep.")
    remarks = document(db, "check")["remarks"]
    assert any("the-old-want-to-sleep" in remark for remark in remarks)


def test_a_topic_without_articles_is_remarked_once(tmp_path):
    (remark,) = document(drinks(tmp_path), "check")["remarks"]
    assert "no article yet" in remark


def test_topics_are_listed_without_a_word_more(db):
    assert ran(db, "topic") == ran(db, "topic", "list")
    (topic,) = document(db, "topic")["topics"]
    assert (topic["id"], topic["options"], topic["articles"]) == ("drinks", ["tea", "coffee"], 2)


def test_a_topic_file_comes_out_as_it_went_in(db, tmp_path):
    assert document(db, "topic", "show", "drinks")["text"] == DRINKS
    (tmp_path / "copy.toml").write_text(ran(db, "topic", "show"))
    assert "3 criteria" in ran(db, "topic", "check", str(tmp_path / "copy.toml"))


def test_a_topic_is_called_as_its_file_or_folder_or_as_wished(tmp_path):
    db = drinks(tmp_path)
    (tmp_path / "hot_drinks").mkdir()
    for name in ("hot_drinks/topic.toml", "cold.toml"):
        (tmp_path / name).write_text("\ufeff" + DRINKS.replace("\n", "\r\n"))
        ran(db, "topic", "add", str(tmp_path / name))
    ran(db, "topic", "add", "-", "--id", "mine", stdin=DRINKS)
    listed = [topic["id"] for topic in document(db, "topic")["topics"]]
    assert listed == ["cold", "drinks", "hot_drinks", "mine"]
    ran(db, "topic", "remove", "mine")
    assert len(document(db, "topic")["topics"]) == 3


def test_changed_words_of_a_topic_find_other_claims(tmp_path):
    db = drinks(tmp_path)
    ran(db, "add", *written(tmp_path, tea=TEA.replace("tudying", "chool")))
    assert document(db, "claims", "--criterion", "study")["claims"] == []
    changed = DRINKS.replace('"studying"]', '"school"]')
    ran(db, "topic", "add", "-", "--id", "drinks", stdin=changed)
    assert document(db, "claims", "--criterion", "study")["claims"]


def test_a_new_knowledge_base_holds_the_shipped_articles_or_the_topic_alone(tmp_path):
    full, bare = tmp_path / "full.db", tmp_path / "bare.db"
    assert ran(full, "init").splitlines()[0] == f"Created {full}."
    assert document(bare, "init", "--no-articles")["articles"] == []
    assert len(document(full, "list")["articles"]) >= 4
    assert document(bare, "list")["articles"] == []
    assert document(bare, "topic")["topics"][0]["rules"]
