"""Correct words that must never be read as others, whatever the articles hold.

The list was made before it was tried: words that are near to another one, and technical names that
are near to ordinary words. The knowledge base holds all the near ones and none of these.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from advisor.corrections import correct
from kb.extract.raw import Source
from kb.ingest import create
from kb.store import Snapshot, open_store
from kb.topic_file import parse_topic

HERE = Path(__file__).parent
WORDS = (HERE / "protected_words.txt").read_text().split()
NEAR = (HERE / "near_words.txt").read_text().split()
TOPIC = """
name = "Drinks"
[options.tea]
label = "Tea"
words = ["teas"]
[options.coffee]
label = "Coffee"
words = ["coffees"]
"""


@pytest.fixture(scope="module")
def near(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    path: Path = tmp_path_factory.mktemp("near") / "near.db"
    words = [word for word in NEAR if word not in {each.casefold() for each in WORDS}]
    text = "\n\n".join(f"The {word} of these {word} are many." for word in words)
    create(path, [(parse_topic(TOPIC, id="drinks"), [Source("a.md", text.encode())])])
    with closing(open_store(path)) as store, store.read() as snapshot:
        yield snapshot


def test_there_are_two_hundred_of_them() -> None:
    assert len(set(WORDS)) >= 200


@pytest.mark.parametrize("frame", ["{}", "what is a {} good for?", "the {}, please"])
@pytest.mark.parametrize("base", ["near", "shipped"])
def test_a_correct_word_is_never_changed(
    base: str, frame: str, request: pytest.FixtureRequest
) -> None:
    snapshot: Snapshot = request.getfixturevalue(base)
    (topic,) = snapshot.topics()
    asked = {word: frame.format(word) for word in WORDS}
    changed = {word: correct(text, topic, snapshot).text for word, text in asked.items()}
    assert {word: text for word, text in changed.items() if text != asked[word]} == {}


def test_words_near_them_are_what_the_search_falls_back_on(near: Snapshot) -> None:
    (topic,) = near.topics()
    (meant,) = correct("kernell", topic, near).meanings.values()
    assert meant[0].choices[0].word == "kernel"
