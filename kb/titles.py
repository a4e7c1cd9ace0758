"""Titles: what articles are called by, short where that tells them apart."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

_SUBTITLE = re.compile(r"[:?]")


class Titles:
    """The titles of a topic's articles."""

    def __init__(self, titles: Iterable[str]) -> None:
        self._taken = Counter(map(_short, titles))

    def called(self, title: str) -> str:
        """Return a title up to its first colon or question mark, whole if another is called so."""
        short = _short(title)
        return title if self._taken[short] > 1 else short


@lru_cache(maxsize=16384)  # most articles are the same in the next revision
def _short(title: str) -> str:
    return _SUBTITLE.split(title, maxsplit=1)[0]
