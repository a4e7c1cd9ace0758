"""The English word lists that reading and searching need, loaded once from english.toml."""

import tomllib
from collections.abc import Mapping
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


@cache
def synonyms() -> Mapping[str, tuple[str, ...]]:
    """Each word of a group of words that ask for the same thing, with the others of its groups."""
    groups = [entry.split() for entry in _lists()["synonyms"]]
    others: dict[str, list[str]] = {}
    for group in groups:
        for word in group:
            others.setdefault(word, []).extend(other for other in group if other != word)
    return {word: tuple(found) for word, found in others.items()}
