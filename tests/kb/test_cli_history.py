"""kb history, diff, undo, keep-history, edit and stats as a maintainer uses them."""

import random
import time
from pathlib import Path

import pytest
from test_cli_program import COFFEE, DRINKS, TEA, document, drinks, process, ran, run, written


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = drinks(tmp_path)
    ran(path, "add", *written(tmp_path, tea=TEA))
    return path


# history


def test_history_lists_who_did_what_and_when_the_latest_first(db, monkeypatch):
    monkeypatch.setenv("LOGNAME", "ann")
    ran(db, "edit", "tea", "--title", "A", "--author", "B")
    ran(db, "drop", "tea", "Tea is bad for sleep")
    printed = ran(db, "history")
    assert printed.splitlines()[0].startswith("4: article tea corrected: drop (20")
    assert "+00:00 by ann)" in printed
    assert "3: article tea edited: title, author" in printed
    first = document(db, "history", "--limit", "1")["revisions"][0]
    assert first == {
        "revision": 4,
        "made_at": first["made_at"],
        "who": "ann",
        "what": "article tea corrected: drop",
        "article": "tea",
        "topic": None,
        "undoes": None,
        "undone": False,
        "kept": True,
    }


def test_history_of_one_article_or_topic(db, tmp_path):
    ran(db, "add", *written(tmp_path, coffee=COFFEE))
    (one,) = document(db, "history", "--article", "coffee")["revisions"]
    assert one["what"] == "article coffee added"
    (one,) = document(db, "history", "--topic", "drinks")["revisions"]
    assert one["what"] == "topic drinks added"
    result = run(db, "history", "--article", "none")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "No revision changed that" in result.stderr
    assert run(db, "history", "--article", "tea", "--topic", "drinks").exit_code == 2


def test_what_is_not_kept_any_more_is_said_in_words(db, tmp_path):
    assert "All of it can be looked at and undone" in run(db, "history").stderr
    for number in range(3):
        ran(db, "edit", "tea", "--title", random.Random(number).randbytes(300).hex())
    assert "0.0 of 0 MB are taken" in ran(db, "keep-history", "0")
    said = "What was before revision 5 is not kept any more"
    assert said in run(db, "history").stderr
    assert document(db, "history")["kept"] == {"after_revision": 5, "bytes": 0, "most": 0}
    for arguments in (["undo"], ["undo", "--to", "3"], ["diff", "3"]):
        result = run(db, *arguments)
        assert result.exit_code == 1
        assert "not kept any more" in result.stderr
    assert run(db, "keep-history", "-1").exit_code == 2


# diff


def test_diff_shows_what_a_revision_did(db, tmp_path):
    ran(db, "edit", "tea", "--title", "Another", "--publisher", "")
    ran(db, "drop", "tea", "Tea is bad for sleep")
    ran(db, "add", *written(tmp_path, coffee=COFFEE))
    (found,) = document(db, "diff", "2", "3")["differences"]
    assert found["metadata"] == {
        "title": {"before": "About tea", "after": "Another"},
        "publisher": {"before": "The Tea House", "after": None},
    }
    assert (found["article"], found["outcome"]) == ("tea", "changed")
    assert found["passages"] == {"gone": [], "new": []}
    (found,) = document(db, "diff", "3", "4")["differences"]
    assert [each["quote"] for each in found["corrections"]["new"]] == ["Tea is bad for sleep"]
    assert "Tea is bad" in str(found["passages"]["gone"])
    assert "Tea is bad" not in str(found["passages"]["new"])
    printed = ran(db, "diff", "4")
    assert printed.splitlines()[0] == "Article coffee: added"
    assert "2 passages" in printed
    assert len(document(db, "diff", "1")["differences"]) == 2


def test_diff_backwards_shows_the_opposite(db):
    ran(db, "edit", "tea", "--title", "Another")
    forth, back = document(db, "diff", "2", "3"), document(db, "diff", "3", "2")
    (one,), (other,) = forth["differences"], back["differences"]
    assert one["metadata"]["title"] == {"before": "About tea", "after": "Another"}
    assert other["metadata"]["title"] == {"before": "Another", "after": "About tea"}


