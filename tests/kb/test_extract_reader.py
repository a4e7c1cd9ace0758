"""Choosing the reader: by name, media type or content."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import UnreadableInputError
from kb.extract.reader import looks_like_markdown, read_document

MARKDOWN = b"## Tea\n\n- hot\n- **cheap**\n"
PASTED = "Tea vs Coffee\n\nBoth are hot – and wet.\n\n• Tea calms\n• Tea is cheap\n".encode(
    "cp1252", "replace"
)
PAGE = b"<!DOCTYPE html><html><body><article><h1>Tea</h1><p>" + b"Tea is hot and cheap. " * 20


@pytest.mark.parametrize(
    ("data", "name", "media_type", "heading"),
    [
        (MARKDOWN, "tea.md", "", "Tea"),
        (MARKDOWN, "TEA.MARKDOWN", "", "Tea"),
        (MARKDOWN, "tea", "text/markdown; charset=utf-8", "Tea"),
        (MARKDOWN, "-", "", "Tea"),
        (MARKDOWN, "tea.txt", "", "## Tea"),
        (MARKDOWN * 2 + b"\n" + MARKDOWN, "tea.txt", "", "Tea"),
        (PASTED, "tea.txt", "", "Tea vs Coffee"),
        (PASTED, "-", "text/plain", "Tea vs Coffee"),
        (PAGE, "tea.html", "", "Tea"),
        (PAGE, "tea", "text/html", "Tea"),
        (PAGE, "-", "", "Tea"),
    ],
)
def test_name_then_media_type_then_content_choose_the_reader(data, name, media_type, heading):
    document = read_document(data, name=name, media_type=media_type)
    first = next((b for b in document.blocks if b.kind == "heading"), None)
    assert (document.text[first.start : first.end] if first else None) == heading


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.html", "a"])
@pytest.mark.parametrize("data", [b"", b" \n\t\n", "\u200b\ufeff".encode()])
def test_an_empty_file_is_refused_with_a_remedy(name, data):
    with pytest.raises(UnreadableInputError) as caught:
        read_document(data, name=name)
    assert caught.value.remedy


def test_pasted_text_with_dashes_and_a_hash_is_not_markdown():
    assert not looks_like_markdown("Tea\n\n- hot\n- wet\n\n#8: Price\n\n# comment in code\n")
    assert looks_like_markdown("---\ntitle: Tea\n---\nHot.")


@given(st.binary(max_size=300), st.sampled_from(["a.md", "a.txt", "a.html", "a"]))
@settings(deadline=None)
def test_any_bytes_are_read_or_refused(data, name):
    try:
        assert read_document(data, name=name).text
    except UnreadableInputError as error:
        assert error.remedy
