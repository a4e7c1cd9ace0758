"""A question or a case and what answers it: "Is X slow?" "Not really.", "A shop: Y, please."."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kb.claims.context import hinted, mentions, words_of
from kb.claims.cues import Opening, cues
from kb.claims.lexicon import negations, polarity
from kb.claims.subjects import compared
from kb.claims.units import Unit
from kb.model import Stance
from kb.phrases import Found
from kb.topic import Mention, Topic
from kb.words import Word, atoms

Kind = Literal["polar", "choice", "case", "other"]

_SENTENCE = re.compile(r"[.!?;:]\s+(?=\S)")
_ENDS = re.compile(r"\s*(?:[.!]|$)")
_GOES_ON = re.compile(r"\s*(?:[,;(\u2013\u2014]|-\s)")
_DEPENDS = re.compile(r"\s*(?:if|when|because|since|unless|for|on|with|as)\b")
_PRONOUN_OPENINGS = frozenset(("it", "they", "you"))
_SPEAKER = re.compile(r"^\s*(?:q|question)\d{0,3}\s?[:.)]\s+", re.IGNORECASE)
_LEAD = 8  # words before the option that an answer names
_REST = 8  # words behind it, up to the end of the sentence
_LABEL = 60  # characters of a case that stands before a colon


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question or a case is about.

    `kind` "polar" is to be answered with yes or no, "choice" with an option, a "case" is no
    question but a heading or label. `sign` is -1 when "yes" would blame ("Is X slow?").
    """

    kind: Kind
    text: str
    options: tuple[str, ...]
    criteria: tuple[str, ...]
    conditions: tuple[tuple[str, str], ...]
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer says of one option, or of the options alike."""

    about: tuple[str, ...]
    criteria: tuple[str, ...]
    conditions: tuple[tuple[str, str], ...]
    stance: Stance


def asked(text: str, topic: Topic) -> Asked:
    """Return what `text`, a question or the name of a case, asks.

    What it is about may be told by a mere hint ("I sell things"), unlike what a statement says.
    """
    text = _SPEAKER.sub("", text)
    words = words_of(text)
    named = mentions(words, topic)
    criteria = named.criteria or hinted(words, topic)
    kind, sign = _kind(text)
    return Asked(kind, text, named.options, criteria, named.conditions, sign)


def _kind(text: str) -> tuple[Kind, int]:
    if not text.rstrip().endswith("?"):
        return "case", 1
    last = atoms(_SENTENCE.split(text.rstrip(" ?"))[-1])
    if cues().choices.begins(last, 4):
        return "choice", 1
    if cues().others.begins(last, 2) or cues().duties.find(last):
        return "other", 1
    opens = next((i for i, word in enumerate(last[:4]) if word.text in cues().auxiliaries), -1)
    if any(word.text == "or" for word in last):
        return "choice", 1
    if opens < 0:
        return "choice", 1  # "A small shop?"
    return "polar", -1 if polarity(last[opens + 1 :]) < 0 else 1


def verdicts(
    unit: Unit, question: Asked, topic: Topic, *, label: bool = False
) -> Iterator[Verdict]:
    """Yield what a sentence says as the answer to `question`; nothing when it is no answer.

    `label` tells that the question stands before it on the same line.
    """
    option = ""
    if question.kind == "choice" or (question.kind == "case" and not question.options):
        together = any(topic.criterion(id).combined for id in question.criteria)
        option = "" if together else chosen(unit, topic, label=label)
    if option and (question.criteria or question.conditions or question.kind == "choice"):
        yield _verdict((option,), question, "for")
        return
    open_ = question.kind == "choice" and len(question.options) != 1
    way = opening(unit) if open_ or question.kind == "polar" else None
    if way == "draw" and open_ and question.criteria:
        for each in question.options or topic.option_ids:
            yield _verdict((each,), question, "even")
    elif question.kind == "polar" and way in ("yes", "no"):
        yield from _affirmed(question, way == "yes", topic)


def _affirmed(question: Asked, yes: bool, topic: Topic) -> Iterator[Verdict]:
    combined = [id for id in question.criteria if topic.criterion(id).combined]
    stance: Stance = "for" if yes == (question.sign > 0) else "against"
    if combined:
        about = question.options if len(question.options) > 1 else topic.option_ids
        yield Verdict(about, tuple(combined), (), stance)
    elif len(question.options) == 1 and (question.criteria or question.conditions):
        yield _verdict(question.options, question, stance)
    elif len(question.options) == 2 and yes:
        better = compared(_as_unit(question.text), topic)
        if better and question.criteria:
            yield _verdict((better.better,), question, "for")
            yield _verdict((better.worse,), question, "against")
        elif question.criteria and question.sign > 0:
            for each in question.options:
                yield _verdict((each,), question, "even")


def _verdict(about: tuple[str, ...], question: Asked, stance: Stance) -> Verdict:
    return Verdict(about, question.criteria or ("",), question.conditions, stance)


def _as_unit(text: str) -> Unit:
    return Unit("sentence", 0, len(text), text, tuple(atoms(text)))


def opening(unit: Unit) -> Opening | None:
    """Return how a sentence opens as an answer: it affirms, denies, or calls it a draw."""
    for found in cues().openings.find(unit.words[: _LEAD + 4]):
        if any(word.text not in cues().adverbs for word in unit.words[: found.first]):
            continue
        bare = unit.words[found.first].text not in _PRONOUN_OPENINGS
        behind = unit.text[unit.words[found.last - 1].end :]
        if bare or _ENDS.match(behind) or _GOES_ON.match(behind):
            return found.meaning
    return None


def chosen(unit: Unit, topic: Topic, *, label: bool = False) -> str:
    """Return the option that a sentence opens with as its answer ("X, please."), or "".

    Behind a `label` it may go on with a condition: "A shop: X if it has to grow".
    """
    first = next(iter(_options(unit.words, topic)), None)
    if first is None or first.first > _LEAD:
        return ""
    behind = unit.text[first.end :]
    short = len(unit.words) - first.last <= _REST
    goes_on = _GOES_ON.match(behind) and (short or _DEPENDS.match(behind.lstrip(" ,;(-")))
    if not (_ENDS.match(behind) or goes_on or (label and _DEPENDS.match(behind))):
        return ""
    lead = unit.words[: first.first]
    if unit.text[: first.start].rstrip().endswith(":"):
        return first.meaning.id
    if negations(lead):
        return ""
    bare = all(word.is_stop_word or word.text in cues().adverbs for word in lead)
    return first.meaning.id if bare or cues().choosing.find(lead) else ""


def labelled(unit: Unit, topic: Topic) -> tuple[Asked, Unit] | None:
    """Part "A shop: X, please." into the case and its answer; None when it is no such line."""
    label, colon, rest = unit.text.partition(":")
    if not colon or len(label) > _LABEL or not rest.strip():
        return None
    case = asked(label, topic)
    if case.options:
        return None
    start = unit.start + len(label) + 1 + len(rest) - len(rest.lstrip())
    text = rest.strip()
    return case, Unit("sentence", start, start + len(text), text, tuple(atoms(text)))


def names_winner(label: str) -> bool:
    """Tell whether `label` is one behind which the chosen option stands: "Winner"."""
    words = atoms(label)
    return any(f.last - f.first == len(words) for f in cues().winners.find(words))


def _options(words: tuple[Word, ...], topic: Topic) -> list[Found[Mention]]:
    return [f for f in topic.statement_phrases.find(words) if f.meaning.kind == "option"]
