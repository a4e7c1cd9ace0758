"""Why: what speaks for and against an option, each sentence with the words it rests on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from advisor.citing import Citing
from advisor.firing import rule_subjects
from advisor.leads import leads
from advisor.model import Citation, Reading, Reason
from advisor.owning import owner
from advisor.phrasing import subject_label
from advisor.pointed import asked_stems, nearness
from advisor.selecting import best_claims, plain
from advisor.shelf import Shelf
from advisor.weigh import Weighed, Weight
from advisor.whether import Answered
from kb.evidence import Subject
from kb.model import Claim, Stance
from kb.topic import Topic

_MOST_REASONS = 5
_MOST_AGAINST = 3


@dataclass(frozen=True)
class Case:
    """What the reasons of one answer are told from.

    `told` are the quotes told so far, `minded` the publishers' interests that were noted.
    """

    reading: Reading
    weighed: Weighed
    topic: Topic
    articles: Shelf
    citing: Citing
    told: set[str] = field(default_factory=set)
    minded: set[str] = field(default_factory=set)

    @cached_property
    def asked(self) -> frozenset[str]:
        return asked_stems(self.reading, self.topic)

    @cached_property
    def leading(self) -> Mapping[Subject, str]:
        """The option that is ahead on each thing that was named, as the headline says."""
        ahead = leads(self.reading, self.topic, self.weighed)
        return {} if self.reading.weak_end else {lead.subject: lead.option for lead in ahead}

    def concedes(self, subject: Subject, option: str) -> bool:
        """True when another option is ahead of this one on a subject that was named."""
        return self.leading.get(subject, "") not in ("", option)

    @cached_property
    def near(self) -> dict[Subject, dict[str, float]]:
        """How near the quotes on each subject are to the question, as far as it was asked for."""
        return {}

    def best(self, subject: Subject, option: str, stance: Stance, *, most: int) -> list[Claim]:
        """Return the claims to quote: near to the question, and not told already if possible.

        What does not read well by itself is quoted only when there is nothing else.
        """
        claims = self.weighed.by_subject.get(subject, ())
        if subject not in self.near:
            self.near[subject] = nearness(claims, self.asked)
        near = self.near[subject]
        chosen = best_claims(claims, subject, option, stance, most=most, near=near, told=self.told)
        chosen = [claim for claim in chosen if plain(claim)] or chosen[:1]
        self.told.update(claim.quote for claim in chosen)
        return chosen


def reasons(case: Case, option: str) -> list[Reason]:
    """Return what speaks for an option: fired rules first, then a sentence per subject.

    What the option has to show where another one is ahead comes last.
    """
    weighed, topic = case.weighed, case.topic
    found = [
        Reason(rule.because, rule.favours, "", rule.id, tuple(_rule_citations(rule.id, case)))
        for rule in topic.rules
        if rule.id in weighed.trace.fired and rule.favours == option
    ]
    found += _together(case, "for")
    for weight in _ordered(weighed.weights, option, case):
        if case.reading.weak_end:
            found += _behind(weight.subject, option, case, most=2)
            continue
        if weight.importance < 0:
            found += _spared(weight.subject, option, case)
            continue
        also = case.concedes(weight.subject, option)
        most = 1 if also else 2
        found += stated(weight.subject, option, "for", case, most=most, also=also)
    return found[:_MOST_REASONS]


def borne_out(case: Case, answered: Answered) -> tuple[list[Reason], list[Reason]]:
    """Return what bears out a yes or no on one option, its rival's points last, and the rest."""
    other: Stance = "for" if answered.stance == "against" else "against"
    subjects, option = answered.subjects, answered.option
    most = 2 if len(subjects) == 1 else 1
    pro = [r for on in subjects for r in stated(on, option, answered.stance, case, most=most)]
    con = [r for on in subjects for r in stated(on, option, other, case, most=most)]
    if answered.rival:
        pro += [r for on in subjects for r in stated(on, answered.rival, "for", case, most=most)]
    return pro[:_MOST_REASONS], con[:_MOST_AGAINST]


def _behind(subject: Subject, option: str, case: Case, *, most: int) -> list[Reason]:
    """Return that an option is weak on a subject, then that others are strong on it."""
    found = stated(subject, option, "against", case, most=most)
    for rival in case.topic.option_ids:
        if rival != option:
            found += stated(subject, rival, "for", case, most=1)
    return found


def _ordered(weights: Iterable[Weight], option: str, case: Case) -> list[Weight]:
    """Return what is weighed, the most important first and what an option concedes last."""
    return sorted(
        weights, key=lambda each: (case.concedes(each.subject, option), -abs(each.importance))
    )


