"""What the headings over a passage say before its first word: option, criterion, good or bad."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kb.claims.cues import cues
from kb.claims.lexicon import lexicon
from kb.phrases import Found
from kb.topic import Mention, Topic
from kb.words import Word, atoms

_BARE = 3  # words of a heading such as "The main drawbacks" over the only option of an article
_PREPOSITIONS = frozenset(("in", "at", "for", "on", "during", "with", "before", "after", "by"))


class Mentions(NamedTuple):
    """What a stretch of text names, each in order and once."""

    options: tuple[str, ...]
    criteria: tuple[str, ...]
    conditions: tuple[tuple[str, str], ...]


_NOTHING = Mentions((), (), ())


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for every unit of a passage unless it says otherwise.

    `polarity` is 1 under "Pros", -1 under "Cons", 0 elsewhere; `both` is true under "Pros and
    cons", where the first list is the good one. `mild` is true under "Features": what is listed
    is good unless it says otherwise. `indirect` is true under "Extensions". `near` is true when
    the innermost heading names the criteria, `uses` under "Best suited for".
    """

    option: str
    criteria: tuple[str, ...]
    conditions: tuple[tuple[str, str], ...]
    polarity: int
    both: bool
    mild: bool
    indirect: bool
    near: bool = False
    uses: bool = False


def mentions(words: Sequence[Word], topic: Topic) -> Mentions:
    """Return the options, criteria and conditions that `words` name as statements."""
    found = [match.meaning for match in places(words, topic)]
    if not found:
        return _NOTHING
    return Mentions(
        _unique([m.id for m in found if m.kind == "option"]),
        _unique([m.id for m in found if m.kind == "criterion"]),
        tuple(dict.fromkeys([(m.id, m.value) for m in found if m.kind == "condition"])),
    )


def places(words: Sequence[Word], topic: Topic) -> list[Found[Mention]]:
    """Return what `words` name as statements, in order.

    A single word for a condition ("large") counts only beside a word of the field ("large
    projects", "the application is large") or as the end of "in the evening", "for beginners": a
    "large community" says nothing of the project.
    """
    matches = topic.statement_phrases.find(words)
    if not any([match.meaning.kind == "condition" for match in matches]):
        return matches
    field = {
        match.first
        for match in matches
        if match.meaning.kind in ("filler", "subject")
        and words[match.first].text not in cues().details
    }
    field |= {
        match.last + 2
        for match in matches
        if match.meaning.kind in ("filler", "subject")
        and match.last + 1 < len(words)
        and words[match.last].text in ("is", "are")
    }
    return [
        match
        for match in matches
        if match.meaning.kind != "condition"
        or match.last - match.first > 1
        or match.last in field
        or _ends_adverbial(words, match.first, match.last)
    ]


def hinted(words: Sequence[Word], topic: Topic) -> tuple[str, ...]:
    """Return the criteria that a question or a case names or hints at: "I sell things"."""
    return _unique(f.meaning.id for f in topic.phrases.find(words) if f.meaning.kind == "criterion")


def _ends_adverbial(words: Sequence[Word], first: int, last: int) -> bool:
    """True for a word behind "in the", "for", "at" that no further content word follows."""
    before = [word.text for word in words[max(0, first - 2) : first]]
    follows = last < len(words) and not words[last].is_stop_word
    return not follows and bool(_PREPOSITIONS & set(before))


def _unique(ids: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))  # type: ignore[call-overload]


@lru_cache(maxsize=256)
def words_of(heading: str) -> tuple[Word, ...]:
    """Return the atoms of a heading; a passage and many others stand under the same few."""
    return tuple(atoms(heading))


def _headed(words: Sequence[Word], named: str, topic: Topic) -> str:
    """Return whom a heading is about: in "Advantages over X" it is another one."""
    place = next(f.first for f in places(words, topic) if f.meaning.kind == "option")
    before = words[max(0, place - 2) : place]
    if not (lexicon().comparisons.find(before) or any(word.text == "over" for word in before)):
        return named
    rivals = [id for id in topic.option_ids if id != named]
    return rivals[0] if len(rivals) == 1 else ""


def context(headings: Sequence[str], topic: Topic, *, only: str = "") -> Context:
    """Return what the heading path says; the innermost heading that names a thing decides it.

    `only` is the one option that the article speaks of at all, "" when it speaks of several.
    """
    option, polarity, both, mild, indirect = only, 0, False, False, False
    criteria: tuple[str, ...] = ()
    conditions: tuple[tuple[str, str], ...] = ()
    near, uses = False, False
    for heading in headings:
        words = words_of(heading)
        named = mentions(words, topic)
        own = named.criteria or (hinted(words, topic) if heading.endswith("?") else ())
        criteria, near = own or criteria, bool(own)
        conditions = named.conditions or conditions
        indirect = indirect or bool(lexicon().indirect.find(words))
        if len(named.options) == 1:
            option = _headed(words, named.options[0], topic)
        elif named.options:
            option = ""
        if not option or (not named.options and option == only and len(words) > _BARE):
            continue  # "How to choose" says nothing for or against anybody
        ordered = bool(words) and words[0].text in cues().orders and bool(named.options)
        uses = uses or ordered or bool(lexicon().use_headings.find(words))
        signs = {found.meaning for found in lexicon().headings.find(words)}
        signs = signs or ({1} if ordered else set())
        if signs:
            polarity, both = (0, True) if len(signs) > 1 else (signs.pop(), False)
            mild = False
        elif lexicon().mild_headings.find(words):
            polarity, both, mild = 1, False, True
    return Context(option, criteria, conditions, polarity, both, mild, indirect, near, uses)
