"""What sentences as articles write them claim of two web frameworks."""

import pytest

from kb.claims.mining import mine
from kb.content.shipped import shipped_topics
from kb.model import Cell, Passage, PassageKind
from kb.topic import Topic


@pytest.fixture(scope="module")
def topic() -> Topic:
    return shipped_topics()[0]


def told(
    topic: Topic, text: str, *headings: str, kind: PassageKind = "prose"
) -> set[tuple[str, str, str]]:
    """Return (option, criterion, stance) of each claim of a passage."""
    claims = mine([Passage("a-1", "a", 0, len(text), text, headings, kind)], topic)
    return {("+".join(claim.about), claim.criterion, claim.stance) for claim in claims}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "While Flask is easy to learn, it lacks built-in features.",
            {("flask", "learning_curve", "for"), ("flask", "features", "against")},
        ),
        (
            "Despite being lightweight, Flask is not as popular as Django.",
            {
                ("flask", "weight", "for"),
                ("django", "community", "for"),
                ("flask", "community", "against"),
            },
        ),
        (
            "Django is heavier than Flask, but provides more features.",
            {
                ("django", "weight", "against"),
                ("flask", "weight", "for"),
                ("django", "features", "for"),
            },
        ),
        (
            "Flask is more pythonic and Django is more opinionated.",
            {("django", "structure", "for")},
        ),
        (
            "Django cares for security out of the box, whereas in Flask you must do it yourself.",
            {("django", "security", "for"), ("flask", "security", "against")},
        ),
        (
            "Django has a built-in ORM, while Flask does not.",
            {("django", "orm", "for"), ("flask", "orm", "against")},
        ),
        (
            "Flask needs more boilerplate than frameworks like Django, which comes with an admin.",
            {
                ("flask", "boilerplate", "against"),
                ("django", "boilerplate", "for"),
                ("django", "admin", "for"),
            },
        ),
        (
            "Flask does not include as many built-in features as Django.",
            {("flask", "features", "against"), ("django", "features", "for")},
        ),
        ("Flask is not only fast but also flexible.",
         {("flask", "performance", "for"), ("flask", "flexibility", "for")}),
        ("You can't go wrong with Flask for APIs.", {("flask", "api", "for")}),
        (
            "Flask does not come with an ORM or an admin panel built in.",
            {("flask", "orm", "against"), ("flask", "admin", "against")},
        ),
        ("Flask needs no templates.", {("flask", "templating", "for")}),
        ("Django requires more deployment work.", {("django", "deployment", "against")}),
        ("Flask has fewer extensions.", {("flask", "ecosystem", "against")}),
        ("Choosing Flask or Django depends on the tests.", set()),
        ("Had I picked Flask for the forms, I would have given up.", set()),
        ("Django is a fantastic choice.", {("django", "", "for")}),
        (
            "Django isn't the best choice if you care about security. Flask is.",
            {("django", "security", "against"), ("flask", "security", "for")},
        ),
        ("If you want security, avoid Flask.", {("flask", "security", "against")}),
        ("Flask has no performance problems.", {("flask", "performance", "for")}),
        (
            "Neither Flask nor Django is slow.",
            {("flask", "performance", "for"), ("django", "performance", "for")},
        ),
        ("There are others, but none are as popular as Django and Flask.", set()),
        ("With Flask... there are no forms.", {("flask", "forms", "against")}),
    ],
)  # fmt: skip
def test_a_sentence_claims_what_it_says(
    topic: Topic, sentence: str, expected: set[tuple[str, str, str]]
) -> None:
    assert told(topic, sentence) == expected


def test_these_points_back_to_what_the_sentence_before_was_about(topic: Topic) -> None:
    text = "Django supports WebSockets and caching. Flask does not support these."
    assert told(topic, text) == {
        ("django", "realtime", "for"),
        ("django", "caching", "for"),
        ("flask", "realtime", "against"),
        ("flask", "caching", "against"),
    }


def test_a_question_gives_its_criterion_to_the_sentence_behind_it(topic: Topic) -> None:
    assert told(topic, "What about security? Django handles it gracefully.") == {
        ("django", "security", "for")
    }


def test_an_item_below_what_one_is_compatible_with_is_about_that_one(topic: Topic) -> None:
    text = (
        "Flask is compatible with these databases:\n\n- All databases supported by Django\n- Redis"
    )
    assert told(topic, text, kind="list") == {
        ("flask", "databases", "for"),
        ("flask", "nosql", "for"),
    }


