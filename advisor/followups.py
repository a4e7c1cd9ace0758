"""What a question takes over from the earlier ones of its conversation."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from advisor.cues import cues
from advisor.model import Need
from advisor.spotting import Spotted
from kb.topic import Topic
from kb.words import Word

_SHORT = 9  # words up to which a question without an option of its own may lean on earlier ones


@dataclass(frozen=True, slots=True)
class Standing:
    """What a question is about after its earlier ones were taken into account.

    `texts` are the earlier questions that contributed, for retrieval and for showing;
    `explain` is true when the asker wants the last verdict explained.
    """

    spotted: Spotted
    options: tuple[str, ...]
    needs: tuple[Need, ...]
    conditions: tuple[tuple[str, str], ...]
    carried: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    explain: bool = False


def stand(questions: Sequence[Spotted], topic: Topic) -> Standing:
    """Return what the last of `questions` asks, read in the light of those before it."""
    standing = _alone(questions[0])
    for question in questions[1:]:
        standing = _follow(question, standing, topic) if leans_back(question) else _alone(question)
    return standing


def leans_back(spotted: Spotted) -> bool:
    """True when a question cannot be understood without the one before it.

    A question with an option and a criterion of its own never leans back.
    """
    words, cue = _without_interjections(spotted.words), cues()
    about = bool(spotted.needs or spotted.conditions)
    if cue.has("other", words) or cue.has("again", words) or _is_why(spotted):
        return True
    if spotted.options and about and not cue.has("add", words):
        return False
    if spotted.needs and all(need.importance < 0 for need in spotted.needs):
        return True  # ruling something out says nothing by itself
    if spotted.outside and not about:
        return cue.opens("follow", words) and not spotted.options
    if cue.opens("follow", words):
        return about or bool(spotted.options) or not spotted.focus
    refers = cue.has("back_reference", words) or cue.has("all_options", words)
    if cue.has("add", words) and about:
        return True
    return refers and len(words) <= _SHORT and not spotted.options and not spotted.focus


def _without_interjections(words: Sequence[Word]) -> Sequence[Word]:
    """Return the words from the first that is no "ok", "hm" or "thanks"."""
    place = 0
    for first, last in cues().find("interjections", words):
        if first == place:
            place = last
    return words[place:]


def _is_why(spotted: Spotted) -> bool:
    words = _without_interjections(spotted.words)
    short = len(words) <= _SHORT and not spotted.focus and not spotted.needs
    return short and cues().opens("why", words)


def _alone(spotted: Spotted) -> Standing:
    return Standing(spotted, spotted.options, spotted.needs, spotted.conditions)


def _follow(spotted: Spotted, before: Standing, topic: Topic) -> Standing:
    if _is_why(spotted):
        return replace(
            before,
            explain=True,
            carried=_names(before.options, before.needs, before.conditions, topic),
            texts=(*before.texts, before.spotted.text),
        )
    options = _options(spotted, before, topic)
    needs = _needs(spotted, before)
    kept = tuple(c for c in before.conditions if c[0] not in spotted.dropped)
    conditions = {**dict(kept), **dict(spotted.conditions)}
    kept_conditions = tuple(c for c in kept if c not in spotted.conditions)
    return Standing(
        spotted,
        options,
        needs,
        tuple(conditions.items()),
        carried=_names(
            () if options == spotted.options else options,
            [need for need in needs if need not in spotted.needs],
            kept_conditions,
            topic,
        ),
        texts=(*before.texts, before.spotted.text),
    )


def _options(spotted: Spotted, before: Standing, topic: Topic) -> tuple[str, ...]:
    if cues().has("other", spotted.words) and len(before.options) == 1:
        return tuple(id for id in topic.option_ids if id not in before.options)
    if spotted.options:
        return spotted.options
    if cues().has("all_options", spotted.words):
        return topic.option_ids
    return before.options


def _needs(spotted: Spotted, before: Standing) -> tuple[Need, ...]:
    """Naming a criterion replaces the earlier ones, unless it is added to them or ruled out."""
    if not spotted.needs:
        return before.needs
    only_unwanted = all(need.importance < 0 for need in spotted.needs)
    if not only_unwanted and not cues().has("add", spotted.words):
        return spotted.needs
    named = {need.criterion for need in spotted.needs}
    return (*(need for need in before.needs if need.criterion not in named), *spotted.needs)


def _names(
    options: Sequence[str],
    needs: Sequence[Need],
    conditions: Sequence[tuple[str, str]],
    topic: Topic,
) -> tuple[str, ...]:
    return (
        *(topic.option(id).label for id in options),
        *(topic.criterion(need.criterion).label for need in needs),
        *(topic.condition(id).value_label(value) for id, value in conditions),
    )
