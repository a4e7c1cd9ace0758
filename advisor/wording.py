"""Guidance in sentences: headline, reasons, confidence."""

import re
from collections.abc import Mapping, Sequence

from advisor.citing import Citing
from advisor.model import Citation, Disagreement, Reading, Reason, Side
from advisor.selecting import best_claims
from advisor.weigh import Weighed, contenders
from kb.disagreements import Conflict, conflicts
from kb.evidence import Subject
from kb.model import Article, Claim, Stance
from kb.topic import Topic

_MOST_REASONS = 5
_MOST_DISAGREEMENTS = 3


def headline(reading: Reading, topic: Topic, weighed: Weighed) -> str:
    """Return the verdict as one sentence."""
    subject = _subject_phrase(reading, topic)
    everyone = _listed([topic.option(id).label for id in contenders(reading, topic)])
    if weighed.verdict == "not_covered":
        missing = _listed(_quoted(reading.not_covered))
        return f"The articles do not cover {missing}. They compare {everyone}."
    if weighed.verdict == "no_verdict":
        return "This asks for information rather than a choice: here is what the articles say."
    if weighed.verdict == "depends":
        return f"It depends: {everyone} each have their place{subject}."
    if weighed.verdict == "disagree":
        return f"The articles disagree{subject}."
    if weighed.verdict == "either":
        return f"Either will do: the articles see {everyone} about level{subject}."
    return _lean(reading, topic, weighed, subject)


def _lean(reading: Reading, topic: Topic, weighed: Weighed, subject: str) -> str:
    winner = topic.option(weighed.option).label
    if len(reading.options) != 1:
        return f"{winner}: the articles lean towards it{subject}."
    asked = topic.option(reading.options[0]).label
    if weighed.option == reading.options[0]:
        return f"{asked} is a good fit{subject}, going by the articles."
    return f"Rather {winner} than {asked}: the articles lean towards {winner}{subject}."


def _subject_phrase(reading: Reading, topic: Topic) -> str:
    """Return " for an API and security, with a small team", or "" when nothing was named."""
    needs = [
        topic.criterion(need.criterion).label for need in reading.needs if need.importance >= 1
    ]
    facts = [topic.condition(id).value_label(value) for id, value in reading.conditions]
    phrase = f" on {_listed(needs)}" if needs else ""
    return phrase + (
        f", given {_listed(facts)}"
        if needs and facts
        else f" for {_listed(facts)}"
        if facts
        else ""
    )


def _quoted(words: Sequence[str]) -> list[str]:
    return [f'"{word}"' for word in words[:4]]


def _listed(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def reasons(
    weighed: Weighed, topic: Topic, articles: Mapping[str, Article], citing: Citing, option: str
) -> list[Reason]:
    """Return what speaks for an option: fired rules first, then a sentence per subject."""
    found = [
        Reason(
            rule.because,
            rule.favours,
            "",
            rule.id,
            tuple(_rule_citations(rule.id, weighed, topic, citing)),
        )
        for rule in topic.rules
        if rule.id in weighed.trace.fired and rule.favours == option
    ]
    found += _together(weighed, topic, articles, citing, "for")
    ordered = sorted(weighed.weights, key=lambda weight: -abs(weight.importance))
    for weight in ordered:
        stance: Stance = "for" if weight.importance > 0 else "against"
        chosen = best_claims(weighed.claims, weight.subject, option, stance, most=2)
        if chosen:
            found.append(_reason(weight.subject, option, chosen, topic, articles, citing, stance))
    return found[:_MOST_REASONS]


def _together(
    weighed: Weighed,
    topic: Topic,
    articles: Mapping[str, Article],
    citing: Citing,
    stance: Stance,
) -> list[Reason]:
    """Return what is said for or against using the options together, when that was asked."""
    found = []
    for weight in weighed.weights:
        if not topic.has_criterion(weight.subject) or not topic.criterion(weight.subject).combined:
            continue
        said = [c for c in weighed.claims if c.criterion == weight.subject and c.stance == stance]
        one_each = list({claim.article: claim for claim in reversed(said)}.values())[:2]
        if one_each:
            label = _capital(topic.criterion(weight.subject).label)
            quotes = "; ".join(_quoting(claim, articles[claim.article]) for claim in one_each)
            citations = tuple(citing.cite(claim) for claim in one_each)
            text = f"{label}, {stance} it: {quotes}."
            found.append(Reason(text, "", weight.subject, "", citations))
    return found


def _rule_citations(id: str, weighed: Weighed, topic: Topic, citing: Citing) -> list[Citation]:
    rule = next(rule for rule in topic.rules if rule.id == id)
    subjects = [*rule.criteria, *rule.any, *(f"{id}={v}" for id, v in rule.conditions)]
    claims = [
        claim
        for subject in subjects
        for claim in best_claims(weighed.claims, subject, rule.favours, "for", most=1)
    ]
    return [citing.cite(claim) for claim in dict.fromkeys(claims)]


def _reason(
    subject: Subject,
    option: str,
    claims: Sequence[Claim],
    topic: Topic,
    articles: Mapping[str, Article],
    citing: Citing,
    stance: Stance,
) -> Reason:
    label = _capital(subject_label(subject, topic))
    name = topic.option(option).label
    quotes = "; ".join(_quoting(claim, articles[claim.article]) for claim in claims)
    side = {"for": f"in favour of {name}", "against": f"against {name}"}[stance]
    text = f"{label}, {side}: {quotes}."
    text += _interest(claims, option, articles)
    criterion = subject if topic.has_criterion(subject) else ""
    return Reason(text, option, criterion, "", tuple(citing.cite(claim) for claim in claims))


def subject_label(subject: Subject, topic: Topic) -> str:
    """Return the words for a criterion id or "condition=value"."""
    if "=" not in subject:
        return topic.criterion(subject).label
    id, value = subject.split("=", 1)
    return topic.condition(id).value_label(value)


def _quoting(claim: Claim, article: Article) -> str:
    """Return a claim's words with their source."""
    source = article.metadata.publisher or _short_title(article.metadata.title)
    return f"“{_short(claim.quote)}” ({source})"


def _short_title(title: str) -> str:
    """Return the title up to its first colon or question mark, in quotation marks."""
    return f"“{re.split(r'[:?]', title, maxsplit=1)[0].strip()[:60]}”"


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


def against(
    weighed: Weighed, topic: Topic, articles: Mapping[str, Article], citing: Citing, option: str
) -> list[Reason]:
    """Return what speaks against an option: its own weak points, then others' strong ones."""
    found = _together(weighed, topic, articles, citing, "against")
    for weight in weighed.weights:
        if weight.importance <= 0:
            continue
        chosen = best_claims(weighed.claims, weight.subject, option, "against", most=1)
        if chosen:
            found.append(
                _reason(weight.subject, option, chosen, topic, articles, citing, "against")
            )
        for rival in topic.option_ids:
            praise = best_claims(weighed.claims, weight.subject, rival, "for", most=1)
            if rival != option and praise:
                found.append(_reason(weight.subject, rival, praise, topic, articles, citing, "for"))
    return found[:3]


def disagreements(weighed: Weighed, citing: Citing) -> list[Disagreement]:
    """Return the conflicts that bear on the question, both sides quoted."""
    asked = {weight.subject for weight in weighed.weights if weight.importance >= 1}
    found = [conflict for conflict in conflicts(weighed.claims) if conflict.subject in asked]
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
    return Side("+".join(claim.about), claim.stance, claim.quote, citing.cite(claim))
