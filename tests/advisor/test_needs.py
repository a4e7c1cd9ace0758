"""How much each criterion matters, from the words around it."""

import pytest
from asking import Asking, Reads, Spotting, needs, tools_topic

from advisor.pipeline import ask
from advisor.spotting import spot
from kb.store import Snapshot
from kb.words import atoms


@pytest.mark.parametrize(
    ("question", "importance"),
    [
        ("I don't need it cheap or healthy: tea or coffee?", {"price": -1.0, "health": -1.0}),
        ("neither cheap nor healthy: tea or coffee?", {"price": -1.0, "health": -1.0}),
        ("my aunt says tea has no taste, is she right?", {"taste": 1.0}),
        ("we have no taste: tea or coffee?", {"taste": -1.0}),
        ("not cheap, but it must be healthy: tea or coffee?", {"price": 1.0, "health": 3.0}),
    ],
)
def test_what_is_spared_and_what_is_said_of_an_option_differ(
    spotting: Spotting, question: str, importance: dict[str, float]
) -> None:
    assert needs(spotting(question)) == importance


@pytest.mark.parametrize(
    ("question", "importance"),
    [
        ("tired of all that endless talk of health: tea or coffee?", {"health": -1.0}),
        ("ideally cheap: tea or coffee?", {"price": 0.5}),
        ("tea or coffee, a good taste would be nice", {"taste": 0.5}),
        ("I don't want to worry about my health: tea or coffee?", {"health": 1.0}),
        ("I don't want any taste: tea or coffee?", {"taste": -1.0}),
        ("I am a health inspector and want it cheap", {"price": 1.0}),
    ],
)
def test_what_is_disliked_or_only_wished(
    spotting: Spotting, question: str, importance: dict[str, float]
) -> None:
    assert needs(spotting(question)) == importance


@pytest.mark.parametrize(
    ("question", "importance"),
    [
        ("no mess please", 1.0),
        ("I am afraid of a mess", 1.0),
        ("we hate a mess", 1.0),
        ("which of them makes a mess?", -1.0),
        ("which of them makes no mess?", 1.0),
        ("which one spares us the mess?", 1.0),
        ("which mess is it?", -1.0),
    ],
)
def test_a_fault_names_what_is_wanted_unless_it_is_asked_for(
    shipped: Snapshot, question: str, importance: float
) -> None:
    (topic,) = shipped.topics()
    understood = spot(question, topic, tuple(atoms(question)))
    assert needs(understood)["structure"] == importance


def test_whether_an_option_is_good_at_something_is_no_question_for_a_fact(
    spotting: Spotting,
) -> None:
    assert spotting("is tea healthy?").intent == "suitability"
    assert spotting("does tea have caffeine?").intent == "fact"
    assert spotting("is tea a healthy drink, who says so?").intent == "fact"


def test_what_can_be_done_without_counts_less_beside_what_is_wanted(
    asking: Asking, reading: Reads
) -> None:
    parts = asking("tea or coffee: healthy, the taste is not important").guidance.trace.support
    values = {part.name: abs(part.value) for part in parts[0].parts}
    assert values.get("taste", 0.0) <= 0.5


def test_if_another_one_is_ahead_in_something_the_headline_says_so(asking: Asking) -> None:
    guidance = asking("which keeps me awake and is healthy, tea or coffee?").guidance
    assert guidance.headline.startswith("Tea: ")
    assert guidance.headline.endswith(", though Coffee is ahead on keeping awake.")


def test_if_nobody_is_ahead_on_the_whole_the_headline_says_who_is_in_what(
    shipped: Snapshot,
) -> None:
    answer = ask(shipped, "Which of both is flexible and secure?")
    assert answer.guidance.verdict == "either"
    assert answer.guidance.headline.startswith("Neither is ahead on the whole: ")


