"""Which one is worse, whether it matters at all, other senses, and what a follow-up adds."""

from asking import Asking, Reads, needs

from advisor.weigh import weigh
from kb.store import Snapshot
from kb.topic import Topic


def test_the_one_that_has_less_of_what_is_good_can_be_asked_for(asking: Asking) -> None:
    answer = asking("which is worse for health, tea or coffee?")
    assert answer.guidance.option == "coffee"
    assert "behind on health" in answer.guidance.headline


def test_comparing_two_named_options_still_asks_for_the_better_one(reading: Reads) -> None:
    assert needs(reading("is coffee worse for health than tea?"))["health"] == 1.0


def test_a_question_in_another_sense_is_weighed_in_it(
    reading: Reads, topic: Topic, snapshot: Snapshot
) -> None:
    understood = reading("is tea or coffee healthy for my teeth?")
    assert [need.sense for need in understood.needs] == ["teeth"]
    weighed = weigh(understood, topic, snapshot.evidence(topic.id))
    assert [weight.subject for weight in weighed.weights] == ["health/teeth"]
    assert weighed.verdict != "lean"


def test_what_a_follow_up_adds_counts_more_than_what_was_named_before(
    reading: Reads, topic: Topic, snapshot: Snapshot
) -> None:
    understood = reading("it should also be healthy", "tea or coffee, which is cheaper?")
    weighed = weigh(understood, topic, snapshot.evidence(topic.id))
    counts = {weight.subject: weight.importance for weight in weighed.weights}
    assert counts == {"price": 0.5, "health": 1.0}


def test_a_remark_without_a_question_adds_to_the_question_before(reading: Reads) -> None:
    understood = reading("we have one euro only by the way", "tea or coffee for the taste?")
    assert set(needs(understood)) == {"taste"}
    assert dict(understood.conditions) == {"budget": "small"}


def test_asking_whether_it_matters_is_noticed(reading: Reads) -> None:
    assert reading("does it matter for the price which one I take?").indifferent
    assert not reading("which one is cheaper?").indifferent


def test_which_one_not_to_use_asks_for_the_weak_one(asking: Asking) -> None:
    guidance = asking("which one should I not drink in the evening?").guidance
    assert guidance.option == "coffee"
    assert guidance.headline == "Coffee: the articles see it behind for evening."
    assert asking("which would you avoid for the price?").guidance.option == "coffee"
    assert not asking("which is cheaper, and should I not drink it late?").reading.weak_end
