"""Yes, no or partly: whether the one option asked about is good at something, or fit for it."""

from collections.abc import Sequence
from typing import NamedTuple

from advisor.leads import named
from advisor.model import Reading, Whether
from advisor.phrasing import article_count, in_words, phrase
from advisor.weigh import Weighed
from kb.evidence import Subject
from kb.model import Stance
from kb.topic import Topic

_TORN = "Partly"
_SEVERAL = 2  # articles against an option, and none for it, that make a plain answer
_FITNESS = ("fit", "unfit")


class Answered(NamedTuple):
    """A yes or no on `option`; `stance` is that of the statements that bear it out.

    `text` is the answer as a sentence, `subjects` what it is about, and `rival` the option that is
    ahead, "" for none.
    """

    text: str
    option: str
    subjects: Sequence[Subject]
    stance: Stance
    rival: str


def whether(reading: Reading, topic: Topic, weighed: Weighed) -> Answered | None:
    """Return the answer, or None when no article speaks of the option on it.

    It is None as well when a lone article praises what the rival is ahead on: that is no "yes".
    Articles for and against are counted, not the option's rivals: those follow behind.
    """
    subjects = list(named(reading))
    if reading.whether in _FITNESS:
        return _fitting(reading, topic, weighed, subjects)
    if not reading.whether or len(subjects) != 1:
        return None
    option = reading.options[0]
    stances = _stances(option, subjects, weighed)
    if not stances:
        return None
    rival = weighed.option if weighed.option != option else ""
    able = reading.whether == "able"
    if rival and stances == [frozenset({"for"})] and not able:
        return None
    answer = _answer(stances, reading.whether)
    if answer == _TORN and (stance := _on_balance(option, subjects[0], stances, weighed)):
        answer = f"{_answer([frozenset({stance})], reading.whether)}, on balance"
    what = f"{topic.option(option).label}{phrase(subjects, topic)}"
    lean = f"; the articles lean towards {topic.option(rival).label}" if rival else ""
    blamed = answer.startswith("No") == (reading.whether != "bad")
    if answer == _TORN:
        blamed = bool(rival)
    text = f"{answer}: {_counted(stances, what)}{lean}."
    return Answered(text, option, subjects, "against" if blamed else "for", rival)


def _fitting(
    reading: Reading, topic: Topic, weighed: Weighed, subjects: Sequence[Subject]
) -> Answered | None:
    """Return whether the option is enough, or out of place; None when neither option is ahead.

    It fits where it is ahead. Where another is, it may do if articles name it for this as well.
    """
    option = reading.options[0]
    if not (subjects and weighed.option):
        return None
    rival = weighed.option if weighed.option != option else ""
    stances = _stances(option, subjects, weighed)
    pro, con = stances.count(frozenset({"for"})), stances.count(frozenset({"against"}))
    unfit = reading.whether == "unfit"
    if not rival:
        answer = "No" if unfit else "Yes"
    elif pro and not con:
        answer = "Not quite" if unfit else "Perhaps"
    elif con >= _SEVERAL and con == len(stances):
        answer = "Yes" if unfit else "No"
    else:
        answer = "Rather yes" if unfit else "Rather not"
    what = f"{topic.option(option).label}{phrase(subjects, topic)}"
    told = _counted(stances, what) if stances else f"no article speaks for or against {what}"
    lean = f"; the articles lean towards {topic.option(weighed.option).label}"
    on = "" if rival or pro > con else " all the same"
    text = f"{answer}: {told}{lean}{on}." if rival or on else f"{answer}: {told}."
    return Answered(text, option, subjects, "against" if rival else "for", rival)


def _stances(option: str, subjects: Sequence[Subject], weighed: Weighed) -> list[frozenset[Stance]]:
    """Return what each article that takes a stance takes on `subjects`: for, against or both."""
    taken: dict[str, set[Stance]] = {}
    for claim in (each for on in subjects for each in weighed.by_subject.get(on, ())):
        if claim.about == (option,) and claim.stance != "even":
            taken.setdefault(claim.article, set()).add(claim.stance)
    return [frozenset(each) for each in taken.values()]


def _on_balance(
    option: str, subject: Subject, stances: Sequence[frozenset[Stance]], weighed: Weighed
) -> Stance | None:
    """Return the stance that articles take which say both, if those that take one agree with it.

    None when one article is of another mind on balance, or when none takes a single stance.
    """
    voices = weighed.heard.of(option, subject).values()
    side: Stance
    for side, sign in (("for", 1), ("against", -1)):
        if frozenset({side}) in stances and all(sign * voice > 0 for voice in voices):
            return side
    return None


def _answer(stances: Sequence[frozenset[Stance]], asked: Whether) -> str:
    every = frozenset[Stance]().union(*stances)
    if asked == "able" and "for" in every and frozenset({"against"}) not in stances:
        return "Yes" if frozenset({"for"}) in stances else "Yes, with limits"
    if len(every) > 1:
        return _TORN
    return "Yes" if ("for" in every) == (asked != "bad") else "No"


def _counted(stances: Sequence[frozenset[Stance]], what: str) -> str:
    pro, con = stances.count(frozenset({"for"})), stances.count(frozenset({"against"}))
    torn = len(stances) - pro - con
    rest = f", {in_words(torn)} both ways" if torn else ""
    if pro:
        return f"{_speak(pro)} for {what}, {in_words(con)} against{rest}"
    if con:
        return f"{_speak(con)} against {what}, none for it{rest}"
    return f"{_speak(torn)} both for and against {what}"


def _speak(number: int) -> str:
    return f"{article_count(number)} speak{'s' if number == 1 else ''}"
