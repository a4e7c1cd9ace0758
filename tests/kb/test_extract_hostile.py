"""Text made to be slow to read: signs and lines repeated without end, lists nested deeply."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from kb.chunk import chunk
from kb.extract.pasted.text import read_text

DRINKS = ("tea", "coffee")
SIGNS = (
    "#", "a", "aA", "A ", "a.", "- ", "• ", "\t", "|", "| a ", "*", "1. ", "\u0301", "=", "(",
    "#a ", "aB– c", "from ", "\u200b", "([{", "a@", "<a>", "Ta: ", "Tea vs Coffee ", "-=", " a",
)  # fmt: skip
LINES = (
    "a\n", "A:\n", "A: b\n", "Tea\n", "Tea\nCoffee\n", "Why?\n", "– a\n", "Pros\nCons\n", "1.1 A\n",
    "x = 1\n", "2 years ago\n", "\n\nA", "0:01\n", "0:01\nA\n", "1:00 Tea\n", "Note\n", "Share\n",
    "Related posts\nA\n", "\n\n7\n\n", "Tea?\n", "A | b | c\n", "A  b\n", "A\tb\n",
    "Tea. But why?\n", "\n\n• A\n\nB c. D e f g h\n", "Size\n1\n2\n", "Pros\nCons\n\n", "a\nPros\n",
    "Tea\n\nCoffee\n\n", "| a | b |\n|---|---|\n", "aB1.Ce\n", "Share\nu/a\n\n", "Tea\n7\n8\n\n",
    "SizeSmallBig\nPriceLowHigh\nHeatHotCold\n\n", "Tea\n7\n8\nTea\n7\n8\n\nHot.\n", "Written by\n",
    "Teas\nPros\nCheap\nCons\nDear\n", "Jan 3, 2024\nJohn Smith\n", "```\n", "def f(:\n",
    "x – a\n– b\n",
    "Is tea hot?\nYes, it is hot, and wet.\n\n", "Why buy? You\nSign up\n\n", "1. Tea\n\n",
)  # fmt: skip


def check(text: str) -> None:
    document = read_text(text, DRINKS)
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        end = block.end


def work(text: str) -> int:
    """Return how many calls reading `text` takes, those of built-in functions included."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read_text(text, DRINKS)
    finally:
        sys.setprofile(before)
    return calls


def assert_linear(made: Callable[[int], str], length: int) -> None:
    read_text(made(8), DRINKS)  # word lists are loaded, once
    assert work(made(4 * length)) <= 5 * work(made(length))


@pytest.mark.parametrize("sign", SIGNS)
def test_a_hundred_thousand_repeated_characters_end(sign):
    check(sign * (100_000 // len(sign)))


@pytest.mark.parametrize("lines", LINES)
def test_tens_of_thousands_of_characters_in_short_lines_end(lines):
    check(lines * (30_000 // len(lines)))


@pytest.mark.parametrize("lines", LINES)
def test_four_times_as_many_lines_take_no_more_than_some_four_times_the_work(lines):
    assert_linear(lambda length: "Tea vs Coffee\n\n" + lines * (length // lines.count("\n")), 400)


@pytest.mark.parametrize(
    "made",
    [
        lambda length: "a b\n" * length + "x\nPros\n" * length,
        lambda length: "a" + "\tb" * length + "\n" + "a\tb\n" * length,
        lambda length: "a\n" * length + "\n" + "a\n" * length,
        lambda length: "\n".join(" " * (depth % 99) + "• x" for depth in range(length)),
        lambda length: "# a\n\n" * length + "Related posts\n" * length,
    ],
)
def test_lines_of_two_kinds_take_no_more_than_some_four_times_the_work(made):
    assert_linear(made, 200)


def test_a_hundred_thousand_lines_end():
    check("Tea vs Coffee\n\n" + "a\n" * 100_000)


@pytest.mark.parametrize("words", ["x", "tea is hot. ", "TeaIsHot", "– tea ", "a|b", "tea\t"])
def test_a_line_of_five_megabytes_ends(words):
    text = "Tea vs Coffee\n\n" + words * (5_000_000 // len(words)) + "\n\nSizeSmallBig\n\nThe end."
    document = read_text(text, DRINKS)
    assert chunk(document, article="a", subjects=DRINKS)


def test_lists_a_thousand_deep_end():
    check("\n".join(" " * depth + "• x" for depth in range(1000)))
