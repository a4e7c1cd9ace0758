"""Disagreement recall: which expected disagreements are found, quoted and shown."""

import json
import re
from pathlib import Path

import pytest

PRICE = {
    "criterion": "price",
    "option": "coffee",
    "strength": "hard",
    "sides": [
        {"article": "coffee-first", "anchor": "Coffee is cheap at home"},
        {"article": "why-water-wins", "line": 8, "start": 16, "end": 25},
    ],
}
TASTE = {  # as strings with a and b, in the other order, and the article by how it begins
    "criterion": "flavour",
    "strength": "soft",
    "seed_a": "a-cup",
    "anchor_a": "COFFEE has a poor taste!",
    "seed_b": "",
    "anchor_b": "excellent aroma",
}
UNKNOWN = {**PRICE, "criterion": "health", "option": "water"}
UNKNOWN["sides"] = [{"anchor": "Water is good for your health"}, {"anchor": "Coffee is bad"}]
ELSEWHERE = {**PRICE, "sides": [{"anchor": "words of no article"}, {"anchor": "Coffee is tasty"}]}


@pytest.fixture
def recall(evaluation, questions, write):
    def figures(*entries: dict) -> dict:
        file = write(list(entries), "disagreements.jsonl")
        result = evaluation(questions, "--disagreements", file, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)["figures"]

    return figures


def counts(figures: dict, name: str) -> tuple[int, int]:
    return figures[f"disagreements {name}"]["count"], figures[f"disagreements {name}"]["total"]


def test_what_the_knowledge_base_lists_is_found(recall):
    figures = recall(PRICE, TASTE, UNKNOWN)
    assert counts(figures, "found") == (2, 3)
    assert counts(figures, "found, hard") == (1, 2)
    assert counts(figures, "quoted") == (2, 3)


def test_what_an_answer_on_its_criterion_says_is_shown(recall):
    assert counts(recall(PRICE, UNKNOWN), "shown") == (1, 2)
    assert counts(recall(PRICE, UNKNOWN), "shown, any articles") == (1, 2)


def test_a_criterion_under_another_name_is_told_by_the_words(recall):
    assert counts(recall(TASTE), "shown") == (1, 1)


def test_the_question_of_an_entry_is_asked_instead(recall):
    assert counts(recall({**PRICE, "question": "What is lemonade?"}), "shown") == (0, 1)


def test_words_of_no_article_here_do_not_count_and_are_told(recall):
    figures = recall(PRICE, ELSEWHERE)
    assert counts(figures, "found") == (1, 1)
    assert figures["disagreements in no article here"] == 1


def test_what_careful_readers_may_judge_differently_does_not_count(recall):
    assert counts(recall(PRICE, {**UNKNOWN, "certain": False}), "found") == (1, 1)


def test_the_documented_one_is_found(recall):
    text = (Path(__file__).parents[3] / "docs" / "question-file.md").read_text(encoding="utf-8")
    _, example = re.findall(r"^```json\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert counts(recall(json.loads(example)), "quoted") == (1, 1)


def test_an_array_is_read_as_well(evaluation, questions, tmp_path):
    path = tmp_path / "disagreements.json"
    path.write_text(json.dumps([PRICE, TASTE], indent=1))
    assert "disagreements found" in evaluation(questions, "--disagreements", path).stdout


@pytest.mark.parametrize(
    "content",
    ["no json", "[1]", "[[]]", '{"criterion": "price"}']
    + [json.dumps({**PRICE, "sides": PRICE["sides"][:1]})]
    + [json.dumps({**PRICE, "sides": [{"anchor": "?"}, {"anchor": "Coffee"}]})]
    + [json.dumps({**PRICE, "sides": [{"line": "x", "start": 0, "end": 1}] * 2})],
)
def test_a_file_that_cannot_be_used_is_a_sentence(evaluation, questions, tmp_path, content):
    path = tmp_path / "bad.json"
    path.write_text(content)
    result = evaluation(questions, "--disagreements", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "bad.json" in result.stderr
    assert "Remedy: " in result.stderr
