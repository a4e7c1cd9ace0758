"""Items: the open lists of a web page, nested ones and those of terms, and what each item holds."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from kb.extract.web.boxes import Box
from kb.extract.web.inline import Words
from kb.extract.web.pieces import Piece

LONG = 900  # characters of an item; what follows in it is a paragraph

_LISTS = ("ul", "ol", "dl", "dir")


@dataclass(slots=True)
class _Item:
    """An open item; `first` is the piece it began with. One of a list of terms `defines`."""

    level: int
    group: int
    defines: bool
    first: Piece | None = None


class Items:
    """Where a walk stands in the lists of a page; takes the texts in their items."""

    def __init__(self, found: Sequence[Box], pieces: list[Piece]) -> None:
        self._boxes = found
        self._pieces = pieces
        self._groups = 0
        self._lists: list[int] = []  # the numbers of the open lists
        self._items: list[_Item] = []
        self._terms: list[str] = []  # terms whose definition is still to come
        self._in_term = False

    @property
    def in_term(self) -> bool:
        """Whether the text is a term."""
        return self._in_term

    @property
    def is_open(self) -> bool:
        """Whether a text belongs to an item or is a term."""
        return bool(self._items) or self._in_term

    def new_group(self) -> int:
        """Return the number of the list or table that begins."""
        self._groups += 1
        return self._groups

    def open(self, tag: str, place: int) -> Callable[[], None] | None:
        """Begin a list or an item, and return what ends it; None for any other element."""
        if tag in _LISTS:
            self._pieces += self.pending(place)
            self._lists.append(self._lists[0] if self._lists else self.new_group())
            return partial(self._end_list, place)
        if tag in ("li", "dd"):
            last = self._pieces[-1] if self._pieces else None
            stray = last.group if last and last.kind == "item" else 0
            group = self._lists[0] if self._lists else stray or self.new_group()
            self._items.append(_Item(max(len(self._lists) - 1, 0), group, tag == "dd"))
            return self._end_item
        if tag == "dt":
            self._in_term = True
            return self._end_term
        return None

    def take(self, words: Words, place: int) -> None:
        """Write a text of the open item, or keep it as a term."""
        if self._in_term:
            self._terms.append(" ".join(words.text.split()))
            return
        item = self._items[-1]
        first = item.first
        if first is None and item.defines and self._is_asked():
            item.first = self._piece("paragraph", words.text, place, words.linked)
        elif first is None:
            text = self._with_terms(words.text)
            item.first = self._piece("item", text, place, words.linked)
            item.first.level, item.first.group = item.level, item.group
        elif first is self._pieces[-1] and self._goes_on(first, words, place):
            size = len(first.text) + len(words.text)
            linked = first.linked * len(first.text) + words.linked * len(words.text)
            first.linked = linked / size
            first.text += "\n" + words.text
        else:
            self._piece("paragraph", words.text, place, words.linked)

    def pending(self, place: int) -> Iterator[Piece]:
        """Yield the terms that no definition follows, as an item."""
        if self._terms:
            group = self._lists[0] if self._lists else self.new_group()
            text, self._terms = ", ".join(self._terms), []
            piece = Piece("item", text, place, level=max(len(self._lists) - 1, 0), group=group)
            if self._items and self._items[-1].first is None:
                self._items[-1].first = piece
            yield piece

    def _goes_on(self, first: Piece, words: Words, place: int) -> bool:
        same = self._boxes[first.box].signed == self._boxes[place].signed
        return same and len(first.text) + len(words.text) < LONG

    def _with_terms(self, text: str) -> str:
        terms, self._terms = ", ".join(self._terms), []
        if not terms:
            return text
        return f"{terms} {text}" if terms.endswith((":", "–", "—")) else f"{terms}: {text}"

    def _piece(self, kind: str, text: str, place: int, linked: float) -> Piece:
        made = Piece("item" if kind == "item" else "paragraph", text, place, linked=linked)
        self._pieces.append(made)
        return made

    def _is_asked(self) -> bool:
        """Tell whether the term is a question, which stands above as a heading."""
        return not self._terms and bool(self._pieces) and self._pieces[-1].kind == "heading"

    def _end_list(self, place: int) -> None:
        self._pieces += self.pending(place)
        self._lists.pop()

    def _end_item(self) -> None:
        self._items.pop()

    def _end_term(self) -> None:
        self._in_term = False
