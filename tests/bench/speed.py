"""How fast passages are indexed and questions answered, and what that takes, by number of passages.

    python tests/bench/speed.py [--size 10k] [--text FOLDER]... [--engines NAME,NAME] [--seed 7]
                                [--keep FOLDER]

The passages are made by synthetic.py of the shipped articles and the collections named by --text;
ten in a row are an article. Every engine gets the same ones, and works alone in child processes:
one that builds the index and one that opens it, asks, and then adds and removes an article. With
--keep the indexes stay there, and are asked again by the next run without building them. Times
are CPU time of the process, which has one working thread, with wall time in brackets.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from clocks import Spent, machine, milliseconds, percentile
from printed import print_table, say
from sizes import size
from sources import texts_of
from synthetic import Synthesis
from tasks import Task, read_task, task_of
from working import ENGINES, Answered, Built, answer, build

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--size", type=size, default=10_000, help="passages: 10k, 100k, 1M")
    parser.add_argument("--text", type=Path, action="append", default=[], metavar="FOLDER")
    parser.add_argument("--engines", help="names with commas between; all without")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where built indexes stay")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        work(asked)
        return
    names = asked.engines.split(",") if asked.engines else list(ENGINES)
    say(f"## {asked.size:,} passages\n")
    task = task_of(Synthesis(texts_of(asked.text), seed=asked.seed), asked.size)
    kept = asked.keep and asked.keep / f"{asked.size}-{asked.seed}"
    results = {name: measured(name, task, kept) for name in names}
    report(results)
    say(machine() + ".")


def measured(name: str, task: Task, kept: Path | None) -> tuple[Built, Answered]:
    """Return what two child processes measure of one engine, built anew or kept."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = kept / name.replace(" ", "-") if kept else Path(temporary) / "index"
        built = built_in(folder, name)
        answered = child("ask", name, str(folder), given=json.dumps(asdict(task)))
    return Built(**built), Answered(**answered)


def built_in(folder: Path, name: str) -> dict[str, Any]:
    """Return what building an index in a folder took; it is built unless it is there, complete."""
    figures = folder.with_name(f"{folder.name}.json")
    if not figures.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        figures.write_text(json.dumps(child("build", name, str(folder)), default=asdict))
    found: dict[str, Any] = json.loads(figures.read_text(), object_hook=_revived)
    return found


def _revived(values: dict[str, Any]) -> Any:
    """Return a Spent where JSON has one."""
    return Spent(**values) if values.keys() == {"cpu", "wall"} else values


def child(*work: str, given: str = "") -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, *sys.argv, "--child", *work],
        env=os.environ | dict.fromkeys(_ONE_THREAD, "1"),
        input=given,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    result: dict[str, Any] = json.loads(done.stdout, object_hook=_revived)
    return result


def work(asked: argparse.Namespace) -> None:
    step, name, folder = asked.child
    if step == "build":
        synthesis = Synthesis(texts_of(asked.text), seed=asked.seed)
        result: Built | Answered = build(name, Path(folder), synthesis, asked.size)
    else:
        result = answer(name, Path(folder), read_task(json.load(sys.stdin)))
    json.dump(asdict(result), sys.stdout)


def report(results: dict[str, tuple[Built, Answered]]) -> None:
    rows = [built_row(name, built, answered) for name, (built, answered) in results.items()]
    heading = ["Engine", "passages/s CPU (wall)", "growth", "disk / text", "build MB"]
    print_table([*heading, "add ms CPU (wall)", "remove ms CPU (wall)"], rows)
    ours = results.get("ours")
    rows = [asked_row(name, answered, ours) for name, (_, answered) in results.items()]
    heading = ["Engine", "open + first ms", "p50 ms CPU (wall)", "p95 ms CPU (wall)", "p95 / ours"]
    print_table([*heading, "misspelt p95 ms", "misspelt / clean", "MB, of it index, own"], rows)
    if ours:
        print_steps(*ours)


def built_row(name: str, built: Built, answered: Answered) -> list[str]:
    changes = (
        milliseconds(each, 0.5) if each else "rebuild"
        for each in (answered.added, answered.removed)
    )
    return [
        name,
        built.rate(built.batches),
        f"{built.growth:.1f}" if name != "bm25s" else "-",
        f"{built.disk_bytes / built.text_bytes:.1f}",
        f"{built.peak_megabytes:.0f}",
        *changes,
    ]


def asked_row(name: str, asked: Answered, ours: tuple[Built, Answered] | None) -> list[str]:
    p95 = percentile([each.cpu for each in asked.clean], 0.95)
    misspelt = percentile([each.cpu for each in asked.misspelt], 0.95)
    own = percentile([each.cpu for each in ours[1].clean], 0.95) if ours else 0.0
    return [
        name,
        milliseconds([asked.opening], 0.5),
        milliseconds(asked.clean, 0.5),
        milliseconds(asked.clean, 0.95),
        f"{p95 / own:.2f}" if own else "-",
        milliseconds(asked.misspelt, 0.95),
        f"{misspelt / p95:.2f}",
        f"{asked.peak_megabytes:.0f}, {asked.peak_megabytes - asked.base_megabytes:.0f},"
        f" {asked.own_megabytes:.0f}",
    ]


def print_steps(built: Built, answered: Answered) -> None:
    say(f"Ours, the index step alone: {built.rate(built.indexed)} passages/s CPU (wall).")
    parts = ", ".join(f"{part} {size / built.text_bytes:.2f}" for part, size in built.parts.items())
    say(f"Ours, disk / text by part: {parts or 'SQLite cannot tell'}.")
    for name, spent in (("reading", answered.reading), ("finding", answered.finding)):
        p50, p95 = (milliseconds(spent, share) for share in (0.5, 0.95))
        say(f"Ours, {name} alone: p50 {p50}, p95 {p95} ms.")
    words = answered.corrections
    half, most = (percentile(words, share) * 1000 for share in (0.5, 0.95))
    say(f"Ours, one misspelt word ({len(words)}): p50 {half:.2f}, p95 {most:.2f} ms of CPU.\n")


if __name__ == "__main__":
    main()
