"""Seeded typos: which words get them, that they are the same each time, and what is kept."""

import json
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.evaluation.typos import LEVELS, with_typos
from kb.words import atoms

QUESTION = "Which drink is cheaper for students with little money in the evening?"


def changed(before: str, after: str) -> list[tuple[str, str]]:
    """Return the words that differ; typos join and part no words."""
    pairs = zip(before.split(), after.split(), strict=True)
    return [(was, now) for was, now in pairs if was != now]


@pytest.mark.parametrize("name", LEVELS)
def test_the_same_seed_makes_the_same_typos(name):
    once, again = (with_typos(QUESTION, LEVELS[name], Random("7")) for _ in range(2))
    assert once == again != QUESTION


def test_other_seeds_make_others():
    made = {with_typos(QUESTION, LEVELS["few"], Random(seed)) for seed in range(50)}
    assert len(made) > 40


@pytest.mark.parametrize("seed", range(50))
def test_few_are_one_or_two_words(seed):
    assert len(changed(QUESTION, with_typos(QUESTION, LEVELS["few"], Random(seed)))) in (1, 2)


@pytest.mark.parametrize(("name", "count"), [("30", 2), ("60", 4), ("60-double", 4)])
def test_a_part_of_the_words_gets_them(name, count):
    """Six words count: drink, cheaper, students, little, money, evening."""
    for seed in range(20):
        assert len(changed(QUESTION, with_typos(QUESTION, LEVELS[name], Random(seed)))) == count


def test_short_words_and_stop_words_get_none():
    for seed in range(100):
        for was, _ in changed(QUESTION, with_typos(QUESTION, LEVELS["60"], Random(seed))):
            assert was not in ("Which", "is", "for", "with", "in", "the")


def test_every_kind_of_edit_occurs():
    made = {with_typos("tea", LEVELS["few"], Random(0))} | {
        with_typos("table", LEVELS["few"], Random(seed)) for seed in range(3000)
    }
    assert "tea" in made  # three letters
    assert {"atble", "able", "rable"} <= made  # swapped, dropped, a neighbouring key
    assert any(len(word) == 6 for word in made)
    assert "zable" in made  # t and z are no neighbours
    assert "table" not in made


def test_two_edits_reach_further_than_one():
    once = {with_typos("table", LEVELS["30"], Random(seed)) for seed in range(2000)}
    twice = {with_typos("table", LEVELS["30-double"], Random(seed)) for seed in range(2000)}
    assert min(map(len, once)) == 4
    assert min(map(len, twice)) == 3


@given(st.text(max_size=60), st.sampled_from(sorted(LEVELS)), st.integers())
def test_any_text_can_be_mistyped(text, name, seed):
    mistyped = with_typos(text, LEVELS[name], Random(seed))
    fitting = [w for w in atoms(text) if not w.is_stop_word and text[w.start : w.end].isalpha()]
    if not any(w.end - w.start >= 4 for w in fitting):
        assert mistyped == text


def test_retention_is_with_divided_by_without_of_the_same_questions(evaluation, questions):
    result = evaluation(questions, "--typos", "few", "--typos", "60", "--json")
    figures = json.loads(result.stdout)["figures"]
    for name in ("few", "60"):
        for what in ("hit@5", "verdicts"):
            without = figures[f"typos {name}, {what} without"]
            typed = figures[f"typos {name}, {what} with"]
            assert without["total"] == typed["total"] > 0
            expected = typed["count"] / without["count"]
            assert figures[f"typos {name}, {what} retention"] == expected
            assert figures[f"typos {name}, {what} kept"]["total"] == without["count"]


def test_what_typos_made_wrong_is_shown_as_it_was_asked(evaluation, write, rows):
    rows[0]["question"] = "What is best for health in the evening?"
    file = write(rows[:1])
    shown = [
        evaluation(file, "--typos", "60-double", "--seed", seed, "--verbose").stdout
        for seed in range(12)
    ]
    assert any("health-1, typos 60-double: " in each for each in shown)


def test_what_no_question_measures_is_left_out(evaluation, write, rows):
    del rows[0]["must_find"]
    printed = evaluation(write(rows[:1]), "--typos", "few").stdout
    assert "typos few, verdicts retention" in printed
    assert "typos few, hit@5" not in printed


def test_a_level_that_does_not_exist_is_wrong_usage(evaluation, questions):
    result = evaluation(questions, "--typos", "many")
    assert result.exit_code == 2
    assert "few" in result.stderr
