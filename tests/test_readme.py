"""The README and docs against the program: commands run, flags exist, what is shown is printed."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pytest

import advisor.errors
import kb.cli.output
import kb.errors
import web.errors
from advisor.cli import advisor as advisor_command
from advisor.evaluation.questions import load_questions
from kb.cli.main import kb as kb_command
from kb.content.shipped import shipped_articles, shipped_topics
from kb.topic_file import parse_topic

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = {"advisor": advisor_command, "kb": kb_command}
STARTS = {
    "advisor": [sys.executable, "-c", "from advisor.cli import main; main()"],
    "kb": [sys.executable, "-c", "from kb.cli.main import main; main()"],
}
ADDRESS = "http://127.0.0.1:8000"


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


# Commands and flags


def mentioned() -> Iterator[list[str]]:
    """Yield every command the README names, in blocks or between backticks, as words."""
    prose = re.sub(r"```.*?```", "", README, flags=re.DOTALL)
    shown = "".join([*blocks(README, "sh"), *blocks(README, "console")])
    for text in (*re.findall(r"`([^`\n]+)`", prose), *shown.splitlines()):
        for part in text.removeprefix("$ ").split("&&"):
            found = re.match(r"\s*(?:uv run )?(?:\.venv/bin/)?(advisor|kb) (?=\S)", part)
            if found:
                yield [found[1], *shlex.split(part[found.end() :])]


def options_of(command: click.Command) -> set[str]:
    names = {name for each in command.params for name in (*each.opts, *each.secondary_opts)}
    return names | {"--help"}


def check_words(words: list[str]) -> None:
    """Fail unless every command and option of a line exists."""
    command: click.Command = COMMANDS[words[0]]
    known = options_of(command)
    values = 0
    for word in words[1:]:
        if word.startswith("--"):
            assert word in known, f"{' '.join(words)}: there is no {word}"
            option = next((o for o in command.params if word in o.opts), None)
            values = 0 if option is None or getattr(option, "is_flag", False) else 1
        elif values:
            values = 0
        elif isinstance(command, click.Group):
            assert word in command.commands, f"{' '.join(words)}: there is no command {word}"
            command = command.commands[word]
            known = options_of(command)


@pytest.mark.parametrize("words", list(mentioned()), ids=" ".join)
def test_every_command_of_the_readme_exists(words):
    check_words(words)


def test_every_flag_between_backticks_exists():
    flags = set(re.findall(r"`(--[a-z-]+)", README))
    known: set[str] = set()
    pending: list[click.Command] = list(COMMANDS.values())
    while pending:
        command = pending.pop()
        known |= options_of(command)
        pending += command.commands.values() if isinstance(command, click.Group) else []
    assert flags
    assert flags <= known


def test_every_command_is_in_the_readme():
    named = {tuple(words[:2]) for words in mentioned()}
    for program, group in COMMANDS.items():
        for name in group.commands:
            assert (program, name) in named or f"kb {name}" in README, (program, name)


# What is shown


def shape(text: str) -> list[str]:
    """Return how each line that is not indented begins, with # for numbers."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith(" ")]
    return [re.sub(r"\d+", "#", re.split(r"[.:,(“]", line)[0].strip()) for line in lines]


def is_shown(shown: list[str], printed: list[str]) -> bool:
    """Tell whether `printed` is `shown`, where "…" stands for any lines."""
    if not shown:
        return not printed
    if shown[0] == "…":
        return any(is_shown(shown[1:], printed[n:]) for n in range(len(printed) + 1))
    return bool(printed) and shown[0] == printed[0] and is_shown(shown[1:], printed[1:])


