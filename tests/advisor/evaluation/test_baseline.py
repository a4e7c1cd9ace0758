"""advisor eval --baseline: what got worse or better since a run that was saved."""

import json
from dataclasses import replace

import pytest

from advisor.evaluation.baseline import compare
from advisor.evaluation.runs import load_run


@pytest.fixture
def saved(evaluation, questions, tmp_path):
    """A saved run of the questions as they are."""
    path = tmp_path / "run.json"
    assert evaluation(questions, "--save", path).exit_code == 0
    return path


def change(path, id, **fields):
    """Make a saved run tell something else of one question."""
    document = json.loads(path.read_text())
    (result,) = [each for each in document["results"] if each["id"] == id]
    result.update(fields)
    path.write_text(json.dumps(document))


def test_a_saved_run_tells_of_every_question_and_of_the_knowledge_base(saved):
    document = json.loads(saved.read_text())
    assert [each["id"] for each in document["results"]] == [
        "health-1",
        "health-2",
        "cars",
        "kept-from-us",
    ]
    assert document["knowledge_base"]["articles"] == 3
    assert document["knowledge_base"]["revision"] > 0
    assert document["figures"]["verdict right"]["count"] == 1


def test_the_same_again_is_no_change(evaluation, questions, saved):
    result = evaluation(questions, "--baseline", saved)
    assert result.exit_code == 0
    for line in ("Worse: 0 questions", "Better: 0 questions", "Other: 0 questions"):
        assert line in result.stdout.splitlines()


@pytest.mark.parametrize(
    ("id", "fields", "name"),
    [
        ("health-2", {"verdict": True, "got": "milk"}, "verdict"),
        ("health-2", {"hit": True}, None),
        ("health-2", {"quotes": False}, None),
    ],
)
def test_only_what_was_right_and_is_wrong_now_is_worse(
    evaluation, questions, saved, id, fields, name
):
    change(saved, id, **fields)
    result = evaluation(questions, "--baseline", saved)
    assert result.exit_code == (1 if name else 0)
    assert (f"{id}: {name} is wrong now" in result.stdout) == bool(name)


def test_a_lost_anchor_and_a_lost_abstention_are_worse(evaluation, write, rows, tmp_path):
    path = tmp_path / "run.json"
    evaluation(write(rows), "--save", path)
    rows[0]["must_find"] = [{"anchor": "words of no article"}]
    rows[2].update(abstain=False, half="tuned")
    result = evaluation(write(rows), "--baseline", path)
    assert result.exit_code == 1
    assert "Worse: 2 questions" in result.stdout
    assert "health-1: hit is wrong now" in result.stdout
    assert "cars: abstention is wrong now" in result.stdout


def test_a_wrong_quote_is_worse(saved):
    before = load_run(saved).results
    now = replace(before["health-1"], quotes=False)
    comparison = compare({"health-1": before["health-1"]}, [now])
    assert comparison.is_worse
    assert [change.lost for change in comparison.changes] == [("quotes",)]


def test_worse_in_one_thing_is_worse_whatever_is_better(saved):
    before = replace(load_run(saved).results["health-1"], verdict=False)
    (change,) = compare({before.id: before}, [replace(before, verdict=True, hit=False)]).changes
    assert (change.direction, change.lost, change.won) == ("worse", ("hit",), ("verdict",))


def test_what_is_right_now_is_better_and_what_is_else_different_is_other(
    evaluation, questions, saved
):
    change(saved, "health-1", verdict=False, got="coffee")
    change(saved, "health-2", got="disagree", confidence="high")
    result = evaluation(questions, "--baseline", saved)
    assert result.exit_code == 0
    assert (
        "Better: 1 question\n  health-1: verdict is right now; tea, before coffee" in result.stdout
    )
    assert "Other: 1 question\n  health-2: " in result.stdout


def test_totals_stand_side_by_side(evaluation, questions, saved):
    lines = evaluation(questions, "--baseline", saved).stdout.splitlines()
    (header,) = [line for line in lines if line.split() == ["before", "now"]]
    after = lines[lines.index(header) :]
    (right,) = [line for line in after if line.startswith("verdict right")]
    assert right.count("(1/3, ") == 2


def test_questions_that_are_new_or_missing_are_no_error(evaluation, write, rows, saved):
    rows[0]["id"] = "renamed"
    rows[1]["question"] = "and for price?"
    result = evaluation(write(rows), "--baseline", saved)
    assert result.exit_code == 0
    assert "New: 2 questions: renamed, health-2" in result.stdout
    assert "Missing: 2 questions: health-1, health-2" in result.stdout


def test_of_one_half_only_that_half_is_compared(evaluation, questions, saved):
    result = evaluation(questions, "--half", "tuned", "--baseline", saved)
    assert result.exit_code == 0
    assert "Missing" not in result.stdout


def test_the_reported_half_counts_but_is_not_named(evaluation, questions, saved):
    change(saved, "kept-from-us", verdict=True, got="milk")
    result = evaluation(questions, "--baseline", saved)
    assert result.exit_code == 1
    assert "Worse: 1 question\n  1 of the reported half" in result.stdout
    assert "kept-from-us" not in result.stdout
    told = evaluation(questions, "--baseline", saved, "--half", "reported").stdout
    assert "kept-from-us: verdict is wrong now" in told


def test_the_changes_are_also_one_document(evaluation, questions, saved):
    change(saved, "health-2", verdict=True, got="milk")
    result = evaluation(questions, "--baseline", saved, "--json")
    assert result.exit_code == 1
    baseline = json.loads(result.stdout)["baseline"]
    assert baseline["worse"]["count"] == 1
    (named,) = baseline["worse"]["named"]
    assert (named["id"], named["worse"], named["better"]) == ("health-2", ["verdict"], [])
    assert (baseline["new"]["count"], baseline["missing"]["count"]) == (0, 0)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: "[]",
        lambda text: text.replace('"format": 1', '"format": 99'),
        lambda text: text.replace('"verdict": true', '"verdict": "perhaps"'),
        lambda text: text.replace('"results"', '"outcomes"'),
        lambda text: text.replace('"confidence"', '"certainty"'),
        lambda text: text.replace('"count"', '"number"'),
        lambda text: text.replace('"total": 1', '"total": "one"'),
        lambda text: text.replace('"questions": 4', '"questions": "four"'),
    ],
)
def test_a_damaged_run_is_a_sentence_with_a_remedy(evaluation, questions, saved, damage):
    saved.write_text(damage(saved.read_text()))
    result = evaluation(questions, "--baseline", saved)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "run.json" in result.stderr
    assert "Remedy: " in result.stderr
    assert "--save" in result.stderr


def test_a_run_that_is_not_there_is_a_sentence(evaluation, questions, tmp_path):
    result = evaluation(questions, "--baseline", tmp_path / "none.json")
    assert result.exit_code == 2
    assert "none.json cannot be read" in result.stderr


def test_a_place_that_cannot_be_written_is_a_sentence(evaluation, questions, tmp_path):
    result = evaluation(questions, "--save", tmp_path / "no" / "folder.json")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_a_run_may_be_compared_with_and_saved_at_one_place(evaluation, questions, saved):
    before = saved.read_text()
    result = evaluation(questions, "--baseline", saved, "--save", saved)
    assert result.exit_code == 0
    assert json.loads(saved.read_text())["results"] == json.loads(before)["results"]
