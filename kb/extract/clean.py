"""Bytes -> text, and text -> clean text: what is stored once and quoted ever after."""

import codecs
import re
import unicodedata

from kb.errors import UnreadableInputError

MAX_MARKS = 4  # combining marks on one letter; Vietnamese needs 2, pointed Hebrew 3

_BOMS = (  # the longer ones first: the UTF-32 LE mark starts with the UTF-16 LE one
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf-16", "utf-32")
_SAVE_AS_TEXT = "Save it as plain text, Markdown or HTML in UTF-8 and add that file."
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x0b\x1b") | {127})
_SNIFFED = 65536  # bytes looked at to tell binary from text

_LINE_ENDS = dict.fromkeys((0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029), "\n")
_INVISIBLE = (
    *(code for code in range(0x20) if code not in (0x09, 0x0A) and code not in _LINE_ENDS),
    *(code for code in range(0x7F, 0xA0) if code not in _LINE_ENDS),
    0x00AD,  # soft hyphen
    0x061C, 0x180E, 0xFEFF,
    *range(0x200B, 0x2010),  # zero width, left-to-right and right-to-left marks
    *range(0x202A, 0x202F),  # bidirectional overrides
    *range(0x2060, 0x2070),  # invisible operators and isolates
    *range(0xFFF9, 0xFFFC),
    *range(0xE0000, 0xE0080),  # tag characters spell text that nobody sees
    *range(0xD800, 0xE000),  # lone surrogates
)  # fmt: skip
_SPACES = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_TABLE: dict[int, str | None] = {
    **dict.fromkeys(_INVISIBLE, None),
    **dict.fromkeys(_SPACES, " "),
    **_LINE_ENDS,
}
_DROPPED = frozenset(map(chr, _INVISIBLE))
# Runs that may hold combining marks; whether a character is one is asked of unicodedata.
_MARK_RUNS = re.compile("[^\x20-\xac\xae-\u02ff\n\t]{5,}")


def decode(data: bytes, *, encoding: str = "") -> str:
    """Return `data` as text: byte order mark, then `encoding`, then UTF-8, then Windows-1252.

    Raises:
        UnreadableInputError: binary content, an unknown `encoding`, or damaged UTF-8.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name)
    declared = _known(encoding)
    if not declared.startswith(_WIDE):
        _refuse_binary(data)
    if declared:
        try:
            return data.decode(declared)
        except UnicodeDecodeError:
            pass  # pages often declare one charset and use another
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, error)


def clean(text: str) -> str:
    """Return `text` with plain line ends and spaces and without characters that nobody sees.

    Letters, quotes and dashes stay as they are; at most three line ends follow one another.
    """
    text = _MARK_RUNS.sub(_capped, text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_TABLE)
    text = "\n".join([line.rstrip(" \t") for line in text.split("\n")])
    return re.sub(r"\n{4,}", "\n\n\n", text).strip("\n")


def _capped(run: re.Match[str]) -> str:
    """Return the run without combining marks above the limit; invisible ones do not reset it."""
    kept: list[str] = []
    marks = 0
    for character in run.group():
        if unicodedata.category(character) in ("Mn", "Me"):
            marks += 1
            if marks > MAX_MARKS:
                continue
        elif character not in _DROPPED:
            marks = 0
        kept.append(character)
    return "".join(kept)


def _known(encoding: str) -> str:
    """Return the canonical name of `encoding`, with Latin-1 and ASCII read as browsers do."""
    if not encoding.strip():
        return ""
    try:
        name = codecs.lookup(encoding.strip()).name
        b"a".decode(name, errors="ignore")  # refuses what is no text encoding, such as "zip"
    except (LookupError, ValueError, UnicodeError) as error:
        raise UnreadableInputError(
            f"There is no text encoding named {encoding[:40]!r}.",
            remedy="Name one that Python knows, such as utf-8, cp1252 or utf-16, or leave it out.",
        ) from error
    return {"iso8859-1": "cp1252", "ascii": ""}.get(name, name)


def _refuse_binary(data: bytes) -> None:
    head = data[:_SNIFFED]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if b"\0" in data or controls > len(head) // 50 + 1:
        raise UnreadableInputError("This is not text: it holds binary data.", remedy=_SAVE_AS_TEXT)


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise UnreadableInputError(
            f"The text says it is {name}, but byte {error.start:,} is not.", remedy=_SAVE_AS_TEXT
        ) from error


def _legacy(data: bytes, error: UnicodeDecodeError) -> str:
    """Return `data` read as Windows-1252, unless it is UTF-8 with a few damaged bytes."""
    mended = data.decode("utf-8", errors="replace")
    damaged = mended.count("\ufffd")
    if sum(character > "\x7f" for character in mended) > 4 * damaged:
        raise UnreadableInputError(
            f"The text is UTF-8 with {damaged} damaged places, the first at byte {error.start:,}.",
            remedy=_SAVE_AS_TEXT,
        ) from error
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise UnreadableInputError(
            "The text is neither UTF-8 nor Windows-1252.",
            remedy="Name its encoding, or save it as UTF-8.",
        ) from error