def test_diff_of_a_topic_shows_its_lines(db, tmp_path):
    (tmp_path / "drinks.toml").write_text(DRINKS.replace('"sleeping"', '"dreams"'))
    ran(db, "topic", "add", str(tmp_path / "drinks.toml"))
    (found,) = document(db, "diff", "2")["differences"]
    assert found["lines"] == {
        "gone": ['words = ["sleep", "sleeping"]'],
        "new": ['words = ["sleep", "dreams"]'],
    }
    assert "- words" in ran(db, "diff", "2")


def test_diff_of_nothing_says_so(db):
    result = run(db, "diff", "2")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Nothing differs" in result.stderr
    for wrong in (["9"], ["1", "9"]):
        assert "There is no revision 9" in run(db, "diff", *wrong).stderr
    assert run(db, "diff", "tea").exit_code == 2
    assert run(db, "diff", "0").exit_code == 2


# undo


def test_undo_says_what_was_undone(db):
    ran(db, "edit", "tea", "--title", "A")
    printed = ran(db, "undo")
    assert printed.startswith("undone 3: article tea edited: title (")
    assert "(undone)" in ran(db, "history")
    assert "revision 3 undone: article tea edited: title" in ran(db, "history")
    assert document(db, "undo")["undone"][0]["revision"] == 2
    assert document(db, "list")["articles"] == []


def test_undo_to_goes_back_to_a_revision(db):
    before = ran(db, "export")
    ran(db, "edit", "tea", "--title", "A")
    ran(db, "remove", "tea")
    undone = document(db, "undo", "--to", "2")["undone"]
    assert [each["revision"] for each in undone] == [4, 3]
    assert ran(db, "export") == before
    assert "Nothing was done since" in run(db, "undo", "--to", "6").stderr


@pytest.mark.parametrize("wrong", ["0", "tea", "3 --to 2", "--to x", "1 2", "9" * 30])
def test_undo_with_wrong_words_is_wrong_usage(db, wrong):
    assert run(db, "undo", *wrong.split()).exit_code == 2


def test_a_removed_article_comes_back_with_its_corrections(db):
    ran(db, "drop", "tea", "Tea is bad for sleep")
    ran(db, "edit", "tea", "--title", "A")
    before = document(db, "show", "tea", "--claims", "--furniture"), document(db, "corrections")
    ran(db, "remove", "tea")
    ran(db, "undo")
    after = document(db, "show", "tea", "--claims", "--furniture"), document(db, "corrections")
    assert after == before


def test_killing_an_undo_leaves_the_revision_undone_or_not(db, tmp_path):
    parts = (f"## Part {n}\n\nTea from garden {n} is good for sleep." for n in range(60))
    states = [ran(db, "export")]
    ran(db, "add", *written(tmp_path, tea="\n\n".join([TEA, *parts])))
    states.append(ran(db, "export"))
    started = time.monotonic()
    process("--db", str(db), "list").communicate()
    seconds = time.monotonic() - started
    for number in range(7):
        latest = document(db, "history")["revisions"][0]["revision"]
        before = states.index(ran(db, "export"))
        killed = process("--db", str(db), "undo", str(latest))
        time.sleep(seconds * (0.7 + 0.1 * number))
        killed.kill()
        printed, _ = killed.communicate()
        after = states.index(ran(db, "export"))  # nothing else than one of the two
        assert (after != before) or not printed
        undone = document(db, "history")["revisions"][0]["undoes"] == latest
        assert undone == (after != before)
        assert document(db, "check")["problems"] == []


# edit


def test_an_edit_stays_when_the_article_is_added_again(db, tmp_path):
    printed = ran(db, "edit", "tea", "--title", "Zebra", "--interest", "Sells tea.",
                  "--interest-options", "tea")  # fmt: skip
    assert 'title: "About tea" -> "Zebra"' in printed
    assert "unchanged tea" in ran(db, "add", str(tmp_path / "tea.md"))
    ran(db, "add", *written(tmp_path, tea=TEA.replace("great", "good")))
    shown = document(db, "show", "tea")
    assert (shown["title"], shown["publisher"]) == ("Zebra", "The Tea House")
    assert shown["interest"] == {"options": ["tea"], "text": "Sells tea."}
    assert "tea" in ran(db, "search", "zebra")
    ran(db, "edit", "tea", "--reset", "title", "--interest", "")
    shown = document(db, "show", "tea")
    assert (shown["title"], shown["interest"]) == ("About tea", None)
    assert document(db, "check")["problems"] == []


