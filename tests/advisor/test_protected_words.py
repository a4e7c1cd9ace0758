"""Correct words that must never be read as others, whatever the articles hold.

The list was made before it was tried: words that are near to another one, and technical names that
are near to ordinary words. The knowledge base holds all the near ones and none of these.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import two_drinks

from advisor.corrections import correct
from kb.store import Snapshot

HERE = Path(__file__).parent
WORDS = (HERE / "protected_words.txt").read_text().split()
NEAR = (HERE / "near_words.txt").read_text().split()


@pytest.fixture(scope="module")
def near(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    words = [word for word in NEAR if word not in {each.casefold() for each in WORDS}]
    text = "\n\n".join(f"The {word} of these {word} are many." for word in words)
    with two_drinks(tmp_path_factory.mktemp("near") / "near.db", text) as snapshot:
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
