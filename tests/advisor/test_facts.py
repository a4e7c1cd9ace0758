"""Facts: the headline tells what the first passage answers, and is understood by itself."""

import pytest

from advisor.pipeline import ask
from kb.store import Snapshot


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many weeks until I know Flask?", "Learning Flask takes 2 to 3 weeks"),
        ("How much does a Flask developer cost per hour?", "between US$30 and US$50"),
        ("How much do I pay for an hour of Django?", "between US$35 and US$60"),
        ("On which port does the Flask example run?", "http://127.0.0.1:5000/"),
        ("How can I add an admin panel to Flask?", "extension such as Flask-Admin"),
        ("how to add websockets to flask", "“Flask-SocketIO adds real-time communication”"),
        ("which flask extension do i need for login?", "“Flask-Login takes care of user"),
        ("What is middleware in Django good for?", "useful for tasks such as authentication"),
        ("What is the difference between MVT and MVC?", "and is a variant of the well-known"),
        ("What is Saleor?", "“The e-commerce platform Saleor, which is open source"),
        ("Was Pinterest's API built with Flask?", "was first built on Flask"),
    ],
)
def test_what_answers_is_told_and_shown_first(shipped: Snapshot, question: str, words: str) -> None:
    answer = ask(shipped, question)
    assert words in answer.guidance.headline
    assert answer.guidance.reasons[0].citations[0].n == 1


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("how do i start a new django project?", "django-admin startproject"),
        ("how are urls defined in django", "urlpatterns"),
        ("How do I create an app inside a Django project?", "startapp"),
    ],
)
def test_code_that_shows_how_comes_first(shipped: Snapshot, question: str, words: str) -> None:
    answer = ask(shipped, question)
    assert answer.guidance.headline == "This is how the articles do it."
    assert words in answer.passages[0].passage.text


def test_two_things_at_once_are_shown_by_two_pieces_of_code(shipped: Snapshot) -> None:
    answer = ask(shipped, "which commands start a new django project and an app inside of it?")
    code = [each.passage.text for each in answer.passages if each.passage.kind == "code"]
    assert answer.guidance.headline == "This is how the articles do it."
    assert any("startproject" in text for text in code)
    assert any("startapp" in text for text in code)


def test_a_how_to_without_steps_says_so_and_finds_no_contradiction(shipped: Snapshot) -> None:
    guidance = ask(shipped, "How do I write unit tests for a Flask app?").guidance
    assert guidance.headline.startswith("The articles show no steps for this, and say of it: “")


def test_a_figure_is_told_with_its_label_and_option(shipped: Snapshot) -> None:
    answer = ask(shipped, "What is the response time of Django on a remote server?")
    headline = answer.guidance.headline
    assert headline.startswith("“Average response time (remote server)”: “3477 milliseconds")
    assert "for Django" in headline
    assert "3344" not in headline


def test_of_two_options_the_figures_of_both_are_told(shipped: Snapshot) -> None:
    answer = ask(shipped, "by how much?", history=["Which is faster, Flask or Django?"])
    headline = answer.guidance.headline
    assert "milliseconds" in headline
    assert "for Django and " in headline
    assert "for Flask (" in headline
    assert len(answer.guidance.reasons[0].citations) == 2


@pytest.mark.parametrize(
    "question",
    [
        "Does Instagram use Django or Flask?",
        "Is Instagram written in Django or in Flask?",
        "Is Instagram Django or Flask?",
    ],
)
def test_what_somebody_uses_is_told_of_him(shipped: Snapshot, question: str) -> None:
    guidance = ask(shipped, question).guidance
    assert guidance.verdict == "no_verdict"
    assert "Instagram" in guidance.headline


def test_who_runs_it_in_production_is_no_question_of_deployment(shipped: Snapshot) -> None:
    guidance = ask(shipped, "what companies run flask in production?").guidance
    told = " ".join(reason.text for reason in guidance.reasons)
    assert sum(name in told for name in ("Netflix", "Airbnb", "Monzo", "Zalando")) >= 3


@pytest.mark.parametrize("question", ["Does a blog use Flask or Django?", "Is security Django?"])
def test_a_word_of_the_field_is_no_name(shipped: Snapshot, question: str) -> None:
    assert ask(shipped, question).guidance.verdict != "no_verdict"


@pytest.mark.parametrize(
    "question",
    ["On which URL is the Flask documentation?", "At what address is the Django foundation?"],
)
def test_another_address_is_no_answer(shipped: Snapshot, question: str) -> None:
    assert not ask(shipped, question).answered


@pytest.mark.parametrize(
    "question",
    [
        "How many developers use Flask?",
        "Which extension do I need for payments in Flask?",
        "Which newspaper uses Flask?",
    ],
)
def test_what_lacks_the_thing_asked_for_is_not_quoted(shipped: Snapshot, question: str) -> None:
    assert ask(shipped, question).guidance.headline.startswith("No sentence of the articles")


def test_what_is_told_of_the_rival_only_is_said_to_be(shipped: Snapshot) -> None:
    headline = ask(shipped, "Which bank uses Django?").guidance.headline
    assert headline.startswith("The articles do not say this of Django, but they say: “")
    assert "Monzo" in headline


def test_what_is_on_the_rival_only_comes_last(shipped: Snapshot) -> None:
    shown = ask(shipped, "How do I return JSON from a Flask view?").passages
    assert "Django" not in shown[0].passage.text


@pytest.mark.parametrize(
    "question", ["Who leads the Django Software Foundation?", "Who is in charge of Flask?"]
)
def test_who_made_it_is_no_answer_to_who_leads_it(shipped: Snapshot, question: str) -> None:
    assert not ask(shipped, question).answered


def test_a_sentence_that_tells_of_no_use_does_not_answer_who_uses(shipped: Snapshot) -> None:
    headline = ask(shipped, "Does Reddit use Flask?").guidance.headline
    assert headline.startswith("No sentence of the articles")


def test_what_a_named_thing_is_built_with_is_no_definition(shipped: Snapshot) -> None:
    guidance = ask(shipped, "What is LinkedIn's Now platform built with?").guidance
    assert "run on Flask" in guidance.headline
    assert "do not explain" not in guidance.headline
