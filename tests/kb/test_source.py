"""Files, folders and standard input: what is read, what is refused, what an article is called."""

import io
import os
import re
import socket
import subprocess
import sys
import tempfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import UnreadableInputError
from kb.extract.raw import Source, printable
from kb.extract.source import Bounds, expand, read_file, read_source, slug


def refusal(path: str | Path, **limits: int) -> UnreadableInputError:
    with pytest.raises(UnreadableInputError) as caught:
        read_file(path, **limits)
    assert caught.value.remedy
    assert caught.value.message.isprintable()
    return caught.value


def made(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("Tea.")
    return folder


# Files


def test_a_file_is_read_whole_under_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "tea.md").write_bytes(b"\xff\x00# Tea\r\n")
    assert read_file(tmp_path / "tea.md") == Source("tea.md", b"\xff\x00# Tea\r\n")


def test_a_path_may_be_a_string(tmp_path: Path) -> None:
    assert read_file(str(made(tmp_path, "tea.md") / "tea.md")).data == b"Tea."


def test_a_file_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "tea.md").write_bytes(b"x" * 200_000)
    assert len(read_file(tmp_path / "tea.md", limit=200_000).data) == 200_000


def test_a_file_one_byte_above_the_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tea.md").write_bytes(b"x" * 11)
    assert "larger than 10 bytes" in refusal(tmp_path / "tea.md", limit=10).message


def test_a_sparse_file_of_200_mb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with open(tmp_path / "big.md", "wb") as file:
        file.truncate(200_000_000)
    tracemalloc.start()
    assert "larger than 50 MB" in refusal(tmp_path / "big.md").message
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


@pytest.mark.skipif(not os.path.exists("/proc/self/maps"), reason="needs /proc")
def test_a_file_that_claims_to_hold_nothing_is_limited_while_it_is_read() -> None:
    assert os.stat("/proc/self/maps").st_size == 0
    assert "larger than 100 bytes" in refusal("/proc/self/maps", limit=100).message


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "tea.md").message


def test_a_file_taken_for_a_folder_is_refused_as_missing(tmp_path: Path) -> None:
    assert "does not exist" in refusal(made(tmp_path, "tea.md") / "tea.md" / "green.md").message


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tea.md").touch()
    assert "is empty" in refusal(tmp_path / "tea.md").message


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path).message


def test_a_fifo_is_refused_without_waiting_for_its_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tea.md")
    assert "not a regular file" in refusal(tmp_path / "tea.md").message


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/tty"])
def test_a_device_is_refused(device: str) -> None:
    assert "not a regular file" in refusal(device).message


def test_a_socket_is_refused() -> None:
    # macOS allows the name of a socket 104 bytes, fewer than tmp_path may have.
    with tempfile.TemporaryDirectory(dir="/tmp") as folder, socket.socket(socket.AF_UNIX) as sock:
        sock.bind(f"{folder}/s")
        assert re.search("not a regular file|cannot be read", refusal(f"{folder}/s").message)


def test_a_link_is_refused_wherever_it_leads(tmp_path: Path) -> None:
    made(tmp_path, "tea.md")
    (tmp_path / "link.md").symlink_to(tmp_path / "tea.md")
    (tmp_path / "dangling.md").symlink_to(tmp_path / "nowhere")
    assert "is a symbolic link" in refusal(tmp_path / "link.md").message
    assert "is a symbolic link" in refusal(tmp_path / "dangling.md").message


def test_a_file_below_a_linked_folder_is_read(tmp_path: Path) -> None:
    made(tmp_path, "teas/green.md")
    (tmp_path / "link").symlink_to(tmp_path / "teas")
    assert read_file(tmp_path / "link" / "green.md").name == "green.md"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_is_refused(tmp_path: Path) -> None:
    made(tmp_path, "tea.md")
    (tmp_path / "tea.md").chmod(0)
    assert "may not be read by you" in refusal(tmp_path / "tea.md").message


@pytest.mark.parametrize("path", ["", "tea\0.md", "\ud800.md", "x" * 5000, "x" * 300])
def test_an_impossible_name_is_refused(path: str) -> None:
    assert refusal(path).message[0] != " "


def test_control_characters_and_bidi_marks_in_a_name_are_escaped(tmp_path: Path) -> None:
    name = "tea\x1b[31m\n\u202egreen.md"
    assert r"tea\x1b[31m\n\u202egreen.md" in refusal(tmp_path / name, limit=1).message
    made(tmp_path, name)
    assert read_file(tmp_path / name).name == r"tea\x1b[31m\n\u202egreen.md"


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS keeps names in UTF-8")
def test_a_name_that_is_not_utf_8_can_be_stored_and_shown(tmp_path: Path) -> None:
    path = os.fsdecode(bytes(tmp_path) + b"/tea\xff.md")
    Path(path).write_text("Tea.")
    assert read_file(path).name == r"tea\udcff.md"


