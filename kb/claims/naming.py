"""Which of the criteria that a clause names it speaks of: not those of asides and compounds."""

from collections.abc import Sequence

from kb.claims.cues import cues
from kb.phrases import Found
from kb.topic import Mention, Topic
from kb.words import Word, is_parted

_ASIDE = 3  # words behind "instead of" that are not meant


def criteria_of(words: Sequence[Word], topic: Topic, text: str) -> list[Found[Mention]]:
    """Return the criteria that the words of a clause speak of, in order.

    Left out is what stands behind "instead of" and its like, what only describes another
    criterion ("a database ORM" is no database), the speed of something else ("fast onboarding"),
    and a part of an address or path. `text` is what the words are of.
    """
    found = [f for f in topic.statement_phrases.find(words) if f.meaning.kind == "criterion"]
    if not found:
        return []
    asides = [f.last for f in cues().aside.find(words)]
    kept = [f for f in found if not any([0 <= f.first - at <= _ASIDE for at in asides])]
    kept = [f for f in kept if not (text[f.start - 1 : f.start] == text[f.end : f.end + 1] == "/")]
    kept = [f for f in kept if not _is_other_speed(f, kept, words)]
    if len(kept) < 2:
        return kept  # the others are left out for something that stands beside them
    kept = [f for f in kept if not _describes(f, kept, words)]
    return [f for f in kept if not _is_manner(f, kept, words)]


def _is_other_speed(
    found: Found[Mention], others: Sequence[Found[Mention]], words: Sequence[Word]
) -> bool:
    """True for "fast" in "fast onboarding" and "slower" in "makes development slower"."""
    if found.last - found.first > 1 or words[found.first].text not in cues().speeds:
        return False
    if any(other.last == found.first for other in others):
        return True
    if found.last == len(words) or is_parted(words, found.last):
        return False
    behind = words[found.last]
    return not behind.is_stop_word and behind.text not in cues().running


def _describes(
    found: Found[Mention], others: Sequence[Found[Mention]], words: Sequence[Word]
) -> bool:
    """True for the first of two nouns that make one: "database ORM"."""
    return any(
        other.first == found.last
        and other.meaning != found.meaning
        and words[other.first].start - words[found.last - 1].end == 1
        and not cues().manners.find(words[found.first : found.last])
        and words[found.last - 1].text not in cues().speeds
        for other in others
    )


def _is_manner(
    found: Found[Mention], others: Sequence[Found[Mention]], words: Sequence[Word]
) -> bool:
    """True for "easy to use" in "the ORM is easy to use"."""
    told = any(
        other.last <= found.first
        and other.meaning != found.meaning
        and any(word.text in ("is", "are") for word in words[other.last : found.first])
        for other in others
    )
    return told and bool(cues().manners.find(words[found.first : found.last]))
