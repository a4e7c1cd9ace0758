"""Misspelt words, and words that only look misspelt."""

import pytest

from advisor.corrections import correct
from kb.store import Snapshot


def read_as(question: str, shipped: Snapshot) -> dict[str, str]:
    (topic,) = shipped.topics()
    found = correct(question, topic, shipped).corrections
    return {each.typed: each.read_as for each in found}


@pytest.mark.parametrize(
    ("question", "corrections"),
    [
        ("flaks or jango for a shop?", {"flaks": "flask", "jango": "django"}),
        ("is flak any good?", {"flak": "flask"}),
        ("my project is there allready", {"allready": "already"}),
        ("the one with fewer cependencies", {"cependencies": "dependencies"}),
        ("there are ofrty of us", {"ofrty": "forty"}),
        ("which is better, Djanog or FLAKS?", {"Djanog": "django", "FLAKS": "flask"}),
        ("Is The Admin Pannel Any Good?", {"Pannel": "panel"}),
        ("Does Pinterset run on it?", {"Pinterset": "pinterest"}),
        ("does it speak CzRF?", {"CzRF": "csrf"}),
        ("que es mejor djnago o flask", {"djnago": "django"}),
        ("a smal team nedds a logn", {"smal": "small", "nedds": "needs", "logn": "login"}),
    ],
)
def test_the_word_that_was_meant_is_read(
    shipped: Snapshot, question: str, corrections: dict[str, str]
) -> None:
    assert read_as(question, shipped) == corrections


@pytest.mark.parametrize(
    "question",
    [
        "a tiny uptime checker",  # English, if no dictionary's
        "does it work with nuxt?",  # short: a name
        "a flash of genius",
        "Is Etsy built on Django or Flask?",  # no "easy"
        "We build a SaaS. Django or Flask?",
        "Does Spotify use Django?",
        "mejor django o flask",
        "is it good for gRPC?",
        "Quiero hacer una API REST: me conviene más Django o Flask?",
    ],
)
def test_what_is_no_mistake_stays_as_it_was_typed(shipped: Snapshot, question: str) -> None:
    assert read_as(question, shipped) == {}