def test_half_a_margin_decides_between_needs_that_do_not_pull_apart(shipped: Snapshot) -> None:
    close = ask(shipped, "Tests that hit the database: which is better?").guidance
    apart = ask(shipped, "Which of both is flexible and secure?").guidance
    assert (close.verdict, close.confidence) == ("lean", "low")
    assert apart.verdict == "either"


def test_what_a_rival_brings_and_nobody_needs_is_told_as_that(asking: Asking) -> None:
    guidance = asking("tea or coffee? I don't need the caffeine").guidance
    assert guidance.option == "tea"
    assert guidance.reasons[0].text.startswith(
        "Keeping awake: what Coffee brings there is not needed: “"
    )


SETTINGS = """
[criteria.fine]
label = "fine work"
words = ["fine work"]
settings = ["carpenter"]
[criteria.speed]
label = "speed"
words = ["speed"]
hints = ["hurry"]
"""


@pytest.mark.parametrize(
    ("question", "importance"),
    [
        ("saw or axe for a carpenter?", {"fine": 1.0}),
        ("saw or axe for a carpenter in a hurry?", {"speed": 1.0}),
    ],
)
def test_a_setting_counts_as_long_as_nothing_else_is_named(
    question: str, importance: dict[str, float]
) -> None:
    spotted = spot(question, tools_topic(SETTINGS), tuple(atoms(question)))
    assert needs(spotted) == importance


ROPES = tools_topic(
    """
[criteria.motor]
label = "a motor"
words = ["motor", "motors"]
opposites = ["by hand", "muscle"]
"""
)


@pytest.mark.parametrize(
    ("question", "importance"),
    [
        ("which one, if I work by hand?", -1.0),
        ("I hate work by hand", 1.0),
        ("I don't want to do it by hand", 1.0),
        ("which one spares me work by hand?", 1.0),
        ("muscle drives me mad", 1.0),
        ("we want muscle, no motor", -1.0),
    ],
)
def test_who_wants_the_opposite_does_without_a_criterion(question: str, importance: float) -> None:
    assert needs(spot(question, ROPES, tuple(atoms(question)))) == {"motor": importance}


def test_what_there_is_already_is_no_wish_for_the_opposite() -> None:
    question = "our old muscle powered mill shall get a motor"
    assert needs(spot(question, ROPES, tuple(atoms(question)))) == {"motor": 1.0}


@pytest.mark.parametrize(
    ("question", "importance"),
    [
        ("none of us can work by hand", 1.0),
        ("we cannot work by hand", 1.0),
        ("nobody does the work by hand", 1.0),
        ("turning the work by hand into something else", 1.0),
        ("a motor is the last thing we need, and ropes come from Ireland", -1.0),
        ("a motor is not the problem", -1.0),
    ],
)
def test_who_cannot_do_something_does_not_want_it(question: str, importance: float) -> None:
    assert needs(spot(question, ROPES, tuple(atoms(question)))) == {"motor": importance}


@pytest.mark.parametrize(
    ("question", "importance"),
    [
        ("they need a motor", 3.0),
        ("they only need a motor", 1.0),
        ("it only has to have a motor", 3.0),
        ("all we need is a motor", 3.0),
        ("it has to sit on top of an existing motor", 0.25),
        ("it has to sit on top of a motor", 3.0),
    ],
)
def test_what_is_enough_or_there_already_is_no_must(question: str, importance: float) -> None:
    assert needs(spot(question, ROPES, tuple(atoms(question)))) == {"motor": importance}


def test_what_is_left_to_the_asker_is_not_wanted() -> None:
    question = "which one leaves the motor to me?"
    assert needs(spot(question, ROPES, tuple(atoms(question)))) == {"motor": -1.0}


LISTED = tools_topic(
    """
[criteria.motor]
label = "a motor"
words = ["motor"]
[criteria.stand]
label = "a stand"
words = ["stand"]
[criteria.case]
label = "a case"
words = ["case"]
[criteria.ease]
label = "ease"
words = ["ease"]
hints = ["harder"]
[conditions.wood]
label = "wood"
[conditions.wood.values]
thick = ["thick"]
"""
)


