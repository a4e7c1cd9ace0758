"""Collections with judged questions: what of the layout is read, and what is refused."""

from pathlib import Path

import pytest
from judged import UnusableCollectionError, load_judged

CORPUS = (
    '{"_id": "d1", "title": "Tea", "text": "hot"}\n\n{"_id": 2, "text": "cold", "title": null}\n'
)
QUERIES = '{"_id": "q1", "text": "tea?"}\n{"_id": "q2", "text": "unjudged?"}\n'


def folder(path: Path, qrels: str, corpus: str = CORPUS, name: str = "qrels.tsv") -> Path:
    (path / name).parent.mkdir(exist_ok=True)
    (path / name).write_text(qrels)
    (path / "corpus.jsonl").write_text(corpus)
    (path / "queries.jsonl").write_text(QUERIES)
    return path


@pytest.mark.parametrize(
    "qrels",
    [
        "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\t2\t0.5\nq1\td3\t0\n\n",
        "q1 0 d1 2\nq1 0 2 0.5\nq2 0 d1 -1\n",
        "\ufeffq1\td1\t2\r\nq1\t2\t5e-1\r\n",
    ],
)
def test_gains_are_graded_and_questions_without_answers_left_out(
    tmp_path: Path, qrels: str
) -> None:
    judged = load_judged(folder(tmp_path, qrels))
    assert [(each.id, each.gains) for each in judged.questions] == [("q1", {"d1": 2.0, "2": 0.5})]
    assert [(each.id, each.title) for each in judged.texts] == [("d1", "Tea"), ("2", "")]


def test_the_judgements_may_lie_where_beir_has_them(tmp_path: Path) -> None:
    path = folder(tmp_path, "q\td\tscore\nq1\td1\t1\n", name="qrels/test.tsv")
    assert len(load_judged(path).questions) == 1


@pytest.mark.parametrize(
    ("qrels", "corpus", "said"),
    [
        ("q1\td1\t1\nq1\td1\n", CORPUS, "qrels.tsv, line 2: not a question"),
        ("q1\td9\t1\n", CORPUS, "no document is judged to answer"),
        ("q1\td1\t1\n", CORPUS + CORPUS, "two documents have the same _id"),
        ("q1\td1\t1\n", "{", "corpus.jsonl, line 1: not JSON"),
        ("q1\td1\t1\n", '["d1"]', "corpus.jsonl, line 1: not an object"),
        ("q1\td1\t1\n", '{"_id": "d1"}', "no `text`"),
    ],
)
def test_what_cannot_be_measured_is_refused(
    tmp_path: Path, qrels: str, corpus: str, said: str
) -> None:
    with pytest.raises(UnusableCollectionError, match=said):
        load_judged(folder(tmp_path, qrels, corpus))


def test_a_folder_without_the_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableCollectionError, match=r"test.tsv cannot be read"):
        load_judged(tmp_path)
