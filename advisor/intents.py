"""What kind of answer a question wants: a choice, a fact, a definition, a how-to."""

from collections.abc import Mapping, Sequence, Set

from advisor.cues import cues
from advisor.model import Intent
from advisor.parts_compared import parts_compared, weighs_a_part
from advisor.possessing import asks_to_have
from advisor.sentences import is_told, sentences
from kb.phrases import Found
from kb.topic import Mention
from kb.words import Word

_SITUATION = 16  # words; what is longer and asks nothing describes what is to be built
_EQUATION = 4  # words
_AGAINST = "against"
_DOES = ("does", "do", "did")
_IS = ("is", "was", "were", "are")
_WHAT = ("what", "which")
_NAME = 4  # words of a name
_BESIDE = 2  # words between a joining word and what it joins: "the", "the one of"


def intent(
    text: str, words: Sequence[Word], mentions: Sequence[Found[Mention]], needs: int
) -> Intent:
    """Tell what is wanted; `needs` is how many criteria and conditions were named.

    A question that weighs options is "choose" however it begins, and so is a situation with
    several needs or many words that names no option. A question on one option that weighs
    nothing is a fact.
    """
    cue = cues()
    options = {found.meaning.id for found in mentions if found.meaning.kind == "option"}
    if not options and parts_compared(words, mentions):
        return "fact"
    if _describes(text, words, mentions, options, needs):
        return "compare"
    chooses = cue.has("choose", words)
    weighs = chooses or _compares(words, mentions)
    howto = _asks_how(text, words, mentions, options)
    howto = howto or (len(options) == 1 and _is_a_command(words))
    sides = cue.has("good_sides", words) or cue.has("bad_sides", words)
    if sides and len(options) == 1 and not needs and not cue.opens("yes_or_no", words):
        return "compare"
    thing = _asks_for_a_thing(text, words, mentions)
    fact = thing or cue.asks("fact", words, text)
    if len(options) < 2 and (cue.has("explains", words) or _is_an_equation(text, words)):
        return "definition"
    if _asks_only_for_a_fact(text, words, mentions, needs, thing):
        return "fact"
    if cue.closes("howto_end", words) and len(options) < 2:
        return "howto"
    weighs_a_need = bool(needs) and not thing and _asks_for_no_name(text, words)
    if len(options) > 1 and not howto and (weighs or not fact or weighs_a_need):
        return "choose"
    if weighs and not _defines(words) and (chooses or not _is_a_command(words)):
        return "suitability" if len(options) == 1 else "choose"
    if needs > 1 and not options and not howto:
        return "choose"
    if howto:
        return "howto"
    if cue.asks("define", words, text):
        return "definition"
    if needs and len(options) == 1 and not fact and _asks_how_good(words, mentions):
        return "suitability"
    if fact or (len(options) == 1 and _asks_for_a_fact(text, words)):
        return "fact"
    if not options and _asks_of_a_part(words, mentions):
        return "fact"
    if needs or options:
        return "suitability" if len(options) == 1 else "choose"
    return "choose" if len(words) > _SITUATION else "unclear"


def _asks_of_a_part(words: Sequence[Word], mentions: Sequence[Found[Mention]]) -> bool:
    """True for "does the editor support pictures?": of a part something is asked, no choice."""
    if not words or words[0].text not in _DOES:
        return False
    place = 1
    while cues().opens("determiners", words[place : place + 1]):
        place += 1
    of_a_part = any(m.meaning.kind == "criterion" and m.first == place for m in mentions)
    return of_a_part and not cues().has("all_options", words)


def _asks_how(
    text: str, words: Sequence[Word], mentions: Sequence[Found[Mention]], options: Set[str]
) -> bool:
    """True when steps are asked for; beside two options only where one of them is named.

    "They know how to break in. X or Y?" is a choice, "I hate to be told where to put things" tells
    something, and "how does X fare" asks how good it is.
    """
    but = ("fact", "follow", "compare", "describe")
    asked = list(cues().asked("howto", words, text, but=but))
    if not asked:
        return False
    named = [found.first for found in mentions if found.meaning.kind == "option"]
    return any(
        any(first <= place < last for place in asked)
        and (len(options) < 2 or any(first <= place < last for place in named))
        and not _only_tells(text, words, first, last)
        and not _asks_how_it_fares(words[first:last], first, mentions)
        for first, last in sentences(text, words)
    )


def _only_tells(text: str, words: Sequence[Word], first: int, last: int) -> bool:
    told = last > first and is_told(text, words, first)
    return told and not cues().has("wants_to_know", words[first:last])


def _asks_how_it_fares(
    words: Sequence[Word], first: int, mentions: Sequence[Found[Mention]]
) -> bool:
    """True for "how does X fare", "how well would X do" about one option."""
    ends = [last for begin, last in cues().find("how_does", words) if begin == 0]
    options = {m.first - first: m.last - first for m in mentions if m.meaning.kind == "option"}
    return any(cues().opens("faring", words[options[end] :]) for end in ends if end in options)


def _asks_only_for_a_fact(
    text: str, words: Sequence[Word], mentions: Sequence[Found[Mention]], needs: int, thing: bool
) -> bool:
    """True for what is a fact whatever else is said; `thing` is true if one is asked for."""
    cue = cues()
    options = {found.meaning.id for found in mentions if found.meaning.kind == "option"}
    plain = cue.has("plain_facts", words) or cue.asks("permits", words, text)
    return (
        (plain and not needs)
        or asks_who_uses(text, words, mentions)
        or (len(options) < 2 and cue.closes("identifies", words))
        or (thing and len(options) == 1 and not cue.opens("howto", words))
        or bool(asks_to_have(words, mentions))
    )


