"""Which of two things a sentence calls better, measured on a file of labelled sentences.

    python tests/bench/comparisons.py FILE.tsv [--half odd|even]

FILE has the columns object_0, object_1, answer (the sentence) and labels: 0 for no comparison,
2 when the first object is called better, 3 when it is called worse (the layout of the CAM data of
Panchenko et al., 2019). Rules were made on the even rows; the odd rows are the figure to report.
"""

import argparse
import csv
import sys
from collections import Counter
from pathlib import Path

from kb.claims.comparing import compare
from kb.phrases import Phrases
from kb.words import atoms

LABELS = ("0", "2", "3")


def label(row: dict[str, str]) -> str:
    words = atoms(row["answer"])
    things = Phrases([(row["object_0"], "first"), (row["object_1"], "second")]).find(words)
    found = compare(row["answer"], words, things)
    return "0" if found is None else "2" if found.better == "first" else "3"


def figures(rows: list[dict[str, str]]) -> dict[str, float]:
    """Return F1 by label and their mean weighted by how often each label stands in the rows."""
    pairs = Counter((row["labels"], label(row)) for row in rows)
    result, weighted = {}, 0.0
    for name in LABELS:
        hits = pairs[name, name]
        told = sum(pairs[other, name] for other in LABELS)
        real = sum(pairs[name, other] for other in LABELS)
        f1 = 2 * hits / (told + real) if told + real else 0.0
        result[f"F1 of {name}"] = f1
        weighted += f1 * real
    return {"weighted F1": weighted / len(rows), **result}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--half", choices=["odd", "even", "all"], default="odd")
    asked = parser.parse_args()
    with asked.file.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    rows = {"odd": rows[1::2], "even": rows[::2], "all": rows}[asked.half]
    for name, value in figures(rows).items():
        sys.stdout.write(f"{name}: {value:.3f}\n")


if __name__ == "__main__":
    main()