def test_praise_under_faults_grants_something_and_claims_nothing(topic: Topic) -> None:
    text = "- Poor documentation\n- Deployment is easy\n- Slow"
    assert told(topic, text, "Cons of Flask", kind="list") == {
        ("flask", "documentation", "against"),
        ("flask", "performance", "against"),
    }


def test_a_long_item_is_judged_by_its_first_sentence(topic: Topic) -> None:
    text = "- Scalability: large sites stumble. Caching is excellent with Django."
    assert told(topic, text, "Cons of Flask", kind="list") == {
        ("flask", "scalability", "against"),
        ("django", "caching", "for"),
    }


def test_a_merit_over_another_is_a_merit_of_the_one_that_has_it(topic: Topic) -> None:
    assert told(topic, "- Documentation", "Advantages over Flask", kind="list") == {
        ("django", "documentation", "for")
    }


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Use Flask if", {("flask", "api", "for")}),
        ("Consider Flask when", {("flask", "api", "for")}),
        ("Flask in use", set()),
    ],
)
def test_an_order_in_a_heading_tells_what_to_take_an_option_for(
    topic: Topic, heading: str, expected: set[tuple[str, str, str]]
) -> None:
    assert told(topic, "- you need a REST API", heading, kind="list") == expected


def test_an_article_on_one_option_need_not_name_it_in_its_headings(topic: Topic) -> None:
    story = "We run Django. I like Django, and Django likes us."
    lists = [
        Passage("a-1", "a", 0, len(story), story),
        Passage("a-2", "a", 100, 115, "- the admin area", ("Cons",), "list"),
    ]
    found = {(claim.about, claim.criterion, claim.stance) for claim in mine(lists, topic)}
    assert (("django",), "admin", "against") in found


def test_a_table_without_columns_for_options_takes_them_from_its_heading(topic: Topic) -> None:
    row = "Learning curve | it may be hard for newcomers"
    assert told(topic, row, "Reasons not to use Django", kind="table") == {
        ("django", "learning_curve", "against")
    }


def test_a_row_of_uses_says_for_whom_an_option_is(topic: Topic) -> None:
    text = "Best for | Small projects | Large projects"
    cells = (Cell("flask", 11, 25), Cell("django", 28, 42))
    passage = Passage("a-1", "a", 0, len(text), text, (), "table", cells)
    found = {(c.about, c.criterion, c.stance, c.scope) for c in mine([passage], topic)}
    assert found == {
        (("flask",), "", "for", (("project_size", "small"),)),
        (("django",), "", "for", (("project_size", "large"),)),
    }


@pytest.mark.parametrize(
    "text", ["https://example.org/why-django-has-great-docs", "> Django is slow."]
)
def test_addresses_and_quoted_words_claim_nothing(topic: Topic, text: str) -> None:
    assert told(topic, text) == set()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Flask limits the development flexibility.", {("flask", "flexibility", "against")}),
        ("Django apps are difficult to secure.", {("django", "security", "against")}),
        (
            "Django is a secure and flexible framework.",
            {("django", "security", "for"), ("django", "flexibility", "for")},
        ),
        ("As you know, the security of Flask is a topic of its own.", set()),
    ],
)
def test_the_word_of_a_criterion_is_no_praise_of_it(
    topic: Topic, sentence: str, expected: set[tuple[str, str, str]]
) -> None:
    on = {"flexibility", "security"}
    assert {each for each in told(topic, sentence) if each[1] in on} == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "At Acme, we have a strong community of experts, especially with the Django framework.",
        "Our engineers have ten years of experience in secure Flask development.",
    ],
)
def test_what_a_publisher_says_of_itself_claims_nothing(topic: Topic, sentence: str) -> None:
    assert told(topic, sentence) == set()


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("Our team found Flask easy to learn.", ("flask", "learning_curve", "for")),
        ("We had problems with the security of Flask.", ("flask", "security", "against")),
        ("We think Django is secure.", ("django", "security", "for")),
    ],
)
def test_what_a_publisher_saw_of_an_option_is_a_claim(
    topic: Topic, sentence: str, claim: tuple[str, str, str]
) -> None:
    assert claim in told(topic, sentence)


def test_a_labelled_example_is_one(topic: Topic) -> None:
    text = "Real example: Bitbucket keeps its huge codebase maintainable with Django."
    (claim, *_) = mine([Passage("a-1", "a", 0, len(text), text, (), "prose")], topic)
    assert claim.kind == "example"
