"""What is named along with the options and stands in no article, and questions of other fields."""

import pytest
from asking import Asking, Reads

from advisor.analysed import question_atoms
from advisor.languages import is_foreign
from advisor.pipeline import ask
from kb.store import Snapshot


@pytest.mark.parametrize(
    ("question", "beside"),
    [
        ("tea, cocoa or coffee?", ("cocoa",)),
        ("tea, coffee or Club-Mate for my health?", ("Club-Mate",)),
        ("cocoa, tea or coffee: which is cheaper?", ("cocoa",)),
        ("tea or coffee or cocoa or lemonade, what is healthy?", ("cocoa", "lemonade")),
        ("tea/coffee/Zorblax, which is cheap?", ("Zorblax",)),
    ],
)
def test_a_third_option_is_told_of_and_decides_nothing(
    reading: Reads, question: str, beside: tuple[str, ...]
) -> None:
    read = reading(question)
    assert (read.not_covered, read.beside) == ((), beside)


def test_the_headline_names_the_third(asking: Asking) -> None:
    answer = asking("Is tea, coffee or cocoa cheaper in the evening?")
    assert answer.answered
    assert answer.guidance.headline.endswith('"cocoa" is in no article.')


@pytest.mark.parametrize(
    "question",
    ["tea or coffee for my health, not cocoa", "is tea healthy? no cocoa please", "tea or coffee?"],
)
def test_what_is_ruled_out_is_not_told_of(reading: Reads, question: str) -> None:
    read = reading(question)
    assert (read.not_covered, read.beside) == ((), ())


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("tea or cocoa?", ("cocoa",)),
        ("is cocoa cheaper than tea and coffee?", ("cocoa",)),
        ("tea or coffee for cocoa?", ("cocoa",)),
    ],
)
def test_what_is_weighed_against_or_is_the_purpose_decides(
    reading: Reads, question: str, missing: tuple[str, ...]
) -> None:
    assert reading(question).not_covered == missing


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Is Django GDPR compliant?", ("GDPR",)),
        ("Which of them goes better with a React frontend?", ("React",)),
        ("Which is easier to make HIPAA compliant?", ("HIPAA",)),
    ],
)
def test_a_name_that_is_all_that_hints_at_a_need_decides(
    shipped: Snapshot, question: str, names: tuple[str, ...]
) -> None:
    answer = ask(shipped, question)
    assert not answer.answered
    assert answer.reading.not_covered == names


def test_a_name_beside_other_needs_is_told_of(shipped: Snapshot) -> None:
    answer = ask(shipped, "A shop with an admin area and a React frontend: Flask or Django?")
    assert (answer.answered, answer.reading.beside) == (True, ("React",))
    assert answer.guidance.headline.endswith('"React" is in no article.')
    assert answer.guidance.confidence != "high"


@pytest.mark.parametrize(
    "question",
    ["Can you recommend a good pasta recipe?", "which dentist should I choose?", "a good podcast"],
)
def test_one_hint_is_no_question_about_the_choice(shipped: Snapshot, question: str) -> None:
    assert not ask(shipped, question).answered


@pytest.mark.parametrize(
    "question",
    [
        "A museum site with opening hours",
        "I want a site with recipes",
        "We are a hospital and want to manage shifts.",
    ],
)
def test_a_situation_lives_on_hints(shipped: Snapshot, question: str) -> None:
    assert ask(shipped, question).answered


@pytest.mark.parametrize(
    "question",
    [
        "Was ist besser für Anfänger, Flask oder Django?",
        "Ist Django sicher?",
        "Flask 和 Django 哪个更好?",
        "Что лучше, Flask или Django?",
    ],
)
def test_another_language_is_called_one(shipped: Snapshot, question: str) -> None:
    answer = ask(shipped, question)
    assert answer.reading.foreign and not answer.answered
    assert answer.guidance.headline.startswith("This seems to be in another language")


@pytest.mark.parametrize("question", ["Is Zorblax quick?", "Was tea cheap in 1920, und so?"])
def test_a_strange_word_makes_no_other_language(question: str) -> None:
    words = question_atoms(question)
    assert not is_foreign(question, words, [word for word in words if word.text == "zorblax"])