def _defines(words: Sequence[Word]) -> bool:
    """True for "what is X", not for "what is better for X"."""
    if not cues().opens("define", words):
        return False
    last = max(last for first, last in cues().find("define", words) if first == 0)
    behind = words[last : last + _BESIDE]
    return not (cues().opens("compare", behind) or cues().opens("degree_words", behind))


def _is_an_equation(text: str, words: Sequence[Word]) -> bool:
    """True for "microframework = ??"."""
    return "=" in text and text.rstrip().endswith("?") and len(words) <= _EQUATION


def _asks_for_no_name(text: str, words: Sequence[Word]) -> bool:
    """True for "what do I get for speed in X, what in Y": no person, time or number is asked."""
    kinds = ("person", "time", "address", "user", "number", "name")
    return not any(cues().asks(f"asks_{kind}", words, text) for kind in kinds)


def _asks_for_a_thing(text: str, words: Sequence[Word], mentions: Sequence[Found[Mention]]) -> bool:
    """True for "which module do I get", "what is the best book": a thing that is no option.

    What ends on s is as likely a verb ("which scales better"), but for "which parts for X are".
    """
    named = {m.first for m in mentions if m.meaning.kind in ("option", "subject", "filler")}
    for first, last in cues().find("asks_for_some", words):
        place = last
        if place >= len(words) or (first and not _begins_a_part(text, words, first)):
            continue
        word = words[place]
        if place in named or word.is_stop_word or cues().is_filler(word):
            continue
        verbal = word.text.endswith("s") and not cues().opens("behind_nouns", words[place + 1 :])
        if not (verbal or cues().has("compare", [word])):
            return not cues().has("compare", words[place : place + 2])
    return False


def asks_who_uses(text: str, words: Sequence[Word], mentions: Sequence[Found[Mention]]) -> bool:
    """True for "which one does Acme use", "is Acme written in X", "is Acme X or Y?".

    Acme is a name, also where it hints at a criterion: written large, or without an article.
    """
    kinds = {place: m.meaning.kind for m in mentions for place in range(m.first, m.last)}
    for place, word in enumerate(words[:-2]):
        first = place + 1 + (words[place + 1].text == "the")
        if word.text in _DOES:
            behind = {p for p, _ in cues().find("makes_use", words) if first < p <= first + _NAME}
        elif word.text in _IS and (not place or words[place - 1].text in _WHAT):
            behind = {p for p, _ in cues().find("made_in", words) if first < p <= first + _NAME}
            direct = first + 1 if kinds.get(first + 1) == "option" else 0
            behind |= {direct} if direct and text[words[first].start].isupper() else set()
        else:
            continue
        if behind and _is_a_name(text, words[first : min(behind)], first, kinds):
            return True
    return False


def _is_a_name(text: str, words: Sequence[Word], first: int, kinds: Mapping[int, str]) -> bool:
    """True for words that begin with a name, or with a word of the field written large."""
    if not words or any(kinds.get(place + first) == "option" for place in range(len(words))):
        return False
    if words[0].is_stop_word or kinds.get(first) in ("subject", "filler"):
        return False
    large = text[words[0].start].isupper()
    return large or not (kinds.get(first) or cues().is_filler(words[0]))


def _is_a_command(words: Sequence[Word]) -> bool:
    """True for "start X", not for "started X"."""
    inflected = words[0].text.endswith(("ed", "ing"))
    return not inflected and cues().opens("imperatives", words)


def _asks_how_good(words: Sequence[Word], mentions: Sequence[Found[Mention]]) -> bool:
    """True for "does X scale?", "is X secure?", not for "does X have tests?", "is X a cup?"."""
    named = [found.last for found in mentions if found.meaning.kind == "option"]
    classes = any(
        words[last].text in ("a", "an") and not cues().opens("degrees_of_fit", words[last + 1 :])
        for last in named
        if last < len(words)
    )
    return cues().opens("yes_or_no", words) and not cues().has("possesses", words) and not classes


def _asks_for_a_fact(text: str, words: Sequence[Word]) -> bool:
    """True when a question, or a later part of it, begins with a word that asks: ", what port".

    Between the two may stand "so" or a preposition: "right? So under which address".
    """
    later = (
        _begins_a_part(text, words, place)
        for first, _ in cues().find("ask_words", words)
        for place in range(max(1, first - _BESIDE), first + 1)
        if place and cues().has_only("before_asking", words[place:first])
    )
    return cues().opens("fact_openers", words) or any(later)


def _begins_a_part(text: str, words: Sequence[Word], place: int) -> bool:
    between = text[words[place - 1].end : words[place].start]
    return any(mark in between for mark in ",?")


def _describes(
    text: str,
    words: Sequence[Word],
    mentions: Sequence[Found[Mention]],
    options: set[str],
    needs: int,
) -> bool:
    """True when what is alike or different is asked, or parts of the options are weighed.

    Who compares them in one way that he names wants to know which is ahead in it.
    """
    cue = cues()
    opens = cue.asks("describe_open", words, text)
    describes = cue.has("describe", words) or (opens and not needs)
    if describes and not cue.has("choose", words):
        return True
    return len(options) == 1 and weighs_a_part(text, words, mentions)


def _compares(words: Sequence[Word], mentions: Sequence[Found[Mention]]) -> bool:
    """True for a comparing word that is no part of a question for a fact: "who is behind it".

    "Against" compares options only: nobody weighs what he protects himself against.
    """
    asking = {place for first, last in cues().find("fact", words) for place in range(first, last)}
    rivals = {m.first for m in mentions if m.meaning.kind in ("option", "outside")}
    return any(
        first not in asking and (words[first].text != _AGAINST or last in rivals)
        for first, last in cues().find("compare", words)
    )
