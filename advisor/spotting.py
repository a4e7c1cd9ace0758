"""One question, on its own: what it mentions, how much each need matters, what is wanted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from advisor.cues import cues
from advisor.model import Intent, Need
from kb.phrases import Found
from kb.topic import Mention, Topic
from kb.words import Word, atoms

REQUIRED, WANTED, IMPLIED, UNWANTED = 3.0, 1.0, 0.25, -1.0
_BREAK = re.compile(r"[.!?;:\n]")
_REACH = 4  # "we don't really need an" still belongs to what follows


@dataclass(frozen=True, slots=True)
class Spotted:
    """What one question says by itself; `text` is the question after corrections.

    `dropped` are conditions that no longer hold ("forget the deadline"), `focus` the content
    words that are neither a mention nor filler.
    """

    text: str
    words: tuple[Word, ...]
    mentions: tuple[Found[Mention], ...]
    options: tuple[str, ...]
    needs: tuple[Need, ...]
    conditions: tuple[tuple[str, str], ...]
    dropped: tuple[str, ...]
    outside: tuple[Found[Mention], ...]
    focus: tuple[Word, ...]
    intent: Intent

    def says(self, cue: str) -> bool:
        """True when the question holds a cue of a kind."""
        return cues().has(cue, self.words)


def spot(text: str, topic: Topic) -> Spotted:
    """Return what `text` mentions of `topic`."""
    words = atoms(text)
    mentions = topic.phrases.find(words)
    options = _ids(mentions, "option")
    needs = _needs(text, words, mentions, topic)
    conditions = _conditions(words, mentions, topic)
    focus = _focus(words, mentions)
    return Spotted(
        text=text,
        words=tuple(words),
        mentions=tuple(mentions),
        options=options,
        needs=needs,
        conditions=conditions,
        dropped=_dropped(words, mentions),
        outside=tuple(found for found in mentions if found.meaning.kind == "outside"),
        focus=focus,
        intent=_intent(text, words, options, len(needs) + len(conditions)),
    )


def _ids(mentions: Sequence[Found[Mention]], kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.meaning.id for m in mentions if m.meaning.kind == kind))


def _needs(
    text: str, words: Sequence[Word], mentions: Sequence[Found[Mention]], topic: Topic
) -> tuple[Need, ...]:
    """Return the criteria in order; the strongest importance of several mentions counts.

    What is only hinted at ("easier" at learning) steps back when another criterion is named.
    """
    named = {
        (found.first, found.meaning.id)
        for found in topic.statement_phrases.find(words)
        if found.meaning.kind == "criterion"
    }
    needs: dict[str, float] = {}
    for found in mentions:
        if found.meaning.kind != "criterion":
            continue
        importance = _importance(text, words, found)
        if importance == WANTED and named and (found.first, found.meaning.id) not in named:
            importance = IMPLIED
        known = needs.get(found.meaning.id)
        if known is None or _strength(importance) >= _strength(known):
            needs[found.meaning.id] = importance
    return tuple(Need(criterion, importance) for criterion, importance in needs.items())


def _strength(importance: float) -> float:
    """What is ruled out later is ruled out, however much somebody wanted it before."""
    return REQUIRED if importance < 0 else importance


def _importance(text: str, words: Sequence[Word], found: Found[Mention]) -> float:
    begin = _clause_start(text, words, found.first)
    before = words[begin : found.first]
    if cues().has("unwanted", _behind_comma(text, before, found.start)[-_REACH:]) or _is_denied(
        words[found.last :]
    ):
        return UNWANTED
    return REQUIRED if cues().has("required", before) else WANTED


def _behind_comma(text: str, before: Sequence[Word], start: int) -> Sequence[Word]:
    """Return the words behind the last comma, unless an "or", "nor" or "and" goes on with a list.

    "without code, an editor" does not rule out the editor; "no admin, no login or forms" does.
    """
    for place in range(len(before), 0, -1):
        end = before[place].start if place < len(before) else start
        if "," in text[before[place - 1].end : end]:
            if place < len(before) and before[place].text in ("or", "nor", "and"):
                continue
            return before[place:]
    return before


def _is_denied(after: Sequence[Word]) -> bool:
    """ "an admin is not needed", "login doesn't matter"."""
    skipped = 1 if after and after[0].is_stop_word else 0
    return any(first <= skipped for first, _ in cues().find("denied", after[:5]))


def _clause_start(text: str, words: Sequence[Word], place: int) -> int:
    """Return the first word of the sentence that word `place` stands in."""
    for at in range(place, 0, -1):
        if _BREAK.search(text[words[at - 1].end : words[at].start]):
            return at
    return 0


def _conditions(
    words: Sequence[Word], mentions: Sequence[Found[Mention]], topic: Topic
) -> tuple[tuple[str, str], ...]:
    """Return what is true of the asker; "big ones and small ones" says nothing.

    A number with its unit outweighs words.
    """
    said: dict[str, set[str]] = {}
    for found in mentions:
        if found.meaning.kind == "condition" and not _is_negated(words, found.first):
            said.setdefault(found.meaning.id, set()).add(found.meaning.value)
    values = {id: min(each) for id, each in said.items() if len(each) == 1}
    values.update(_numeric(words, topic))
    return tuple(values.items())


def _dropped(words: Sequence[Word], mentions: Sequence[Found[Mention]]) -> tuple[str, ...]:
    return tuple(
        found.meaning.id
        for found in mentions
        if found.meaning.kind == "condition" and _is_negated(words, found.first)
    )


def _is_negated(words: Sequence[Word], place: int) -> bool:
    before = words[max(0, place - 3) : place]
    if cues().has("dropped", before):
        return True
    if len(before) == 3 and not all(word.is_stop_word for word in before[1:]):
        before = before[1:]
    return cues().has("negations", before)


def _numeric(words: Sequence[Word], topic: Topic) -> Iterator[tuple[str, str]]:
    """Yield conditions told by a number and a unit: "12 people", "team of three", "six weeks"."""
    for place, word in enumerate(words):
        number = _number(word)
        if number is None:
            continue
        after = words[place + 1 : place + 4]
        for condition in topic.conditions:
            factor = _factor(after, dict(condition.units))
            if factor is None and _names(words[max(0, place - 2) : place], condition.label):
                factor = 1.0
            value = condition.value_of(number * factor) if factor is not None else None
            if value:
                yield condition.id, value


def _number(word: Word) -> float | None:
    if word.text.isdecimal() and len(word.text) < 7:
        return float(word.text)
    return cues().numbers.get(word.text)


def _factor(after: Sequence[Word], units: dict[str, float]) -> float | None:
    """Return the factor of the unit that follows, at most one word ("6 short weeks") between."""
    texts = [word.text for word in after]
    for size in (2, 1):
        for skip in range(0, 2):
            unit = " ".join(texts[skip : skip + size])
            if unit in units:
                return units[unit]
    return None


def _names(before: Sequence[Word], label: str) -> bool:
    """ "team of 12": the word that the condition's label ends on, then "of"."""
    if len(before) != 2 or before[1].text != "of":
        return False
    return before[0].stem == atoms(label)[-1].stem


