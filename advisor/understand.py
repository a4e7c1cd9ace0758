"""Question, earlier questions, adjustments to a Reading."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from advisor.corrections import correct
from advisor.coverage import is_about_a_fact, not_covered
from advisor.errors import QuestionError
from advisor.followups import Standing, stand
from advisor.model import NO_ADJUSTMENTS, Adjustments, Intent, Need, Reading
from advisor.spotting import IMPLIED, WANTED, Spotted, spot
from kb.extract.clean import clean
from kb.lexicon.english import synonyms
from kb.model import Alternative, Query, QueryWord, Stance
from kb.store import Snapshot
from kb.topic import Topic
from kb.words import Word, atoms, index_words, stem

LONGEST_QUESTION = 2_000  # characters
LONGEST_HISTORY = 4_000  # characters of all earlier questions together
MOST_EARLIER = 8
_MOST_WORDS = 32
_CARRIED = 0.4  # a word of an earlier question counts this much in the search
_SYNONYM = 0.6
_SIMILAR = 0.3


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
    standing = stand([spot(each.text, topic) for each in corrected], topic)
    last = corrected[-1]
    adjusted = _adjusted(standing, adjustments)
    missing = not_covered(adjusted, topic, snapshot)
    needs = _with_implied(adjusted, topic)
    alternatives = {stem: found for each in corrected for stem, found in each.alternatives.items()}
    return Reading(
        question=text,
        standalone=_standalone(last.text, standing.carried),
        topic=topic.id,
        intent=_intent(adjusted, is_about_a_fact(adjusted, topic, snapshot)),
        options=adjusted.options,
        needs=needs,
        conditions=adjusted.conditions,
        corrections=last.corrections,
        carried_over=standing.carried,
        ignored=tuple(word for word in text.split() if len(word) > 40)[:5],
        not_covered=missing,
        query=_query(adjusted, topic, snapshot, alternatives),
        explain=standing.explain,
        feasible=_is_feasible(adjusted),
        sides=_sides(adjusted),
    )


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
    out = set(adjustments.without)
    conditions = {**dict(standing.conditions), **dict(adjustments.given)}
    return replace(
        standing,
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
    intent = standing.spotted.intent
    if about_a_fact:
        return "fact" if intent in ("choose", "suitability", "unclear", "compare") else intent
    if standing.texts and intent in ("unclear", "suitability"):
        return "choose" if len(standing.options) != 1 else "suitability"
    return intent


def _is_feasible(standing: Standing) -> bool:
    spotted = standing.spotted
    return len(standing.options) != 1 and spotted.says("feasible") and not spotted.says("choose")


def _sides(standing: Standing) -> tuple[Stance, ...]:
    asked: dict[Stance, str] = {"for": "good_sides", "against": "bad_sides"}
    return tuple(stance for stance, cue in asked.items() if standing.spotted.says(cue))


def _standalone(text: str, carried: Sequence[str]) -> str:
    return f"{text} ({', '.join(carried)})" if carried else text


def _query(
    standing: Standing,
    topic: Topic,
    snapshot: Snapshot,
    alternatives: Mapping[str, tuple[Alternative, ...]],
) -> Query:
    """Return the words to search: the question's, earlier ones' and the topic's synonyms."""
    words = [
        *_weighted(standing.spotted.text, WANTED, alternatives),
        *_carried(standing, topic, alternatives),
        *_synonyms(standing, topic),
        *_similar(standing.spotted),
    ]
    merged: dict[str, QueryWord] = {}
    for word in words:
        if word.typed not in merged:
            merged[word.typed] = word
    known = snapshot.postings(
        topic.id, {choice.word for word in merged.values() for choice in word.alternatives}
    )
    usable = [w for w in merged.values() if any(c.word in known for c in w.alternatives)]

    def frequency(word: QueryWord) -> int:
        return min(len(known[c.word].numbers) for c in word.alternatives if c.word in known)

    rarest = sorted(usable, key=frequency)[:_MOST_WORDS]
    return Query(topic.id, tuple(word for word in usable if word in rarest))


def _weighted(
    text: str, weight: float, alternatives: Mapping[str, tuple[Alternative, ...]]
) -> Iterator[QueryWord]:
    words: list[Word] = index_words(text)
    counts = Counter(word.stem for word in words)
    for word in {word.stem: word for word in words}.values():
        choices = alternatives.get(word.stem, (Alternative(word.stem, 1.0),))
        yield QueryWord(word.text, choices, weight * min(counts[word.stem], 3))


def _carried(
    standing: Standing, topic: Topic, alternatives: Mapping[str, tuple[Alternative, ...]]
) -> Iterator[QueryWord]:
    """Words of what earlier questions still contribute: named criteria and conditions."""
    named = {need.criterion for need in standing.spotted.needs}
    for need in standing.needs:
        if need.criterion not in named:
            yield from _weighted(topic.criterion(need.criterion).label, _CARRIED, alternatives)
    said = dict(standing.spotted.conditions)
    for id, value in standing.conditions:
        if id not in said:
            yield from _weighted(topic.condition(id).value_label(value), _CARRIED, alternatives)
    for id in standing.options:
        yield from _weighted(topic.option(id).label, _CARRIED, alternatives)


def _synonyms(standing: Standing, topic: Topic) -> Iterator[QueryWord]:
    """One word per criterion, whose alternatives are the single words the topic knows it by."""
    for need in standing.needs:
        stems = [
            words[0].stem
            for words in map(atoms, topic.criterion(need.criterion).words)
            if len(words) == 1 and not words[0].is_stop_word
        ]
        if stems and need.importance > 0:
            choices = tuple(Alternative(stem, 1.0) for stem in dict.fromkeys(stems))
            yield QueryWord(f"~{need.criterion}", choices, _SYNONYM)


def _similar(spotted: Spotted) -> Iterator[QueryWord]:
    """One word per word of the question that others may stand for."""
    for word in {word.text: word for word in spotted.words}.values():
        others = synonyms().get(word.text, ())
        if others:
            stems = dict.fromkeys(stem(other) for text in others for other in _plain(text))
            choices = tuple(Alternative(each, 1.0) for each in stems if each != word.stem)
            yield QueryWord(f"like {word.text}", choices, _SIMILAR)


def _plain(text: str) -> list[str]:
    return [word.text for word in index_words(text)]
