"""kb keep, drop, corrections, and kb claims reject, accept, add: a maintainer has the last word."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from test_cli_program import DRINKS, TEA, document, drinks, process, ran, run, written

TEXT = """About tea

Sign in to like

Tea is great for studying, and many people drink it for that.

How do people sleep?

Tea is bad for sleep. Buy it from us now. Coffee is also bad for sleep, as everybody knows.
"""


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = drinks(tmp_path)
    (tmp_path / "tea.txt").write_text(TEXT)
    ran(path, "add", str(tmp_path / "tea.txt"))
    return path


def refused(db: Path, *arguments: str) -> str:
    """Run `kb`, which has to fail as documented, and return what it said."""
    before = document(db, "corrections"), document(db, "show", "tea", "--furniture", "--claims")
    result = run(db, *arguments)
    assert result.exit_code == 1, result.output
    error, remedy = result.stderr.splitlines()
    assert error.startswith("Error: ")
    assert remedy.startswith("Remedy: ")
    assert before == (
        document(db, "corrections"),
        document(db, "show", "tea", "--furniture", "--claims"),
    )
    return result.stderr


def texts(db: Path) -> list[str]:
    return [passage["text"] for passage in document(db, "show", "tea")["passages"]]


def claims(db: Path) -> list[dict]:
    return document(db, "claims")["claims"]


def claim(db: Path, quote: str) -> dict:
    return next(claim for claim in claims(db) if claim["quote"].startswith(quote))


# Text


def test_what_was_set_aside_is_listed_with_an_id_and_put_back_by_it(db):
    (part,) = document(db, "show", "tea", "--furniture")["set_aside"]
    assert f"[{part['id']}] (sign-in prompt) Sign in to like" in ran(
        db, "show", "tea", "--furniture"
    )
    (change,) = document(db, "keep", "tea", part["id"][:5])["changes"]
    assert change["decisions"] == [
        {"id": part["id"], "article": "tea", "kind": "keep", "quote": "Sign in to like"}
    ]
    assert document(db, "show", "tea", "--furniture")["set_aside"] == []


def test_a_passage_is_dropped_by_its_id_and_kept_again_by_the_id_of_the_decision(db):
    before = document(db, "show", "tea")["passages"]
    (change,) = document(db, "drop", "tea", before[0]["id"])["changes"]
    assert change["passages"]["before"] == len(before)
    assert change["passages"]["after"] == len(before) - 1
    assert [each["id"] for each in change["passages"]["gone"]] == [before[0]["id"]]
    (part,) = [
        each
        for each in document(db, "show", "tea", "--furniture")["set_aside"]
        if each["reason"] == "set aside by the maintainer"
    ]
    assert part["text"] == before[0]["text"]
    ran(db, "keep", "tea", change["decisions"][0]["id"])
    assert document(db, "show", "tea")["passages"] == before


def test_the_name_of_the_article_may_be_left_out_of_the_id_of_a_passage(db):
    id = document(db, "show", "tea")["passages"][0]["id"]
    ran(db, "drop", "tea", id.removeprefix("tea-")[:6])
    assert document(db, "corrections")["corrections"][0]["quote"].startswith("Tea is great")


def test_quoted_words_are_dropped_and_what_changed_is_said(db):
    printed = ran(db, "drop", "tea", "Buy it from us now.")
    assert "tea: drop “Buy it from us now.”" in printed
    assert "tea: 3 passages (before: 2), " in printed
    assert not any("Buy it" in text for text in texts(db))


def test_words_may_be_quoted_without_their_line_ends(db, tmp_path):
    wrapped = TEXT.replace("Buy it from us now.", "Buy it\nfrom us now.")
    (tmp_path / "tea.txt").write_text(wrapped)
    ran(db, "add", str(tmp_path / "tea.txt"))
    ran(db, "drop", "tea", "Buy it from us now.")
    assert document(db, "corrections")["corrections"][0]["quote"] == "Buy it\nfrom us now."


@pytest.mark.parametrize("command", ["keep", "drop"])
def test_words_that_do_not_stand_there_are_refused_with_the_nearest_line(db, command):
    said = refused(db, command, "tea", "Sign up to like")
    assert "“Sign up to like” does not stand in article tea." in said
    assert "Did you mean “Sign in to like”?" in said


def test_words_that_share_nothing_with_the_article_are_refused_too(db):
    assert "kb show tea --furniture" in refused(db, "keep", "tea", "quantum")
    assert "does not stand" in refused(db, "drop", "tea", "  ")


def test_if_one_text_is_unknown_nothing_is_decided(db):
    refused(db, "drop", "tea", "Buy it from us now.", "quantum")


def test_an_unknown_article_is_named(db):
    assert "no article tee" in refused(db, "keep", "tee", "Sign in to like")


def test_an_article_keeps_at_least_a_passage(db):
    everything = ["About tea", "How do people sleep?", *texts(db)]
    assert "Nothing would be left" in refused(db, "drop", "tea", *everything)


def test_deciding_again_says_that_nothing_changed(db):
    ran(db, "drop", "tea", "Buy it from us now.")
    again = run(db, "drop", "tea", "Buy it from us now.")
    assert again.exit_code == 0
    assert "Nothing changed" in again.stderr


def test_an_article_of_an_older_version_has_to_be_added_again(db, tmp_path):
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("DELETE FROM sources")
    assert "`kb add`" in refused(db, "keep", "tea", "Sign in to like")
    ran(db, "claims", "reject", claim(db, "Tea is great")["id"])
    assert "sources are missing: tea" in ran(db, "check")
    assert ran(db, "add", str(tmp_path / "tea.txt")).startswith("replaced tea")
    ran(db, "keep", "tea", "Sign in to like")
    assert len(document(db, "corrections")["corrections"]) == 2


# Claims


def test_a_rejected_claim_is_gone_and_comes_back_when_accepted(db):
    found = claim(db, "Tea is great")
    (change,) = document(db, "claims", "reject", found["id"])["changes"]
    assert change["claims"] == {"before": len(claims(db)) + 1, "after": len(claims(db))}
    assert found["id"] not in {each["id"] for each in claims(db)}
    ran(db, "claims", "accept", found["id"])
    assert claim(db, "Tea is great") == {**found, "decided": "accepted"}
    assert "(accepted)" in ran(db, "claims")
    assert "(accepted)" in ran(db, "show", "tea", "--claims")


def test_ids_of_claims_may_be_abbreviated_while_they_are_unique(db):
    found = claims(db)
    assert len({each["id"] for each in found}) == len(found)
    ran(db, "claims", "reject", found[0]["id"][:7])
    assert found[0]["id"] not in {each["id"] for each in claims(db)}
    assert "There is no claim xyz" in refused(db, "claims", "reject", "xyz")


def test_an_ambiguous_id_is_refused_with_those_it_may_be(db):
    words = texts(db)[0].split()
    for count in range(1, 9):  # 16 claims and those found: two ids begin with the same digit
        for stance in ("even", "against"):
            quote = " ".join(words[:count])
            ran(db, "claims", "add", "tea", quote, "--option", "tea", "--stance", stance)
    ids = sorted(each["id"] for each in claims(db))
    assert len(ids) > 16
    twin = next(one for one, two in zip(ids, ids[1:], strict=False) if one[0] == two[0])
    said = refused(db, "claims", "reject", twin[0])
    assert "Write more of" in said
    assert twin in said


def test_if_one_claim_is_unknown_none_is_rejected(db):
    refused(db, "claims", "reject", claims(db)[0]["id"], "nothing")


def test_a_claim_is_added_in_words_of_a_passage(db):
    arguments = ["--option", "coffee", "--criterion", "study", "--stance", "against", "--hedged"]
    ran(db, "claims", "add", "tea", "many people drink it", *arguments, "--when", "age=old")
    found = claim(db, "many people")
    assert found["about"] == ["coffee"]
    assert (found["criterion"], found["stance"], found["hedged"]) == ("study", "against", True)
    assert found["scope"] == {"age": "old"}
    assert (found["method"], found["decided"]) == ("maintainer", "added by the maintainer")
    printed = " ".join(ran(db, "claims", "--stance", "against").split())
    assert "(hedged, added by the maintainer)" in printed
    assert document(db, "check")["problems"] == []


def test_options_of_a_claim_that_are_named_together_are_a_combination(db):
    ran(db, "claims", "add", "tea", "many people", "--option", "coffee", "--option", "tea",
        "--stance", "for")  # fmt: skip
    assert claim(db, "many people")["about"] == ["tea", "coffee"]


def test_a_claim_is_not_added_in_words_that_no_passage_holds(db):
    rest = ["--option", "tea", "--stance", "for"]
    assert "stands in no passage" in refused(db, "claims", "add", "tea", "Sign in to like", *rest)
    assert "does not stand in" in refused(db, "claims", "add", "tea", "quantum", *rest)


MILK = "claims add tea people --option milk --stance for"
ADD = "claims add tea people --option tea"


@pytest.mark.parametrize(
    "arguments",
    [
        MILK,
        f"{ADD} --stance for --criterion colour",
        f"{ADD} --stance for --when age",
        f"{ADD} --stance for --when age=3",
        f"{ADD} --stance maybe",
        ADD,
        "claims add tea people --stance for",
        "claims --stance for reject abc",
        "claims --json reject abc",
        "claims rejekt abc",
        "claims reject",
        "keep tea",
        "corrections withdraw",
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(db, arguments):
    result = run(db, *arguments.split())
    assert result.exit_code == 2
    assert result.stdout == ""


def test_claims_without_a_command_are_listed_as_before(db):
    assert {each["stance"] for each in document(db, "claims", "--stance", "against")["claims"]} == {
        "against"
    }
    assert ran(db, "claims", "--option", "coffee").count("tea: ") == 1


# Corrections


def test_corrections_are_listed_and_taken_back(db):
    before = document(db, "show", "tea", "--furniture", "--claims")
    ran(db, "keep", "tea", "Sign in to like")
    ran(db, "claims", "reject", claim(db, "Tea is great")["id"])
    assert ran(db, "corrections") == ran(db, "corrections", "tea") == ran(db, "corrections", "list")
    found = document(db, "corrections", "tea")["corrections"]
    assert [each["kind"] for each in found] == ["keep", "reject"]
    assert "tea: reject for tea on study: “Tea is great" in ran(db, "corrections")
    printed = ran(db, "corrections", "withdraw", *(each["id"] for each in found))
    assert printed.count("withdrawn [") == 2
    assert document(db, "corrections") == {"corrections": []}
    assert document(db, "show", "tea", "--furniture", "--claims") == before


def test_a_decision_whose_words_are_gone_is_dormant_and_remarked_on(db, tmp_path):
    ran(db, "drop", "tea", "Buy it from us now.")
    (tmp_path / "tea.txt").write_text(TEXT.replace("Buy it from us now. ", ""))
    ran(db, "add", str(tmp_path / "tea.txt"))
    (found,) = document(db, "corrections")["corrections"]
    assert found["dormant"]
    assert "(dormant)" in ran(db, "corrections", "tea")
    assert f"Correction {found['id']} of article tea is dormant" in ran(db, "check")


def test_an_unknown_decision_cannot_be_taken_back(db):
    assert "There is no correction abcd" in refused(db, "corrections", "withdraw", "abcd")


def test_a_dry_run_shows_the_article_as_it_was_decided(db, tmp_path):
    ran(db, "drop", "tea", "Buy it from us now.")
    planned = json.loads(ran(db, "add", str(tmp_path / "tea.txt"), "--dry-run", "--json"))
    assert not any("Buy it" in each["text"] for each in planned["articles"][0]["passages"])


def test_what_is_taken_back_is_no_decision_made_before(db):
    ran(db, "drop", "tea", "Buy it from us now.")
    (found,) = document(db, "corrections")["corrections"]
    assert run(db, "corrections", "withdraw", found["id"]).stderr == ""


def test_adding_an_article_again_tells_which_corrections_do_nothing_any_more(db, tmp_path):
    gone, stays = claim(db, "Tea is bad"), claim(db, "Tea is great")
    ran(db, "claims", "reject", gone["id"], stays["id"])
    (tmp_path / "tea.txt").write_text(TEXT.replace("Tea is bad for sleep", "Tea spoils sleep"))
    added = run(db, "add", str(tmp_path / "tea.txt"))
    assert added.exit_code == 0
    assert "1 correction of tea is dormant now" in added.stderr
    assert "`kb corrections tea`" in added.stderr
    assert stays["id"] not in {each["id"] for each in claims(db)}
    (tmp_path / "tea.txt").write_text(TEXT.replace("Tea is bad for sleep", "Tea ruins sleep"))
    told = document(db, "add", str(tmp_path / "tea.txt"))
    assert [each["id"] for each in told["dormant"]] == [gone["id"]]
    (tmp_path / "tea.txt").write_text(TEXT)
    assert run(db, "add", str(tmp_path / "tea.txt")).stderr == ""
    assert gone["id"] not in {each["id"] for each in claims(db)}


def test_saving_a_topic_tells_which_corrections_do_nothing_any_more(db, tmp_path):
    ran(db, "claims", "add", "tea", "many people", "--option", "tea", "--stance", "for",
        "--when", "age=old")  # fmt: skip
    left = DRINKS.replace(', old = ["old", "elderly"]', "").replace('age = "old"', 'age = "young"')
    (tmp_path / "drinks.toml").write_text(left)
    result = run(db, "topic", "add", str(tmp_path / "drinks.toml"))
    assert "1 correction of tea is dormant now" in result.stderr
    (found,) = document(db, "topic", "add", str(tmp_path / "drinks.toml"))["dormant"]
    assert found["scope"] == {"age": "old"}


def test_removing_an_article_tells_what_was_decided_on_it(db, tmp_path):
    ran(db, "keep", "tea", "Sign in to like")
    found = document(db, "corrections")["corrections"]
    printed = ran(db, "remove", "tea")
    assert "removed tea and 1 correction of it:" in printed
    assert "tea: keep “Sign in to like”" in printed
    ran(db, "add", str(tmp_path / "tea.txt"))
    assert document(db, "corrections") == {"corrections": []}
    ran(db, "keep", "tea", "Sign in to like")
    assert [
        {**each, "dormant": False} for each in document(db, "remove", "tea")["corrections"]
    ] == (found)


def test_keeping_what_was_not_set_aside_says_so(db):
    result = run(db, "keep", "tea", "Tea is great for studying")
    assert result.exit_code == 0
    assert "Not set aside before, and kept from now on: " in result.stderr
    assert run(db, "keep", "tea", "Sign in to like").stderr == ""


def test_a_passage_is_kept_by_its_id_and_what_was_set_aside_dropped_by_its_id(db):
    (part,) = document(db, "show", "tea", "--furniture")["set_aside"]
    passage = document(db, "show", "tea")["passages"][0]
    ran(db, "keep", "tea", passage["id"])
    ran(db, "drop", "tea", part["id"])
    assert [
        (each["kind"], each["quote"]) for each in document(db, "corrections")["corrections"]
    ] == [
        ("keep", passage["text"]),
        ("drop", "Sign in to like"),
    ]
    assert document(db, "show", "tea", "--furniture")["set_aside"][0]["reason"] == (
        "set aside by the maintainer"
    )


def test_a_misspelt_option_or_criterion_is_proposed(db):
    add = ["claims", "add", "tea", "many people", "--stance", "for"]
    assert "Did you mean coffee?" in run(db, *add, "--option", "cofee").stderr
    misspelt = run(db, *add, "--option", "tea", "--criterion", "slep").stderr
    assert "there is no slep. Did you mean sleep? Known: study, sleep, cost." in misspelt


DECISIONS = [
    ["keep", "tea", "Sign in to like"],
    ["drop", "tea", "Buy it from us now."],
    ["claims", "add", "tea", "many people", "--option", "tea", "--stance", "for"],
    ["claims", "add", "tea", "everybody knows", "--option", "coffee", "--stance", "against"],
]


def test_what_is_decided_at_once_by_several_processes_is_all_kept(db):
    made = [["claims", "reject", each["id"]] for each in claims(db)]
    running = [process("--db", str(db), *words) for words in (*DECISIONS, *made)]
    for each in running:
        _, said = each.communicate(timeout=60)
        assert each.returncode == 0, said
    assert len(document(db, "corrections")["corrections"]) == len(running)
    assert {each["decided"] for each in claims(db)} == {"added by the maintainer"}
    assert document(db, "check")["problems"] == []


def test_every_command_prints_one_document_with_json(db):
    first = claims(db)[0]["id"]
    for words in (*DECISIONS, ["claims", "reject", first], ["claims", "accept", first]):
        assert document(db, *words)["changes"][0]["decisions"]
    ids = [each["id"] for each in document(db, "corrections")["corrections"]]
    assert len(document(db, "corrections", "withdraw", *ids)["changes"][0]["withdrawn"]) == len(ids)


def test_a_part_of_a_word_is_not_dropped(tmp_path: Path) -> None:
    path = drinks(tmp_path)
    ran(path, "add", *written(tmp_path, tea=TEA))
    result = run(path, "drop", "tea", "e")
    assert result.exit_code != 0
    assert "only as a part of words" in result.stderr
