"""Passages to claims: what an article says of an option, for or against, and in which words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.claims.answers import asked
from kb.claims.context import Context, context
from kb.claims.inviting import states_nothing
from kb.claims.items import is_listed, listed
from kb.claims.sentences import Flow, answers, ask, sentence_claims
from kb.claims.stating import claims_of
from kb.claims.tables import row_claims
from kb.claims.units import Unit, units
from kb.model import Claim, Passage
from kb.topic import Topic
from kb.words import atoms

_OFTEN = 3  # mentions from which an article is about an option
_LONGEST = 400  # a longer unit is no statement but damaged text


def mine(passages: Sequence[Passage], topic: Topic) -> tuple[Claim, ...]:
    """Return the claims of one article's passages, in the order of its text, without repeats.

    Code makes no claims, what leads it in does. Passages must be those of one article, in order.
    """
    claims: list[Claim] = []
    lists_under: dict[tuple[str, ...], int] = {}
    only = _only_option(passages, topic)
    paths = dict.fromkeys(passage.headings for passage in passages)
    under = {path: context(path, topic, only=only) for path in paths}
    questions = {path: asked(path[-1], topic) for path in paths if path}
    for passage in passages:
        if passage.kind == "table" and passage.cells:
            claims += row_claims(passage, topic)
            continue
        around = under[passage.headings]
        if around.both and passage.kind == "list":
            order = lists_under[passage.headings] = lists_under.get(passage.headings, 0) + 1
            around = replace(around, polarity=1 if order == 1 else -1)
        flow = Flow(around.option, question=questions.get(passage.headings))
        claims += _passage_claims(passage, around, flow, topic)
    return _once(claims)


def _only_option(passages: Sequence[Passage], topic: Topic) -> str:
    """Return the option that an article speaks of, again and again, if it names no other one."""
    named: list[str] = []
    for passage in passages:
        for found in topic.statement_phrases.find(atoms(passage.text)):
            if found.meaning.kind == "option":
                named.append(found.meaning.id)
        if len(set(named)) > 1:
            return ""
    return named[0] if len(named) >= _OFTEN else ""


def _once(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Leave out what the same stretch says twice: as an answer and as a sentence."""
    kept: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        kept.setdefault(
            (claim.about, claim.criterion, claim.stance, claim.passage, claim.start), claim
        )
    return tuple(kept.values())


def _passage_claims(passage: Passage, around: Context, flow: Flow, topic: Topic) -> Iterator[Claim]:
    for unit in units(passage):
        if unit.end - unit.start > _LONGEST or unit.text.startswith(">") or _is_address(unit):
            continue  # damaged text, somebody else's words, a source
        if states_nothing(unit):
            continue
        if unit.kind == "item" and around.option:
            flow.option = around.option
        if is_listed(unit, around):
            said = listed(passage, unit, around, topic)
            yield from claims_of(said, topic) if said else ()
        elif unit.text.endswith("?"):
            ask(flow, unit, topic)
        else:
            yield from answers(passage, unit, around, flow, topic)
            yield from sentence_claims(passage, unit, around, flow, topic)


def _is_address(unit: Unit) -> bool:
    return unit.text.startswith(("http://", "https://", "www."))
