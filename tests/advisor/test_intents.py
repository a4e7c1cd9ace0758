"""What kind of answer is wanted, in less plain words."""

import pytest
from asking import Spotting


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("how about the price of tea", "suitability"),
        ("how many cups of tea a day", "fact"),
        ("started with tea yesterday, what pot do i use", "fact"),
        ("average price of tea", "fact"),
        ("start a pot of tea", "howto"),
        ("how do I protect myself against the taste of tea?", "howto"),
        ("how does tea do against coffee in taste?", "choose"),
        ("compare tea and coffee", "compare"),
        ("how does tea fare when it comes to health?", "suitability"),
        ("I hate it when a book tells me how to make tea.", "suitability"),
        ("I want to know how to make tea.", "howto"),
        ("Nobody knows how to stop them. Tea or coffee for my health?", "choose"),
        ("Tea or coffee, and how do I make it?", "howto"),
        ("does the taste depend on the pot?", "fact"),
        ("tea for my guests, no matter who made it, or coffee, for the taste", "choose"),
        ("what is tea lousy at?", "compare"),
        ("I am on the fence", "choose"),
        ("we keep going back and forth", "choose"),
        ("tea: pour it into a cup, how?", "howto"),
        ("tea versus coffee in taste", "choose"),
        ("which kettle do I get with tea and coffee alike?", "fact"),
        ("which tastes better, tea or coffee?", "choose"),
        ("wat is a pot of tea good for", "definition"),
        ("There is a house in town with tea for everybody. Which one is it?", "fact"),
        ("compare tea and coffee on taste", "choose"),
        ("what is better for my health", "choose"),
        ("how do they compare on taste?", "choose"),
        ("taste: what do I get from tea there and what from coffee?", "choose"),
        ("which of both is the older one", "fact"),
        ("is it ok to put the pot that comes with tea / coffee on the fire?", "fact"),
        ("show me the smallest pot of tea", "howto"),
        ("my family sits around a table", "unclear"),
        (
            "my family sits around a table and somebody always spills something on the carpet, "
            "so we sit in the kitchen now",
            "choose",
        ),
    ],
)
def test_the_kind_of_answer_that_is_wanted(spotting: Spotting, question: str, intent: str) -> None:
    assert spotting(question).intent == intent