def sessions() -> list[tuple[list[str], str]]:
    """Return every command the README shows with what it prints."""
    found = []
    for block in blocks(README, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            found.append((shlex.split(command), printed))
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the README's article, and a knowledge base made by `kb init`."""
    folder = tmp_path_factory.mktemp("reader")
    (article,) = blocks(README, "markdown")
    (folder / "article.md").write_text(article, encoding="utf-8")
    (topic,) = blocks((ROOT / "docs/topic-file.md").read_text(encoding="utf-8"), "toml")
    (folder / "drinks.toml").write_text(topic, encoding="utf-8")
    example, _ = blocks((ROOT / "docs/question-file.md").read_text(encoding="utf-8"), "json")
    (folder / "questions.jsonl").write_text(example, encoding="utf-8")
    (folder / "articles").mkdir()
    (folder / "articles/tea.md").write_text("# Tea\n\nTea is good for exams.\n", encoding="utf-8")
    run(folder, ["kb", "init"])
    return folder


def environment() -> dict[str, str]:
    return {**os.environ, "COLUMNS": "88", "ADVISOR_DB": "advisor.db", "PYTHONWARNINGS": "error"}


def run(folder: Path, words: list[str]) -> str:
    result = subprocess.run(
        [*STARTS[words[0]], *words[1:]],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 0, (words, result.stderr)
    return result.stdout


def test_the_sessions_of_the_readme_run_and_print_what_is_shown(folder):
    assert len(sessions()) > 8
    for words, shown in sessions():
        printed = run(folder, words)
        expected, found = shape(shown), shape(printed)
        assert is_shown(expected, found), f"{words}: {expected} is shown, {found} is printed"


def test_what_the_readme_quotes_stands_in_an_article():
    articles = [source.data.decode() for source in shipped_articles(shipped_topics()[0].id)]
    texts = [" ".join(text.split()) for text in [*articles, *blocks(README, "markdown")]]
    for _, shown in sessions():
        for quote in re.findall(r"“([^”…]+)”", " ".join(shown.split())):
            assert any(quote in text for text in texts), quote


def test_a_knowledge_base_of_ones_own_is_made_as_the_readme_says(folder):
    (block,) = [block for block in blocks(README, "sh") if "--no-articles" in block]
    for line in block.splitlines():
        run(folder, shlex.split(line))
    assert json.loads(run(folder, ["kb", "--db", "drinks.db", "list", "--json"]))["articles"]


@contextmanager
def served(folder: Path) -> Iterator[str]:
    with subprocess.Popen(
        [*STARTS["advisor"], "serve", "--port", "0"],
        cwd=folder,
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        watchdog = threading.Timer(60, server.kill)
        watchdog.start()
        try:
            line = server.stderr.readline()
            yield next(word for word in line.split() if word.startswith("http://"))
        finally:
            watchdog.cancel()
            server.terminate()
            server.stderr.read()


def test_the_http_examples_of_the_readme_get_an_answer(folder):
    (curl,) = [block for block in blocks(README, "sh") if block.startswith("curl ")]
    with served(folder) as address:
        for code in blocks(README, "python"):
            assert ADDRESS in code
            snippet = [sys.executable, "-c", code.replace(ADDRESS, address)]
            result = subprocess.run(snippet, capture_output=True, text=True, timeout=60)
            assert result.returncode == 0, result.stderr
            assert result.stdout.strip()
        commands = curl.replace("\\\n", "").replace(ADDRESS, address).splitlines()
        for command in commands if shutil.which("curl") else ():
            result = subprocess.run(
                shlex.split(command), capture_output=True, text=True, timeout=60
            )
            assert json.loads(result.stdout)["answered"] is True


# What is said


def test_the_two_commands_are_the_ones_of_the_project():
    first, second = blocks(README, "sh")[:2]
    assert first == (
        "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/advisor serve\n"
    )
    assert second == ".venv/bin/pip install '.[test]' && .venv/bin/pytest\n"
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    for step in second.strip().split(" && "):
        assert step.replace("install", "install --quiet") in script


def test_every_runtime_dependency_is_explained():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[<>=!~ ]", entry)[0] for entry in project["dependencies"]}
    explained = set(re.findall(r"^\| ([A-Za-z][\w\[\]-]+) \| \S", README, re.MULTILINE))
    assert explained - {"Package"} == names


@pytest.mark.parametrize(
    "file",
    [
        "README.md",
        "CONTRIBUTING.md",
        *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")),
    ],
)
def test_every_path_that_is_named_exists(file):
    text = (ROOT / file).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    paths = re.findall(r"`((?:kb|advisor|web|tests|docs|\.ci)/[\w./-]*)`", text)
    missing = [link for link in links if not ((ROOT / file).parent / link).exists()]
    assert missing + [path for path in paths if not (ROOT / path).exists()] == []


def test_the_documented_topic_file_has_no_mistake():
    text = (ROOT / "docs/topic-file.md").read_text(encoding="utf-8")
    (example,) = blocks(text, "toml")
    topic = parse_topic(example, id="drinks")
    assert topic.rules[0].favours == "coffee"


def test_the_documented_question_can_be_loaded(tmp_path):
    text = (ROOT / "docs/question-file.md").read_text(encoding="utf-8")
    example, _ = blocks(text, "json")
    (tmp_path / "questions.jsonl").write_text(example, encoding="utf-8")
    (question,) = load_questions(tmp_path / "questions.jsonl")
    assert question.anchors == ("Tea is great for studying",)


def test_every_error_is_documented():
    text = (ROOT / "docs/exit-codes-and-errors.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `(\w+Error)` \| \w", text, re.MULTILINE))
    classes = {
        name
        for module in (kb.errors, kb.cli.output, advisor.errors, web.errors)
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, kb.errors.HelpfulError)
    }
    assert documented == classes - {"HelpfulError"}


def test_the_lock_file_names_the_public_registry_only():
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    hosts = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text(encoding="utf-8")))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}
    files = [file for package in lock["package"] for file in package.get("wheels", [])]
    assert files
    assert all(file["hash"].startswith("sha256:") for file in files)