def _focus(words: Sequence[Word], mentions: Sequence[Found[Mention]]) -> tuple[Word, ...]:
    taken = {place for found in mentions for place in range(found.first, found.last)}
    return tuple(
        word
        for place, word in enumerate(words)
        if place not in taken
        and not word.is_stop_word
        and word.stem not in cues().filler
        and word.text not in cues().numbers
        and not word.text.isdecimal()
        and len(word.text) > 2
    )


def _intent(
    text: str,
    words: Sequence[Word],
    options: Sequence[str],
    needs: int,
) -> Intent:
    """Tell what is wanted; `needs` is how many criteria and conditions were named.

    A question that weighs options is "choose" however it begins, and so is a situation with
    several needs that names no option. A question on one option that weighs nothing is a fact.
    """
    cue = cues()
    chooses = cue.has("choose", words)
    describes = cue.has("describe", words) or cue.asks("describe_open", words, text)
    if describes and not chooses:
        return "compare"
    weighs = chooses or cue.has("compare", words)
    howto, fact = cue.asks("howto", words, text), cue.asks("fact", words, text)
    if len(options) > 1 and not howto and (weighs or not fact):
        return "choose"
    if weighs and not cue.opens("define", words):
        return "suitability" if len(options) == 1 else "choose"
    if needs > 1 and not options and not howto:
        return "choose"
    if howto:
        return "howto"
    if cue.asks("define", words, text):
        return "definition"
    if fact or (len(options) == 1 and cue.opens("fact_openers", words)):
        return "fact"
    if needs or options:
        return "suitability" if len(options) == 1 else "choose"
    return "unclear"