@pytest.mark.parametrize(
    ("question", "importance"),
    [
        ("I don't need a motor, stand or a case.", {"motor": -1.0, "stand": -1.0, "case": -1.0}),
        ("without a motor, a case", {"motor": -1.0, "case": 1.0}),
        ("no motor, I want a stand or a case", {"motor": -1.0, "stand": 1.0, "case": 1.0}),
        ("we don't need a motor, a case must be there", {"motor": -1.0, "case": 3.0}),
        ("which one makes the stand harder?", {"stand": -1.0, "ease": -0.25}),
    ],
)
def test_a_list_is_denied_as_far_as_it_goes(question: str, importance: dict[str, float]) -> None:
    assert needs(spot(question, LISTED, tuple(atoms(question)))) == importance


def test_a_denial_ends_with_its_sentence() -> None:
    question = "The motor doesn't matter. Thick it is."
    assert spot(question, LISTED, tuple(atoms(question))).conditions == (("wood", "thick"),)


HINTS = tools_topic(
    """
[criteria.fine]
label = "fine work"
words = ["fine work"]
hints = ["veneer", "cut to measure", "thin boards"]
[criteria.speed]
label = "speed"
words = ["speed"]
hints = ["rush", "hardly any time"]
"""
)


@pytest.mark.parametrize(
    ("question", "importance"),
    [
        ("it is for veneer", {"fine": 1.0}),
        ("it is for veneer, in a rush", {"fine": 1.0, "speed": 1.0}),
        ("boards cut to measure, in a rush", {"fine": 1.0, "speed": 0.5}),
        ("boards cut to measure, with hardly any time", {"fine": 1.0, "speed": 1.0}),
        ("veneer, thin boards, in a rush, hardly any time", {"fine": 1.0, "speed": 1.0}),
    ],
)
def test_a_word_hints_at_less_than_a_phrase_beside_it(
    question: str, importance: dict[str, float]
) -> None:
    assert needs(spot(question, HINTS, tuple(atoms(question)))) == importance


@pytest.mark.parametrize(
    ("question", "importance"),
    [
        ("a motor is compulsory", 3.0),
        ("motors of every size are a must", 3.0),
        ("a motor comes first", 3.0),
        ("a motor, the rest is compulsory", 1.0),
        ("a motor would be handy", 0.5),
        ("a motor would be essential", 1.0),
        ("I would not mind a motor", 0.5),
    ],
)
def test_how_much_it_matters_may_stand_behind_it(question: str, importance: float) -> None:
    assert needs(spot(question, ROPES, tuple(atoms(question)))) == {"motor": importance}


@pytest.mark.parametrize(
    ("question", "importance"),
    [
        ("the muscle is to be cut up", 1.0),
        ("muscle that shall be split", 1.0),
        ("the muscle is to be kept", -1.0),
    ],
)
def test_what_is_to_be_taken_apart_is_not_wanted(question: str, importance: float) -> None:
    assert needs(spot(question, ROPES, tuple(atoms(question)))) == {"motor": importance}


BOTH = tools_topic(
    """
[criteria.both]
combined = true
label = "using both"
words = ["use both"]
hints = ["work together", "side by side"]
[criteria.speed]
label = "speed"
words = ["speed"]
"""
)


@pytest.mark.parametrize(
    ("question", "importance"),
    [
        ("our carpenters work together on one floor, and speed is what we want", {"speed": 1.0}),
        ("can saws and axes work together in one shop on the same day?", {"both": 1.0}),
        ("could one lay the two of them side by side in one shop, say?", {"both": 1.0}),
        ("and side by side?", {"both": 1.0}),
        ("we use both in our shop on the same day and every week", {"both": 1.0}),
    ],
)
def test_only_the_options_are_used_together(question: str, importance: dict[str, float]) -> None:
    assert needs(spot(question, BOTH, tuple(atoms(question)))) == importance
