"""What a question takes over from the earlier ones of its conversation."""

from collections.abc import Sequence
from typing import NamedTuple

from advisor.cues import cues
from advisor.model import Intent, Need
from advisor.spotting import Spotted
from kb.spelling import frequency
from kb.topic import Topic
from kb.words import Word

_SHORT = 9  # words up to which "why" asks for the last answer
_POINTING = 12  # words up to which a question that points back ("it", "the two") leans on it
_REMARK = 16  # words up to which a text without a question adds to the one before it
_STATEMENT = 25  # words up to which a sentence that names nothing leaves all as it was
_BARE = 2  # words up to which an option alone is no question of its own
_DESCRIBED = 3  # words before who asks: "a small family business"
_FRAGMENT = 4  # words up to which a criterion or condition alone is no question of its own
FACTUAL = ("fact", "howto", "definition", "list")


class Standing(NamedTuple):
    """What a question is about after its earlier ones were taken into account.

    `intent` is what is wanted: the earlier question's where only its option or its object was
    exchanged. `texts` are the earlier questions that contributed, for retrieval and for showing;
    `explain` is true when the asker wants the last verdict explained; `doubted` are then the
    options of "why not X?".
    """

    spotted: Spotted
    intent: Intent
    options: tuple[str, ...]
    needs: tuple[Need, ...]
    conditions: tuple[tuple[str, str], ...]
    carried: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    explain: bool = False
    doubted: tuple[str, ...] = ()


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
    if spotted.options and about and not cue.has("add", words) and not _tells(spotted):
        return False
    if spotted.weak_end and about and not cue.opens("follow", words):
        return False  # "which one is slower?" is no more of what was asked for
    if is_a_remark(spotted) or _says_nothing(spotted):
        return True
    if spotted.needs and all(need.importance < 0 for need in spotted.needs):
        return True  # ruling something out says nothing by itself
    bare = bool(spotted.options) and not about and not spotted.focus
    if bare and (len(words) <= _BARE or cue.has("as_well", words)):
        return True  # "so X?", "would X also work?"
    follows = cue.opens("follow", words)
    if spotted.outside and not about:
        return (follows or _points_back(words)) and not spotted.options
    if follows:
        named = about or bool(spotted.options) or not spotted.focus
        return named or _points_back(words) or cue.opens("supposing", words)
    if about and (cue.has("add", words) or len(words) <= _FRAGMENT):
        return True
    if spotted.options and not spotted.focus and cue.has("back_reference", words):
        return len(words) <= _POINTING  # "does X do better there?"
    return not spotted.options and _points_back(words) and _is_plain(spotted)


def is_a_remark(spotted: Spotted) -> bool:
    """True for a text that tells something and asks nothing: "we are only two people".

    A fragment has to name a need or a condition; a sentence adds to what was said whatever it
    names, and if it adds nothing, what was said still stands.
    """
    if "?" in spotted.text or cues().has("repeats", spotted.words):
        return False
    if _tells(spotted):
        return True
    if spotted.options or not (spotted.needs or spotted.conditions):
        return False
    asks = any(spotted.says(cue) for cue in ("choose", "compare", "fact", "define", "howto"))
    return not asks and len(spotted.words) <= _REMARK


def asks_for_another(spotted: Spotted) -> bool:
    """True for "what about an agency with client sites?": who asks is another, and so is all else.

    Of somebody of whom nothing more is told ("what about a beginner?") the project is the same.
    """
    words = _without_interjections(spotted.words)
    if not (spotted.needs or spotted.conditions or spotted.focus) or spotted.options:
        return False
    opens = [last for first, last in cues().find("asks_for_another", words) if first == 0]
    place = max(opens, default=0)
    if not place or not cues().opens("determiners", words[place:]):
        return False
    heads = (at for at, _ in cues().find("askers", words) if place < at <= place + _DESCRIBED)
    return any(cues().opens("then_his_own", words[at + 1 :]) for at in heads)


def _has_a_project(spotted: Spotted) -> bool:
    """True when something is named that is made, or wanted of it: "client sites"."""
    starts = {spotted.words[first].start for first, _ in cues().find("askers", spotted.words)}
    kinds = {
        found.meaning.kind
        for found in spotted.mentions
        if found.start not in starts and not _is_numeric(spotted.words[found.first - 1])
    }
    told = any(word.start not in starts for word in spotted.focus)
    return bool(spotted.needs) or told or bool(kinds & {"subject", "filler"})


def _is_numeric(word: Word) -> bool:
    return word.text.isdecimal() or word.text in cues().numbers


def _tells(spotted: Spotted) -> bool:
    """True for a statement by its form: it begins with its subject, and no choice is named."""
    words = _without_interjections(spotted.words)
    begins = cues().opens("subjects", words) and not cues().opens("ask_words", words)
    chooses = len(spotted.options) > 1 or cues().has("wants_advice", words)
    named = spotted.needs or spotted.conditions
    most = _REMARK if named else _STATEMENT
    return begins and not chooses and "?" not in spotted.text and len(words) <= most


