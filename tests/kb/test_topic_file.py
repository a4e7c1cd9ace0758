"""The topic file: what it may say, and the sentence for each kind of mistake."""

from math import inf

import pytest

from kb.errors import TopicError
from kb.topic import Mention, Topic
from kb.topic_file import parse_topic
from kb.words import atoms

GOOD = """\
name = "Drinks"

[options.tea]
label = "Tea"
words = ["tea"]

[options.coffee]  # the other one
label = "Coffee"
words = ["coffee"]

[criteria.price]
label = "price"
words = ["price"]

[conditions.budget]
label = "budget"
values = { small = ["small budget"], large = ["large budget"] }
numeric = { unit = ["euro"], small = "<=2", large = ">=5" }

[outside]
words = ["cocoa"]

[[rules]]
id = "thrift"
when = { criteria = ["price"], conditions = { budget = "small" } }
favours = "tea"
because = "Tea costs little."

[[rules]]
id = "luxury"
when = { criteria = ["price"], unless = ["budget=small"] }
favours = "coffee"
because = "Why not."
"""


def mistake(old: str, new: str) -> TopicError:
    """Return what is said of the good file with `old` replaced."""
    assert GOOD.count(old) >= 1
    with pytest.raises(TopicError) as caught:
        parse_topic(GOOD.replace(old, new, 1), id="drinks", file="drinks.toml")
    assert caught.value.message.startswith("drinks.toml")
    assert caught.value.remedy
    return caught.value


# What a file says


def test_a_good_file_is_a_topic_that_keeps_its_text() -> None:
    topic = parse_topic(GOOD, id="drinks")
    assert topic.text == GOOD
    assert topic.option_ids == ("tea", "coffee")
    assert [rule.id for rule in topic.rules] == ["thrift", "luxury"]
    assert topic.rules[1].unless == ("budget=small",)


@pytest.mark.parametrize(
    ("phrase", "mention"),
    [
        ("green teas", Mention("option", "tea")),
        ("cheaper", Mention("criterion", "price")),
        ("dental health", Mention("criterion", "health")),
        ("before bed", Mention("condition", "time_of_day", "evening")),
        ("club mate", Mention("outside", "Club-Mate")),
        ("student", Mention("criterion", "price")),
    ],
)
def test_every_word_of_a_topic_stands_for_something(
    topic: Topic, phrase: str, mention: Mention
) -> None:
    assert [found.meaning for found in topic.phrases.find(atoms(phrase))] == [mention]


def test_a_hint_is_read_in_questions_and_not_in_articles(topic: Topic) -> None:
    assert topic.phrases.find(atoms("student"))
    assert not topic.statement_phrases.find(atoms("student"))


@pytest.mark.parametrize(
    ("number", "value"), [(0, "small"), (2, "small"), (3, None), (5, "large"), (1e9, "large")]
)
def test_a_number_stands_for_the_value_whose_range_it_is_in(
    topic: Topic, number: float, value: str | None
) -> None:
    assert topic.condition("budget").value_of(number) == value


@pytest.mark.parametrize(
    ("band", "low", "high"),
    [("<=2", 0, 2), ("<= 2.5", 0, 2.5), (">=5", 5, inf), ("6-9", 6, 9), ("6 - 9.5", 6, 9.5)],
)
def test_a_range_is_inclusive_at_both_ends(band: str, low: float, high: float) -> None:
    topic = parse_topic(GOOD.replace('"<=2"', f'"{band}"'), id="drinks")
    found = topic.condition("budget").ranges[0]
    assert (found.value, found.low, found.high) == ("small", low, high)


def test_a_unit_may_be_a_fraction_of_another(topic: Topic) -> None:
    assert dict(topic.condition("budget").units) == {"euro": 1, "euros": 1, "cents": 0.01}


# What can be wrong with it


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "proposed"),
    [
        ('label = "Coffee"', 'lable = "Coffee"', 8, "lable", "label"),
        ("[outside]\nwords", "[outside]\nwrods", 21, "wrods", "words"),
        ("[outside]", "[outsid]", 20, "outsid", "outside"),
        ("favours", "favors", 26, "favors", "favours"),
        ('because = "Why', 'becuase = "Why', 33, "becuase", "because"),
        ("unless = [", "unles = [", 31, "unles", "unless"),
        ("numeric", "numerics", 18, "numerics", "numeric"),
    ],
)
def test_a_misspelt_key_is_named_with_its_line_and_the_right_one(
    old: str, new: str, line: int, key: str, proposed: str
) -> None:
    error = mistake(old, new)
    assert f"line {line}, " in error.message
    assert f'unknown key "{key}"' in error.message
    assert error.remedy == f'Did you mean "{proposed}"?'


def test_a_key_that_resembles_none_is_to_be_removed() -> None:
    assert "Remove the key" in mistake('label = "Tea"', 'label = "Tea"\nx = 1').remedy


