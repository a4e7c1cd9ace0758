"""Markdown -> blocks: plain text without marks, offsets exact, front matter strict."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import UnreadableInputError
from kb.extract.markdown import read_markdown
from kb.model import Document, Interest

ARTICLE = """\
---
title: "Tea or coffee?"
publisher: Brew Weekly
author: Ann Lee
published: 2024-05-01
url: https://brew.example/tea
interest:
  options: [tea]
  text: Brew Weekly sells tea.
---

# Tea or coffee?

Both are **hot** drinks, see [the list](https://x.example) and `water.boil()`
over two lines.

## Tea

- Calms:
  - in the evening
  - on trains
- Cheap

| Aspect | Tea | Coffee |
|---|---|---|
| Price | *low* | high |
| Taste | mild | |

```python
# not a heading
boil(water)
```

## Coffee ##

1. Grind
2. Pour

   and wait.
"""


def quotes(document: Document, kind: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == kind]


def test_marks_are_gone_and_every_block_points_at_its_text():
    document = read_markdown(ARTICLE)
    assert quotes(document, "heading") == ["Tea or coffee?", "Tea", "Coffee"]
    assert quotes(document, "paragraph") == [
        "Both are hot drinks, see the list and water.boil() over two lines."
    ]
    assert quotes(document, "item") == [
        "Calms:", "in the evening", "on trains", "Cheap", "Grind", "Pour\nand wait.",
    ]  # fmt: skip
    assert quotes(document, "code") == ["# not a heading\nboil(water)"]
    assert not set("*`#[]") & set(document.text.replace("# not", "not"))


def test_items_keep_their_depth_and_lists_their_number():
    items = [(b.level, b.group) for b in read_markdown(ARTICLE).blocks if b.kind == "item"]
    assert items == [(0, 1), (1, 1), (1, 1), (0, 1), (0, 3), (0, 3)]


def test_a_row_is_one_line_with_its_cells_and_columns():
    document = read_markdown(ARTICLE)
    price, taste = (block for block in document.blocks if block.kind == "row")
    assert document.text[price.start : price.end] == "Price | low | high"
    assert [document.text[c.start : c.end] for c in price.cells] == ["Price", "low", "high"]
    assert [document.text[c.start : c.end] for c in taste.cells] == ["Taste", "mild", ""]
    assert price.columns == ("Aspect", "Tea", "Coffee")


def test_front_matter_becomes_metadata():
    found = read_markdown(ARTICLE).metadata
    assert (found.title, found.publisher, found.author) == (
        "Tea or coffee?",
        "Brew Weekly",
        "Ann Lee",
    )
    assert (found.published, found.url) == ("2024-05-01", "https://brew.example/tea")
    assert found.interest == Interest(("tea",), "Brew Weekly sells tea.")


def test_tags_of_a_site_generator_are_no_text():
    document = read_markdown(
        "---\nlayout: post\n---\n{% include toc.html %}\nTea is [hot]({{ site.url }}/tea).\n\n"
        "{% highlight python %}\nprint(1)\n{% endhighlight %}\n"
    )
    assert [(b.kind, document.text[b.start : b.end]) for b in document.blocks] == [
        ("paragraph", "Tea is hot."), ("code", "print(1)")
    ]  # fmt: skip


def test_pros_and_cons_stand_below_the_heading_that_owns_them():
    document = read_markdown(
        "# Drinks\n\n## Tea\n\n## Pros:\n\n- cheap\n\n## Cons:\n\n- hot\n\n"
        "## Coffee\n\n## Pros\n\n- strong"
    )
    headings = [b for b in document.blocks if b.kind == "heading"]
    assert [(document.text[b.start : b.end], b.level) for b in headings] == [
        ("Drinks", 1), ("Tea", 2), ("Pros:", 3), ("Cons:", 3), ("Coffee", 2), ("Pros", 3)
    ]  # fmt: skip


def test_front_matter_of_a_site_generator_is_understood():
    head = "layout: post\ntitle: Tea\ntags: [hot, wet]\ndate: 2024-03-26 10:00:00 +0100\ntime: 5\n"
    document = read_markdown(f"---\n{head}---\n\nTea is hot.")
    assert (document.metadata.title, document.metadata.published) == ("Tea", "2024-03-26")
    assert document.text == "Tea is hot."


def test_without_front_matter_the_first_heading_is_the_title():
    document = read_markdown("# Tea\n\nIt is hot.\n\n# Coffee\n\nSo is this.")
    assert document.metadata.title == "Tea"
    assert [b.level for b in document.blocks if b.kind == "heading"] == [1, 2]


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("title: Tea\npubliser: Us", r'a key "publiser" that looks like "publisher" \(line 3\)'),
        ("title: [Tea]", r'"title" must be text \(line 2\)'),
        ("title: 5", '"title" must be text'),
        ("title: Tea\ntitle: Coffee", "twice"),
        ("published: soon", '"published" must be a date'),
        ("published: true", '"published" must be a date'),
        ("published: 2024-13-45", "not valid YAML"),
        ("url: javascript:alert(1)", '"url" must be a web address'),
        ("interest: tea", '"interest" must have'),
        ("interest: {options: tea, text: x}", '"interest" must list'),
        ("interest: {options: [tea], words: x}", '"interest" must have'),
        ("title: &a Tea\nauthor: *a", "anchor"),
        ("title: !!python/object:os.system x", "tag"),
        ("title: " + "[" * 5000, "nested too deeply"),
        ("title: {", "not valid YAML"),
        ("published: " + "9" * 5000, "YAML"),
        ("title: " + "x" * 20_000, "characters"),
    ],
)
def test_faulty_front_matter_is_named_with_a_remedy(head, words):
    with pytest.raises(UnreadableInputError, match=words) as caught:
        read_markdown(f"---\n{head}\n---\n\nIt is hot.")
    assert caught.value.remedy


@pytest.mark.parametrize("text", ["---\n\nIt is hot.\n\n---\n\nAnd wet.", "---\nno end"])
def test_a_rule_at_the_top_is_no_front_matter(text):
    assert read_markdown(text).metadata.title == ""


def test_years_and_months_are_dates_too():
    assert read_markdown("---\npublished: 2024\n---\nx").metadata.published == "2024"
    assert read_markdown('---\npublished: "2024-03"\n---\nx').metadata.published == "2024-03"


def test_a_bold_line_alone_is_a_heading():
    document = read_markdown("## Tea\n\n**Strong points**\n\n- Calms\n\n**It** is hot.")
    assert quotes(document, "heading") == ["Tea", "Strong points"]


def test_short_furniture_lines_are_set_aside():
    document = read_markdown("# Tea\n\nIt is hot and wet.\n\nSubscribe to our newsletter\n")
    assert quotes(document, "aside") == ["Subscribe to our newsletter"]


def check(document: Document) -> None:
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        assert all(block.start <= c.start <= c.end <= block.end for c in block.cells)
        end = block.end


MARKS = st.sampled_from(
    ["# a", "a", "- b", "  - c", "1. d", "> e", "```", "| a | b |", "|---|---|", "| c | d |", "",
     "---", "title: x", "**b**", "[a](b)", "![a](b)", "<b>c</b>", "&#8238;x", "    code", "a\\",
     "***"]
)  # fmt: skip


@given(st.lists(MARKS))
@settings(max_examples=300)
def test_any_markdown_gives_ordered_disjoint_blocks(lines):
    try:
        check(read_markdown("\n".join(lines)))
    except UnreadableInputError as error:
        assert error.remedy


@pytest.mark.parametrize(
    "sign",
    ["#", "*", "_", "`", "[", "]", "![", "<", "<a ", ">", "> ", "- ", "1. ", "|", "| a ", "|-|\n",
     "a|b\n-|-\n", "**a", "[a](", "[a]: b\n", "```\n", "<!--", "\\", "&amp;", "&#0;", "a\n", "~"],
)  # fmt: skip
def test_a_hundred_thousand_repeated_characters_end(sign):
    check(read_markdown(sign * (100_000 // len(sign))))


def test_lists_and_quotes_a_thousand_deep_end():
    check(read_markdown("\n".join("  " * depth + "- x" for depth in range(1000))))
    check(read_markdown("> " * 1000 + "x"))
