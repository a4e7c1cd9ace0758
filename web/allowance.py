"""Allowance: how much of something is taken in a minute, from all senders together."""

import time
from collections.abc import Callable

_MINUTE = 60.0  # seconds


class Allowance:
    """A bucket of `most` pieces that fills again within a minute."""

    def __init__(self, most: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = float(most)
        self._left = float(most)
        self._clock = clock
        self._looked = clock()

    def take(self) -> bool:
        """Take one piece; False if none is left."""
        now = self._clock()
        self._left += (now - self._looked) * self._most / _MINUTE
        self._left, self._looked = min(self._left, self._most), now
        if self._left < 1:
            return False
        self._left -= 1
        return True
