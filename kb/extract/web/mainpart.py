"""Main part: which pieces of a web page are its article, and what the others are.

Trafilatura finds where the article is; what stands there is set aside only where a sign or its
own words say so, because a short paragraph or a table that it drops is often a fact.
"""

from collections.abc import Iterator, Sequence

from kb.extract.cues import cues, folded
from kb.extract.web.boxes import Box
from kb.extract.web.counts import Counts, count
from kb.extract.web.grams import Grams
from kb.extract.web.linklists import set_aside_links
from kb.extract.web.pieces import Piece
from kb.extract.web.signs import section

NEARLY_ALL = 0.85  # of the kept words that the element around the article holds
HALF = 0.5
BRIEF = 40  # words of a box around a form that asks for an address
TELLING = 12  # words of a kept piece that is main text wherever it stands
LEAD = 12  # words of a paragraph beside the title that is no label

OUTSIDE = "not main text"
_PARTS = frozenset((
    "ul", "ol", "dl", "li", "dd", "p", "pre", "table", "tbody", "tr", "blockquote", "h1",
    "h2", "h3",
))  # fmt: skip
_ALWAYS = frozenset(("nav", "footer"))


def judge(pieces: Sequence[Piece], found: Sequence[Box], grams: Grams, title: str) -> list[str]:
    """Return for each piece why it is furniture, or "" for what belongs to the article.

    `grams` are those of the text that trafilatura takes for the article's.
    """
    counts = count(pieces, found, grams)
    signs = _signs(pieces, found, counts, title)
    roots, strict = _roots(found, counts, signs)
    inside = _inside(found, roots)
    heads = _title_boxes(pieces, found, inside, title)
    reasons = []
    for number, piece in enumerate(pieces):
        why = signs[piece.box] or piece.fixed
        if not why and not inside[piece.box]:
            told = not strict and counts.held[number] and len(piece.text.split()) >= TELLING
            why = "" if told or _is_head(piece, found, heads) else _outside(found, piece.box)
        reasons.append(why)
    _set_aside_sections(pieces, found, counts, reasons)
    set_aside_links(pieces, counts, reasons)
    return reasons


def _signs(pieces: Sequence[Piece], found: Sequence[Box], counts: Counts, title: str) -> list[str]:
    """Return for each element what the nearest trusted sign around it says, or ""."""
    titled = set(_around(found, _title_place(pieces, title)))
    mail = {_mail_box(found, counts, place) for place, box in enumerate(found) if box.mail}
    signs: list[str] = []
    for place, box in enumerate(found):
        above = signs[box.parent] if box.parent >= 0 else ""
        if place in mail:
            signs.append("newsletter form")
            continue
        # A form in a newsletter's box is part of that; a name says more than a tag.
        counted = place not in titled if box.sign and box.sign.named else not above
        trusted = counted and _trusted(box, place, counts)
        signs.append(box.sign.reason if box.sign and trusted else above)
    return signs


def _trusted(box: Box, place: int, counts: Counts) -> bool:
    """Tell whether an element is small, and holds little of the article, as what is beside it."""
    if box.sign is None or counts.mains[place]:
        return False
    if box.sign.most and counts.words[place] > box.sign.most:
        return False
    if counts.is_telling:
        return counts.kept[place] <= HALF * counts.kept[0]
    return box.tag in _ALWAYS or counts.words[place] <= HALF * counts.words[0]


def _mail_box(found: Sequence[Box], counts: Counts, place: int) -> int:
    """Return the box around a form that asks for an address, if it holds little else."""
    for _ in range(2):
        around = found[place].parent
        most = min(BRIEF, counts.words[0] / 4)
        if around <= 0 or counts.words[around] > most or found[around].tag in ("main", "article"):
            break
        place = around
    return place


