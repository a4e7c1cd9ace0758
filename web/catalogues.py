"""Catalogues: the texts of the pages, one TOML file for each language, read once.

gettext's own files have to be compiled, and Babel, which reads them, is ten megabytes of which a
handful of lines would be used. Of gettext we take what matters: its way to tell plural forms.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from gettext import c2py
from pathlib import Path

from markupsafe import Markup, escape

_FOLDER = Path(__file__).parent / "texts"
Forms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The texts of one language: `code` names it for browsers, `name` for who reads it.

    `texts` maps "section.key" to a text, or to the plural forms among which `plural` chooses: it
    gives the place of the form for a number.
    """

    code: str
    name: str
    texts: Mapping[str, str | Forms]
    plural: Callable[[int], int]
    decimal: str
    thousands: str

    def __call__(self, key: str, /, **values: object) -> Markup:
        """Return a text as markup, with `values` filled in: those that are no markup are escaped.

        Of plural forms the one for `n` is taken. A page of a comparison asks 2,000 times: what
        `Markup.format` does takes three times as long.
        """
        text = _escaped(self._form(key, values))
        if not values:
            return text
        return Markup(str(text).format_map({name: escape(each) for name, each in values.items()}))

    def plain(self, key: str, /, **values: object) -> str:
        """Return a text for a file that is no markup."""
        return self._form(key, values).format(**values)

    def number(self, value: float) -> str:
        """Return a number as it is written in this language, with ten digits at most."""
        signs = {",": self.thousands, ".": self.decimal}
        return "".join(signs.get(sign, sign) for sign in f"{value:,.10g}")

    def _form(self, key: str, values: Mapping[str, object]) -> str:
        text = self.texts[key]
        if isinstance(text, str):
            return text
        number = values["n"]
        assert isinstance(number, int)
        return text[self.plural(number)]


@lru_cache(maxsize=4096)
def _escaped(text: str) -> Markup:
    return escape(text)


def _catalogue(path: Path) -> Catalogue:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return Catalogue(
        path.stem,
        content["name"],
        dict(_texts(content)),
        c2py(content["plural"]),
        content["decimal"],
        content["thousands"],
    )


def _texts(content: Mapping[str, object]) -> Iterator[tuple[str, str | Forms]]:
    for section, keys in content.items():
        if isinstance(keys, dict):
            for key, text in keys.items():
                yield f"{section}.{key}", tuple(text) if isinstance(text, list) else text


CATALOGUES = {path.stem: _catalogue(path) for path in sorted(_FOLDER.glob("*.toml"))}
ENGLISH = CATALOGUES["en"]
