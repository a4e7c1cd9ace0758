"""What only hints at a criterion, and how much that counts beside what else a question says."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from advisor.cues import cues
from advisor.importance import IMPLIED, WANTED, WISHED
from kb.phrases import Found
from kb.topic import Mention
from kb.words import Word

_REACH = 4  # "easy to keep them secret"


class Told(NamedTuple):
    """One mention of a criterion; `stated` is false for what only hints at it.

    A `setting` hints at it only as long as nothing else is named.
    """

    found: Found[Mention]
    stated: bool
    importance: float
    setting: bool = False

    @property
    def criterion(self) -> str:
        return self.found.meaning.id

    @property
    def is_a_word(self) -> bool:
        return self.found.last - self.found.first == 1


class Hints:
    """What a question hints at, to be weighed against each other and what it states."""

    def __init__(self, text: str, words: Sequence[Word], told: Sequence[Told]) -> None:
        hints = [each.found for each in told if not each.stated]
        verbs = {h.first for h in hints if cues().closes("before_verbs", words[: h.first])}
        wished = [each for each in told if not each.stated and each.importance > 0]
        self._told = told
        self._named = {each.found.first for each in told if each.stated and each.importance > 0}
        self._describing = {
            h.first for h in hints if h.first not in verbs and _describes(h, hints, words)
        }
        self._several = _hinted_at_in_several_ways(text, wished)
        self._phrased = {e.criterion for e in wished if not (e.is_a_word or e.setting)}

    def counts(self, told: Told) -> float:
        """Return what a mention counts; 0 for a setting beside something else."""
        if told.setting and told.importance > 0 and self._is_beside_another(told):
            return 0.0
        importance = told.importance if told.stated else self._hinted(told)
        if 0 < importance < WANTED <= told.importance and told.criterion in self._several:
            return WANTED
        return importance

    def _is_beside_another(self, setting: Told) -> bool:
        """True when another criterion is named or hinted at by more than a setting."""
        return any(
            not each.setting and each.importance > 0 and each.criterion != setting.criterion
            for each in self._told
        )

    def _hinted(self, told: Told) -> float:
        """Return what a hint counts.

        A word that is named for one criterion and hints at another one says little of the other,
        and neither does one that only describes the next hint: "heavy queries" are about queries.
        One word, which may mean many things, tells less than a phrase beside it.
        """
        place = told.found.first
        if told.importance < 0:
            return told.importance
        if self._named or place in self._describing:
            beside = told.importance > WANTED and place not in self._named
            return WANTED if beside and place not in self._describing else IMPLIED
        outdone = told.is_a_word and told.criterion not in self._phrased and self._phrased
        return min(told.importance, WISHED) if outdone else told.importance


def _hinted_at_in_several_ways(text: str, wished: Sequence[Told]) -> set[str]:
    """Return the criteria that two different phrases hint at."""
    ways = {
        (each.criterion, text[each.found.start : each.found.end].casefold())
        for each in wished
        if not each.setting
    }
    counts = Counter(criterion for criterion, _ in ways)
    return {criterion for criterion, count in counts.items() if count > 1}


def _describes(
    found: Found[Mention], hints: Sequence[Found[Mention]], words: Sequence[Word]
) -> bool:
    """True for one word before the next hint: "heavy queries", "easy to keep them secret"."""
    leads_on = found.last < len(words) and words[found.last].text == "to"
    reach = _REACH + 1 if leads_on else 0
    return any(
        found.first + 1 == found.last <= other.first <= found.last + reach
        and other.meaning.id != found.meaning.id
        for other in hints
    )
