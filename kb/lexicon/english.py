"""The English word lists that reading and searching need, loaded once from english.toml."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def _lists() -> dict[str, list[str]]:
    with Path(__file__).with_name("english.toml").open("rb") as file:
        lists: dict[str, list[str]] = tomllib.load(file)
    return lists


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing about what a text is about, normalised."""
    return frozenset(" ".join(_lists()["stop"]).split())
