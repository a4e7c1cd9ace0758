"""Words of a list that are one edit away from another word."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from rapidfuzz.distance import OSA

from kb.deletions import PREFIX, hashes


class Beside:
    """A list of words in memory, to be asked for those beside one: 60 bytes a word."""

    def __init__(self, words: Sequence[str]) -> None:
        alike: dict[int, list[int]] = defaultdict(list)
        for place, word in enumerate(words):
            alike[min(len(word), PREFIX)].append(place)
        keys, places = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for some in alike.values():
            numbers = hashes([words[place] for place in some], 0, most=1)
            keys.append(numbers.ravel())
            places.append(np.repeat(some, numbers.shape[1]))
        every = np.concatenate(keys)
        order = np.argsort(every)
        self._words = words
        self._keys = every[order].astype(np.int32)
        self._places = np.concatenate(places)[order].astype(np.int32)

    def of(self, word: str) -> list[str]:
        """Return the words within OSA distance 1 of `word`, itself as well, by their letters."""
        numbers = hashes([word], 0, most=1)[0].astype(np.int32)
        firsts = self._keys.searchsorted(numbers, "left").tolist()
        lasts = self._keys.searchsorted(numbers, "right").tolist()
        spans = zip(firsts, lasts, strict=True)
        places = {place for first, last in spans for place in self._places[first:last].tolist()}
        found = (self._words[place] for place in places)
        return sorted(each for each in found if OSA.distance(word, each, score_cutoff=1) <= 1)
