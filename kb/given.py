"""Given: what a maintainer says of an article in the place of what the document says of itself."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

from kb.model import Interest, Metadata

NO_INTEREST = Interest((), "")  # a maintainer's word that the publisher gains nothing


@dataclass(frozen=True, slots=True)
class Given:
    """Metadata in a maintainer's words; None leaves a field to the document, "" empties it.

    It outlives every reading of the article, as a Decision does.
    """

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    interest: Interest | None = None

    def over(self, found: Metadata) -> Metadata:
        """Return `found` with what is given in its place; a title is never empty."""
        interest = found.interest if self.interest is None else self.interest
        return Metadata(
            title=self.title or found.title,
            publisher=_first(self.publisher, found.publisher),
            author=_first(self.author, found.author),
            published=_first(self.published, found.published),
            url=_first(self.url, found.url),
            interest=interest if interest and interest != NO_INTEREST else None,
        )

    def updated(self, later: "Given") -> "Given":
        """Return what stands when `later` is said too."""
        said = {name: value for name, value in later.items() if value is not None}
        return replace(self, **said)  # type: ignore[arg-type]

    def since(self, before: "Given") -> "Given":
        """Return what was said that `before` did not hold."""
        known = dict(before.items())
        return Given(**{n: v for n, v in self.items() if v != known[n]})  # type: ignore[arg-type]

    def each(self, change: Callable[[str], str]) -> "Given":
        """Return the same with every text changed."""
        return Given(**{n: _changed(value, change) for n, value in self.items()})

    def without(self, names: tuple[str, ...]) -> "Given":
        """Return what is left when some fields are the document's again."""
        return replace(self, **dict.fromkeys(names))

    def items(self) -> list[tuple[str, "str | Interest | None"]]:
        """Return every field with its value."""
        return [(each.name, getattr(self, each.name)) for each in fields(self)]


NOTHING = Given()
FIELDS = tuple(each.name for each in fields(Given))


def given_in(metadata: Metadata) -> Given:
    """Return the fields of `metadata` that are not empty as a maintainer's words."""
    return Given(**{name: getattr(metadata, name) or None for name in FIELDS})


def _changed(value: str | Interest | None, change: Callable[[str], str]) -> Any:
    if isinstance(value, Interest):
        return replace(value, text=change(value.text))
    return value if value is None else change(value)


def _first(given: str | None, found: str) -> str:
    return found if given is None else given
