"""Lines: text -> its lines with offsets, indentation, bullet or number, and gap above."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kb.errors import UnreadableInputError
from kb.extract.cues import cues, folded

REMEMBERED = 300  # characters of a line whose words are kept for the next rule
WORDED = 4_000  # characters of a line whose words are looked at; no rule counts as many
MAX_LINES = 400_000  # 350 bytes each; a book of 1,000 pages has about 40,000

_MARKER = re.compile(
    r"(?P<bullet>[•‣▪◦●○■□▸►➢➤➔→✓✔✅✗✘❌❎⭐·∙](?=[ \t]?)|[-–—*+o](?=[ \t]))[ \t]*"
    r"|(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})(?P<after>\.|\)|:)?(?=[ \t])[ \t]*"
    r"|#(?P<rank>\d{1,2})(?:[:.)]|(?=[ \t]))[ \t]*"
    r"|\(?(?P<letter>[a-z]|\d{1,2})\)[ \t]+"
)
_NAMED = re.compile(r"[A-Z][a-z]{1,9} #?(\d{1,2})[:.)](?=[ \t])")  # "Step 2: pour"
_INSIDE = re.compile(  # where a sentence ends inside a line
    r"(?:[^\W\d_]{2}|\d{3})(?<!\bvs)(?<!\b[DM]r)(?<!\bSt)(?<!\bNo)[.!?][\"'”’)]? +[A-Z]"
)
_WORD = re.compile(r"\.?\w[\w'’&+#%./-]*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank; `text` is `source[start:end]`, without indentation and marker.

    `whole` is where the line's first visible character stands. `gap` counts the blank lines above.
    `numbers` are those it starts with (`1.2` gives 1, 2); a bullet stands in `bullet`.
    """

    text: str
    start: int
    end: int
    whole: int
    indent: int
    gap: int
    bullet: str = ""
    numbers: tuple[int, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The line's words in its first WORDED characters, without punctuation at their ends."""
        return _short_words(self.text) if len(self.text) < REMEMBERED else _words(self.text)

    @property
    def folded(self) -> str:
        """The text as phrases are compared with it."""
        return _short_folded(self.text) if len(self.text) < REMEMBERED else folded(self.text)

    @property
    def marked(self) -> bool:
        """Whether a bullet or number stands before the text."""
        return bool(self.bullet or self.numbers)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.rstrip("'’./-") for word in _WORD.findall(text, 0, WORDED))


# The rules ask for the words of the same few lines again and again: 30 % of the time without.
_short_words = lru_cache(maxsize=2048)(_words)
_short_folded = lru_cache(maxsize=2048)(folded)


def split_lines(text: str) -> list[Line]:
    """Return the lines of `text` that are not blank, in order.

    Raises:
        UnreadableInputError: more than MAX_LINES lines.
    """
    lines = list(_lines(text))
    if len(lines) > MAX_LINES:
        raise UnreadableInputError(
            f"The text has more than {MAX_LINES:,} lines.",
            remedy="Split it into articles and add them one by one.",
        )
    return lines


def _lines(text: str) -> Iterator[Line]:
    start, gap, count = 0, 0, 0
    while start < len(text) and count <= MAX_LINES:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        content = text[start:end]
        visible = content.lstrip(" \t")
        if visible:
            yield _line(visible, start + len(content) - len(visible), start, gap)
            gap, count = 0, count + 1
        else:
            gap += 1
        start = end + 1


def _line(visible: str, whole: int, line_start: int, gap: int) -> Line:
    visible = visible.rstrip(" \t")
    bullet, numbers, used = _marker(visible)
    return Line(
        text=visible[used:],
        start=whole + used,
        end=whole + len(visible),
        whole=whole,
        indent=whole - line_start,
        gap=gap,
        bullet=bullet,
        numbers=numbers,
    )


def _marker(visible: str) -> tuple[str, tuple[int, ...], int]:
    """Return bullet, numbers and the length of a marker; all empty when a line has none."""
    match = _MARKER.match(visible)
    if named := _NAMED.match(visible):
        return "", (int(named[1]),), 0
    if match is None or match.end() == len(visible):
        return "", (), 0
    if match["bullet"]:
        return match["bullet"], (), match.end()
    if match["letter"]:
        return match["letter"] + ")", (), match.end()
    numbers = tuple(int(part) for part in (match["number"] or match["rank"]).split("."))
    plain = bool(match["number"]) and not match["after"]
    if plain and (len(numbers) == 1 or not visible[match.end()].isupper()):
        return "", (), 0  # "100 % covered" and "3.5 times" count things, they number nothing
    return "", numbers, match.end()


def is_short(line: Line, *, words: int = 14, characters: int = 110) -> bool:
    """Tell whether `line` is short enough for a heading, a cell or an item without a bullet."""
    return len(line.text) <= characters and len(line.words) <= words


def is_prose(line: Line) -> bool:
    """Tell whether `line` reads as running text: it is long, or ends as a sentence does."""
    if len(line.text) > 140:
        return True
    count = len(line.words)
    ended = line.text.rstrip("\"'”’)").endswith((".", "!", ";", ","))
    return (ended and count >= 4) or count > 20


def ends_inside(line: Line) -> bool:
    """Tell whether a sentence ends inside `line`, so that it holds two."""
    return bool(_INSIDE.search(line.text, 0, REMEMBERED))


def is_sentence(line: Line) -> bool:
    """Tell whether `line` holds a finite verb outside title case, with or without a full stop."""
    verbs = cues().headings.verbs
    words = line.words
    return not is_title_case(line) and any(word.casefold() in verbs for word in words[1:])


def is_title_case(line: Line) -> bool:
    """Tell whether the words of two letters and more that matter are capitalised."""
    small = cues().headings.small
    content = [word for word in line.words if word.casefold() not in small and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in content)
    return bool(content) and capitals >= 0.75 * len(content)
