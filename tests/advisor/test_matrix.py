"""The matrix of options and criteria: counted as kb.evidence counts, quoted as articles write."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.comparing import compare
from advisor.errors import ComparisonError
from advisor.matrix import Cell, Matrix, Quote, Row
from kb.corrections import decided_on
from kb.disagreements import conflicts
from kb.errors import EmptyKnowledgeBaseError
from kb.evidence import in_sense
from kb.extract.raw import Source
from kb.extract.source import read_file
from kb.ingest import add, create, prepare
from kb.revising import decide
from kb.store import Snapshot, Store, open_store
from kb.topic import Topic
from kb.topic_file import parse_topic

FOLDER = Path(__file__).parents[1] / "topics" / "databases"
DATABASES = parse_topic((FOLDER / "topic.toml").read_text(encoding="utf-8"), id="databases")
TOOLS = """
name = "Tools: saw, axe or knife"
[options.saw]
label = "Saw"
words = ["saw", "blade"]
[options.axe]
label = "Axe"
words = ["axe", "blade"]
[options.knife]
label = "Knife"
words = ["knife"]
[criteria.speed]
label = "speed"
words = ["speed", "fast", "slow"]
better = "lower"
[criteria.safety]
label = "safety"
words = ["safety", "safe"]
[criteria.weight]
label = "low weight"
words = ["weight", "heavy"]
[criteria.together]
label = "using two together"
combined = true
words = ["together", "use both"]
[conditions.skill]
label = "skill"
values = { beginner = ["beginners"], expert = ["experts"] }
"""
SHOP = """---
title: The shop
publisher: Saws & Sons
interest: {options: [saw], text: We sell saws.}
---
# The shop

## Safety

The saw is very safe. The axe is not safe. The knife is safe for beginners.

## Speed

The saw is fast. The saw is slow.

| Time | Saw | Axe |
|---|---|---|
| Speed of a cut | 3 seconds | 5 seconds |
"""
CABIN = """# The cabin

## Safety

The axe is very safe. The saw may be safe.

## Speed

The knife is fast. The knife is slow.

## Together

