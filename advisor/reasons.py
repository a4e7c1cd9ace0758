"""Why: what speaks for and against an option, each sentence with the words it rests on."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from advisor.citing import Citing
from advisor.model import Citation, Reading, Reason
from advisor.pointed import asked_stems, nearness
from advisor.selecting import best_claims
from advisor.weigh import Weighed
from advisor.wording import subject_label
from kb.evidence import Subject
from kb.model import Article, Claim, Stance
from kb.topic import Topic

_MOST_REASONS = 5
_MOST_AGAINST = 3
_LONGEST_NAME = 60  # characters of a title that stands for its article


@dataclass(frozen=True, slots=True)
class Case:
    """What the reasons of one answer are told from; `told` are the quotes told so far."""

    reading: Reading
    weighed: Weighed
    topic: Topic
    articles: Mapping[str, Article]
    citing: Citing
    told: set[str] = field(default_factory=set)

    def best(self, subject: Subject, option: str, stance: Stance, *, most: int) -> list[Claim]:
        """Return the claims to quote: near to the question, and not told already if possible."""
        near = nearness(self.weighed.claims, subject, asked_stems(self.reading, self.topic))
        chosen = best_claims(
            self.weighed.claims, subject, option, stance, most=most, near=near, told=self.told
        )
        self.told.update(claim.quote for claim in chosen)
        return chosen


def reasons(case: Case, option: str) -> list[Reason]:
    """Return what speaks for an option: fired rules first, then a sentence per subject."""
    weighed, topic = case.weighed, case.topic
    found = [
        Reason(rule.because, rule.favours, "", rule.id, tuple(_rule_citations(rule.id, case)))
        for rule in topic.rules
        if rule.id in weighed.trace.fired and rule.favours == option
    ]
    found += _together(case, "for")
    for weight in sorted(weighed.weights, key=lambda weight: -abs(weight.importance)):
        stance: Stance = "for" if weight.importance > 0 else "against"
        chosen = case.best(weight.subject, option, stance, most=2)
        if chosen:
            found.append(_reason(weight.subject, option, chosen, stance, case))
    return found[:_MOST_REASONS]


def against(case: Case, option: str) -> list[Reason]:
    """Return what speaks against an option: its own weak points, then others' strong ones."""
    found = _together(case, "against")
    for weight in case.weighed.weights:
        if weight.importance <= 0:
            continue
        chosen = case.best(weight.subject, option, "against", most=1)
        if chosen:
            found.append(_reason(weight.subject, option, chosen, "against", case))
        for rival in case.topic.option_ids:
            praise = case.best(weight.subject, rival, "for", most=1) if rival != option else []
            if praise:
                found.append(_reason(weight.subject, rival, praise, "for", case))
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
            text = f"{label}, {stance} it: {_quoting(one_each, case)}."
            found.append(Reason(text, "", weight.subject, "", citations))
    return found


def _rule_citations(id: str, case: Case) -> list[Citation]:
    rule = next(rule for rule in case.topic.rules if rule.id == id)
    subjects = [*rule.criteria, *rule.any, *(f"{id}={v}" for id, v in rule.conditions)]
    claims = [
        claim
        for subject in subjects
        for claim in best_claims(case.weighed.claims, subject, rule.favours, "for", most=1)
    ]
    return [case.citing.cite(claim) for claim in dict.fromkeys(claims)]


def _reason(
    subject: Subject, option: str, claims: Sequence[Claim], stance: Stance, case: Case
) -> Reason:
    label = _capital(subject_label(subject, case.topic))
    name = case.topic.option(option).label
    side = {"for": f"in favour of {name}", "against": f"against {name}"}[stance]
    text = f"{label}, {side}: {_quoting(claims, case)}."
    text += _interest(claims, option, case.articles)
    criterion = claims[0].criterion if "=" not in subject else ""
    return Reason(text, option, criterion, "", tuple(case.citing.cite(claim) for claim in claims))


def _quoting(claims: Sequence[Claim], case: Case) -> str:
    """Return the words of claims with their sources."""
    names = source_names(case.articles.values())
    return "; ".join(f"“{_short(claim.quote)}” ({names[claim.article]})" for claim in claims)


def source_names(articles: Iterable[Article]) -> dict[str, str]:
    """Return how each article is called: its publisher, or its title in quotation marks.

    A title is shortened to what stands before its first colon or question mark, unless another
    article would be called the same.
    """
    every = list(articles)
    shortened = {each.id: re.split(r"[:?]", each.metadata.title, maxsplit=1)[0] for each in every}
    taken = Counter(shortened.values())
    names = {}
    for each in every:
        short = shortened[each.id]
        title = each.metadata.title if taken[short] > 1 else short
        names[each.id] = each.metadata.publisher or f"“{_cut(title.strip())}”"
    return names


def _cut(title: str) -> str:
    """Return a title, cut between words when it is long."""
    if len(title) <= _LONGEST_NAME:
        return title
    return title[: _LONGEST_NAME + 1].rsplit(" ", 1)[0] + "…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _short(quote: str) -> str:
    """Return the quote without its full stop; a quote is never cut."""
    return quote.rstrip(" .;,")


def _interest(claims: Sequence[Claim], option: str, articles: Mapping[str, Article]) -> str:
    """Return a remark when a quoted publisher gains from what it says."""
    for claim in claims:
        interest = articles[claim.article].metadata.interest
        if interest and option in interest.options:
            return f" (Mind the interest: {interest.text.rstrip('.')}.)"
    return ""
