"""Stored values that cannot be understood: the file is damaged."""

import sqlite3
from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

Step = TypeVar("Step", bound=Callable[..., object])


def decoding(step: Step) -> Step:
    """Make stored values that `step` cannot understand an error of the file's."""

    @wraps(step)
    def guarded(*values: object) -> object:
        try:
            return step(*values)
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise sqlite3.DatabaseError("a stored value is malformed") from error

    return cast(Step, guarded)
