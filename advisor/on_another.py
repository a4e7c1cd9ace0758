"""Whether a passage speaks of another option only than the one that was asked about."""

import re
from functools import lru_cache

from kb.model import Passage
from kb.topic import Topic

_WITHIN = r"(?<![A-Za-z])(?:{})(?![a-z])"


def is_on_another(passage: Passage, option: str, topic: Topic) -> bool:
    """True when a passage names options and `option` is none of them.

    Where its text names none, its innermost heading that does so decides; "X or Y" names both.
    """
    for text in (passage.text, *reversed(passage.headings)):
        named = {id for id, pattern in _patterns(topic) if pattern.search(text)}
        if named:
            return option not in named
    return False


@lru_cache(maxsize=64)
def _patterns(topic: Topic) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (option.id, re.compile(_WITHIN.format("|".join(map(re.escape, option.words))), re.I))
        for option in topic.options
    )