def _says_nothing(spotted: Spotted) -> bool:
    """True when a question by itself names nothing at all: "and without users?"."""
    named = spotted.options or spotted.needs or spotted.conditions or spotted.outside
    return not (named or spotted.focus)


def _points_back(words: Sequence[Word]) -> bool:
    """True for a short question with "it", "that one", "the two"."""
    refers = cues().has("back_reference", words) or cues().has("all_options", words)
    return refers and len(words) <= _POINTING


def _is_plain(spotted: Spotted) -> bool:
    """True when nothing of its own is asked about, or a fact in words that English knows."""
    heard = all(frequency(word.text) for word in spotted.focus)
    return not spotted.focus or (heard and spotted.intent in FACTUAL)


def _without_interjections(words: Sequence[Word]) -> Sequence[Word]:
    """Return the words from the first that is no "ok", "hm" or "thanks"."""
    place = 0
    for first, last in cues().find("interjections", words):
        if first == place:
            place = last
    return words[place:]


def _is_why(spotted: Spotted) -> bool:
    words = _without_interjections(spotted.words)
    if len(words) > _SHORT or spotted.needs:
        return False
    if cues().opens("doubts", words) and cues().has("other", words):
        return True
    spans = cues().find("why", words)
    asked = {words[place].start for first, last in spans for place in range(first, last)}
    opens = any(first == 0 for first, _ in spans)
    if opens and cues().has("why_not", words) and cues().has("other", words):
        return True
    return opens and all(word.start in asked for word in spotted.focus)


def _alone(spotted: Spotted) -> Standing:
    return Standing(spotted, spotted.intent, spotted.options, spotted.needs, spotted.conditions)


def _follow(spotted: Spotted, before: Standing, topic: Topic) -> Standing:
    if _is_why(spotted):
        return before._replace(
            explain=True,
            doubted=_doubted(spotted, before, topic),
            carried=_names(before.options, before.needs, before.conditions, topic),
            texts=(*before.texts, before.spotted.text),
        )
    if asks_for_another(spotted):
        needs = () if _has_a_project(spotted) else before.needs
        before = before._replace(needs=needs, conditions=())
    options = _options(spotted, before, topic)
    needs = _needs(spotted, before)
    kept = tuple(c for c in before.conditions if c[0] not in spotted.dropped)
    conditions = {**dict(kept), **dict(spotted.conditions)}
    kept_conditions = tuple(c for c in kept if c[0] not in dict(spotted.conditions))
    return Standing(
        spotted,
        _intent(spotted, before),
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


def _intent(spotted: Spotted, before: Standing) -> Intent:
    """A question without a word for what it wants goes on with the one before it.

    "And X?" asks the same fact of another option, "now the database?" for the next step; with a
    criterion of its own a question behind a fact asks for a verdict.
    """
    own = spotted.intent
    if asks_for_another(spotted):
        return "choose"
    if is_a_remark(spotted) and _tells(spotted):
        return before.intent
    if own in (*FACTUAL, "compare") or spotted.says("choose") or spotted.says("compare"):
        return own
    about = bool(spotted.needs or spotted.conditions)
    goes_on = before.intent == "howto" or (before.intent in FACTUAL and not about)
    return before.intent if goes_on else own


def _doubted(spotted: Spotted, before: Standing, topic: Topic) -> tuple[str, ...]:
    """Return the options of "why not X?"; "the other one" is any but the one that is ahead."""
    if not (spotted.says("why_not") or spotted.says("doubts")):
        return ()
    if spotted.options or not cues().has("other", spotted.words):
        return spotted.options
    if len(before.options) == 1:
        return tuple(id for id in topic.option_ids if id not in before.options)
    return before.options or topic.option_ids


def _options(spotted: Spotted, before: Standing, topic: Topic) -> tuple[str, ...]:
    if cues().has("other", spotted.words) and len(before.options) == 1:
        return tuple(id for id in topic.option_ids if id not in before.options)
    if spotted.options and not (_tells(spotted) and before.needs):
        return spotted.options
    if cues().has("all_options", spotted.words):
        return topic.option_ids
    return before.options


def _needs(spotted: Spotted, before: Standing) -> tuple[Need, ...]:
    """Naming a criterion replaces the earlier ones, unless it is added to them or ruled out.

    "Does it need an extension?" asks about what was asked before, and so does "does it change
    anything if we need one?".
    """
    if not spotted.needs:
        return before.needs
    only_unwanted = all(need.importance < 0 for need in spotted.needs)
    adds = any(spotted.says(cue) for cue in ("add", "again")) or is_a_remark(spotted)
    about_it = spotted.intent in FACTUAL and cues().has("back_reference", spotted.words)
    if not only_unwanted and not about_it and not adds:
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
