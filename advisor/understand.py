"""Question, earlier questions, adjustments to a Reading."""

from collections.abc import Sequence

from advisor.analysed import question_atoms
from advisor.corrections import Corrected, correct
from advisor.courtesies import courtesy_of
from advisor.coverage import Uncovered, is_about_a_fact, uncovered, unheard
from advisor.cues import cues
from advisor.errors import QuestionError
from advisor.followups import Standing, stand
from advisor.heard import known_stems
from advisor.importance import IMPLIED
from advisor.model import (
    NO_ADJUSTMENTS,
    Adjustments,
    Correction,
    Intent,
    Need,
    Reading,
    Whether,
)
from advisor.orders import orders_set_aside, without_orders
from advisor.querying import query
from advisor.sources import asked_about_articles
from advisor.spotting import Spotted, spot
from kb.extract.clean import clean
from kb.model import Stance
from kb.store import Snapshot
from kb.topic import Topic

LONGEST_QUESTION = 2_000  # characters
LONGEST_HISTORY = 4_000  # characters of all earlier questions together
MOST_EARLIER = 8
_ABLE = ("can", "could")
_SHOWN = 80  # characters of an order that was set aside


def understand(
    question: str,
    topic: Topic,
    snapshot: Snapshot,
    *,
    history: Sequence[str] = (),
    adjustments: Adjustments = NO_ADJUSTMENTS,
) -> Reading:
    """Return what is asked, with everything that was corrected, carried over or left out.

    Raises:
        QuestionError: empty or over-long question or history, or an adjustment that names
            nothing of the topic.
    """
    text, earlier = _checked(question, history)
    check_adjustments(adjustments, topic)
    corrected = [
        correct(each, topic, snapshot, exact=adjustments.exact) for each in (*earlier, text)
    ]
    last = corrected[-1]
    courtesy = courtesy_of(last.words)
    heard = [last] if courtesy else corrected
    standing = stand([_spotted(each, topic) for each in heard], topic)
    adjusted = _adjusted(standing, adjustments)
    articles = "" if courtesy else asked_about_articles(standing.spotted)
    known = known_stems(adjusted.spotted, topic, snapshot)
    gaps = Uncovered() if articles else uncovered(adjusted, known, topic, snapshot)
    missing = _as_typed(gaps.decisive, last.corrections)
    needs = _with_implied(adjusted, topic)
    meanings = {stem: found for each in corrected for stem, found in each.meanings.items()}
    return Reading(
        question=text,
        standalone=_standalone(last.text, standing.carried),
        topic=topic.id,
        intent="fact" if articles else _intent(adjusted, is_about_a_fact(adjusted, known)),
        options=adjusted.options,
        needs=needs,
        conditions=adjusted.conditions,
        corrections=last.corrections,
        carried_over=standing.carried,
        ignored=_ignored(text, last),
        not_covered=missing or ((text,) if courtesy else ()),
        query=query(adjusted, topic, snapshot, meanings),
        explain=standing.explain,
        feasible=_is_feasible(adjusted),
        sides=_sides(adjusted),
        news=_news(adjusted),
        indifferent=adjusted.spotted.says("indifferent"),
        weak_end=adjusted.spotted.weak_end and all(n.importance < 0 for n in adjusted.needs),
        doubted=standing.doubted,
        whether=_whether(adjusted, topic),
        courtesy=courtesy,
        unheard=_as_typed(unheard(adjusted, known, topic, snapshot), last.corrections),
        articles=articles,
        beside=_as_typed(gaps.beside, last.corrections),
        guessed=gaps.guessed,
        foreign=last.foreign,
    )


def _spotted(corrected: Corrected, topic: Topic) -> Spotted:
    """Return what a question says without its orders; most give none, and are not read anew."""
    text = without_orders(corrected.text, corrected.words)
    words = corrected.words if text == corrected.text else question_atoms(text)
    return spot(text, topic, words)


def _as_typed(texts: Sequence[str], corrections: Sequence[Correction]) -> tuple[str, ...]:
    """Return texts as they were typed: nobody asked for what a word was only taken for."""
    typed = {each.read_as: each.typed for each in corrections}
    return tuple(
        " ".join(typed.get(word.casefold(), word) for word in text.split()) for text in texts
    )


def _ignored(text: str, corrected: Corrected) -> tuple[str, ...]:
    """Return what was not used: orders to whoever answers, and words too long to be words."""
    orders = [each[:_SHOWN] for each in orders_set_aside(corrected.text, corrected.words)]
    return tuple([*orders, *(word for word in text.split() if len(word) > 40)][:5])