def test_a_long_text_is_cut_in_messages() -> None:
    assert printable("x" * 5000) == "x" * 199 + "…"


@given(st.text())
def test_what_is_printable_can_be_printed(text: str) -> None:
    assert printable(text).isprintable()
    printable(text).encode()


# Locations


def test_a_location_may_be_a_path(tmp_path: Path) -> None:
    assert read_source(str(made(tmp_path, "tea.md") / "tea.md")) == Source("tea.md", b"Tea.")


def test_a_given_name_replaces_the_one_found(tmp_path: Path) -> None:
    path = str(made(tmp_path, "tea.md") / "tea.md")
    assert read_source(path, name="green\n.md").name == r"green\n.md"


def test_a_dash_is_standard_input() -> None:
    assert read_source("-", stdin=io.BytesIO(b"Tea.")) == Source("stdin", b"Tea.")
    assert read_source("-", stdin=io.BytesIO(b"Tea."), name="tea.md").name == "tea.md"


@pytest.mark.parametrize(("data", "trouble"), [(b"", "is empty"), (b"x" * 11, "is larger than 10")])
def test_standard_input_has_the_limits_of_a_file(data: bytes, trouble: str) -> None:
    with pytest.raises(UnreadableInputError, match=f"Standard input {trouble}"):
        read_source("-", stdin=io.BytesIO(data), limit=10)


def test_endless_standard_input_is_cut_at_the_limit() -> None:
    with (
        open("/dev/zero", "rb") as zeros,
        pytest.raises(UnreadableInputError, match="larger than 1 MB"),
    ):
        read_source("-", stdin=zeros, limit=1_000_000)


def test_standard_input_that_does_not_wait_is_refused_instead_of_cut_short() -> None:
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.write(writer, b"half an article")
    with open(reader, "rb") as stream, pytest.raises(UnreadableInputError, match="cannot be read"):
        read_source("-", stdin=stream)
    os.close(writer)


@pytest.mark.parametrize(
    ("redirection", "said"), [("<&-", "There is no standard input."), ("</dev/null", "is empty.")]
)
def test_standard_input_is_that_of_the_process_when_none_is_given(
    redirection: str, said: str
) -> None:
    code = "from kb.extract.source import read_source; read_source('-')"
    command = f'exec "$0" -c "$1" {redirection}'
    done = subprocess.run(["sh", "-c", command, sys.executable, code], capture_output=True)
    assert said in done.stderr.decode()


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "file:/etc/passwd", "FTP://tea.test/", "gopher://x", "s3://teas/green"],
)
def test_other_addresses_than_http_and_https_are_refused(location: str) -> None:
    with pytest.raises(UnreadableInputError, match="are not read") as caught:
        read_source(location)
    assert "http or https" in caught.value.remedy


@pytest.mark.parametrize("location", ["http://127.0.0.1:9/", "HTTPS://127.0.0.1:9/", "http:tea"])
def test_a_url_goes_through_the_gate_of_fetch(location: str) -> None:
    with pytest.raises(UnreadableInputError, match="not public|no host"):
        read_source(location)


def test_a_name_with_a_colon_is_a_file(tmp_path: Path) -> None:
    assert read_source(str(made(tmp_path, "tea: green.md") / "tea: green.md")).data == b"Tea."


# Folders


def test_files_urls_and_the_dash_pass_through_in_order() -> None:
    inputs = ["b.md", "https://tea.test/", "-", "a.pdf", "missing.md", "http://x/\0"]
    assert list(expand(inputs)) == inputs


def test_a_folder_is_replaced_by_its_matching_files_sorted(tmp_path: Path) -> None:
    made(tmp_path, "b.md", "a/z.TXT", "a/deep/er.html", "c.htm", "d.markdown", "e.pdf", "f")
    names = [os.path.relpath(path, tmp_path) for path in expand(["first.md", str(tmp_path)])]
    expected = ["a/deep/er.html", "a/z.TXT", "b.md", "c.htm", "d.markdown"]
    assert names[1:] == expected


def test_the_patterns_can_be_chosen(tmp_path: Path) -> None:
    made(tmp_path, "a.md", "b.rst")
    assert list(expand([str(tmp_path)], patterns=["*.rst"])) == [str(tmp_path / "b.rst")]


