"""Pointing: from an id or words, as a maintainer types them, to the words and claims meant."""

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import TypeVar

from kb.corrections import claim_id, decision_id, is_about_text, stretch_id
from kb.errors import CorrectionError
from kb.extract.raw import printable
from kb.extract.verdicts import whole_places
from kb.model import Article, Block, Claim, Decision, Passage

MOST_PLACES = 1_000  # of a quote in one article; shorter words than these are not meant

# Ids that stand where words may stand too; fewer digits would often be meant as words.
_ID = re.compile(r"[0-9a-f]{4,12}(?:-\d{1,6})?")
_WORD = re.compile(r"\w+")
Meant = TypeVar("Meant")


def by_id(given: str, known: Mapping[str, Meant], what: str, *, listed: str) -> Meant:
    """Return the one of `known`, by id, whose id starts with `given`.

    `what` is the noun for it, `listed` a sentence on where the ids are listed.

    Raises:
        CorrectionError: there is none, or there are several.
    """
    if given in known:
        return known[given]
    found = sorted(id for id in known if given and id.startswith(given))
    if len(found) == 1:
        return known[found[0]]
    if found:
        raise CorrectionError(
            f"{printable(given)} begins the ids of several, each of another {what}.",
            remedy=f"Write more of the one that is meant: {', '.join(found[:5])}.",
        )
    raise CorrectionError(f"There is no {what} {printable(given)}.", remedy=listed)


def parts_by_id(
    article: Article,
    passages: Iterable[Passage],
    asides: Iterable[Block],
    decisions: Iterable[Decision],
) -> dict[str, str]:
    """Return the words of all that can be kept or dropped, by id.

    That are passages, what was set aside, and what was kept or dropped already. The name of the
    article is left out of the ids of passages.
    """
    texts = [article.text[block.start : block.end] for block in asides]
    return {
        **{passage.id.removeprefix(f"{article.id}-"): passage.text for passage in passages},
        **{decision_id(each): each.quote for each in decisions if is_about_text(each)},
        **{stretch_id(article.id, text): text for text in texts},
    }


def words_meant(article: Article, parts: Mapping[str, str], given: str) -> str:
    """Return the words meant by the id of one of the article's `parts`, or by themselves.

    Raises:
        CorrectionError: they do not stand in the article, or the id is not the only one.
    """
    id = given.removeprefix(f"{article.id}-")
    if _ID.fullmatch(id) and any(each.startswith(id) for each in parts):
        return by_id(id, parts, "part", listed=_where(article))
    return quoted(article, given)


def quoted(article: Article, given: str) -> str:
    """Return `given` as it stands in the article, where its words may be broken into lines.

    Raises:
        CorrectionError: it does not stand there, or so often that something else was meant.
    """
    found = _standing(article.text, given)
    if not found:
        raise CorrectionError(
            f"“{printable(given)}” does not stand in article {article.id}.",
            remedy=_nearest(article, given),
        )
    places = sum(1 for _ in islice(whole_places(article.text, found), MOST_PLACES + 1))
    if not places:
        raise CorrectionError(
            f"“{printable(found)}” stands in article {article.id} only as a part of words.",
            remedy=f"Quote whole words. {_where(article)}",
        )
    if places > MOST_PLACES:
        raise CorrectionError(
            f"“{printable(found)}” stands in article {article.id} more than {MOST_PLACES:,} times.",
            remedy="Quote more of the sentence that is meant.",
        )
    return found


def claimed(article: Article, passages: Iterable[Passage], given: str) -> str:
    """Return `given` as it stands in a passage of the article, so that a claim can quote it.

    Raises:
        CorrectionError: it stands in none.
    """
    for passage in passages:
        if found := _standing(passage.text, given):
            return found
    words = quoted(article, given)
    raise CorrectionError(
        f"“{printable(words)}” stands in no passage of article {article.id}.",
        remedy="Quote words of one passage; if they were set aside, `kb keep` puts them back.",
    )


def claims_by_id(
    claims: Iterable[Claim], decisions: Iterable[Decision]
) -> dict[str, Claim | Decision]:
    """Return the claims that can be decided on, by id: those there are, and rejected ones."""
    known: dict[str, Claim | Decision] = {
        decision_id(each): each for each in decisions if not is_about_text(each)
    }
    return known | {claim_id(claim): claim for claim in claims}


def _standing(text: str, given: str) -> str:
    """Return the words of `given` as they stand in `text`, or ""."""
    given = given.strip()
    if given and given in text:
        return given
    words = given.split()
    match = re.search(r"\s+".join(map(re.escape, words)), text) if words else None
    return match.group() if match else ""


def _nearest(article: Article, given: str) -> str:
    """Return where to look: the line that shares the most words with `given`."""
    wanted = set(_WORD.findall(given.casefold()))
    lines = [line.strip() for line in article.text.split("\n")]
    shared = [len(wanted.intersection(_WORD.findall(line.casefold()))) for line in lines]
    best = max(shared, default=0)
    if not best:
        return _where(article)
    near = min((line for line, count in zip(lines, shared, strict=True) if count == best), key=len)
    return f"Copy it from the article. Did you mean “{printable(near)}”?"


def _where(article: Article) -> str:
    return f"`kb show {article.id} --furniture` shows the text of the article and the ids."
