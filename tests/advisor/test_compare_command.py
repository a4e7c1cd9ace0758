"""advisor compare: one command, four formats, and errors that help."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from advisor.cli import advisor
from advisor.comparing import compare
from advisor.exports.document import document_of
from advisor.exports.markdown import markdown_of
from advisor.exports.table import csv_of
from kb.store import Snapshot
from kb.topic import Topic


def run(db: Path, *arguments: str) -> Result:
    return CliRunner().invoke(advisor, ["--db", str(db), "compare", *arguments])


def printed(db: Path, *arguments: str) -> str:
    result = run(db, *arguments)
    assert result.exit_code == 0, result.output
    return result.stdout_bytes.decode()


def test_each_format_is_the_file_itself(
    knowledge_base: Path, snapshot: Snapshot, topic: Topic
) -> None:
    matrix = compare(snapshot, topic)
    assert printed(knowledge_base, "--format", "csv") == csv_of(matrix)
    assert printed(knowledge_base, "--format", "markdown") == markdown_of(matrix)
    document = json.loads(json.dumps(document_of(matrix)))
    assert json.loads(printed(knowledge_base, "--format", "json")) == document
    assert json.loads(printed(knowledge_base, "--json")) == document


def test_text_is_the_default_and_names_every_option(knowledge_base: Path, topic: Topic) -> None:
    text = printed(knowledge_base)
    assert text == printed(knowledge_base, "--format", "text")
    assert all(f"  {option.label}: " in text for option in topic.options)
    assert " for it" in text
    assert "not covered" in text


def test_names_stand_behind_commas_or_in_options_of_their_own(
    knowledge_base: Path, topic: Topic
) -> None:
    first, second = topic.option_ids[:2]
    one = printed(knowledge_base, "--options", f" {second} ,,{first}", "--json")
    two = printed(knowledge_base, "--options", second, "--options", first, "--json")
    assert one == two
    assert [option["id"] for option in json.loads(one)["options"]] == [second, first]
    assert json.loads(printed(knowledge_base, "--options", ",", "--json")) == json.loads(
        printed(knowledge_base, "--json")
    )


def test_what_was_chosen_is_in_every_format(knowledge_base: Path, topic: Topic) -> None:
    chosen = ["--options", topic.options[0].label, "--criteria", topic.criteria[0].label]
    document = json.loads(printed(knowledge_base, *chosen, "--json"))
    assert [row["id"] for row in document["criteria"]] == [topic.criteria[0].id]
    lines = list(csv.DictReader(io.StringIO(printed(knowledge_base, *chosen, "--format", "csv"))))
    assert {line["criterion"] for line in lines} == {"", topic.criteria[0].id}
    assert {line["options"] for line in lines} == {"", topic.options[0].id}


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (["--options", "lemonade"], 1, "no such option"),
        (["--criteria", "lemonade"], 1, "no such criterion"),
        (["--topic", "food"], 1, "Topics here: drinks"),
        (["--format", "pdf"], 2, "--format"),
        (["--json", "--format", "csv"], 2, "not both"),
        (["lemonade"], 2, "unexpected extra argument"),
    ],
)
def test_what_cannot_be_compared_gets_a_sentence(
    knowledge_base: Path, arguments: list[str], code: int, part: str
) -> None:
    result = run(knowledge_base, *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert part in result.stderr
    assert code == 2 or "Remedy: " in result.stderr
