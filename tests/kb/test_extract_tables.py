"""Tables of pasted text: every cell exact, every column known."""

from pathlib import Path

import pytest

from kb.extract.pasted.text import read_text

ARTICLES = Path(__file__).parent / "articles"


def rows(text: str, subjects: tuple[str, ...]) -> list[list[str]]:
    document = read_text(text, subjects)
    found = [block for block in document.blocks if block.kind == "row"]
    return [[document.text[cell.start : cell.end] for cell in block.cells] for block in found]


def columns(text: str, subjects: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {b.columns for b in read_text(text, subjects).blocks if b.kind == "row"}


def test_one_cell_per_line_is_rebuilt_and_ends_where_the_next_heading_stands():
    text = (ARTICLES / "bare_lines.txt").read_text()
    assert rows(text, ("redis", "memcached")) == [
        ["Value types", "Many", "Text and numbers only"],
        ["Threads", "One for commands", "As many as the machine has"],
        ["After a restart", "Data can come back", "Everything is gone"],
    ]
    assert columns(text, ("redis", "memcached")) == {("Aspect", "Redis", "Memcached")}


def test_glued_rows_are_cut_into_their_cells_and_the_columns_inferred():
    text = (ARTICLES / "glued_table.txt").read_text()
    assert rows(text, ("kafka", "rabbitmq")) == [
        ["Delivery", "Pushes messages to consumers.", "Consumers pull messages at their own pace."],
        ["Retention", "Until acknowledged", "For days or for ever"],
        ["Typical jobs", "– task queues\n– e-mail sending\n– complex routing",
         "– event streams\n– analytics\n– log shipping"],
        ["Ordering", "Per queue", "Per partition"],
        ["Throughput", "20 thousand a second", "1 million a second"],
    ]  # fmt: skip
    assert columns(text, ("kafka", "rabbitmq")) == {("", "RabbitMQ", "Kafka")}


def test_what_the_article_says_elsewhere_outweighs_the_order_in_the_title():
    text = (
        "Tea vs Coffee\n\nCoffee is bitter and roasted. Tea is mild and withered.\n\n"
        "Coffee keeps people awake all night. Tea calms them down.\n\n"
        "TasteBitter and roastedMild and withered\nEffectKeeps awakeCalms down\n"
        "HabitNight shiftsCalm evenings\n\nChoose as you like, it is only a drink."
    )
    assert columns(text, ("tea", "coffee")) == {("", "Coffee", "Tea")}


def test_a_glued_header_names_the_columns():
    glued = "AspectCoffeeTea\nTasteBitterMild\nPriceHighLow\nHeatHotHot"
    text = f"Tea or coffee\n\n{glued}\n\nThat is all."
    assert columns(text, ("tea", "coffee")) == {("Aspect", "Coffee", "Tea")}
    assert rows(text, ("tea", "coffee"))[0] == ["Taste", "Bitter", "Mild"]


def test_names_written_in_one_word_are_not_cut():
    text = (
        "MySQL vs SQLite\n\nMySQL is a server and SQLite is not. GitHub uses MySQL.\n\n"
        "ServerMySQL needs one.SQLite needs none.\nUsed atGitHub and othersPhones\n"
        "PriceFree of chargeFree of charge\n\nThat is all there is to say."
    )
    assert rows(text, ("mysql", "sqlite"))[:2] == [
        ["Server", "MySQL needs one.", "SQLite needs none."],
        ["Used at", "GitHub and others", "Phones"],
    ]


@pytest.mark.parametrize("separator", ["\t", " | ", "   "])
def test_rows_with_separators_are_tables(separator):
    table = [["Aspect", "Tea", "Coffee"], ["Price", "Low", "High"], ["Taste", "Mild", "Bitter"]]
    pasted = "\n".join(separator.join(row) for row in table)
    text = f"Drinks\n\nThis is how they compare, in short.\n\n{pasted}\n\nThat is all there is."
    assert rows(text, ("tea", "coffee")) == table[1:]
    assert columns(text, ("tea", "coffee")) == {("Aspect", "Tea", "Coffee")}


def test_an_empty_corner_and_empty_cells_keep_the_columns_in_place():
    text = "Drinks\n\n\tTea\tCoffee\nPrice\tLow\t\nTaste\t\tBitter\n\nThat is all there is."
    assert rows(text, ("tea", "coffee")) == [["Price", "Low", ""], ["Taste", "", "Bitter"]]


def test_pros_and_cons_side_by_side_are_rows_of_two():
    text = (ARTICLES / "two_columns.txt").read_text()
    assert rows(text, ("postgres", "sqlite")) == [
        ["Many writers at the same time", "One more server to look after"],
        ["Rich types such as arrays and JSON", "Upgrades between major versions take planning"],
        ["No server at all, the data is one file", "Only one writer at a time"],
        ["Starts in a millisecond", "No user accounts or permissions"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Drinks\n\nWe compare these:\n\nTea\n\nCoffee\n\nThe rest of the page says how, at length.",
        "Drinks\n\nTeaIs hot and wet.It is brown.\n\nAnother line stands here, quite alone.",
        "Drinks\n\na | b\n\nOne line with a bar is no table, it needs a second one.",
    ],
)
def test_what_only_resembles_a_table_is_none(text):
    assert rows(text, ("tea", "coffee")) == []


def test_lists_glued_to_their_label_are_shared_out_evenly_over_three_columns():
    text = (
        "Tea, coffee or water\n\nA table of tea, coffee and water, side by side.\n\n"
        "Good for– rest\n– sleep\n– work\n– haste\n– thirst\n– sport\n"
        "Bad for– haste\n– thirst\n– sleep\n– rest\n– parties\n– talk"
    )
    assert rows(text, ("tea", "coffee", "water"))[0] == [
        "Good for", "– rest\n– sleep", "– work\n– haste", "– thirst\n– sport",
    ]  # fmt: skip


def test_the_empty_corner_of_a_table_with_tabs_is_put_back():
    text = "Tea or coffee\n\nSee below.\n\nTea\tCoffee\nTaste\tMild\tBitter\nPrice\tLow\tHigh"
    assert columns(text, ("tea", "coffee")) == {("", "Tea", "Coffee")}
    assert rows(text, ("tea", "coffee")) == [["Taste", "Mild", "Bitter"], ["Price", "Low", "High"]]


def test_a_rule_may_stand_below_the_last_row():
    text = "Tea or coffee\n\nSee below.\n\nTaste | Mild | Bitter\nPrice | Low | High\n---|---|---"
    assert rows(text, ("tea", "coffee")) == [["Taste", "Mild", "Bitter"], ["Price", "Low", "High"]]


def test_a_line_with_hundreds_of_bars_is_no_row():
    wide = "a|" * 300
    assert rows(f"Tea or coffee\n\nSee below.\n\n{wide}\n{wide}", ("tea", "coffee")) == []


def test_figures_below_their_labels_are_rows_behind_a_blank_line_too():
    text = "Tea vs coffee\n\nBoth were rated by guests.\n\nTaste\n7.9\n8.1\nPrice\n9.0\n4.5\n\nEnd."
    assert rows(text, ("tea", "coffee")) == [["Taste", "7.9", "8.1"], ["Price", "9.0", "4.5"]]
    assert columns(text, ("tea", "coffee")) == {("", "Tea", "coffee")}


def test_a_table_of_one_cell_per_line_ends_at_a_text_as_long_as_no_cell():
    text = (
        "Tea or coffee\n\nSee below.\n\nAspect\nTea\nCoffee\nTaste\nMild\nBitter\n"
        "Price\nLow\nHigh\nWhat we think\nSince both of them cost next to nothing, we would buy "
        "what tastes best, and see how the guests like it after a week or two.\nMore"
    )
    assert [row[0] for row in rows(text, ("tea", "coffee"))] == ["Taste", "Price"]


def test_a_table_is_no_witness_for_the_columns_of_the_same_table():
    text = (
        "Tea vs Coffee\n\nCoffee is bitter and roasted. Tea is mild.\n\nWhy tea\n\n"
        "TasteBitter and roastedMild and withered\nEffectKeeps people awakeCalms everybody down\n"
        "HabitNight shifts of nursesQuiet evenings of writers"
    )
    assert columns(text, ("tea", "coffee")) == {("", "Coffee", "Tea")}


def test_blank_lines_may_part_the_rows_of_a_table_and_not_the_cells_of_some():
    cells = "Aspect\nTea\nCoffee\n\nTaste\nMild\nBitter\n\nPrice\nLow\nHigh\n\n"
    text = f"Tea or coffee\n\nSee below.\n\n{cells}Both\n\nAre hot\n\nAre wet"
    assert [row[0] for row in rows(text, ("tea", "coffee"))] == ["Taste", "Price"]


def test_a_table_of_contents_is_no_table():
    text = "Tea or coffee\n\nContents\nTea\nCoffee\nSugar\nTea pots\nMilk\n\nBoth are hot drinks."
    assert rows(text, ("tea", "coffee")) == []
