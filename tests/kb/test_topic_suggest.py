"""kb topic suggest: words from questions, with evidence, and put into the topic when told."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from test_cli_gaps import learn
from test_cli_program import COFFEE, DRINKS, TEA, document, drinks, ran, run, written

from kb.errors import TopicError
from kb.gaps_words import proposals
from kb.learned import Asking, Event
from kb.sqlite.learned import LearnedFile
from kb.store import open_store
from kb.topic_file import parse_topic
from kb.topic_words import with_word


def asked(question: str, *missing: str, reason: str = "") -> Event:
    kind = "disliked" if reason else "unanswered"
    return Event(kind, Asking(question, (), "drinks"), missing, "An answer.", reason)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = drinks(tmp_path)
    ran(path, "add", *written(tmp_path, tea=TEA, coffee=COFFEE))
    return path


def placed(db: Path) -> dict[str, str | None]:
    return {each["word"]: each["criterion"] for each in document(db, "topic", "suggest")["words"]}


def test_without_any_word_it_ends_in_3(db):
    assert run(db, "topic", "suggest").exit_code == 3
    learn(db, asked("Is tea good for studying?"))
    assert run(db, "topic", "suggest").exit_code == 3


def test_what_was_said_of_an_answer_places_a_word(db):
    learn(db, asked("Which one for homework?", reason="homework is studying!"))
    assert placed(db) == {"homework": "study"}
    text = ran(db, "topic", "suggest")
    assert tomllib.loads(text) == {"criteria": {"study": {"words": ["homework"]}}}
    assert "# homework: asked 1 time, “Which one for homework?”" in text
    assert "# said of the answer: “homework is studying!”" in text


def test_questions_that_name_the_criterion_beside_it_place_a_word(db):
    learn(
        db,
        asked("homework?", "homework"),
        asked("studying and homework", "homework"),
        asked("is tea for homework or to study", "homework"),
        Event("liked", Asking("homework, that is to study", (), "drinks")),
    )
    assert placed(db) == {"homework": "study"}


def test_what_articles_use_is_proposed_as_a_hint(db):
    learn(db, asked("what keeps awake?", reason="for studying"))
    found = document(db, "topic", "suggest")["words"]
    assert [(each["word"], each["key"]) for each in found if each["word"] == "awake"] == [
        ("awake", "hints")
    ]
    assert "About tea > Studying" not in str(found)
    assert any("tea says of it" in because for because in found[0]["support"][0]["because"])


def test_one_article_alone_places_no_word(db):
    learn(db, asked("what keeps awake?"))
    assert placed(db)["awake"] is None
    assert "study?" in ran(db, "topic", "suggest")


def test_a_word_that_begins_as_one_of_the_topic_is_placed_with_one_more_question(tmp_path):
    path, text = drinks(tmp_path), DRINKS.replace('"price"', '"affordable"')
    ran(path, "topic", "add", "-", "--id", "drinks", stdin=text)
    learn(path, asked("affordability?"), asked("affordability, that is the cost"))
    assert placed(path)["affordability"] == "cost"


def test_an_unclear_word_is_listed_and_not_placed(db):
    learn(db, asked("homework?", reason="studying"), asked("homework", reason="or sleep"))
    assert placed(db) == {"homework": None}
    text = ran(db, "topic", "suggest")
    assert "homework: asked 2 times" in text
    assert "sleep or study?" in text


def test_words_an_answer_did_not_turn_on_and_misspelt_ones_are_left_out(db):
    learn(db, asked("Is a samovar halal?", "halal"), asked("what about slepe?"))
    assert placed(db) == {"halal": None}


def test_what_was_closed_proposes_nothing(db):
    file = learn(db, asked("halal?", "halal"))
    file.close([each.id for each in file.read()], today=date(2026, 5, 1))
    assert run(db, "topic", "suggest").exit_code == 3


def test_nothing_is_changed_unless_told(db):
    learn(db, asked("Which one for homework?", reason="homework is studying!"))
    ran(db, "topic", "suggest")
    assert ran(db, "topic", "show") == DRINKS


def test_an_accepted_word_is_in_the_topic_and_changes_nothing_else(db):
    done = ran(db, "topic", "suggest", "--accept", "home work=study")
    assert done == "study has “home work” under words now\n"
    ran(db, "topic", "suggest", "--accept", "bed=sleep", "--hint")
    expected = DRINKS.replace('words = ["study"', 'words = ["home work", "study"').replace(
        "[criteria.sleep]\n", '[criteria.sleep]\nhints = ["bed"]\n'
    )
    assert ran(db, "topic", "show") == expected


def test_of_several_words_all_are_accepted_or_none(db):
    result = run(db, "topic", "suggest", "--accept", "bed=sleep", "--accept", "bed=milk")
    assert result.exit_code == 1
    assert ran(db, "topic", "show") == DRINKS


@pytest.mark.parametrize("entry", ["bed", "=sleep", "bed=", " = "])
def test_a_word_without_its_criterion_is_wrong_usage(db, entry):
    assert run(db, "topic", "suggest", "--accept", entry).exit_code == 2
    assert run(db, "topic", "suggest", "--hint").exit_code == 2


TOPIC = """
name = "Drinks"
[options.tea]
label = "Tea"
words = ["tea"]
[options.coffee]
label = "Coffee"
words = ["coffee"]
[criteria.study]  # why people drink
label = "studying"
words = [
  # exams and the like
  "study", "studying",
]
hints = []
[criteria.'sleep']
label = "sleep"
hints = [  "bed"]
words = ["sleep"]   # the night
"""


@pytest.mark.parametrize(
    ("criterion", "key", "line"),
    [
        ("study", "words", '  "x \\"y\\"",'),
        ("study", "hints", 'hints = ["x \\"y\\""]'),
        ("sleep", "hints", 'hints = ["x \\"y\\"", "bed"]'),
        ("sleep", "words", 'words = ["x \\"y\\"", "sleep"]   # the night'),
    ],
)
def test_one_line_changes_however_the_file_is_written(criterion, key, line):
    before = parse_topic(TOPIC, id="drinks")
    after = with_word(before, criterion, 'x "y"', key=key)
    changed = set(after.text.splitlines()) - set(before.text.splitlines())
    assert changed == {line}
    assert getattr(after.criterion(criterion), key)[0] == 'x "y"'


def test_line_ends_of_another_system_are_kept():
    before = parse_topic(TOPIC.replace("\n", "\r\n"), id="drinks")
    after = with_word(before, "sleep", "rest")
    assert after.text == before.text.replace('words = ["sleep"]', 'words = ["rest", "sleep"]')


@pytest.mark.parametrize(
    "text",
    [
        TOPIC.replace("[criteria.'sleep']", "[ criteria . sleep ]"),
        TOPIC.replace('words = ["sleep"]   # the night', 'words = \\\n["sleep"]').replace(
            "\\\n", ""
        ),
    ],
)
def test_a_file_that_is_written_otherwise_is_left_to_its_author_or_changed_rightly(text):
    before = parse_topic(text, id="drinks")
    try:
        after = with_word(before, "sleep", "rest")
    except TopicError as error:
        assert "Write it yourself" in error.remedy
    else:
        assert after.criterion("sleep").words == ("rest", "sleep")


def test_a_table_inside_a_text_is_not_taken_for_one():
    text = TOPIC.replace('name = "Drinks"', 'name = """Drinks\n[criteria.sleep]\nwords = ["no"]"""')
    with pytest.raises(TopicError):
        with_word(parse_topic(text, id="drinks"), "sleep", "rest")


def test_the_same_questions_make_the_same_proposals(db):
    learn(db, asked("halal or kosher?"), asked("homework?", reason="study"))
    learned = LearnedFile(db.with_name("drinks.learned.db")).read()
    with open_store(db).read() as snapshot:
        topic = snapshot.topic("drinks")
        first = proposals(snapshot, topic, learned)
        assert first == proposals(snapshot, topic, list(reversed(learned)))
