"""Page texts stand in one file for each language; each has all of them, and none is left over."""

import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from advisor import model
from advisor.matrix import Side, Summary
from kb.model import Stance
from web import problems
from web.catalogues import CATALOGUES, ENGLISH

WEB = Path(problems.__file__).parent
SOURCES = [*WEB.glob("templates/*.html"), *WEB.glob("*.py")]
FOREIGN = [each for each in CATALOGUES.values() if each is not ENGLISH]
# Sections that are looked up by what a type or a table names.
LOOKED_UP = {
    "verdicts": get_args(model.Verdict),
    "outcomes": get_args(model.Verdict),
    "confidence": get_args(model.Confidence),
    "stances": get_args(Stance),
    "strength": ("hard", "soft"),
    "sides": [each.replace(" ", "_") for each in get_args(Side)],
    "legend": [each.replace(" ", "_") for each in get_args(Side)],
    "summaries": [each.replace(" ", "_") for each in get_args(Summary)],
    "charts": ("for", "against", "neither", "both_sides", "no_difference"),
    "understood": ("required", "unwanted"),
    "problems": [
        *(kind.name for kind in problems._KINDS.values()),
        *(kind.name for kind, _ in problems._PLAIN.values()),
        *(problems._BUG.name, problems._FIELDS.name, "request"),
    ],
}


def used() -> set[str]:
    """The keys that templates and code ask for, those of LOOKED_UP as the types name them."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    named = set(re.findall(r"""["']([a-z]+\.(?!html)[a-z_]*[a-z])["']""", text))
    pieced = {
        f"{section}.{key}"
        for section in re.findall(r"""["']([a-z]+)\.(?:["'] ~|\{)""", text)
        for key in LOOKED_UP.get(section, ())
    }
    return named | pieced


def forms(text) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else text


def fields(text) -> set[str]:
    return {name for each in forms(text) for _, name, _, _ in Formatter().parse(each) if name}


def test_english_and_another_language_are_there():
    assert {"en", "de"} <= set(CATALOGUES)
    assert len({each.name for each in CATALOGUES.values()}) == len(CATALOGUES)


@pytest.mark.parametrize("catalogue", FOREIGN, ids=lambda each: each.code)
def test_every_text_is_in_every_language(catalogue):
    assert set(catalogue.texts) == set(ENGLISH.texts)
    for key, text in ENGLISH.texts.items():
        assert fields(catalogue.texts[key]) == fields(text), key
        assert isinstance(catalogue.texts[key], tuple) == isinstance(text, tuple), key


def test_every_text_is_used_and_every_key_that_is_used_is_there():
    sections = {key.partition(".")[0] for key in ENGLISH.texts}
    asked = {key for key in used() if key.partition(".")[0] in sections}
    roles = {f"passages.role_{role}" for role in get_args(model.Role) if role != "hit"}
    assert asked | roles == set(ENGLISH.texts)


@pytest.mark.parametrize("catalogue", CATALOGUES.values(), ids=lambda each: each.code)
def test_there_is_a_form_for_every_number(catalogue):
    places = {catalogue.plural(number) for number in range(1000)}
    for key, text in catalogue.texts.items():
        if isinstance(text, tuple):
            assert set(range(len(text))) == places, key
        for form in forms(text):
            assert form and (form == form.strip() or key == "site.and"), key


def test_plural_forms_follow_the_number():
    assert ENGLISH("counts.articles", n=1) == "1 article"
    assert ENGLISH("counts.articles", n=0) == "0 articles"
    assert CATALOGUES["de"]("compare.more_articles", n=1) == "1 weiterer Artikel"
    assert CATALOGUES["de"]("compare.more_articles", n=2) == "2 weitere Artikel"


def test_what_is_filled_in_is_escaped_on_pages_and_left_alone_in_files():
    assert "&lt;b&gt;" in ENGLISH("understood.read_as", typed="<b>", read="tea")
    assert "<b>" in ENGLISH.plain("understood.read_as", typed="<b>", read="tea")


def test_numbers_are_written_as_the_language_does():
    assert ENGLISH.number(3344.5) == "3,344.5"
    assert CATALOGUES["de"].number(3344.5) == "3.344,5"


@pytest.mark.parametrize("kind", [*problems._KINDS.values(), problems._BUG, problems._FIELDS])
def test_the_page_calls_a_problem_what_the_json_calls_it(kind):
    assert ENGLISH(f"problems.{kind.name}") == kind.title
