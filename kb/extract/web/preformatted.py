"""Preformatted: the code of a web page, its lines kept, apart from the buttons in it."""

from collections.abc import Callable, Iterator
from functools import partial

from kb.extract.web.pieces import Piece


class Preformatted:
    """What stands in a <pre>."""

    def __init__(self, box: int) -> None:
        self._box = box
        self._parts: list[str] = []
        self._strays: list[str] = []
        self._buttons = 0

    def write(self, text: str) -> None:
        """Add text as it stands."""
        if text:
            (self._strays if self._buttons else self._parts).append(text)

    def open(self, tag: str) -> Callable[[], None]:
        """Begin an element in the code, and return what ends it."""
        if tag == "br":
            self._parts.append("\n")
        elif tag == "button":
            self._buttons += 1
            return self._end_button
        elif tag in ("div", "p", "li", "tr"):
            self._new_line()
            return self._new_line
        return partial(self.write, "")

    def pieces(self) -> Iterator[Piece]:
        """Yield the code, and behind it what its buttons say."""
        code = "".join(self._parts)
        numbered = bool(code.strip()) and not code.translate(_NUMBERS)
        yield Piece("code", code, self._box, fixed="line numbers" if numbered else "")
        label = " ".join("".join(self._strays).split())
        if label:
            yield Piece("paragraph", label, self._box, fixed="button")

    def _new_line(self) -> None:
        if self._parts and not self._parts[-1].endswith("\n"):
            self._parts.append("\n")

    def _end_button(self) -> None:
        self._buttons -= 1


_NUMBERS = dict.fromkeys(map(ord, "0123456789 \t\n\r"))