def _roots(found: Sequence[Box], counts: Counts, signs: Sequence[str]) -> tuple[set[int], bool]:
    """Return the elements that hold the article, and whether the page itself names them."""
    for tag in ("main", "article"):
        named = [
            place
            for place, box in enumerate(found)
            if tag in (box.tag, box.role) and not signs[place] and counts.words[place]
        ]
        best = max(named, key=lambda place: (counts.kept[place], counts.words[place]), default=-1)
        if best >= 0 and _holds_enough(best, counts):
            outer = next(place for place in _around(found, best)[::-1] if place in named)
            return {outer, *_alike(found, counts, signs, outer)}, True
    if not counts.is_telling:
        return {0}, False
    least = NEARLY_ALL * counts.kept[0]
    core = max(place for place in range(len(found)) if counts.kept[place] >= least)
    while found[core].tag in _PARTS and found[core].parent >= 0:
        core = found[core].parent
    return {
        core,
        *(
            place
            for around in _around(found, core)
            for place in _alike(found, counts, signs, around)
        ),
    }, False


def _holds_enough(place: int, counts: Counts) -> bool:
    if counts.is_telling:
        return counts.kept[place] >= HALF * counts.kept[0]
    return counts.words[place] >= counts.words[0] / 4


def _alike(found: Sequence[Box], counts: Counts, signs: Sequence[str], place: int) -> Iterator[int]:
    """Yield the elements beside `place` built like it: the other answers of a thread."""
    names = set(found[place].names.split(", ")) - {""}
    if found[place].parent < 0 or not names:
        return
    inner = counts.inner_names(place)
    for other in counts.children(found[place].parent):
        box = found[other]
        if other == place or signs[other] or box.tag != found[place].tag:
            continue
        prose = counts.linked[other] <= HALF * counts.words[other] and counts.words[other] >= LEAD
        if prose and names & set(box.names.split(", ")) and inner & counts.inner_names(other):
            yield other


def _inside(found: Sequence[Box], roots: set[int]) -> list[bool]:
    inside: list[bool] = []
    for place, box in enumerate(found):
        inside.append(place in roots or (box.parent >= 0 and inside[box.parent]))
    return inside


def _around(found: Sequence[Box], place: int) -> list[int]:
    """Return `place` and the elements around it, the outermost last."""
    chain: list[int] = []
    while place >= 0:
        chain.append(place)
        place = found[place].parent
    return chain


def _title_place(pieces: Sequence[Piece], title: str) -> int:
    """Return the element of the heading that is the title, else of the first of level 1, or -1."""
    wanted = folded(title)
    headings = [piece for piece in pieces if piece.kind == "heading"]
    same = (piece.box for piece in headings if folded(piece.text) == wanted)
    return next(same, next((piece.box for piece in headings if piece.level == 1), -1))


def _title_boxes(
    pieces: Sequence[Piece], found: Sequence[Box], inside: Sequence[bool], title: str
) -> tuple[int, int]:
    """Return the title's element outside the article and the one around it, or -1 for none."""
    place = _title_place(pieces, title)
    if place < 0 or inside[place]:
        return -1, -1
    return place, found[place].parent


def _is_head(piece: Piece, found: Sequence[Box], heads: tuple[int, int]) -> bool:
    """Tell whether a piece is the title or a text right beside it."""
    place, around = heads
    if piece.box == place:
        return True
    lead = piece.kind == "paragraph" and len(piece.text.split()) >= LEAD and piece.linked <= HALF
    return lead and around > 0 and found[piece.box].parent == around


def _outside(found: Sequence[Box], place: int) -> str:
    """Return what a piece is that stands outside the article and under no sign."""
    for around in _around(found, place):
        if found[around].tag == "header" or found[around].role == "banner":
            return "page header"
    return OUTSIDE


def _set_aside_sections(
    pieces: Sequence[Piece], found: Sequence[Box], counts: Counts, reasons: list[str]
) -> None:
    """Set aside what stands under a heading such as "Related posts", as far as its box reaches."""
    ends, level, why = -1, 0, ""
    for number, piece in enumerate(pieces):
        if piece.box > ends or (piece.kind == "heading" and piece.level <= level):
            why = ""
        if piece.kind == "heading" and not why and not reasons[number]:
            why = _section(piece)
            if why:
                ends, level = counts.last[found[piece.box].parent], piece.level
        reasons[number] = reasons[number] or why


def _section(piece: Piece) -> str:
    """Return what stands under a heading, if it is not the article, or ""."""
    text = folded(piece.text)
    if piece.level < 2 or len(piece.text.split()) > LEAD:
        return ""
    ending = cues().furniture.never_resumes.search(text)
    if ending:
        return "comments" if "comment" in ending.group() else "related posts"
    return section(text)