@pytest.mark.parametrize(
    ("old", "line", "place"),
    [
        ('name = "Drinks"\n', 1, "name"),
        ('label = "Tea"\n', 3, "options.tea.label"),
        ('words = ["coffee"]\n', 7, "options.coffee.words"),
        ('favours = "tea"\n', 23, "rules.0.favours"),
        ('because = "Why not."\n', 29, "rules.1.because"),
    ],
)
def test_a_missing_key_is_named_with_the_line_of_its_own_table(
    old: str, line: int, place: str
) -> None:
    error = mistake(old, "")
    assert error.message == f"drinks.toml, line {line}, {place}: the key is missing."
    assert error.remedy.startswith("Add it")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('words = ["tea"]', 'words = "tea"', "line 5, options.tea.words"),
        ('words = ["tea"]', "words = []", "line 5, options.tea.words"),
        ('words = ["tea"]', 'words = ["", "tea"]', "line 5, options.tea.words.0"),
        ('label = "price"', "label = 7", "line 12, criteria.price.label"),
        ('favours = "coffee"', 'favours = "coffee"\nweight = 4', "line 33, rules.1.weight"),
        ('favours = "coffee"', 'favours = "coffee"\nweight = "2"', "line 33, rules.1.weight"),
        ('id = "luxury"', 'id = "Luxury!"', "line 30, rules.1.id"),
        ('label = "price"', 'label = "price"\nbetter = "up"', "line 13, criteria.price.better"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(old: str, new: str, place: str) -> None:
    assert mistake(old, new).message.startswith(f"drinks.toml, {place}: ")


@pytest.mark.parametrize(
    ("old", "new", "message", "remedy"),
    [
        ('favours = "tea"', 'favours = "tae"', 'rule thrift: no option "tae"', "tea"),
        ('criteria = ["price"], unless', 'criteria = ["prize"], unless',
         'rule luxury: no criterion "prize"', "price"),
        ("budget = \"small\"", 'budgt = "small"', 'rule thrift: no condition "budgt"', "budget"),
        ("budget = \"small\"", 'budget = "smal"', 'thrift, budget: no value "smal"', "small"),
        ('"budget=small"', '"budget=smal"', 'luxury, budget: no value "smal"', "small"),
        ('"budget=small"', '"prices"', 'rule luxury: no criterion "prices"', "price"),
        ('large = ">=5"', 'larg = ">=5"', 'conditions.budget.numeric: no value "larg"', "large"),
        ('numeric =', 'implies = { small = ["prise"] }\nnumeric =',
         'conditions.budget.implies.small: no criterion "prise"', "price"),
    ],
)  # fmt: skip
def test_a_name_that_is_not_defined_is_named_with_the_nearest_one(
    old: str, new: str, message: str, remedy: str
) -> None:
    error = mistake(old, new)
    assert message in error.message
    assert error.remedy == f'Did you mean "{remedy}"?'


def test_a_name_that_resembles_none_is_no_misspelt_one() -> None:
    error = mistake('favours = "tea"', 'favours = "ale"')
    assert error.message == 'drinks.toml, rule thrift: no option "ale".'
    assert error.remedy == "Define the option or remove it here."


@pytest.mark.parametrize("band", ["2", "<2", "two", "5-", "-5", "2-5-9", "", "<=", "1e3"])
def test_a_range_that_is_none_is_refused(band: str) -> None:
    error = mistake('"<=2"', f'"{band}"')
    assert error.message == "drinks.toml, conditions.budget.numeric.small: not a range of numbers."
    assert '"6-9"' in error.remedy


def test_a_range_that_holds_no_number_is_refused() -> None:
    assert mistake('"<=2"', '"9-6"').remedy == 'Write the smaller one first: "6-9".'


def test_ranges_without_a_unit_are_refused() -> None:
    assert "the ranges have no unit" in mistake('unit = ["euro"], ', "").message


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[options.coffee]", "[options.Coffee]", '"Coffee" is not a good id'),
        ('id = "luxury"', 'id = "thrift"', 'two rules are called "thrift"'),
        ('{ criteria = ["price"], unless = ["budget=small"] }', "{}",
         "rule luxury: it has no criterion and no condition"),
    ],
)  # fmt: skip
def test_a_contradiction_in_the_file_is_refused(old: str, new: str, message: str) -> None:
    assert message in mistake(old, new).message


def test_a_criterion_may_be_part_of_another_one() -> None:
    part = 'part_of = "price"\n\n[criteria.price]'
    topic = parse_topic(
        GOOD.replace(
            "[criteria.price]", f'[criteria.refill]\nlabel = "refills"\nwords = ["refill"]\n{part}'
        ),
        id="drinks",
    )
    assert topic.wholes == {"refill": "price"}


def test_a_criterion_cannot_be_part_of_itself_or_of_nothing() -> None:
    own = mistake("[criteria.price]", '[criteria.price]\npart_of = "price"')
    assert own.message == "drinks.toml, criteria.price.part_of: it is part of itself."
    other = mistake("[criteria.price]", '[criteria.price]\npart_of = "prise"')
    assert (other.message, other.remedy) == (
        'drinks.toml, criteria.price.part_of: no criterion "prise".',
        'Did you mean "price"?',
    )


def test_a_criterion_and_a_condition_cannot_share_an_id() -> None:
    text = GOOD.replace('["price"]', '["budget"]').replace("[criteria.price]", "[criteria.budget]")
    with pytest.raises(TopicError, match='"budget" is a criterion and a condition'):
        parse_topic(text, id="drinks")


def test_one_option_leaves_nothing_to_choose() -> None:
    assert "options" in mistake('[options.coffee]  # the other one\nlabel = "Coffee"\n'
                                'words = ["coffee"]\n', "").message  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["name = ", "name", "[options", "name = 1\nname = 2", "\x00", "a = " + "[" * 100_000,
     "a = " + "9" * 10_000],
    ids=["no value", "no equals sign", "no bracket", "twice", "NUL", "nested", "long number"],
)  # fmt: skip
def test_what_is_no_toml_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(TopicError, match="^drinks.toml is not valid TOML") as caught:
        parse_topic(text, id="drinks", file="drinks.toml")
    assert caught.value.remedy


def test_a_file_of_more_than_a_million_characters_is_refused() -> None:
    with pytest.raises(TopicError, match="1,000,000 characters"):
        parse_topic("#" * 1_000_001, id="drinks")
