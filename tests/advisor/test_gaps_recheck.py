"""What of answers is learned, and `advisor gaps --recheck`: what is answered now is closed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from test_cli import ARTICLES, DRINKS

from advisor.cli import advisor
from advisor.gaps import judged, missed
from advisor.model import Adjustments
from advisor.pipeline import ask
from kb.cli.main import kb
from kb.extract.raw import Source
from kb.ingest import create
from kb.learned import Asking, Event, Limits, learned_path
from kb.learned_recorder import today
from kb.sqlite.learned import LearnedFile
from kb.store import open_store
from kb.topic_file import parse_topic

LIVER = DRINKS.replace(
    "[conditions.age]",
    """[criteria.liver]
label = "the liver"
words = ["liver"]
[conditions.age]""",
)
NIGHTS = {
    "one": "# One\n\nCoffee is excellent for sleep. Tea is terrible for sleep.\n",
    "two": "# Two\n\nWho wants good sleep is better off with coffee than with tea.\n",
    "three": "# Three\n\nI slept badly for a year: tea ruins sleep. Coffee is great for sleep.\n",
}


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A knowledge base of drinks of its own."""
    path = tmp_path / "drinks.db"
    sources = [Source(name, text.encode()) for name, text in ARTICLES.items()]
    create(path, [(parse_topic(DRINKS, id="drinks"), sources)])
    return path


def asked(db: Path, asking: Asking, *, disliked: str = "") -> Event | None:
    """Return what a server learns of one answer."""
    adjustments = Adjustments(asking.given, asking.without, asking.exact)
    with open_store(db).read() as snapshot:
        answer = ask(snapshot, asking.question, history=asking.history, adjustments=adjustments)
    if disliked:
        return judged(answer, asking, helpful=False, reason=disliked)
    return missed(answer, asking)


def learn(db: Path, *questions: str | Asking, disliked: str = "") -> LearnedFile:
    file = LearnedFile(learned_path(db))
    askings = [Asking(each) if isinstance(each, str) else each for each in questions]
    events = [asked(db, asking, disliked=disliked) for asking in askings]
    assert all(events)
    file.put([each for each in events if each], limits=Limits(), today=today())
    return file


def run(db: Path, *arguments: str) -> Result:
    return CliRunner().invoke(advisor, ["--db", str(db), "gaps", *arguments])


def kept(db: Path, *arguments: str, stdin: str = "") -> None:
    result = CliRunner().invoke(kb, ["--db", str(db), *arguments], input=stdin)
    assert result.exit_code == 0, result.output


def rechecked(db: Path) -> dict[str, bool]:
    gaps = json.loads(run(db, "--recheck", "--json").stdout)["gaps"]
    return {gap["question"]: gap["closed"] for gap in gaps}


# What is learned


def test_an_answer_that_is_none_is_learned_with_the_words_it_turned_on(db):
    event = asked(db, Asking("Is tea kosher?"))
    assert event is not None
    assert (event.kind, event.missing, event.asking.topic) == ("unanswered", ("kosher",), "drinks")
    assert "kosher" in event.headline


def test_a_sure_answer_and_a_greeting_are_not_learned(db):
    assert asked(db, Asking("Which is better for studying?")) is None
    assert asked(db, Asking("hello")) is None


def test_an_unsure_answer_is_learned_as_that_and_closed_when_it_is_sure(db):
    kept(db, "topic", "add", "-", "--id", "drinks", stdin=LIVER)
    kept(db, "add", "-", "--id", "one", stdin="# One\n\nTea is excellent for the liver.\n")
    event = asked(db, Asking("Which is better for the liver?"))
    assert event is not None
    assert (event.kind, event.missing) == ("low", ())
    learn(db, "Which is better for the liver?")
    assert rechecked(db) == {"Which is better for the liver?": False}
    for id in ("two", "three"):
        text = f"# {id}\n\nI would take tea for the liver, which is very good, says {id} of us.\n"
        kept(db, "add", "-", "--id", id, stdin=text)
    assert rechecked(db) == {"Which is better for the liver?": True}


def test_what_was_set_by_hand_is_not_learned_again_but_judged(db):
    asking = Asking("Is tea kosher?", given=(("age", "old"),))
    assert asked(db, asking) is None
    event = asked(db, asking, disliked="no")
    assert event is not None
    assert (event.kind, event.reason, event.asking.given) == ("disliked", "no", (("age", "old"),))