def _checked(question: str, history: Sequence[str]) -> tuple[str, list[str]]:
    if len(question) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has more than {LONGEST_QUESTION:,} characters.",
            remedy="Ask in fewer words: what you build, and what matters to you.",
        )
    text = " ".join(clean(question).split())
    if not text:
        raise QuestionError("The question is empty.", remedy="Type a question and send it again.")
    if len(history) > MOST_EARLIER or sum(map(len, history)) > LONGEST_HISTORY:
        raise QuestionError(
            f"There are more than {MOST_EARLIER} earlier questions, or more than "
            f"{LONGEST_HISTORY:,} characters of them.",
            remedy="Send the latest ones only.",
        )
    return text, [each for each in (" ".join(clean(h).split()) for h in history) if each]


def check_adjustments(adjustments: Adjustments, topic: Topic) -> None:
    """Raise QuestionError for an adjustment that names nothing of the topic."""
    if not (adjustments.given or adjustments.without):
        return
    values = {(c.id, value) for c in topic.conditions for value, _ in c.values}
    known = {
        *(f"criterion:{c.id}" for c in topic.criteria),
        *(f"condition:{c.id}" for c in topic.conditions),
        *(f"option:{id}" for id in topic.option_ids),
    }
    if not set(adjustments.given) <= values or not set(adjustments.without) <= known:
        raise QuestionError(
            "`given` or `without` names something that the topic does not have.",
            remedy="Send only what an earlier answer offered.",
        )


def _adjusted(standing: Standing, adjustments: Adjustments) -> Standing:
    if not (adjustments.given or adjustments.without):
        return standing
    out = set(adjustments.without)
    conditions = {**dict(standing.conditions), **dict(adjustments.given)}
    return standing._replace(
        options=tuple(id for id in standing.options if f"option:{id}" not in out),
        needs=tuple(n for n in standing.needs if f"criterion:{n.criterion}" not in out),
        conditions=tuple(c for c in conditions.items() if f"condition:{c[0]}" not in out),
    )


def _with_implied(standing: Standing, topic: Topic) -> tuple[Need, ...]:
    """Add the criteria that the conditions make matter, and that were not named."""
    needs = {need.criterion: need for need in standing.needs}
    for id, value in standing.conditions:
        for criterion in dict(topic.condition(id).implies).get(value, ()):
            needs.setdefault(criterion, Need(criterion, IMPLIED))
    return tuple(needs.values())


def _intent(standing: Standing, about_a_fact: bool) -> Intent:
    """A question that only names a criterion or condition after another one asks for a verdict."""
    intent = standing.intent
    if about_a_fact:
        return "fact" if intent in ("choose", "suitability", "unclear", "compare") else intent
    if standing.texts and intent in ("unclear", "suitability"):
        return "choose" if len(standing.options) != 1 else "suitability"
    return intent


def _is_feasible(standing: Standing) -> bool:
    spotted = standing.spotted
    return len(standing.options) != 1 and spotted.says("feasible") and not spotted.says("choose")


def _whether(standing: Standing, topic: Topic) -> Whether:
    """Tell whether a yes or no is asked for of one option, and of what: good, bad, or possible."""
    spotted = standing.spotted
    asks = cues().opens("yes_or_no", spotted.words) and len(standing.options) == 1
    if not asks or standing.intent != "suitability":
        return ""
    if spotted.says("compare") or spotted.says("only_one"):
        return ""
    if spotted.says("misfits"):
        return "unfit"
    if spotted.says("fits"):
        return "fit"
    if spotted.says("fitting"):
        return ""
    if spotted.words[0].text in _ABLE:
        return "able"
    fault = bool(topic.fault_phrases.find(spotted.words))
    return "bad" if fault or spotted.says("bad_end") else "good"


def _news(standing: Standing) -> tuple[str, ...]:
    """Return the ids of what a follow-up adds to the questions before it."""
    if not standing.texts or standing.explain:
        return ()
    spotted = standing.spotted
    return (
        *(need.criterion for need in spotted.needs),
        *(id for id, _ in spotted.conditions),
    )


def _sides(standing: Standing) -> tuple[Stance, ...]:
    asked: dict[Stance, str] = {"for": "good_sides", "against": "bad_sides"}
    return tuple(stance for stance, cue in asked.items() if standing.spotted.says(cue))


def _standalone(text: str, carried: Sequence[str]) -> str:
    return f"{text} ({', '.join(carried)})" if carried else text
