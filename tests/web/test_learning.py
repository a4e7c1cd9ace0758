"""What a server learns of questions, and that a broken second file never harms an answer."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient
from starlette.responses import Response

from advisor.cli import advisor
from kb.learned import Learned, Limits, learned_path
from kb.sqlite.learned import LearnedFile
from web.app import create_app
from web.settings import Settings

UNKNOWN = "Is tea kosher?"
KNOWN = "Which is better for sleep?"
NOTHING_SET = {f"ADVISOR_LEARN{name}": "" for name in ("", "_DAYS", "_MOST")}


def learned(db: Path) -> list[Learned]:
    return LearnedFile(learned_path(db)).read()


def questions(db: Path) -> set[str]:
    return {each.event.asking.question for each in learned(db)}


@pytest.fixture
def client(own_drinks: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(own_drinks, learns=True))) as found:
        yield found


def test_questions_without_an_answer_are_learned_from_every_way_to_ask(own_drinks):
    with TestClient(create_app(Settings(own_drinks, learns=True))) as client:
        client.post("/ask", json={"question": "Is tea halal?", "history": ["coffee?"]})
        client.get("/ask", params={"q": UNKNOWN})
        client.get("/", params={"q": UNKNOWN})
        client.get("/", params={"q": KNOWN})
        client.get("/ask", params={"q": "hello"})
        client.post("/ask", json={"question": " "})
    found = {each.event.asking: each for each in learned(own_drinks)}
    assert {asking.question: each.times for asking, each in found.items()} == {
        UNKNOWN: 2,
        "Is tea halal?": 1,
    }
    assert {asking.history for asking in found} == {(), ("coffee?",)}


def test_a_server_that_is_not_told_to_learns_nothing(own_drinks):
    with TestClient(create_app(Settings(own_drinks))) as client:
        client.get("/ask", params={"q": UNKNOWN})
    assert not learned_path(own_drinks).exists()


def test_nothing_of_who_asked_is_kept(own_drinks):
    with TestClient(
        create_app(Settings(own_drinks, learns=True)), client=("10.1.2.3", 5)
    ) as client:
        client.get(
            "/ask",
            params={"q": UNKNOWN},
            headers={"User-Agent": "Zebra/1", "Cookie": "id=zebra", "Referer": "http://zebra/"},
        )
    data = learned_path(own_drinks).read_bytes()
    assert b"kosher" in data
    assert b"10.1.2.3" not in data and b"ebra" not in data
    connection = sqlite3.connect(learned_path(own_drinks))
    (row,) = connection.execute("SELECT first, last FROM events")
    connection.close()
    assert all(len(day) == len("2026-05-01") for day in row)


def test_an_answer_is_the_same_whether_it_is_learned_or_not(own_drinks, client):
    without = TestClient(create_app(Settings(own_drinks)))
    for question in (UNKNOWN, KNOWN):
        one, other = (each.get("/ask", params={"q": question}) for each in (client, without))
        assert one.content == other.content
        assert one.headers["etag"] == other.headers["etag"]


def test_templates_are_told_whether_feedback_is_kept(own_drinks, monkeypatch):
    told: list[tuple[bool, bool]] = []

    def page_response(request: object, template: str, **values: object) -> Response:
        told.append((values["feedback"], values["thanks"]))
        return Response()

    monkeypatch.setattr("web.pages.page_response", page_response)
    for learns in (True, False):
        client = TestClient(create_app(Settings(own_drinks, learns=learns)))
        client.get("/", params={"q": KNOWN})
        client.get("/", params={"q": KNOWN, "thanks": "1"})
    assert told == [(True, False), (True, True), (False, False), (False, True)]


def not_ours(path: Path) -> None:
    path.write_text("precious words")


def damaged(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.execute("PRAGMA application_id = 0x4144564C")
    connection.close()
    path.write_bytes(path.read_bytes()[:100] + b"\xa5" * 8000)


BROKEN: dict[str, Callable[[Path], object]] = {
    "not ours": not_ours,
    "damaged": damaged,
    "a folder": lambda path: path.mkdir(),
    "a pipe": lambda path: os.mkfifo(path),
    "a link elsewhere": lambda path: path.symlink_to("/dev/full"),
    "cut short": lambda path: path.write_bytes(b"SQLite format 3\x00"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_second_file_harms_no_answer(own_drinks, caplog, name):
    BROKEN[name](learned_path(own_drinks))
    with TestClient(create_app(Settings(own_drinks, learns=True))) as client:
        for _ in range(3):
            assert client.get("/ask", params={"q": UNKNOWN}).status_code == 200
            assert client.get("/", params={"q": UNKNOWN}).status_code == 200
            sent = {"question": KNOWN, "helpful": False}
            assert client.post("/feedback", json=sent).status_code == 202
            time.sleep(0.3)  # so that they are written one after the other
    complaints = [json.loads(line) for line in caplog.messages if "learned-file" in line]
    assert len(complaints) == 1
    assert "kosher" not in str(complaints)


def test_a_file_that_somebody_holds_harms_no_answer(own_drinks, client, monkeypatch):
    monkeypatch.setattr("kb.sqlite.learned._WAIT_SECONDS", 0.1)
    client.get("/ask", params={"q": UNKNOWN})
    client.app.state.service.recorder.close()
    held = sqlite3.connect(learned_path(own_drinks), isolation_level=None)
    held.execute("BEGIN EXCLUSIVE")
    with TestClient(create_app(Settings(own_drinks, learns=True))) as other:
        assert other.get("/ask", params={"q": "Is coffee halal?"}).status_code == 200
    held.execute("ROLLBACK")
    held.close()
    assert questions(own_drinks) == {UNKNOWN}


# A real server


@contextmanager
def serving(
    db: Path,
    *options: str,
    environment: dict[str, str] | None = None,
    through: Sequence[str] = (),
) -> Iterator[str]:
    """Run `advisor serve` on a free port of loopback, and end it as a person would."""
    start = [*through, sys.executable, "-c", "from advisor.cli import main; main()"]
    command = [*start, "--db", str(db), "serve", "--port", "0", *options]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})}
    ) as server:
        watchdog = threading.Timer(60, server.kill)
        watchdog.start()
        try:
            line = server.stderr.readline()
            yield next(word for word in line.split() if word.startswith("http://"))
        finally:
            server.send_signal(signal.SIGTERM)
            server.stderr.read()
            watchdog.cancel()
    assert server.returncode in (0, 143, -signal.SIGTERM)


def get(address: str, question: str) -> dict:
    with urlopen(f"{address}/ask?q={quote(question)}", timeout=20) as reply:
        return json.load(reply)


def post(address: str, body: dict) -> int:
    request = Request(
        f"{address}/feedback", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urlopen(request, timeout=20) as reply:
            return reply.status
    except HTTPError as error:
        return error.code


def test_a_server_learns_by_default_and_keeps_it_when_it_ends(own_drinks):
    with serving(own_drinks) as address:
        assert get(address, UNKNOWN)["answered"] is False
        assert post(address, {"question": KNOWN, "helpful": False, "reason": "no"}) == 202
    assert questions(own_drinks) == {UNKNOWN, KNOWN}


def test_a_server_that_is_told_not_to_learns_nothing(own_drinks):
    with serving(own_drinks, "--no-learn") as address:
        get(address, UNKNOWN)
        assert post(address, {"question": KNOWN, "helpful": True}) == 404
    assert not learned_path(own_drinks).exists()


def settings_of(monkeypatch: pytest.MonkeyPatch, db: Path, *options: str, **environment: str):
    """Return the settings that `advisor serve` starts with."""
    found: list[Settings] = []
    monkeypatch.setattr("web.server.serve", lambda settings, **place: found.append(settings))
    command = ["--db", str(db), "serve", *options]
    result = CliRunner().invoke(advisor, command, env={**NOTHING_SET, **environment})
    assert result.exit_code == 0, result.output
    return found[0]


@pytest.mark.parametrize(
    ("options", "environment", "learns"),
    [
        ([], {}, True),
        (["--host", "localhost"], {}, True),
        (["--host", "::1"], {}, True),
        ([], {"ADVISOR_LEARN": "0"}, False),
        (["--open"], {}, False),
        (["--host", "0.0.0.0", "--open"], {}, False),
        (["--host", "0.0.0.0", "--open", "--learn"], {}, True),
        (["--open"], {"ADVISOR_LEARN": "yes"}, True),
        (["--learn"], {"ADVISOR_LEARN": "no"}, True),
        (["--no-learn"], {"ADVISOR_LEARN": "yes"}, False),
    ],
)
def test_learning_is_switched(monkeypatch, drinks, options, environment, learns):
    assert settings_of(monkeypatch, drinks, *options, **environment).learns == learns


def test_how_much_is_kept_is_set(monkeypatch, drinks):
    assert settings_of(monkeypatch, drinks).learned == Limits()
    chosen = settings_of(monkeypatch, drinks, "--learn-days", "7", ADVISOR_LEARN_MOST="20")
    assert (chosen.learned.days, chosen.learned.events) == (7, 20)
    app = create_app(replace(chosen, learned=Limits(events=2)))
    assert app.state.service.recorder._limits.events == 2


def test_a_setting_that_cannot_be_meant_is_wrong_usage(drinks):
    for option in ("--learn-days", "--learn-most"):
        command = ["--db", str(drinks), "serve", option, "0"]
        assert CliRunner().invoke(advisor, command).exit_code == 2


def test_a_running_server_goes_on_while_its_second_file_breaks_and_comes_back(own_drinks):
    path = learned_path(own_drinks)
    with serving(own_drinks) as address:
        get(address, UNKNOWN)
        wait_for(lambda: path.exists() and questions(own_drinks) == {UNKNOWN})
        path.write_bytes(path.read_bytes()[:100] + b"\xff" * 12000)
        for word in ("halal", "lawful"):
            assert get(address, f"Is tea {word}?")["answered"] is False
        assert get(address, KNOWN)["answered"] is True
        time.sleep(0.6)
        path.unlink()
        get(address, "Is tea taboo?")
        wait_for(lambda: path.exists() and questions(own_drinks) == {"Is tea taboo?"})


def test_a_server_answers_on_while_the_disk_takes_no_more(own_drinks):
    asked = [f"Is tea kosher? {n} " + "x " * 900 for n in range(100)]
    through = ["sh", "-c", "ulimit -f 128; trap '' XFSZ; exec \"$@\"", "sh"]  # 64 or 128 KB
    with serving(own_drinks, through=through) as address:
        for question in asked:
            assert get(address, question)["answered"] is False
            time.sleep(0.02)
        assert get(address, KNOWN)["answered"] is True
    assert 0 < len(questions(own_drinks)) < len(asked)
    assert learned_path(own_drinks).stat().st_size <= 128 * 1024


def test_a_server_answers_in_a_folder_that_it_may_not_write(own_drinks):
    plain = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.getuid() == 0 else []
    if plain and not shutil.which("setpriv"):
        pytest.skip("root may write everything, and there is no setpriv to be somebody else")
    own_drinks.parent.chmod(0o500)
    try:
        with serving(own_drinks, through=plain) as address:
            assert get(address, UNKNOWN)["answered"] is False
            assert post(address, {"question": KNOWN, "helpful": True}) == 202
    finally:
        own_drinks.parent.chmod(0o700)
    assert not learned_path(own_drinks).exists()


def wait_for(condition: Callable[[], bool]) -> None:
    patience = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < patience
        time.sleep(0.05)