def test_a_question_that_is_missing_as_a_whole_turns_on_no_word(db):
    event = asked(db, Asking("who won the cup"))
    assert event is not None
    assert event.missing == ()


# Asked again


def test_without_a_gap_it_ends_in_3(db):
    for arguments in ((), ("--recheck",)):
        result = run(db, *arguments)
        assert (result.exit_code, result.stdout) == (3, "")


def test_it_lists_what_kb_lists(db):
    learn(db, "Is tea kosher?")
    listed = CliRunner().invoke(kb, ["--db", str(db), "gaps"]).stdout
    assert run(db).stdout == listed


def test_what_is_not_answered_stays_open(db):
    learn(db, "Is tea kosher?", "who won the cup")
    result = run(db, "--recheck")
    assert result.exit_code == 0
    assert result.stdout.count("open [") == 2
    assert "still no sure answer" in result.stdout
    assert "Closed 0 of 2 groups." in result.stderr


def test_a_synonym_closes_the_group_it_answers_and_no_other(db):
    learn(db, "Which is better for revising?", "revising?", "Is tea kosher?")
    kept(db, "topic", "suggest", "--accept", "revising=study")
    assert rechecked(db) == {"revising?": True, "Is tea kosher?": False}
    assert rechecked(db) == {"Is tea kosher?": False}
    assert "revising" in CliRunner().invoke(kb, ["--db", str(db), "gaps", "--closed"]).stdout


def test_an_article_closes_the_group_it_answers(db):
    learn(db, "Is tea kosher?")
    kept(db, "add", "-", "--id", "kosher", stdin="# Kosher\n\nTea is kosher, says the rabbi.\n")
    assert rechecked(db) == {"Is tea kosher?": True}


def test_a_verdict_that_one_article_is_enough_for_closes_what_had_no_answer(db):
    learn(db, "Which is better for the liver?")
    kept(db, "topic", "add", "-", "--id", "drinks", stdin=LIVER)
    text = "# Livers\n\nTea is excellent for the liver. Coffee is bad for the liver.\n"
    kept(db, "add", "-", "--id", "livers", stdin=text)
    with open_store(db).read() as snapshot:
        answer = ask(snapshot, "Which is better for the liver?")
    assert (answer.guidance.verdict, answer.guidance.confidence) == ("lean", "low")
    assert rechecked(db) == {"Which is better for the liver?": True}


def test_a_group_stays_open_until_each_of_its_questions_is_answered(db):
    learn(db, "Is tea halal?", "Is halal tea good for revising?")
    gaps = json.loads(CliRunner().invoke(kb, ["--db", str(db), "gaps", "--json"]).stdout)["gaps"]
    assert len(gaps) == 1
    kept(db, "topic", "suggest", "--accept", "revising=study")
    assert list(rechecked(db).values()) == [False]


def test_a_disliked_answer_has_to_become_another_one(db):
    learn(db, "Which is better for sleep?", disliked="nonsense")
    assert rechecked(db) == {"Which is better for sleep?": False}
    assert "disliked, and still the answer" in " ".join(run(db, "--recheck").stdout.split())
    for id, text in NIGHTS.items():
        kept(db, "add", "-", "--id", id, stdin=text)
    assert rechecked(db) == {"Which is better for sleep?": True}


def test_a_follow_up_is_asked_with_what_was_before_it(db):
    learn(db, Asking("and for revising?", ("Is tea good for sleep?",)))
    kept(db, "topic", "suggest", "--accept", "revising=study")
    assert rechecked(db) == {"and for revising?": True}


def test_what_cannot_be_asked_any_more_stays_open_and_is_told(db):
    file = LearnedFile(learned_path(db))
    gone = Asking("Is tea halal?", (), "spices")
    odd = Asking("Is tea kosher?", (), "drinks", (("moon", "full"),))
    events = [Event("unanswered", gone), Event("disliked", odd)]
    file.put(events, limits=Limits(), today=today())
    result = run(db, "--recheck")
    assert result.exit_code == 0
    assert result.stdout.count("it cannot be asked any more") == 2


def test_a_broken_file_is_a_sentence(db):
    learned_path(db).write_text("precious")
    for arguments in ((), ("--recheck",)):
        result = run(db, *arguments)
        assert result.exit_code == 1
        assert "Remedy: " in result.stderr