def test_what_was_given_when_an_article_was_added_stays_too(db, tmp_path):
    (path,) = written(tmp_path, coffee=COFFEE)
    ran(db, "add", path, "--publisher", "Beans")
    assert "unchanged" in ran(db, "add", path)
    ran(db, "add", *written(tmp_path, coffee=COFFEE + "\nMore.\n"))
    assert document(db, "show", "coffee")["publisher"] == "Beans"
    ran(db, "add", path, "--publisher", "Grounds")
    assert document(db, "show", "coffee")["publisher"] == "Grounds"
    ran(db, "edit", "coffee", "--reset", "publisher")
    assert document(db, "show", "coffee")["publisher"] is None


def test_an_edit_keeps_passages_claims_and_corrections(db):
    ran(db, "drop", "tea", "Tea is bad for sleep")
    keys = ("passages", "claims", "set_aside")
    before = document(db, "show", "tea", "--claims", "--furniture")
    ran(db, "edit", "tea", "--url", "https://example.org/tea", "--published", "2024-03")
    after = document(db, "show", "tea", "--claims", "--furniture")
    assert [before[key] for key in keys] == [after[key] for key in keys]
    assert (after["url"], after["published"]) == ("https://example.org/tea", "2024-03")


def test_what_is_said_is_cleaned_as_texts_are(db):
    ran(db, "edit", "tea", "--title", "  Tea\u202e \x1b[2J and\n more ", "--author", "\u200b")
    shown = document(db, "show", "tea")
    assert (shown["title"], shown["author"]) == ("Tea [2J and more", None)


def test_an_edit_that_changes_nothing_is_no_revision(db):
    ran(db, "edit", "tea", "--title", "A")
    result = run(db, "edit", "tea", "--title", "A")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Nothing changed" in result.stderr
    assert document(db, "check")["revision"] == 3


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["--title", ""],
        ["--title", "a\udc80"],
        ["--publisher", "x" * 2001],
        ["--url", "https://example.org/\udc80"],
        ["--published", "soon"],
        ["--url", "tea.html"],
        ["--reset", "text"],
        ["--title", "A", "--reset", "title"],
        ["--interest-options", "tea"],
        ["--interest", "", "--interest-options", "tea"],
    ],
)
def test_an_edit_that_cannot_be_meant_is_wrong_usage(db, wrong):
    result = run(db, "edit", "tea", *wrong)
    assert result.exit_code == 2, result.output
    assert document(db, "check")["revision"] == 2


def test_an_edit_of_what_is_not_there_names_the_nearest(db):
    assert "Did you mean tea?" in run(db, "edit", "tee", "--title", "A").stderr
    result = run(db, "edit", "tea", "--interest", "Sells.", "--interest-options", "beer")
    assert result.exit_code == 1
    assert '"beer", which the topic does not compare' in result.stderr


# stats


def test_stats_count_what_is_there(db, tmp_path):
    ran(db, "add", *written(tmp_path, coffee=COFFEE))
    ran(db, "drop", "tea", "Tea is bad for sleep")
    found = document(db, "stats")
    shown = [document(db, "show", id, "--claims") for id in ("tea", "coffee")]
    assert found["articles"] == 2
    assert found["passages"] == sum(len(each["passages"]) for each in shown)
    assert found["claims"] == sum(len(each["claims"]) for each in shown)
    assert (found["corrections"], found["revision"], found["revisions"]) == (1, 4, 4)
    assert found["bytes"]["file"] == db.stat().st_size
    assert 30 < found["words"] < 60
    (topic,) = found["topics"]
    assert (topic["id"], topic["words"]) == ("drinks", found["words"])
    assert found["history"]["bytes"] > 0
    assert ran(db, "stats").startswith("drinks: 2 articles, ")


def test_stats_of_an_empty_knowledge_base(tmp_path):
    assert document(drinks(tmp_path), "stats")["words"] == 0
