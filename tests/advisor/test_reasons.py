"""What is quoted, from whom, and that nothing is told twice."""

import dataclasses

from asking import Asking, Reads

from advisor.pointed import asked_stems, nearness
from advisor.reasons import source_names
from advisor.selecting import best_claims
from kb.model import Claim
from kb.store import Snapshot
from kb.topic import Topic


def claim(quote: str, article: str = "a", **fields: object) -> Claim:
    start = sum(map(ord, quote))
    made = Claim(article, "p", ("tea",), "health", "for", start, start + len(quote), quote, "list")
    return dataclasses.replace(made, **fields)


def test_the_claim_that_shares_the_rarer_words_of_a_question_is_nearer(
    reading: Reads, topic: Topic
) -> None:
    stems = asked_stems(reading("is tea healthy in winter?"), topic)
    winter, summer = claim("healthy in winter"), claim("healthy in summer")
    near = nearness([winter, summer], stems)
    assert near[winter.quote] > near.get(summer.quote, 0.0) == 0.0


def test_near_claims_are_quoted_first_and_told_ones_last() -> None:
    first, second = claim("first"), claim("second", "b")
    said = [first, second]
    chosen = best_claims(said, "health", "tea", "for", most=1, near={"second": 1.0})
    assert chosen == [second]
    told = best_claims(said, "health", "tea", "for", most=2, near={"second": 1.0}, told={"second"})
    assert told == [first]
    assert best_claims([first], "health", "tea", "for", most=2, told={"first"}) == [first]


def test_articles_with_like_titles_are_called_by_their_whole_title(snapshot: Snapshot) -> None:
    article = snapshot.articles("drinks")[0]

    def titled(id: str, title: str) -> object:
        known = dataclasses.replace(article.metadata, title=title, publisher="")
        return dataclasses.replace(article, id=id, metadata=known)

    long = "A very long title that goes on and on about everything that can be drunk at all"
    names = source_names(
        [titled("1", "Tea: a life"), titled("2", "Tea: a book"), titled("3", long)]
    )  # type: ignore[list-item]
    assert names["1"] == "“Tea: a life”"
    assert names["2"] == "“Tea: a book”"
    assert names["3"] == "“A very long title that goes on and on about everything that…”"


def test_no_quote_is_told_twice_while_there_is_another(asking: Asking) -> None:
    guidance = asking("tea or coffee: health and price in the evening?").guidance
    quotes = [c.quote for reason in guidance.reasons for c in reason.citations]
    assert len(quotes) == len(set(quotes))
