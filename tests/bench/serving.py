"""What http.py measures: /ask of a real uvicorn, beside an endpoint that only searches FTS5.

Both serve the shipped articles and synthetic ones, made of them and of the collections named by
--text, up to a number of passages. The load generator is a process of its own on the same
machine. Every question is asked once in a run of a server, so that no cache of answers could
help (there is none: the program keeps passages, postings and parsed topics, never answers).
Afterwards, answers given under load are compared, byte for byte, with those given alone.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from clocks import machine, percentile
from large_base import base, questions
from load import Plan, Reply, Request
from parts import parts
from printed import print_table, say
from servers import Processes, cpu_seconds, serving
from sizes import size
from sources import texts_of
from synthetic import Synthesis

HERE = Path(__file__).parent
_CONNECTIONS = 16
_WARMING = 2.0  # seconds
_COMPARED = 200  # answers under load that are asked for again, alone
_WARMED, _PARTED = 300, 600  # questions of which the parts are told
_MOST = 1_500  # questions a second that are made ready


@dataclass(frozen=True, slots=True)
class Figures:
    """What one server reached: a second, and seconds of waiting."""

    rate: float
    closed: Sequence[Reply]
    open: Sequence[Reply]
    cpu_milliseconds: float
    failed: str
    etags: float
    compared: int
    different: int


def main() -> None:
    parser = argparse.ArgumentParser(description="Questions a second over HTTP, and the wait.")
    parser.add_argument("--size", type=size, default=10_000, help="passages: 10k, 100k")
    parser.add_argument("--text", type=Path, action="append", default=[], metavar="FOLDER")
    parser.add_argument("--rate", type=float, default=100, help="questions a second, open loop")
    parser.add_argument("--seconds", type=float, default=8, help="of each loop")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="and use what is kept there")
    asked = parser.parse_args()
    synthesis = Synthesis(texts_of(asked.text), seed=asked.seed)
    with base(synthesis, asked.size, asked.keep) as (folder, passages):
        needed = _WARMING * _MOST / 2 + asked.seconds * (_MOST + asked.rate)
        paths = questions(synthesis, asked.size, int(needed))
        say(f"## {passages:,} passages, {asked.rate:.0f} questions a second in the open loop\n")
        rows = []
        for kind, workers in (("ours", 1), ("ours", 2), ("plain", 1), ("plain", 2)):
            file = folder / ("ours.db" if kind == "ours" else "fts5.db")
            with serving(kind, file, workers) as (port, processes):
                figures = measured(port, processes, paths, asked.seconds, asked.rate)
            rows.append(row(f"{kind}, {workers} worker{'s' * (workers > 1)}", figures, asked.rate))
        spent = parts(folder / "ours.db", *plain_questions(paths))
    print_table(
        ["Server", "requests/s", "p50 ms", "p99 ms", "p99 / (16 / requests/s)",
         "open p50 ms", "open p99 ms", "CPU ms each", "304s/s", "failed", "wrong under load"],
        rows,
    )  # fmt: skip
    print_parts(spent)
    say(f"{machine()}.")


def plain_questions(paths: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return questions to warm up with, and those to measure the parts of an answer with."""
    texts = [parse_qs(urlsplit(path).query)["q"][0] for path in paths[: _WARMED + _PARTED]]
    return texts[:_WARMED], texts[_WARMED:]


def print_parts(spent: Mapping[str, float]) -> None:
    """Print what each part of an answer costs: without HTTP, in one thread of this process."""
    say("What an answer is made of, without HTTP, in ms of CPU on the mean:\n")
    whole = sum(spent.values())
    rows = [[name, f"{each:.2f}", f"{each / whole:.0%}"] for name, each in spent.items()]
    print_table(["Part", "ms", "share"], [*rows, ["all", f"{whole:.2f}", ""]])


def measured(
    port: int,
    processes: Processes,
    paths: Sequence[str],
    seconds: float,
    rate: float,
) -> Figures:
    fresh = iter(paths)

    def next_requests(seconds: float, rate: float) -> list[Request]:
        return [Request(path) for _, path in zip(range(int(seconds * rate)), fresh, strict=False)]

    generated(Plan(port, next_requests(_WARMING, _MOST // 2), _WARMING, _CONNECTIONS))
    asked = next_requests(seconds, _MOST)
    before = cpu_seconds(processes)
    spent, closed = generated(Plan(port, asked, seconds, _CONNECTIONS))
    cpu = cpu_seconds(processes) - before
    _, even = generated(Plan(port, next_requests(seconds, rate), seconds, rate=rate))
    different, compared = alone(port, asked, closed)
    return Figures(
        rate=len(closed) / spent,
        closed=closed,
        open=even,
        cpu_milliseconds=1000 * cpu / len(closed),
        failed=failures([*closed, *even]),
        etags=known(port, asked, closed, seconds / 2),
        compared=compared,
        different=different,
    )


def failures(replies: Sequence[Reply]) -> str:
    """Return how many replies were none, with their statuses: "3 (503, 504)"."""
    failed = [each.status for each in replies if each.status != 200]
    return f"{len(failed)} ({', '.join(map(str, sorted(set(failed))))})" if failed else "0"


def generated(plan: Plan) -> tuple[float, list[Reply]]:
    """Return the seconds a load took, and its replies."""
    done = subprocess.run(
        [sys.executable, str(HERE / "load.py")],
        input=json.dumps(asdict(plan)),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    table = json.loads(done.stdout)
    return table["seconds"], [Reply(**each) for each in table["replies"]]


def alone(port: int, asked: Sequence[Request], replies: Sequence[Reply]) -> tuple[int, int]:
    """Return how many answers given under load differ from those given alone, and of how many."""
    step = max(1, len(replies) // _COMPARED)
    some = [each for each in replies[::step] if each.status == 200]
    _, again = generated(Plan(port, [asked[each.place] for each in some], 600, 1))
    digests = {each.place: each.digest for each in again}
    different = sum(digests[n] != each.digest for n, each in enumerate(some))
    return different, len(some)


def known(port: int, asked: Sequence[Request], replies: Sequence[Reply], seconds: float) -> float:
    """Return how many requests a second are answered by "you have it already"."""
    tagged = [Request(asked[each.place].path, each.etag) for each in replies if each.etag]
    if not tagged:
        return 0.0
    spent, found = generated(Plan(port, tagged, seconds, _CONNECTIONS))
    if any(each.status != 304 for each in found):
        raise SystemExit("A known ETag was not recognised.")
    return len(found) / spent


def row(name: str, figures: Figures, rate: float) -> list[str]:
    closed = [each.seconds for each in figures.closed]
    even = [each.seconds for each in figures.open]
    p99 = percentile(closed, 0.99)
    return [
        name,
        f"{figures.rate:.0f}",
        f"{percentile(closed, 0.5) * 1000:.1f}",
        f"{p99 * 1000:.1f}",
        f"{p99 / (_CONNECTIONS / figures.rate):.2f}",
        f"{percentile(even, 0.5) * 1000:.1f}",
        f"{percentile(even, 0.99) * 1000:.1f}",
        f"{figures.cpu_milliseconds:.2f}",
        f"{figures.etags:.0f}" if figures.etags else "-",
        figures.failed,
        f"{figures.different} of {figures.compared}",
    ]
