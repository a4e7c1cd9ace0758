"""kb add, list, show and remove: articles go in, are shown, and go out again."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from test_cli_program import COFFEE, TEA, document, drinks, ran, run, written


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return drinks(tmp_path)


def ids(db: Path) -> list[str]:
    return [row["id"] for row in document(db, "list")["articles"]]


def test_a_file_is_added_then_unchanged_then_replaced(db, tmp_path):
    (file,) = written(tmp_path, tea=TEA)
    assert ran(db, "add", file).startswith("added tea: 2 passages, ")
    assert ran(db, "add", file).startswith("unchanged tea: 2 passages, ")
    written(tmp_path, tea=TEA + "\n\n## Cost\n\nTea has a low price.\n")
    assert ran(db, "add", file).startswith("replaced tea: 3 passages, ")
    assert ids(db) == ["tea"]


def test_a_folder_is_added_with_all_its_articles(db, tmp_path):
    folder = tmp_path / "articles"
    (folder / "deep").mkdir(parents=True)
    written(folder, tea=TEA)
    written(folder / "deep", coffee=COFFEE)
    (folder / "notes.pdf").write_bytes(b"%PDF")
    ran(db, "add", str(folder))
    assert ids(db) == ["coffee", "tea"]


def test_standard_input_is_an_article(db):
    added = document(db, "add", "-", "--id", "typed", "--title", "Typed", stdin=TEA)
    assert [each["article"] for each in added["articles"]] == ["typed"]
    assert document(db, "show", "typed")["title"] == "Typed"


def test_the_maintainer_has_the_last_word_on_what_an_article_is(db, tmp_path):
    (file,) = written(tmp_path, tea=TEA)
    said = {
        "--title": "Mine",
        "--publisher": "Me",
        "--author": "Ann",
        "--published": "2024-03",
        "--url": "https://example.org/tea",
        "--interest": "Sells tea.",
        "--interest-options": "tea",
    }
    ran(db, "add", file, *(part for pair in said.items() for part in pair))
    shown = document(db, "show", "tea")
    assert [shown[key] for key in ("title", "publisher", "author", "published", "url")] == [
        *list(said.values())[:5]
    ]
    assert shown["interest"] == {"options": ["tea"], "text": "Sells tea."}


def test_a_page_of_the_web_is_added_by_its_url(db):
    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/markdown; charset=utf-8")
            self.end_headers()
            self.wfile.write(TEA.encode())

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/green-tea"
        refused = run(db, "add", url)
        ran(db, "add", url, "--allow-private")
        server.shutdown()
    assert refused.exit_code == 1
    assert "not public" in refused.stderr
    assert document(db, "show", "green-tea")["url"] == url


def test_a_dry_run_shows_everything_and_writes_nothing(db, tmp_path):
    files = written(tmp_path, tea=TEA, coffee=COFFEE)
    text = ran(db, "add", *files, "--dry-run")
    assert "Tea is great for studying" in text
    assert "Set aside: " in text
    assert "for tea on study" in text
    planned = document(db, "add", *files, "--dry-run")["articles"]
    assert [sorted(each) for each in planned] == [sorted(planned[0])] * 2
    assert {"passages", "set_aside", "claims"} < set(planned[0])
    assert ids(db) == []


def test_a_failing_input_does_not_stop_the_others(db, tmp_path):
    tea, coffee = written(tmp_path, tea=TEA, coffee=COFFEE)
    result = run(db, "add", tea, str(tmp_path / "milk.md"), coffee)
    assert result.exit_code == 1
    assert [line.split(":")[0] for line in result.stdout.splitlines()] == [
        "added tea",
        "added coffee",
    ]
    assert "milk.md does not exist" in result.stderr
    assert "1 of 3 inputs could not be added" in result.stderr
    assert ids(db) == ["coffee", "tea"]


def test_failures_stand_in_the_document_too(db, tmp_path):
    tea, milk = written(tmp_path, tea=TEA)[0], str(tmp_path / "milk.md")
    result = run(db, "add", tea, milk, "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert found["articles"][0]["outcome"] == "added"
    assert found["failed"][0]["input"] == milk
    assert set(found["failed"][0]) == {"input", "message", "remedy"}


def test_two_inputs_of_one_id_do_not_replace_each_other(db, tmp_path):
    (tmp_path / "other").mkdir()
    first, second = written(tmp_path, tea=TEA)[0], written(tmp_path / "other", tea=COFFEE)[0]
    result = run(db, "add", first, second)
    assert result.exit_code == 1
    assert "both are called tea" in result.stderr
    assert "--id" in result.stderr
    assert document(db, "show", "tea")["publisher"] == "The Tea House"


@pytest.mark.parametrize(
    "arguments",
    [
        ["a.md", "b.md", "--id", "one"],
        ["a.md", "--id", "No Good"],
        ["a.md", "--id", "../../etc"],
        ["a.md", "--published", "yesterday"],
        ["a.md", "--url", "javascript:alert(1)"],
        ["a.md", "--interest-options", "tea"],
    ],
    ids=" ".join,
)
def test_options_that_cannot_be_meant_are_wrong_usage(db, arguments):
    assert run(db, "add", *arguments).exit_code == 2


def test_an_article_is_shown_with_furniture_and_claims_when_asked(db, tmp_path):
    (tmp_path / "tea.txt").write_text(
        "About tea\n\nSign in to like\n\nTea is great for studying.\n"
    )
    ran(db, "add", str(tmp_path / "tea.txt"))
    plain = document(db, "show", "tea")
    full = document(db, "show", "tea", "--furniture", "--claims")
    assert set(full) - set(plain) == {"set_aside", "claims"}
    assert [claim["about"] for claim in full["claims"]] == [["tea"]]
    assert "Claims: 1 claim" in ran(db, "show", "tea", "--claims")


def test_an_unknown_article_is_named_with_a_guess(db, tmp_path):
    ran(db, "add", *written(tmp_path, tea=TEA))
    result = run(db, "show", "tee")
    assert result.exit_code == 1
    assert "no article tee" in result.stderr
    assert "Did you mean tea?" in result.stderr


def test_articles_are_listed_by_topic(db, tmp_path):
    ran(db, "add", *written(tmp_path, tea=TEA, coffee=COFFEE))
    assert ran(db, "list") == ran(db, "list", "--topic", "drinks")
    assert ran(db, "list").splitlines()[1].startswith("tea: About tea, The Tea House (2 passages, ")
    assert run(db, "list", "--topic", "food").exit_code == 1


def test_removed_articles_are_gone_with_their_claims_and_words(db, tmp_path):
    ran(db, "add", *written(tmp_path, tea=TEA, coffee=COFFEE))
    assert ran(db, "remove", "tea") == "removed tea\n"
    assert ids(db) == ["coffee"]
    assert {claim["article"] for claim in document(db, "claims")["claims"]} == {"coffee"}
    assert document(db, "search", "awake")["hits"] == []


def test_if_one_article_is_unknown_none_is_removed(db, tmp_path):
    ran(db, "add", *written(tmp_path, tea=TEA, coffee=COFFEE))
    assert run(db, "remove", "tea", "milk").exit_code == 1
    assert ids(db) == ["coffee", "tea"]


def test_another_article_of_the_same_name_replaces_nothing(tmp_path: Path) -> None:
    path = drinks(tmp_path)
    tea = "Tea is cheap. " + " ".join(
        f"Cup {n} of tea keeps its taste for {n} hours." for n in range(9)
    )
    cats = " ".join(
        f"Cat number {n} sleeps on sofa {n} and wants no milk at all." for n in range(9)
    )
    for folder, text in (("one", tea), ("two", cats), ("three", f"{tea} Coffee is dear.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "faq.txt").write_text(text)
    ran(path, "add", str(tmp_path / "one" / "faq.txt"))
    refused = run(path, "add", str(tmp_path / "two" / "faq.txt"))
    assert refused.exit_code != 0
    assert "is another article" in refused.stderr and "--id faq-2" in refused.stderr
    assert "replaced faq" in ran(path, "add", str(tmp_path / "three" / "faq.txt"))
    assert "replaced faq" in ran(path, "add", "--id", "faq", str(tmp_path / "two" / "faq.txt"))