def _spared(subject: Subject, option: str, case: Case) -> list[Reason]:
    """Return what other options bring and nobody needs; that an option lacks it, at the least."""
    label = _capital(subject_label(subject, case.topic))
    for rival in case.topic.option_ids:
        brought = case.best(subject, rival, "for", most=1) if rival != option else []
        if brought:
            name = case.topic.option(rival).label
            text = f"{label}: what {name} brings there is not needed: {quoting(brought, case)}."
            return [_told(text, option, subject, brought, case)]
    lacking = case.best(subject, option, "against", most=1)
    if not lacking:
        return []
    text = f"{label} is not needed, and is missing here: {quoting(lacking, case)}."
    return [_told(text, option, subject, lacking, case)]


def against(case: Case, option: str) -> list[Reason]:
    """Return what speaks against an option: its own weak points, then others' strong ones.

    That is told first on what the option concedes. When the weak end was asked for, its strong
    points there speak against the answer.
    """
    found = _together(case, "against")
    conceded = [w for w in case.weighed.weights if case.concedes(w.subject, option)]
    for weight in (*conceded, *(w for w in case.weighed.weights if w not in conceded)):
        if case.reading.weak_end:
            found += stated(weight.subject, option, "for", case, most=1)
        elif weight.importance > 0:
            found += _behind(weight.subject, option, case, most=1)
    return found[:_MOST_AGAINST]


def _together(case: Case, stance: Stance) -> list[Reason]:
    """Return what is said for or against using the options together, when that was asked."""
    topic, claims = case.topic, case.weighed.claims
    found = []
    for weight in case.weighed.weights:
        if not topic.has_criterion(weight.subject) or not topic.criterion(weight.subject).combined:
            continue
        said = [c for c in claims if c.criterion == weight.subject and c.stance == stance]
        one_each = list({claim.article: claim for claim in reversed(said)}.values())[:2]
        if one_each:
            label = _capital(topic.criterion(weight.subject).label)
            citations = tuple(case.citing.cite(claim) for claim in one_each)
            text = f"{label}, {stance} it: {quoting(one_each, case)}."
            found.append(Reason(text, "", weight.subject, "", citations))
    return found


def _rule_citations(id: str, case: Case) -> list[Citation]:
    rule = next(rule for rule in case.topic.rules if rule.id == id)
    claims = [
        claim
        for subject in rule_subjects(rule)
        for claim in best_claims(
            case.weighed.by_subject.get(subject, ()), subject, rule.favours, "for", most=1
        )
    ]
    return [case.citing.cite(claim) for claim in dict.fromkeys(claims)]


def stated(
    subject: Subject, option: str, stance: Stance, case: Case, *, most: int, also: bool = False
) -> list[Reason]:
    """Return one sentence of up to `most` claims for or against an option on a subject, or none.

    `also` is true for what an option has to show beside another one that is ahead on it.
    """
    claims = case.best(subject, option, stance, most=most)
    if not claims:
        return []
    label = _capital(subject_label(subject, case.topic))
    name = case.topic.option(option).label
    side = {"for": f"in favour of {name}", "against": f"against {name}"}[stance]
    if also:
        side = f"also for {name}"
    text = f"{label}, {side}: {quoting(claims, case)}."
    text += _interest(claims, option, case)
    return [_told(text, option, subject, claims, case)]


def _told(text: str, option: str, subject: Subject, claims: Sequence[Claim], case: Case) -> Reason:
    criterion = claims[0].criterion if "=" not in subject else ""
    return Reason(text, option, criterion, "", tuple(case.citing.cite(claim) for claim in claims))


def quoting(said: Sequence[Claim | Citation], case: Case) -> str:
    """Return quoted words with what they stand under, if they need it, and their sources."""
    cited = [each if isinstance(each, Citation) else case.citing.cite(each) for each in said]
    return "; ".join(
        f"“{_short(each.quote)}”{_owned(each, case)} ({case.articles.name(each.article)})"
        for each in cited
    )


def _owned(said: Citation, case: Case) -> str:
    above = owner(case.citing.passage(said.passage), said.start, said.end, case.topic)
    return f" under “{above}”" if above else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _short(quote: str) -> str:
    """Return the quote without its full stop; a quote is never cut."""
    return quote.rstrip(" .;,")


def _interest(claims: Sequence[Claim], option: str, case: Case) -> str:
    """Return a remark when a quoted publisher gains from what it says, once an answer."""
    for claim in claims:
        interest = case.articles[claim.article].metadata.interest
        if interest and option in interest.options and interest.text not in case.minded:
            case.minded.add(interest.text)
            return f" (Mind the interest: {interest.text.rstrip('.')}.)"
    return ""
