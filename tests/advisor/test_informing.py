"""Facts are answered by a sentence of an article, comparisons by the points of each side."""

import pytest
from asking import Asking

from advisor.pipeline import ask
from kb.store import Snapshot


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What template engine does Flask use?", "“Flask uses Jinja2 as its default templating"),
        (
            "Does Flask have an admin interface?",
            "Only as an extension: “Flask has no built-in admin interface",
        ),
        ("How long does it take to learn Flask?", "“Learning Flask takes 2 to 3 weeks"),
        ("Who created Flask?", "“Flask, created by Armin Ronacher,"),
        ("What is Django?", "“Django is a framework"),
    ],
)
def test_the_sentence_that_answers_is_the_headline(
    shipped: Snapshot, question: str, words: str
) -> None:
    answer = ask(shipped, question)
    assert answer.guidance.headline.startswith(words)
    quote = answer.guidance.headline.split("”")[0].split("“")[1]
    assert any(quote in shown.passage.text for shown in answer.passages)
    assert any(
        shown.article.metadata.publisher in answer.guidance.headline for shown in answer.passages
    )


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("whose brainchild is flask?", "Flask, created by Armin Ronacher"),
        ("What's the name of the guy who came up with Flask?", "Flask, created by Armin Ronacher"),
        ("which companies run on flask?", "Netflix builds its microservices with Flask"),
        ("How many weeks must I plan for learn django", "Learning Django takes 4 to 6 weeks"),
        ("wat is middleware in django good for", "useful for tasks such as authentication"),
        ("I started the Flask sample, under which address do I see it?", "http://127.0.0.1:5000/"),
        ("has flask a buildin admin pannel", "Flask has no built-in admin interface"),
        ("What is WSGI and why should I care?", "Web Server Gateway Interface"),
    ],
)
def test_other_words_for_a_fact_find_the_same_sentence(
    shipped: Snapshot, question: str, words: str
) -> None:
    answer = ask(shipped, question)
    assert words in answer.guidance.headline
    assert answer.guidance.verdict == "no_verdict"
    first = answer.guidance.reasons[0]
    assert words in first.citations[0].quote
    assert first.citations[0].passage in [each.passage.id for each in answer.passages[:2]]
    assert answer.guidance.headline.endswith(first.text)


def test_who_uses_it_for_what_was_asked_before(shipped: Snapshot) -> None:
    answer = ask(shipped, "Which companies do that?", history=["Is Flask good for microservices?"])
    assert "Netflix builds its microservices with Flask" in answer.guidance.headline


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Who created Django?", "Who created"),
        ("What year did Django first appear?", "What year"),
        ("how do I let visitors upload a picture in django", "upload"),
    ],
)
def test_what_no_article_tells_is_not_covered(
    shipped: Snapshot, question: str, missing: str
) -> None:
    answer = ask(shipped, question)
    assert not answer.answered
    assert any(missing in each for each in answer.reading.not_covered)


def test_if_no_sentence_answers_nothing_is_claimed(shipped: Snapshot) -> None:
    guidance = ask(shipped, "How many people use Django?").guidance
    assert guidance.headline.startswith("No sentence of the articles answers this")
    assert guidance.confidence == "low"


def test_a_how_to_says_whether_its_code_was_found(shipped: Snapshot) -> None:
    assert "how the articles do it" in ask(shipped, "How do I install Flask?").guidance.headline
    guidance = ask(shipped, "How do I protect against SQL injection in Flask?").guidance
    assert guidance.verdict == "no_verdict"
    assert guidance.headline.startswith("The articles show no steps for this, and say of it: ")


def test_a_comparison_shows_the_points_of_each_side(asking: Asking) -> None:
    guidance = asking("how do tea and coffee differ on health").guidance
    assert guidance.headline.startswith("The articles see Tea ahead on health: ")
    assert [reason.favours for reason in guidance.reasons] == ["tea"]
    assert [reason.favours for reason in guidance.against] == ["coffee"]
    assert all(reason.citations for reason in (*guidance.reasons, *guidance.against))


