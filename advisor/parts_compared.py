"""Whether parts of the field are compared, and not the options: "what is A against B"."""

from collections.abc import Sequence

from advisor.cues import cues
from kb.phrases import Found
from kb.topic import Mention
from kb.words import Word

_BESIDE = 2  # words between a joining word and what it joins: "the", "the one of"


def parts_compared(words: Sequence[Word], mentions: Sequence[Found[Mention]]) -> bool:
    """True for "the difference between A and B", two things of the field that are no options."""
    taken = {m.first for m in mentions if m.meaning.kind in ("subject", "filler")}
    cue = cues()
    if not cue.has("differing", words) or cue.has("all_options", words):
        return False
    for _, last in cue.find("contrasted", words):
        for first, then in cue.find("between_and", words):
            one, other = range(last, first), range(then, min(then + _BESIDE, len(words)))
            if 0 < len(one) <= _BESIDE and other and not taken & {*one, *other}:
                return True
    return False


def weighs_a_part(text: str, words: Sequence[Word], mentions: Sequence[Found[Mention]]) -> bool:
    """True for "an engine versus the one of X": an option stands against what it may contain."""
    parts = [found for found in mentions if found.meaning.kind == "criterion"]
    options = [found for found in mentions if found.meaning.kind == "option"]
    return any(
        _is_joined(first, last, part, option) and not _is_broken(text, part, option)
        for first, last in cues().find("between_parts", words)
        for part in parts
        for option in options
    )


def _is_joined(first: int, last: int, one: Found[Mention], other: Found[Mention]) -> bool:
    """True when a joining word at `first` to `last` stands between the two, close to both."""
    before, after = sorted((one, other), key=lambda found: found.first)
    return 0 <= first - before.last < _BESIDE and 0 <= after.first - last < _BESIDE


def _is_broken(text: str, one: Found[Mention], other: Found[Mention]) -> bool:
    """True when a sentence ends between the two."""
    before, after = sorted((one, other), key=lambda found: found.first)
    return any(mark in text[before.end : after.start] for mark in ".!?;")
