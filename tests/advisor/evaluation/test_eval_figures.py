"""advisor eval: figures of a question file, by kind and half, and files that cannot be used."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from advisor.cli import advisor


def figures(result) -> dict:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["figures"]


def test_every_figure_is_printed(evaluation, questions):
    names = [line.split("  ")[0] for line in evaluation(questions).stdout.splitlines()]
    for name in ("hit@1", "hit@3", "hit@5", "MRR", "verdict right", "right, followup"):
        assert name in names
    for name in ("abstention precision", "abstention recall", "CPU ms p95", "wall ms p50"):
        assert name in names
    for name in ("confidence high", "sentences cited", "quotes exact", "scripts all right"):
        assert name in names


def test_shares_come_with_counts_and_interval(evaluation, questions):
    found = figures(evaluation(questions, "--json"))
    assert found["hit@5"] == {
        "value": 1.0,
        "count": 1,
        "total": 1,
        "interval": [pytest.approx(0.2065, abs=1e-3), 1.0],
    }
    assert found["verdict right"]["count"] == 1


def test_a_script_is_right_when_all_its_turns_are(evaluation, write, rows):
    found = figures(evaluation(write(rows), "--json"))
    assert (found["scripts all right"]["count"], found["scripts all right"]["total"]) == (0, 1)
    rows[1]["lean_ok"] = ["tea", "coffee", "water", "either", "depends", "disagree", None]
    assert figures(evaluation(write(rows), "--json"))["scripts all right"]["count"] == 1


def test_what_lies_near_the_topic_is_no_scored_verdict(evaluation, write, rows):
    scored = figures(evaluation(write(rows), "--json"))["verdict right"]["total"]
    rows[2]["kind"] = "neartopic"
    assert figures(evaluation(write(rows), "--json"))["verdict right"]["total"] == scored


def test_both_halves_stand_side_by_side(evaluation, questions):
    printed = evaluation(questions).stdout
    assert "tuned" in printed
    halves = json.loads(evaluation(questions, "--json").stdout)["halves"]
    assert {half: each["questions"] for half, each in halves.items()} == {"tuned": 2, "reported": 2}


def test_one_half_can_be_asked_alone(evaluation, questions):
    assert figures(evaluation(questions, "--half", "reported", "--json"))["questions"] == 2
    assert "reported" not in evaluation(questions, "--half", "tuned").stdout


def test_a_half_without_questions_is_a_sentence(evaluation, write, rows):
    result = evaluation(write(rows[:2]), "--half", "reported")
    assert result.exit_code == 2
    assert 'No question has "half": "reported".' in result.stderr


def test_several_files_are_one_set(evaluation, write, rows):
    first, second = write(rows[:1], "first.jsonl"), write(rows[1:], "second.jsonl")
    assert figures(evaluation(first, second, "--json"))["questions"] == 4


def test_ids_that_occur_twice_are_refused(evaluation, questions):
    result = evaluation(questions, questions)
    assert result.exit_code == 2
    assert 'the id "health-1"' in result.stderr


def test_wrong_answers_are_shown_when_asked_for(evaluation, questions):
    assert "health-2: " in evaluation(questions, "--verbose").stdout
    wrong = json.loads(evaluation(questions, "--verbose", "--json").stdout)["wrong"]
    assert [each["id"] for each in wrong] == ["health-2"]
    assert set(wrong[0]) == {"id", "question", "history", "expected", "got", "headline"}


def test_wrong_answers_of_the_reported_half_are_shown_only_when_that_half_is_asked(
    evaluation, questions
):
    assert "kept-from-us" not in evaluation(questions, "--verbose").stdout
    assert "kept-from-us" in evaluation(questions, "--verbose", "--half", "reported").stdout


def test_rules_or_claims_can_be_left_out(evaluation, questions):
    def right(*arguments: str) -> int:
        return figures(evaluation(questions, "--json", *arguments))["verdict right"]["count"]

    assert right("--without", "rules") == right() == 1
    assert right("--without", "claims") == 0


@pytest.mark.parametrize(
    "content",
    ["", "no json", '{"id": 1}', "[]", None]
    + ['{"id": 1, "question": "", "kind": "", "lean": "", "lean_ok": [], "half": "third"}'],
)
def test_a_question_file_that_cannot_be_used(evaluation, tmp_path, content):
    path = tmp_path / "bad.jsonl"
    if content is not None:
        path.write_text(content)
    result = evaluation(path)
    assert result.exit_code == 2
    assert "bad.jsonl" in result.stderr
    assert "Remedy: " in result.stderr


def test_eval_does_not_make_a_knowledge_base(tmp_path, questions):
    none = tmp_path / "none.db"
    result = CliRunner().invoke(advisor, ["--db", str(none), "eval", questions])
    assert result.exit_code == 1
    assert "`kb init`" in result.stderr
    assert not Path(none).exists()
