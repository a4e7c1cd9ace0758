"""The lists of cues: what stands in them stands there once, and each list is used."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import advisor

_FOLDER = Path(advisor.__file__).parent
_LISTS: dict[str, Any] = tomllib.loads((_FOLDER / "cues.toml").read_text("utf-8"))
_BUILT = re.compile(r'f"([a-z_]+_)\{')  # names that code puts together: f"asks_{kind}"


def _lists() -> Iterator[tuple[str, list[str]]]:
    for name, entries in _LISTS.items():
        if name == "idioms":
            yield from ((f"idioms.{plain}", each) for plain, each in entries.items())
        elif name != "numbers":
            yield name, entries


def test_no_list_repeats_an_entry() -> None:
    repeated = {
        name: twice
        for name, entries in _lists()
        if (twice := [entry for entry, n in Counter(entries).items() if n > 1])
    }
    assert repeated == {}


def test_every_list_is_used() -> None:
    code = "".join(path.read_text("utf-8") for path in _FOLDER.glob("*.py"))
    begins = tuple(set(_BUILT.findall(code)))
    unused = [
        name
        for name in _LISTS
        if not re.search(rf"\b{name}\b", code) and not name.startswith(begins)
    ]
    assert begins and unused == []
