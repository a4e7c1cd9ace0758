"""Guidance in sentences: the headline of a verdict, and what the articles disagree on."""

from collections.abc import Sequence

from advisor.citing import Citing
from advisor.confidence import only_asks
from advisor.leads import behind, leads, named
from advisor.model import Disagreement, Reading, Side
from advisor.phrasing import labels_of, listed, phrase, subject_label
from advisor.weigh import Weighed, contenders
from advisor.whether import whether
from kb.disagreements import Conflict
from kb.evidence import Subject
from kb.model import Claim
from kb.topic import Topic

_MOST_DISAGREEMENTS = 3
_LONGEST = 120  # characters of a question that is repeated in its answer
_FOREIGN = "This seems to be in another language; questions are read in English."
_COURTESIES = {"greeting": "Hello!", "thanks": "You are welcome."}


def headline(reading: Reading, topic: Topic, weighed: Weighed) -> str:
    """Return the verdict as one sentence; that of facts and how-tos stands in telling.py.

    Another sentence names what was asked along with it and stands in no article.
    """
    told = _headline(reading, topic, weighed)
    if weighed.verdict == "not_covered" or not reading.beside:
        return told
    are = "is" if len(reading.beside) == 1 else "are"
    return f"{told} {listed(_quoted(reading.beside))} {are} in no article."


def _headline(reading: Reading, topic: Topic, weighed: Weighed) -> str:
    everyone = labels_of(contenders(reading, topic), topic)
    if reading.courtesy:
        return f"{_COURTESIES[reading.courtesy]} {_invitation(topic)}"
    if weighed.verdict == "not_covered":
        return f"{_missing(reading)} They compare {everyone}."
    if answer := whether(reading, topic, weighed):
        return answer.text
    if weighed.verdict == "depends":
        return f"It depends: {everyone} each have their place{_told(reading, topic)}."
    if weighed.verdict == "disagree":
        labels = [subject_label(subject, topic) for subject in named(reading)]
        return f"The articles disagree on {listed(labels)}."
    if weighed.verdict == "either":
        return _either(reading, topic, weighed, everyone)
    return _lean(reading, topic, weighed)


def _missing(reading: Reading) -> str:
    """Return what the articles lack; words that only ask ("who created") are no such thing."""
    if reading.foreign:
        return _FOREIGN
    if only_asks(reading) and len(reading.question) <= _LONGEST:
        return f"No article answers “{reading.question.strip()}”."
    return f"The articles do not cover {listed(_quoted(reading.not_covered))}."


def _invitation(topic: Topic) -> str:
    """Return what can be asked, with the shortest of the topic's own examples."""
    examples = [f"“{example}”" for example in sorted(topic.examples, key=len)[:2]]
    such = f", for example {' or '.join(examples)}" if examples else ""
    return f"Ask me about {labels_of(topic.option_ids, topic)}{such}."


def _either(reading: Reading, topic: Topic, weighed: Weighed, everyone: str) -> str:
    ahead = _by_option(reading, topic, weighed)
    if len(ahead) > 1:
        nobody = "Neither" if len(contenders(reading, topic)) == 2 else "None"
        split = [f"{topic.option(id).label}{phrase(on, topic)}" for id, on in ahead.items()]
        return f"{nobody} is ahead on the whole: {', '.join(split)}."
    return f"Either will do: the articles see {everyone} about level{_told(reading, topic)}."


def _lean(reading: Reading, topic: Topic, weighed: Weighed) -> str:
    """Say what the winner is ahead on, and what another option is ahead on; no more than that."""
    winner = topic.option(weighed.option).label
    if reading.weak_end:
        lost = phrase(behind(weighed.option, reading, topic, weighed), topic)
        return f"{winner}: the articles see it behind{lost or _told(reading, topic)}."
    by_option = _by_option(reading, topic, weighed)
    won = phrase(by_option.pop(weighed.option, ()), topic) or _spared(reading, topic)
    but = [f"{topic.option(id).label} is ahead{phrase(on, topic)}" for id, on in by_option.items()]
    won = won or (" on the whole" if but else _told(reading, topic))
    though = f", though {listed(but)}" if but else ""
    if len(reading.options) != 1:
        return f"{winner}: the articles lean towards it{won}{though}."
    asked = topic.option(reading.options[0]).label
    if weighed.option == reading.options[0]:
        return f"{asked} is a good fit{won}, going by the articles{though}."
    return f"Rather {winner} than {asked}: the articles lean towards {winner}{won}{though}."


def _by_option(reading: Reading, topic: Topic, weighed: Weighed) -> dict[str, list[Subject]]:
    """Return what each option is clearly ahead on, of all that was named."""
    ahead: dict[str, list[Subject]] = {}
    for lead in leads(reading, topic, weighed):
        if lead.option:
            ahead.setdefault(lead.option, []).append(lead.subject)
    return ahead


def _told(reading: Reading, topic: Topic) -> str:
    return phrase(list(named(reading)), topic)


def _spared(reading: Reading, topic: Topic) -> str:
    """Return " when you can do without a login" if nothing else was named, or ""."""
    spared = [topic.criterion(n.criterion).label for n in reading.needs if n.importance < 0]
    alone = spared and not list(named(reading))
    return f" when you can do without {listed(spared)}" if alone else ""


def _quoted(words: Sequence[str]) -> list[str]:
    return [f'"{word}"' for word in words[:4]]


def disagreements(weighed: Weighed, citing: Citing) -> list[Disagreement]:
    """Return the plain conflicts that bear on the question, both sides quoted."""
    asked = {weight.subject for weight in weighed.weights if weight.importance >= 1}
    found = [each for each in weighed.conflicts if each.plain and each.subject in asked]
    distinct: dict[tuple[str, tuple[str, ...]], Conflict] = {}
    for conflict in found:
        distinct.setdefault((conflict.subject, conflict.about), conflict)
    return [
        Disagreement(
            conflict.criterion,
            conflict.between,
            conflict.strength,
            (_side(conflict.first, citing), _side(conflict.second, citing)),
        )
        for conflict in list(distinct.values())[:_MOST_DISAGREEMENTS]
    ]


def _side(claim: Claim, citing: Citing) -> Side:
    cited = citing.cite(claim)
    return Side("+".join(claim.about), claim.stance, cited.quote, cited)
