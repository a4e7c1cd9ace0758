"""Decoding and cleaning: the text that is stored and quoted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import UnreadableInputError
from kb.extract.clean import MAX_MARKS, clean, decode


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        ("naïve “quote”".encode(), "", "naïve “quote”"),
        ("naïve “quote”".encode("cp1252"), "", "naïve “quote”"),
        ("naïve".encode("utf-8-sig"), "", "naïve"),
        ("naïve".encode("utf-16"), "", "naïve"),
        ("naïve".encode("utf-32"), "", "naïve"),
        ("naïve".encode("utf-16-le"), "utf-16-le", "naïve"),
        ("тест".encode("koi8-r"), "koi8-r", "тест"),
        ("naïve".encode(), "ascii", "naïve"),
        (b"", "", ""),
    ],
)
def test_text_is_decoded_by_mark_then_name_then_utf8_then_windows(data, encoding, text):
    assert decode(data, encoding=encoding) == text.strip("\ufeff")


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 zip \x00\x01",
        b"a\x00b",
        bytes(range(1, 9)) * 40,
        "plain text in wide letters".encode("utf-16-le"),
    ],
)
def test_binary_content_is_refused_with_a_remedy(data):
    with pytest.raises(UnreadableInputError) as caught:
        decode(data)
    assert "plain text" in caught.value.remedy


@pytest.mark.parametrize("encoding", ["utf-9", "zip", "a\0b", "ü", "x" * 500])
def test_an_unknown_encoding_is_named(encoding):
    with pytest.raises(UnreadableInputError, match="no text encoding"):
        decode(b"text", encoding=encoding)


def test_utf8_with_a_damaged_byte_is_not_read_as_another_encoding():
    damaged = "überall schöne Grüße, naïve Öfen".encode().replace(b"\xc3\x9f", b"\xc3")
    with pytest.raises(UnreadableInputError, match="damaged"):
        decode(damaged)


def test_what_nobody_sees_is_dropped_and_odd_spaces_become_spaces():
    hidden = "a\u200bb\u00adc\u202ed\u2066e\ufefff\x00\x07g\ud800h\U000e0041"
    assert clean(hidden) == "abcdefgh"
    assert clean("100\u00a0%\u2009done\u3000now") == "100 % done now"


def test_quotes_dashes_and_letters_stay_as_they_are():
    text = "“It’s a micro‑framework” – isn't it? ﬁne Ⅳ 中文 💚"
    assert clean(text) == text


def test_line_ends_are_alike_and_blank_runs_are_short():
    assert clean("a  \r\nb\rc\u2028d\x0ce") == "a\nb\nc\nd\ne"
    assert clean("\n\n  a\t\n\n\n\n\nb\n") == "  a\n\n\nb"


def test_runs_of_combining_marks_are_capped_even_with_hidden_characters_between():
    assert clean("e" + "\u0301" * 50) == "e" + "\u0301" * MAX_MARKS
    assert clean("e" + "\u0301\u200b" * 50) == "e" + "\u0301" * MAX_MARKS


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


@given(st.binary(), st.sampled_from(["", "utf-8", "latin-1", "utf-16", "nonsense"]))
def test_any_bytes_are_text_or_refused(data, encoding):
    try:
        text = decode(data, encoding=encoding)
    except UnreadableInputError as error:
        assert error.remedy
    else:
        clean(text).encode()


@pytest.mark.parametrize("sign", ["\u0301", "a\u0301", "\u200b", "\n", " ", "\r", "\x00", "中"])
def test_a_hundred_thousand_of_one_sign_are_cleaned(sign):
    assert len(clean(sign * 100_000)) <= 400_000
