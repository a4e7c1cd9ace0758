"""Inline: the running text of an element while it is read, and how much of it is a link."""

import re
from dataclasses import dataclass

PART = "\x00"  # between the items of a cell's list; no page holds this character

_BOLD = ("b", "strong")
_CODE = ("code", "kbd", "samp", "tt", "var")
_BLANKS = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph's text, one line per line shown; `linked` and `bold` are shares of it.

    `links` counts the links.
    """

    text: str
    linked: float
    bold: float
    links: int = 0


class Inline:
    """The text since the last block began."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = self._linked = self._bold = 0
        self._links = self._bolds = 0  # open elements
        self._count = 0  # links
        self._codes = 0
        self._after = ""  # tag of the element that ended last, with nothing behind it yet
        self._seam = False  # whether a <span> begins right behind another
        self._breaks = 0  # since the last word
        self._mark = 0  # where the open link begins

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written yet."""
        return not self._size

    def write(self, text: str) -> None:
        """Add text as it stands in the page; its line ends are blanks."""
        size = len(text.strip())
        self._size += size
        self._breaks = 0 if size else self._breaks
        self._linked += size if self._links else 0
        self._bold += size if self._bolds else 0
        if text:
            if self._seam and self._is_glued(text):
                self._parts.append(" ")
            self._after, self._seam = "", False
        self._parts.append(_BLANKS.sub(" ", text))

    def open(self, tag: str) -> None:
        """Begin an inline element; links without a blank between them are set apart."""
        if tag == "a":
            if self._after == "a":
                self._parts.append(" ")
            self._links += 1
            self._count += 1
            self._mark = len(self._parts)
        self._bolds += tag in _BOLD
        self._codes += tag in _CODE
        self._seam = tag == "span" and self._after == "span" and not self._codes

    def close(self, tag: str) -> None:
        """End an inline element."""
        self._links -= tag == "a" and self._links > 0
        self._bolds -= tag in _BOLD and self._bolds > 0
        self._codes -= tag in _CODE and self._codes > 0
        self._after = tag

    def drop_anchor(self) -> None:
        """Drop what the link just closed held if it is a sign such as "¶" and no word."""
        text = "".join(self._parts[self._mark :]).strip()
        if len(text) < 3 and not any(map(str.isalnum, text)):
            del self._parts[self._mark :]

    def break_line(self) -> bool:
        """Begin a new line; return whether the line that ends is blank."""
        self._parts.append("\n")
        self._breaks += 1
        return self._breaks > 1

    def part(self) -> None:
        """Begin a new item of a list in a cell."""
        self._parts.append(PART)

    def take(self) -> Words:
        """Return what was written, and begin anew; open links and bold elements stay open."""
        lines = (" ".join(line.split()) for line in "".join(self._parts).split("\n"))
        text = "\n".join(line for line in lines if line)
        size = max(self._size, 1)
        words = Words(text, self._linked / size, self._bold / size, self._count)
        self._parts, self._mark, self._breaks, self._after = [], 0, 0, ""
        self._size = self._linked = self._bold = 0
        self._count = int(self._links > 0)
        return words

    def _is_glued(self, text: str) -> bool:
        """Tell whether a page sets two words apart by their looks alone: "read" and "May"."""
        last = next((part for part in reversed(self._parts) if part), " ")[-1]
        return (last.islower() or last.isdigit()) and (text[0].isupper() or text[0].isdigit())