def test_links_fifos_and_hidden_names_in_a_folder_are_left_out(tmp_path: Path) -> None:
    made(tmp_path, "teas/green.md", "teas/.git/x.md", "teas/._green.md", "outside/black.md")
    (tmp_path / "teas" / "link.md").symlink_to(tmp_path / "outside" / "black.md")
    (tmp_path / "teas" / "linked").symlink_to(tmp_path / "outside")
    (tmp_path / "teas" / "round").symlink_to(tmp_path / "teas")
    os.mkfifo(tmp_path / "teas" / "pipe.md")
    assert list(expand([str(tmp_path / "teas")])) == [str(tmp_path / "teas" / "green.md")]


def test_a_link_to_a_folder_is_not_walked(tmp_path: Path) -> None:
    made(tmp_path, "teas/green.md")
    (tmp_path / "link").symlink_to(tmp_path / "teas")
    assert list(expand([str(tmp_path / "link")])) == [str(tmp_path / "link")]
    assert "is a symbolic link" in refusal(tmp_path / "link").message


def test_a_folder_without_a_matching_file_is_refused(tmp_path: Path) -> None:
    made(tmp_path, "tea.pdf")
    with pytest.raises(UnreadableInputError, match=r"holds no file named \*\.md, ") as caught:
        list(expand([str(tmp_path)]))
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("bounds", "trouble"),
    [
        (Bounds(files=2), "more than 2 files"),
        (Bounds(size=11), "or 11 bytes"),
        (Bounds(depth=2), "more than 2 deep"),
        (Bounds(entries=4), "more than 4 entries"),
    ],
)
def test_a_folder_beyond_its_bounds_is_refused_as_a_whole(
    tmp_path: Path, bounds: Bounds, trouble: str
) -> None:
    made(tmp_path, "a/b/1.md", "2.md", "3.md")
    with pytest.raises(UnreadableInputError, match=trouble):
        next(expand([str(tmp_path)], bounds=bounds))


def test_a_folder_exactly_at_its_bounds_is_walked(tmp_path: Path) -> None:
    made(tmp_path, "a/b/1.md", "2.md", "3.md")
    bounds = Bounds(depth=3, files=3, entries=5, size=12)
    assert len(list(expand([str(tmp_path)], bounds=bounds))) == 3


def test_folders_nested_100_deep_are_refused(tmp_path: Path) -> None:
    os.makedirs(tmp_path / "/".join("d" * 100))
    with pytest.raises(UnreadableInputError, match="more than 20 deep"):
        list(expand([str(tmp_path)]))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_with_a_forbidden_folder_is_refused(tmp_path: Path) -> None:
    made(tmp_path, "a.md", "b/c.md")
    (tmp_path / "b").chmod(0)
    with pytest.raises(UnreadableInputError, match="b may not be read by you"):
        list(expand([str(tmp_path)]))
    (tmp_path / "b").chmod(0o700)


# Article ids


@pytest.mark.parametrize(
    ("name", "article"),
    [
        ("000_php_courses.txt", "000_php_courses"),
        ("Which Framework?.md", "which-framework"),
        ("teas/green/Sencha.HTML", "sencha"),
        ("Café Müller – Straße.md", "cafe-muller-strasse"),
        ("ﬁne Ｔｅａ №5.txt", "fine-tea-no5"),
        ("what's  new -- now.md", "what-s-new-now"),
        ("python-3.11", "python-3-11"),
        ("node.js.md", "node-js"),
        ("tea\x1b[31m.md", "tea-31m"),
        ("stdin", "stdin"),
        ("https://tea.test/a/Green%20Tea.html?id=1#top", "green-tea-id-1"),
        ("https://tea.test/wiki/ASP.NET/", "asp-net"),
        ("https://tea.test/", "tea-test"),
        ("https://tea.test", "tea-test"),
        ("http://[", "article-245843ab"),
        ("чай.md", "article-5a3f9383"),
        ("", "article-e3b0c442"),
    ],
)
def test_a_slug_is_made_of_the_name(name: str, article: str) -> None:
    assert slug(name) == article


def test_long_names_that_begin_alike_keep_different_slugs() -> None:
    first, second = slug("tea " * 100 + "green.md"), slug("tea " * 100 + "black.md")
    assert first != second
    assert len(first) <= 80


def test_a_slug_does_not_depend_on_the_folder() -> None:
    assert slug("./чай.md") == slug("/teas/чай.md") == slug("чай.md")


@given(st.text(alphabet=st.characters(), max_size=200))
def test_every_name_has_a_slug_of_safe_characters(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9_-]{1,80}", slug(name))


def test_a_name_of_a_million_marks_is_shortened_before_it_is_normalised() -> None:
    assert slug("a" + "\u0301\u0316" * 500_000) == "a"
