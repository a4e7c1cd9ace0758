"""The typos that the benches make."""

from random import Random

import pytest
from rapidfuzz.distance import OSA
from typos import LEVELS, Level, content_words, mistyped, with_typos

QUESTION = "How does the framework handle database migrations without downtime?"


@pytest.mark.parametrize("edits", [1, 2])
def test_a_mistyped_word_is_never_itself_and_at_most_so_many_edits_away(edits: int) -> None:
    random = Random(1)
    typed = [mistyped("database", edits, random) for _ in range(300)]
    distances = {OSA.distance("database", each) for each in typed}
    assert 0 not in distances
    assert edits in distances
    # A word that is swapped and then has a letter put between is one more away for OSA.
    assert max(distances) <= edits + (edits > 1)


def test_the_first_letter_seldom_changes() -> None:
    random = Random(1)
    kept = sum(mistyped("database", 1, random)[0] == "d" for _ in range(1000))
    assert 930 < kept < 985


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.name)
def test_a_share_of_the_content_words_gets_typos(level: Level) -> None:
    typed = with_typos(QUESTION, level, Random(3))
    words = content_words(QUESTION)
    changed = sum(a != b for a, b in zip(QUESTION.split(), typed.split(), strict=True))
    assert [word.group() for word in words][:2] == ["framework", "handle"]
    assert changed == round(level.share * len(words))


def test_the_same_seed_makes_the_same_typos() -> None:
    assert with_typos(QUESTION, LEVELS[0], Random(3)) == with_typos(QUESTION, LEVELS[0], Random(3))


def test_a_question_of_small_words_stays_as_it_is() -> None:
    assert with_typos("is it so?", LEVELS[3], Random(3)) == "is it so?"
