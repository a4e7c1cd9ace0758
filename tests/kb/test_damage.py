"""Damage: code that lost something is told from code that is only a fragment, in any language."""

import re
import shutil
import tomllib
import warnings
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_cli_program import document, drinks, ran, written

from kb.chunk import chunk
from kb.extract.code.damage import DEEPEST, LONGEST, damage, damage_in_prose
from kb.extract.markdown import read_markdown
from kb.extract.pasted.text import read_text
from kb.extract.raw import Source
from kb.ingest import add, prepare
from kb.model import Passage
from kb.store import open_store

FILES = [
    tomllib.loads(file.read_text(encoding="utf-8"))
    for file in sorted((Path(__file__).parent / "code").glob("*.toml"))
]
SOUND = [(case["name"], case["code"]) for cases in FILES for case in cases["sound"]]
DAMAGED = [(case["name"], case["code"]) for cases in FILES for case in cases["damaged"]]
MISSED = {"the right side is gone"}  # nothing in it shows that it is Python and no settings

LOST = "from import kettle\n\nkettle.boil()"
BREWING = """Here is how tea is brewed:

```python
from kettle import boil


def brew(minutes):
    return boil(minutes)
```

And this is how it came out of the browser:

```python
def brew(minutes):
return boil(minutes)
```
"""


def passages(markdown: str) -> list[Passage]:
    return chunk(read_markdown(markdown), article="brewing")


@pytest.mark.parametrize("code", [code for _, code in SOUND], ids=[name for name, _ in SOUND])
def test_sound_code_is_never_called_damaged(code):
    assert damage(code) == ""


@pytest.mark.parametrize("code", [code for _, code in DAMAGED], ids=[name for name, _ in DAMAGED])
def test_damaged_code_is_noticed(request, code):
    if request.node.callspec.id in MISSED:
        pytest.xfail("known to be missed")
    assert damage(code)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (LOST, "a name is missing after from"),
        ("from kettle import\n\nprint(1)", "a name is missing after import"),
        ("def brew():\nreturn 1", "the indentation was lost"),
        ("import kettle\nkettle.boil(1", "brackets do not match"),
        ('import kettle\nkettle.call("tea)\nkettle.boil()', "a quote is missing"),
        ("print(“tea”)\nimport tea", "quotes were turned into typographic ones"),
        ("import tea\nif tea.hot &gt; 3:\n    tea.cool()", "signs were written as HTML entities"),
        ("kettle = Kettle()@kettle.on('/')\ndef boil(): pass", "several lines were glued into one"),
        ('if name == "main":\n    boil()', "the underscores around a name were lost"),
        ('@("/tea")\ndef tea():\n    return 1', "the name of a decorator is missing"),
        ("Copy code\nbrew install tea", "the label of a button stands in it"),
        ("1 import tea\n2 tea.brew()\n3 tea.drink()", "line numbers stand in it"),
        ("python  boil", "a name is missing after python"),
        ("SELECT leaf FROM WHERE hot;", "a name is missing after FROM"),
        ("<ul>\n{% for in teas %}\n</ul>", "a name is missing in a template tag"),
    ],
)
def test_the_sentence_says_what_was_lost(code, sentence):
    assert damage(code) == sentence


def test_a_name_that_was_given_in_the_code_is_not_a_lost_dunder():
    assert damage('name = "main"\nif name == "main":\n    boil()') == ""
    assert damage("def make(name):\n    app = Kettle(name)\n    return app") == ""


def test_running_text_is_damaged_only_where_it_can_be_nothing_else():
    assert damage_in_prose("Start with from  import Kettle and go on.")
    assert damage_in_prose('It ends with if name == "main": and nothing more.')
    assert damage_in_prose("Tea from import shops: the name is the main thing.") == ""


def test_a_syntax_error_that_is_shown_on_purpose_is_no_damage():
    assert damage("print(1\n# SyntaxError: '(' was never closed\nimport tea") == ""


def test_warnings_about_the_code_do_not_reach_the_reader_of_it():
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        damage('import re\nLEAF = re.compile("\\d")\nprint(1 is 1)')
    assert heard == []


