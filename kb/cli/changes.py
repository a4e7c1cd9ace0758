"""Changes: what a maintainer's decisions made of an article, as text and as JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kb.cli.output import counted, put, wrapped
from kb.cli.program import say
from kb.cli.shown import passage_json
from kb.corrections import decision_id, is_about_text
from kb.evidence import in_sense
from kb.model import Article, Decision, Passage
from kb.revising import Change, dormant
from kb.store import Snapshot

_SHOWN = 200  # characters of a passage that came or went


def report(changes: Sequence[Change], *, as_json: bool) -> None:
    """Print what was decided, and what came of it."""
    document = {"changes": [_json(change) for change in changes]}
    put(document, (line for change in changes for line in _lines(change)), as_json=as_json)
    if not any(change.decisions or change.withdrawn for change in changes):
        say("Nothing changed: this was decided before.")


def decision_json(decision: Decision) -> dict[str, Any]:
    """Return a decision; what only claims have is left out for others."""
    document: dict[str, Any] = {
        "id": decision_id(decision),
        "article": decision.article,
        "kind": decision.kind,
        "quote": decision.quote,
    }
    if is_about_text(decision):
        return document
    return {
        **document,
        "about": list(decision.about),
        "criterion": decision.criterion or None,
        "sense": decision.sense or None,
        "stance": decision.stance,
        "hedged": decision.hedged,
        "scope": dict(decision.scope),
    }


def decision_line(decision: Decision) -> str:
    """Return a decision as one line."""
    said = ""
    if not is_about_text(decision):
        scope = "".join(f", {id}={value}" for id, value in decision.scope)
        subject = in_sense(decision.criterion, decision.sense) or "overall"
        said = f"{decision.stance} {'+'.join(decision.about)} on {subject}{scope}: "
    return f"[{decision_id(decision)}] {decision.article}: {decision.kind} {said}“{decision.quote}”"


def dormant_json(snapshot: Snapshot, articles: Iterable[Article]) -> list[dict[str, Any]]:
    """Return the decisions on articles that do nothing at present."""
    return [decision_json(each) for article in articles for each in dormant(snapshot, article)]


def say_dormant(dormant: Iterable[Mapping[str, Any]]) -> None:
    """Say on stderr how many corrections of which articles are dormant."""
    for article, number in sorted(Counter(each["article"] for each in dormant).items()):
        verb = "is" if number == 1 else "are"
        say(
            f"{counted(number, 'correction')} of {article} {verb} dormant now, because what was"
            f" corrected is gone: see `kb corrections {article}`."
        )


def _json(change: Change) -> dict[str, Any]:
    before, after = change.passages_before, change.passages_after
    return {
        "article": change.article,
        "decisions": [decision_json(each) for each in change.decisions],
        "withdrawn": [decision_json(each) for each in change.withdrawn],
        "passages": {
            "before": len(before),
            "after": len(after),
            "gone": [passage_json(each) for each in without(before, after)],
            "new": [passage_json(each) for each in without(after, before)],
        },
        "claims": {"before": change.claims_before, "after": change.claims_after},
    }


def _lines(change: Change) -> Iterator[str]:
    for decision in change.decisions:
        yield from wrapped(decision_line(decision), first="", indent="  ")
    for decision in change.withdrawn:
        yield from wrapped(f"withdrawn {decision_line(decision)}", first="", indent="  ")
    before, after = change.passages_before, change.passages_after
    sizes = changed(len(before), change.claims_before, len(after), change.claims_after)
    yield f"{change.article}: {sizes}"
    yield from passages_lines("gone", without(before, after))
    yield from passages_lines("new", without(after, before))


def changed(
    passages_before: int, claims_before: int, passages_after: int, claims_after: int
) -> str:
    """Return "5 passages (before: 7), 9 claims"."""
    passages = _counts(passages_before, passages_after, "passage")
    return f"{passages}, {_counts(claims_before, claims_after, 'claim')}"


def _counts(before: int, after: int, noun: str) -> str:
    """Return "5 claims", or "5 claims (before: 7)" if there were not as many."""
    return counted(after, noun) + (f" (before: {before})" if before != after else "")


def passages_lines(word: str, passages: Iterable[Passage]) -> Iterator[str]:
    """Yield passages that came or went, shortened."""
    for passage in passages:
        text = " ".join(passage.text.split())
        short = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
        under = "".join(f"{heading} > " for heading in passage.headings)
        yield from wrapped(f"{word} [{passage.id}] {under}{short}", first="  ", indent="    ")


def without(passages: Sequence[Passage], others: Iterable[Passage]) -> list[Passage]:
    """Return the passages that `others` do not hold under the same headings."""
    held = {(passage.id, passage.headings) for passage in others}
    return [passage for passage in passages if (passage.id, passage.headings) not in held]
