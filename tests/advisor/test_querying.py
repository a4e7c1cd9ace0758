"""The words that are searched for."""

from asking import Reads


def weights(reading: Reads, question: str, *history: str) -> dict[str, float]:
    return {word.typed: word.weight for word in reading(question, *history).query.words}


def test_words_for_what_is_needed_come_before_the_rest_of_a_situation(reading: Reads) -> None:
    found = weights(reading, "people in the house want it cheap: tea or coffee?")
    assert found["cheap"] == 1.0
    assert found["house"] == 0.5


def test_what_is_ruled_out_is_hardly_searched_for(reading: Reads) -> None:
    found = weights(reading, "tea or coffee, the taste does not matter, but health")
    assert found["taste"] < 0.2 < found["health"]


def test_a_criterion_brings_its_other_words(reading: Reads) -> None:
    query = reading("tea or coffee, price?").query
    others = next(word for word in query.words if word.typed == "~price")
    assert "cheap" in {choice.word for choice in others.alternatives}


def test_earlier_questions_are_searched_for_less(reading: Reads) -> None:
    found = weights(reading, "and for health?", "is tea or coffee good in the evening?")
    assert found["health"] == 1.0
    assert 0 < found["evening"] < 0.5


def test_words_that_no_article_holds_are_not_searched_for(reading: Reads) -> None:
    assert "volcano" not in weights(reading, "is tea good on a volcano?")
