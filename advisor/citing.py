"""The numbered passages of an answer: hits first, then whatever else is cited."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from advisor.antecedents import with_antecedent
from advisor.model import Citation, Role, ShownPassage
from kb.model import Article, Claim, Hit, Passage, Span
from kb.spans import merged

_whole = lru_cache(maxsize=4096)(with_antecedent)  # the same claims are cited again and again


class Citing:
    """Gives every passage of one answer its number, in the order of first use.

    `passages` returns stored passages by id.
    """

    def __init__(
        self,
        hits: Sequence[Hit],
        *,
        role: Role = "hit",
        passages: Callable[[Sequence[str]], Mapping[str, Passage]],
    ) -> None:
        self._numbers = {hit.passage.id: n for n, hit in enumerate(hits, 1)}
        self._hits = {hit.passage.id: hit for hit in hits}
        self._role: Role = role
        self._passages = passages
        self._read = {hit.passage.id: hit.passage for hit in hits}
        self._cited: dict[str, list[Span]] = {}

    def cite(self, claim: Claim) -> Citation:
        """Return a citation of the claim's exact words, with the sentence they point back to."""
        passage = self.passage(claim.passage)
        if not passage.cells:
            own = Span(claim.start - passage.start, claim.end - passage.start)
            return self.quote(passage, _whole(passage.text, own))
        number = self._numbers.setdefault(claim.passage, len(self._numbers) + 1)
        self._cited.setdefault(claim.passage, []).append(Span(claim.start, claim.end))
        return Citation(number, claim.article, claim.passage, claim.start, claim.end, claim.quote)

    def quote(self, passage: Passage, span: Span) -> Citation:
        """Return a citation of words of a passage; `span` counts from its start."""
        number = self._numbers.setdefault(passage.id, len(self._numbers) + 1)
        start, end = passage.start + span.start, passage.start + span.end
        self._cited.setdefault(passage.id, []).append(Span(start, end))
        quote = passage.text[span.start : span.end]
        return Citation(number, passage.article, passage.id, start, end, quote)

    def passage(self, id: str) -> Passage:
        """Return a stored passage; it is read once."""
        if id not in self._read:
            self._read |= self._passages([id])
        return self._read[id]

    def passage_ids(self) -> list[str]:
        """Return the ids of all passages that have a number."""
        return list(self._numbers)

    def shown(
        self, passages: Mapping[str, Passage], articles: Mapping[str, Article]
    ) -> tuple[ShownPassage, ...]:
        """Return the numbered passages, by number."""
        return tuple(
            self._shown(id, number, passages[id], articles)
            for id, number in sorted(self._numbers.items(), key=lambda item: item[1])
        )

    def _shown(
        self, id: str, number: int, passage: Passage, articles: Mapping[str, Article]
    ) -> ShownPassage:
        hit = self._hits.get(id)
        quotes = [
            Span(cited.start - passage.start, cited.end - passage.start)
            for cited in self._cited.get(id, ())
        ]
        spans = quotes or (list(hit.highlights) if hit else [])
        return ShownPassage(
            n=number,
            role=self._role if hit else "cited",
            passage=passage,
            article=articles[passage.article],
            score=hit.score if hit else 0.0,
            parts=hit.parts if hit else (),
            highlights=tuple(merged(spans)),
        )
