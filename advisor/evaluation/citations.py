"""Whether every sentence of advice is cited, and every quote stands in the stored article."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from advisor.evaluation.outcomes import Outcome
from advisor.evaluation.shares import Share, share
from advisor.model import Answer, Citation
from kb.store import Snapshot

TextOf = Callable[[str], str]


def stored_texts(snapshot: Snapshot) -> TextOf:
    """Return a function from an article's id to its text, read from the knowledge base itself."""
    return cache(lambda id: snapshot.article(id).text)


def citations(outcomes: Iterable[Outcome], text_of: TextOf) -> dict[str, Share]:
    """Return the share of sentences with a citation, and that of quotes that are exact.

    Sentences are the reasons, the points against, the advice for a condition and both sides of a
    disagreement. Quotes are the words of their citations, which have to stand at their place in
    the article, and the quote that a headline opens with, which has to stand in a passage shown.
    """
    answers = [each.answer for each in outcomes]
    sentences = [each for answer in answers for each in _sentences(answer)]
    exact = [each for answer in answers for each in exact_quotes(answer, text_of)]
    return {"sentences cited": share(sentences, bool), "quotes exact": share(exact, bool)}


def exact_quotes(answer: Answer, text_of: TextOf) -> Iterator[bool]:
    """Yield for every quote of an answer whether it stands in the article as it is quoted."""
    for cited in _sentences(answer):
        for citation in cited:
            text = text_of(citation.article)
            yield text[citation.start : citation.end] == citation.quote
    for disagreement in answer.guidance.disagreements:
        for side in disagreement.sides:
            yield side.quote == side.citation.quote
    if quote := _opening_quote(answer.guidance.headline):
        passages = [each.passage for each in answer.passages]
        texts = [text_of(each.article)[each.start : each.end] for each in passages]
        yield any(quote in text for text in texts)


def _opening_quote(headline: str) -> str:
    """Return what a headline quotes when it opens with a quotation, which may hold others."""
    depth = 0
    for place, letter in enumerate(headline):
        depth += {"“": 1, "”": -1}.get(letter, 0)
        if depth == 0:
            return headline[1:place]
    return ""


def _sentences(answer: Answer) -> Iterator[tuple[Citation, ...]]:
    """Yield the citations of every sentence of advice."""
    guidance = answer.guidance
    for reason in (*guidance.reasons, *guidance.against):
        yield reason.citations
    for advice in guidance.conditions:
        yield advice.citations
    for disagreement in guidance.disagreements:
        for side in disagreement.sides:
            yield (side.citation,)