def test_pros_and_cons_of_one_option_are_its_own(asking: Asking) -> None:
    guidance = asking("pros and cons of coffee").guidance
    assert guidance.headline == "What the articles say for and against Coffee."
    assert {r.favours for r in (*guidance.reasons, *guidance.against)} == {"coffee"}
    assert {r.criterion for r in guidance.reasons} == {"caffeine", "effort", "taste"}


def test_asked_for_cons_only_no_pros_are_told(asking: Asking) -> None:
    guidance = asking("cons of coffee").guidance
    assert not guidance.reasons
    assert guidance.against


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What is an ORM?", "so you talk to the database in Python"),
        ("What does batteries included mean?", "ships most of the components"),
        ("What is a microframework?", "the core is minimal and you extend it"),
        ("What does MVC stand for?", "Model-View-Controller (MVC) is"),
        ("What is Jinja2?", "as its default templating engine"),
    ],
)
def test_a_term_is_explained_where_some_sentence_does(
    shipped: Snapshot, question: str, words: str
) -> None:
    assert words in ask(shipped, question).guidance.headline


def test_what_is_mentioned_only_is_said_to_be(shipped: Snapshot) -> None:
    guidance = ask(shipped, "What is CSRF?").guidance
    assert guidance.headline.startswith("The articles mention “CSRF” and do not explain it: “")
    assert guidance.confidence == "low"


def test_the_headline_of_a_list_is_what_leads_in_or_its_first_item(shipped: Snapshot) -> None:
    databases = ask(shipped, "Which databases does Django support?").guidance
    assert "(DBMS):” PostgreSQL, MariaDB, MySQL, Oracle and SQLite (" in databases.headline
    features = ask(shipped, "List the features of Django").guidance
    assert "\n" not in features.headline
    assert " more (" in features.headline
    assert "\n" in features.reasons[0].citations[0].quote


def test_a_closed_list_answers_what_is_not_in_it(shipped: Snapshot) -> None:
    guidance = ask(shipped, "Does Django support MongoDB?").guidance
    assert guidance.headline.startswith("“Django restricts flexibility")
    assert guidance.headline.endswith("SQLite (Positiwise). MongoDB is not among them.")
    oracle = ask(shipped, "Does Django support Oracle?").guidance
    assert "not among" not in oracle.headline


def test_code_on_the_same_subject_is_near(shipped: Snapshot) -> None:
    answer = ask(shipped, "How do I log in to the Django admin?")
    assert answer.guidance.headline.endswith("their code on the same subject comes nearest.")
    assert any(each.passage.kind == "code" for each in answer.passages[:3])


def test_the_smallest_code_of_each_is_shown(shipped: Snapshot) -> None:
    shown = ask(shipped, "Show me a hello world in both").passages[:2]
    assert {each.passage.headings[-1] for each in shown} == {
        "A simple Django application",
        "A simple Flask application",
    }


def test_a_measure_that_no_article_holds_is_not_covered(shipped: Snapshot) -> None:
    assert ask(shipped, "Which one uses less memory?").reading.not_covered == ("memory",)


@pytest.mark.parametrize(
    "question",
    [
        "What template engine does Flask use?",
        "Who created Flask?",
        "whose brainchild is flask?",
        "What is Django?",
        "Which databases does Django support?",
        "Does Flask work with MongoDB?",
        "how do I define a route in flask?",
        "In which year was Django released?",
        "which companies run on flask?",
    ],
)
def test_passages_that_hold_too_little_are_not_read_and_answer_nothing(
    shipped: Snapshot, question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = ask(shipped, question)
    monkeypatch.setattr("advisor.finding.KEPT", 0)  # as of an index of many passages
    assert ask(shipped, question) == read
