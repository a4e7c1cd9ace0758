"""Reasons: what single lines betray of being furniture, wherever they stand."""

import re

from kb.extract.cues import cues, folded
from kb.extract.pasted.lines import Line, is_short

SHORT = 12  # words; a longer line is set aside only at the end or for several reasons
COVER = 0.3  # share of a line that a cue must fill to count in the middle of an article
OPENING = 45  # words of a line that a phrase at its start may set aside
OFFER = 30  # words of an advert in one line
LINK = 5  # words
SIGNS = 3  # of an advert that one line must bear

_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_MONTH = re.compile(r"(?<!\w)([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)")
_DAY = re.compile(r"(?<!\w)(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.?,? (\d{4})(?!\d)")
_MONTH_ALONE = re.compile(r"^([a-z]{3,9})\.? (\d{4})$")
_AGO = re.compile(
    r"(?<!\w)(?:\d{1,3}|an?) ?"
    r"(?:second|minute|hour|day|week|month|year|sec|min|hr|wk|mo|yr|[smhdwy])s?\.? ago$"
)
_COUNTER = re.compile(r"\(?\d[\d.,]{0,8}[kKM]?\)?$|\d{1,2}(?::\d{2}){1,2}$")
_WIDE = re.compile(r"\s{2,}")  # between links that stood apart on a page
_PARTED = re.compile(r"\s[·|•∙⋅]\s")
_AGE = re.compile(r"\d{1,2} ?(?:y|yr|mo|w|d|h|min|m)$")
_NUMERIC = re.compile(r"(?<!\d)\d{1,2}[./]\d{1,2}[./]\d{4}(?!\d)")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}$")
_CRUMBS = re.compile(r"\s[>›»/→]\s")
_HASHED = re.compile(r"#[^\W\d]\w{0,40}(?: #[^\W\d]\w{0,40}){0,20}$")
_ARROWS = re.compile(r"^(?:>{2,}|→|👉|🔥|🎉|📣)|!$|^\w{3,10}!")
_LESS = re.compile(r"\d{1,2} ?% off|[$€£]\d+ off|save \d{1,2} ?%")


def reason(line: Line, cover: float = COVER) -> str:
    """Return why a short `line` is furniture wherever it stands, or "".

    The words that tell it must fill at least `cover` of the line.
    """
    if why := _by_signs(line) or _by_opening(line):
        return why
    short = is_short(line, words=SHORT, characters=120)
    return (_by_words(line.folded, cover) if short else "") or _by_parts(line)


def _by_signs(line: Line) -> str:
    """Return the reason that a line gives which hardly holds words, or ""."""
    text = line.text
    if not any(map(str.isalnum, text)):
        return "" if text.startswith("```") else "separator"
    if _COUNTER.match(text) and not line.marked:
        return "counter"
    if _HASHED.match(text):
        return "tags"
    return "contact form" if _MAIL.match(text) else ""


def _by_words(text: str, cover: float) -> str:
    """Return the reason that the words of a short line give, or ""."""
    furniture = cues().furniture
    for match, why in furniture.lines.given(text):
        if len(match.group()) >= cover * len(text):
            return why
    for pattern, why in furniture.starts:
        if pattern.search(text):
            return why
    month = _MONTH_ALONE.match(text)
    dated = date(text)
    if (month and _month(month[1])) or ((dated or _AGO.search(text)) and _is_dateline(text)):
        return "date"
    signed = furniture.authored.search(text)
    return "byline" if signed and (dated or _NUMERIC.search(text)) else ""


def is_end(line: Line) -> bool:
    """Tell whether `line` starts as one does with which the article is over."""
    furniture = cues().furniture
    text = line.folded
    return bool(furniture.never_resumes.search(text) or furniture.may_resume.search(text))


def is_menu_word(line: Line) -> bool:
    """Tell whether `line` is a word that pages have in menus, and articles as headings too."""
    return line.folded.rstrip(" :*…") in cues().furniture.menu


def date(text: str) -> str:
    """Return the first date in `text`, folded as cues are, in ISO form, or ""."""
    if match := _ISO.search(text):
        return match.group()
    for pattern, name, day in ((_MONTH, 1, 2), (_DAY, 2, 1)):
        for match in pattern.finditer(text):
            month = _month(match[name])
            if month and 1 <= int(match[day]) <= 31:
                return f"{match[3]}-{month:02}-{int(match[day]):02}"
    return ""


def published(text: str) -> str:
    """Return the first date in `text`, or its first month when it has no day, in ISO form."""
    found = date(text)
    for part in () if found else _PARTED.split(text):
        match = _MONTH_ALONE.match(cues().furniture.dated.sub("", part).strip(" :"))
        if match and _month(match[1]):
            return f"{match[2]}-{_month(match[1]):02}"
    return found


def advertises(line: Line) -> bool:
    """Tell whether a line offers something: an offer, a call to take it, and one sign more.

    A line that only names a price or a trial is a fact.
    """
    if line.marked or len(line.words) > OFFER:
        return False
    text, furniture = line.folded, cues().furniture
    offers = {match.group() for match in furniture.offers.finditer(text)}
    offers |= {match.group() for match in _LESS.finditer(text)}
    if not offers:
        return False
    calls = bool(furniture.calls.search(text.lstrip(">→👉 "))) + bool(_ARROWS.search(text))
    urges = len(set(furniture.urges.findall(text)))
    return calls > 0 and len(offers) + calls + urges >= SIGNS


def _by_opening(line: Line) -> str:
    """Return the reason that the first words of a line give, however it goes on, or ""."""
    if line.bullet or len(line.text) > 8 * OPENING or len(line.words) > OPENING:
        return ""
    for pattern, why in cues().furniture.openings:
        if pattern.search(line.folded):
            return why
    for _, why in cues().furniture.telling.given(line.folded):
        return why
    return "advert" if advertises(line) else ""


def _by_parts(line: Line) -> str:
    """Return the reason of the first part, when half of those between dots or bars have one."""
    if line.marked or len(line.text) > 200:
        return ""
    crumbs = _CRUMBS.split(line.folded)
    if len(crumbs) > 2 and crumbs[0] in cues().furniture.menu and _are_brief(crumbs):
        return "menu"
    parts = [part for text in _WIDE.split(line.text) for part in _PARTED.split(folded(text))]
    found = [why for part in parts if (why := _of_part(part.strip()))] if len(parts) > 1 else []
    linked = len(parts) > 2 and (_are_brief(parts) or (len(found) > 1 and _are_brief(parts[1:])))
    return found[0] if found and (linked or 2 * len(found) >= len(parts)) else ""


def _are_brief(parts: list[str]) -> bool:
    """Tell whether no part is longer than a link's words are."""
    return all(len(part.split()) <= LINK for part in parts)


def _of_part(text: str) -> str:
    furniture = cues().furniture
    for _, why in furniture.lines.given(text):
        return why
    if text in furniture.menu:
        return "menu"
    if _AGE.match(text):
        return "date"
    month = _MONTH_ALONE.match(furniture.dated.sub("", text).strip(" :"))
    if month and _month(month[1]):
        return "date"
    return "date" if (date(text) or _AGO.search(text)) and _is_dateline(text) else ""


def _is_dateline(text: str) -> bool:
    """Tell whether a line that holds a date holds nothing much beside it."""
    without = _AGO.sub("", cues().furniture.dated.sub("", text))
    return sum(len(word) > 2 and word.isalpha() for word in without.split()) <= 3


def _month(word: str) -> int:
    """Return the number of a month by its first letters, 0 for any other word."""
    months = cues().furniture.months
    return months.index(word[:3]) + 1 if word[:3] in months else 0