@pytest.mark.parametrize(
    "code",
    [
        "x = " + "(" * 9_000,
        "(" * DEEPEST + "a" + ")" * DEEPEST,
        "-" * 19_000 + "1",
        "a" + ".b" * 9_000,
        "".join(" " * depth + "if x:\n" for depth in range(190)),
        'import tea\ntea = "\0"',
        "\n" * 19_000 + "x",
        "from " + " " * 19_000 + "x",
        '"' * 19_999,
        "def f(): pass\n" * LONGEST,
    ],
    ids=lambda code: re.sub(r"\s", "_", code[:12].replace("\0", "0")),
)
def test_hostile_code_is_judged_without_harm(code):
    assert isinstance(damage(code), str)


@given(st.text(alphabet="ab \n\t()[]{}\"'`#@:=,.<>/*%$&;|\\“”1>", max_size=400))
@example("'")
@settings(deadline=None)
def test_any_text_can_be_judged(text):
    assert "\n" not in damage(text)


def test_a_passage_of_code_says_what_it_lost():
    assert [(p.kind, p.damage) for p in passages(BREWING)] == [
        ("code", ""),
        ("code", "the indentation was lost"),
    ]


def test_code_that_is_longer_than_a_passage_is_judged_whole():
    body = "\n".join(f"    water = boil({number}, 'a kettle of water')" for number in range(40))
    sound = passages(f"```\ndef brew():\n{body}\n    return (\n        water\n    )\n```")
    assert len(sound) > 1 and {p.damage for p in sound} == {""}
    flat = passages(f"```\ndef brew():\n{body.replace('    ', '')}\n```")
    assert len(flat) > 1 and {p.damage for p in flat} == {"the indentation was lost"}


def test_code_that_only_a_reader_cut_is_not_damaged():
    pasted = (
        "Tea and coffee compared\n\nThis is how tea is brewed:\n\n"
        'def brew():\n    """\n    Returns a cup of tea that is not too strong for anyone.\n\n'
        '    It takes three minutes and a kettle, and some patience as well.\n    """\n'
        "    return boil()\n\nCoffee is stronger than tea.\n"
    )
    assert all(not p.damage for p in chunk(read_text(pasted), article="brewing"))


def test_code_with_a_line_of_prose_in_a_string_is_not_damaged():
    pasted = (
        "Tea and coffee compared\n\nThis is how the card is written:\n\n"
        'card = """\nTea is hot and it is wet, as everybody here says.\n"""\nprint(card)\n'
    )
    found = chunk(read_text(pasted), article="brewing")
    assert "code" in [passage.kind for passage in found]
    assert all(not passage.damage for passage in found)


def test_the_first_line_keeps_its_indentation_when_it_is_judged():
    pasted = (
        "Tea and coffee\n\nAdd these lines:\n\n    cup.fill(1)\n    cup.drink()\n\nThat is all."
    )
    assert all(not p.damage for p in chunk(read_text(pasted), article="brewing"))


def test_damage_is_stored_with_the_passage(tmp_path, knowledge_base, topic):
    own = shutil.copyfile(knowledge_base, tmp_path / "own.db")
    with closing(open_store(Path(own))) as store:
        add(store, prepare(Source("brewing.md", BREWING.encode()), topic))
        with store.read() as snapshot:
            stored = snapshot.passages("brewing")
            by_id = snapshot.passages_by_id([p.id for p in stored])
    assert [p.damage for p in stored] == ["", "the indentation was lost"]
    assert [by_id[p.id].damage for p in stored] == ["", "the indentation was lost"]


def test_damage_is_shown_above_the_code(tmp_path):
    db = drinks(tmp_path)
    (file,) = written(tmp_path, brewing=BREWING)
    ran(db, "add", file)
    shown = ran(db, "show", "brewing")
    assert shown.count("Damaged in the source: the indentation was lost.") == 1
    assert "Damaged in the source: the indentation was lost." in ran(db, "search", "browser")
    stored = document(db, "show", "brewing")["passages"]
    assert [p["damaged"] for p in stored] == [None, "the indentation was lost"]