It is good to use both saw and axe together.
"""
CAMP = "# The camp\n\n## Safety\n\nThe saw is safe.\n"


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    path = tmp_path_factory.mktemp("databases") / "databases.db"
    sources = [read_file(file) for file in sorted((FOLDER / "articles").iterdir())]
    create(path, [(DATABASES, sources)])
    with closing(open_store(path)) as store, store.read() as snapshot:
        yield snapshot


@pytest.fixture(scope="module")
def everything(databases: Snapshot) -> Matrix:
    return compare(databases, DATABASES)


@pytest.fixture
def tools(tmp_path: Path) -> Iterator[Store]:
    named = {"shop.md": SHOP, "cabin.md": CABIN, "camp.md": CAMP}
    sources = [Source(name, text.encode()) for name, text in named.items()]
    path = tmp_path / "tools.db"
    create(path, [(parse_topic(TOOLS, id="tools"), sources)])
    with closing(open_store(path)) as store:
        yield store


def compared(store: Store, *criteria: str, options: Sequence[str] = ()) -> Matrix:
    with store.read() as snapshot:
        return compare(snapshot, snapshot.topic("tools"), options=options, criteria=criteria)


def cells(row: Row) -> dict[str, Cell]:
    return {cell.options[0]: cell for cell in row.cells}


def every_cell(matrix: Matrix) -> Iterator[tuple[Row, Cell]]:
    for row in matrix.criteria:
        yield from ((row, cell) for cell in (*row.cells, *row.together))


def quotes(cell: Cell) -> Iterator[tuple[str, Quote]]:
    """Yield every quote of a cell with the id of its article."""
    yield from ((voice.article.id, quote) for voice in cell.voices for quote in voice.quotes)
    yield from ((figure.article.id, figure.quote) for figure in cell.figures)
    for found in cell.disagreements:
        yield from ((side.article.id, side.quote) for side in found.sides)


# What is compared


def test_three_options_stand_side_by_side(everything: Matrix) -> None:
    assert [option.label for option in everything.options] == ["PostgreSQL", "MySQL", "SQLite"]
    assert everything.articles == 6
    for row in everything.criteria:
        assert [cell.options for cell in row.cells] == [("postgresql",), ("mysql",), ("sqlite",)]


def test_without_names_it_is_what_articles_speak_of_in_the_order_of_the_topic(
    databases: Snapshot, everything: Matrix
) -> None:
    spoken = {claim.criterion for claim in databases.evidence("databases").claims}
    known = [each.id for each in DATABASES.criteria]
    assert [row.id for row in everything.criteria] == [id for id in known if id in spoken]


def test_what_is_named_comes_in_the_order_of_the_names_and_once(databases: Snapshot) -> None:
    matrix = compare(
        databases, DATABASES, options=["MySQL", "postgres", "mysql"], criteria=["jsonb", "setup"]
    )
    assert [option.id for option in matrix.options] == ["mysql", "postgresql"]
    assert [row.id for row in matrix.criteria] == ["json", "setup"]


def test_what_nobody_speaks_of_is_not_covered_and_shown_when_it_is_named(tools: Store) -> None:
    assert "weight" not in [row.id for row in compared(tools).criteria]
    (row,) = compared(tools, "weight").criteria
    for cell in row.cells:
        assert (cell.summary, cell.agreement, cell.articles) == ("not covered", None, 0)
        assert not (cell.voices or cell.figures or cell.disagreements)


@pytest.mark.parametrize(
    ("options", "criteria", "message", "remedy"),
    [
        (["hammer"], [], "no such option", "saw (Saw), axe (Axe), knife (Knife)"),
        (["knive"], [], "Did you mean knife?", "saw (Saw)"),
        ([], ["saftey"], "no such criterion in this topic. Did you mean safety?", "weight (low"),
        (["blade"], [], "more than one option", "saw, axe"),
        (["saw axe"], [], "no such option", "by id, label"),
        (["x" * 5000], [], "no such option", "by id, label"),
        (["\u202e\x00"], [], "no such option", "by id, label"),
    ],
)
def test_an_unknown_name_gets_the_list(
    tools: Store, options: list[str], criteria: list[str], message: str, remedy: str
) -> None:
    with pytest.raises(ComparisonError) as caught:
        compared(tools, *criteria, options=options)
    assert message in caught.value.message
    assert remedy in caught.value.remedy
    assert not any(name in caught.value.message for name in [*options, *criteria])


def test_there_is_nothing_to_compare_without_articles(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    create(path, [(parse_topic(TOOLS, id="tools"), [])])
    with closing(open_store(path)) as store, pytest.raises(EmptyKnowledgeBaseError):
        compared(store)


# What is counted


def test_every_voice_is_the_one_that_evidence_counts(
    databases: Snapshot, everything: Matrix
) -> None:
    heard = databases.evidence("databases").heard
    told = {}
    for row in everything.criteria:
        subject = in_sense(row.id, row.sense or "")
        for cell in row.cells:
            balances = heard.of(cell.options[0], subject)
            told[cell.options[0], subject] = balances
            assert {voice.article.id for voice in cell.voices} == set(balances)
            for voice in cell.voices:
                sign = {"for": 1, "against": -1}.get(voice.side, 0)
                assert balances[voice.article.id] * sign > 0 or balances[voice.article.id] == sign
    counted = {key for key in heard.table if "=" not in key[1]}
    assert counted == {key for key, balances in told.items() if balances}


CHOSEN_OPTIONS = st.lists(st.sampled_from(DATABASES.option_ids), unique=True)
CHOSEN_CRITERIA = st.lists(st.sampled_from([each.id for each in DATABASES.criteria]), max_size=4)


@settings(max_examples=40, deadline=None)
@given(options=CHOSEN_OPTIONS, criteria=CHOSEN_CRITERIA)
def test_every_claim_that_is_counted_appears(
    databases: Snapshot, options: list[str], criteria: list[str]
) -> None:
    matrix = compare(databases, DATABASES, options=options, criteria=criteria)
    columns = {option.id for option in matrix.options}
    rows = criteria or [each.id for each in DATABASES.criteria]
    claims = Counter(
        (claim.about, in_sense(claim.criterion, claim.sense), claim.article)
        for claim in databases.evidence("databases").claims
        if claim.criterion in rows and columns.issuperset(claim.about)
    )
    told = {
        (cell.options, in_sense(row.id, row.sense or ""), voice.article.id): voice.statements
        for row, cell in every_cell(matrix)
        for voice in cell.voices
    }
    assert told == dict(claims)


def test_the_four_counts_add_up_to_the_articles_that_speak(everything: Matrix) -> None:
    for _, cell in every_cell(everything):
        sides = Counter(voice.side for voice in cell.voices)
        counts = {
            "for": cell.articles_for,
            "against": cell.articles_against,
            "both sides": cell.both_sides,
            "no difference": cell.no_difference,
        }
        assert sum(counts.values()) == cell.articles == len(cell.voices)
        assert {side: number for side, number in counts.items() if number} == dict(sides)


def test_agreement_is_how_many_of_those_that_speak_are_for_it(tools: Store) -> None:
    (row,) = compared(tools, "safety").criteria
    saw, axe, knife = (cells(row)[id] for id in ("saw", "axe", "knife"))
    assert (saw.summary, saw.agreement) == ("for", "3 of 3 articles")
    assert (axe.summary, axe.agreement) == ("mixed", "1 of 2 articles")
    assert (knife.summary, knife.agreement) == ("for", "1 of 1 article")


def test_an_article_that_says_both_is_on_both_sides_with_a_quote_for_each(tools: Store) -> None:
    (row,) = compared(tools, "speed").criteria
    knife, saw = cells(row)["knife"], cells(row)["saw"]
    assert (knife.summary, knife.agreement, knife.both_sides) == ("mixed", "0 of 1 article", 1)
    assert [quote.text for voice in knife.voices for quote in voice.quotes] == [
        "The knife is fast.",
        "The knife is slow.",
    ]
    assert (saw.summary, saw.articles_for) == ("for", 1), "it says more for it than against it"
    for cell in (knife, saw):
        assert [found.between for found in cell.disagreements] == ["one article"]


def test_a_re_posted_article_has_no_voice_of_its_own(tools: Store) -> None:
    before = compared(tools)
    with tools.read() as snapshot:
        topic = snapshot.topic("tools")
    add(tools, prepare(Source("zz-copy.md", SHOP.encode()), topic))
    after = compared(tools)
    assert after.criteria == before.criteria
    assert after.articles == before.articles + 1


def test_a_rejected_claim_is_not_counted(tools: Store) -> None:
    (row,) = compared(tools, "safety").criteria
    assert cells(row)["saw"].articles == 3
    with tools.read() as snapshot:
        (claim,) = (
            claim
            for claim in snapshot.claims("tools")
            if claim.article == "camp" and claim.criterion == "safety"
        )
    decide(tools, "camp", [decided_on(claim, "reject")])
    (row,) = compared(tools, "safety").criteria
    assert cells(row)["saw"].articles == 2
    assert "camp" not in {voice.article.id for voice in cells(row)["saw"].voices}


def test_a_combination_is_nobodys_own(tools: Store) -> None:
    (row,) = compared(tools, "together").criteria
    assert {cell.summary for cell in row.cells} == {"not covered"}
    (both,) = row.together
    assert (both.options, both.label) == (("saw", "axe", "knife"), "Saw, Axe and Knife together")
    assert (both.summary, both.agreement) == ("for", "1 of 1 article")


def test_a_combination_with_an_option_that_is_left_out_is_left_out(tools: Store) -> None:
    (row,) = compared(tools, "together", options=["saw", "knife"]).criteria
    assert row.together == ()


# What is quoted


def test_every_quote_stands_in_its_article(databases: Snapshot, everything: Matrix) -> None:
    texts = {article.id: article.text for article in databases.articles("databases")}
    passages = {p.id: p for id in texts for p in databases.passages(id)}
    seen = 0
    for _, cell in every_cell(everything):
        for article, quote in quotes(cell):
            assert texts[article][quote.start : quote.end] == quote.text
            passage = passages[quote.passage]
            assert passage.article == article
            assert passage.start <= quote.start < quote.end <= passage.end
            place = f"from={quote.start}&to={quote.end}#{quote.passage}"
            assert quote.link == f"/articles/{article}?{place}"
            seen += 1
    assert seen > 100


def test_each_article_is_quoted_once_and_for_the_side_it_is_on(everything: Matrix) -> None:
    stances = {
        "for": ["for"],
        "against": ["against"],
        "both sides": ["for", "against"],
        "no difference": ["even"],
    }
    for _, cell in every_cell(everything):
        articles = [voice.article.id for voice in cell.voices]
        assert len(articles) == len(set(articles))
        for voice in cell.voices:
            assert [quote.stance for quote in voice.quotes] == stances[voice.side]


def test_scope_hedging_and_interest_are_told(tools: Store) -> None:
    (row,) = compared(tools, "safety").criteria
    by_article = {voice.article.id: voice for voice in cells(row)["saw"].voices}
    assert by_article["cabin"].quotes[0].hedged
    assert not by_article["camp"].quotes[0].hedged
    assert by_article["shop"].interest == "We sell saws."
    assert by_article["camp"].interest is None
    (knife,) = cells(row)["knife"].voices
    assert knife.interest is None, "nobody gains by praising a rival"
    assert (knife.quotes[0].scope, knife.quotes[0].holds_for) == (
        {"skill": "beginner"},
        "beginners",
    )
    blamed = next(v for v in cells(row)["axe"].voices if v.side == "against")
    assert blamed.interest == "We sell saws.", "blaming a rival helps what is sold"


def test_every_disagreement_on_a_cell_is_flagged(databases: Snapshot, everything: Matrix) -> None:
    found = conflicts(databases.evidence("databases").claims)
    expected = Counter(
        (about, each.subject, each.between, each.strength, each.first.quote, each.second.quote)
        for each in found
        if each.criterion
        for about in {each.first.about, each.second.about}
    )
    told = Counter(
        (
            cell.options,
            in_sense(row.id, row.sense or ""),
            each.between,
            each.strength,
            each.sides[0].quote.text,
            each.sides[1].quote.text,
        )
        for row, cell in every_cell(everything)
        for each in cell.disagreements
    )
    assert told == expected
    assert {each[2] for each in told} == {"articles", "one article"}


# Figures


def test_a_figure_has_its_own_words_its_unit_and_what_it_measures(tools: Store) -> None:
    (row,) = compared(tools, "speed").criteria
    (saw,), (axe,) = cells(row)["saw"].figures, cells(row)["axe"].figures
    assert (saw.value, saw.unit, saw.written) == (3.0, "second", "3 seconds")
    assert (axe.value, axe.unit, axe.written) == (5.0, "second", "5 seconds")
    assert saw.group == axe.group
    assert saw.measure == axe.measure == "Speed of a cut"
    assert saw.note == "one article, no method given"
    assert saw.article.publisher == "Saws & Sons"


@pytest.mark.parametrize(
    ("told", "note"),
    [
        ("We measured each of them a hundred times.", "one article"),
        ("Both cut.", "one article, no method given"),
    ],
)
def test_a_method_is_found_where_the_section_tells_one(tools: Store, told: str, note: str) -> None:
    with tools.read() as snapshot:
        topic = snapshot.topic("tools")
    text = SHOP.replace("| Time |", f"{told}\n\n| Time |")
    add(tools, prepare(Source("shop.md", text.encode()), topic))
    (row,) = compared(tools, "speed").criteria
    assert cells(row)["saw"].figures[0].note == note


# Always the same


@settings(max_examples=25, deadline=None)
@given(options=CHOSEN_OPTIONS, criteria=CHOSEN_CRITERIA)
def test_a_cell_does_not_depend_on_what_else_is_compared(
    databases: Snapshot, everything: Matrix, options: list[str], criteria: list[str]
) -> None:
    matrix = compare(databases, DATABASES, options=options, criteria=criteria)
    assert matrix == compare(databases, DATABASES, options=options, criteria=criteria)
    known = {(row.id, row.sense, cell.options): cell for row, cell in every_cell(everything)}
    for row, cell in every_cell(matrix):
        if cell.summary != "not covered":
            assert cell == known[row.id, row.sense, cell.options]


def test_the_topic_is_read_for_its_words(databases: Snapshot) -> None:
    topic: Topic = databases.topic("databases")
    for option in topic.options:
        for word in (option.id, option.label, *option.words):
            (column,) = compare(databases, topic, options=[word], criteria=["json"]).options
            assert column.id == option.id
