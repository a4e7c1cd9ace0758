"""CPU and wall time, percentiles, memory, and what machine and versions a run was made with."""

import os
import platform
import resource
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")
PACKAGES = ("bm25s", "tantivy", "fastapi", "uvicorn", "numpy", "rapidfuzz")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of CPU of the process, all of its threads, and on the wall."""

    cpu: float
    wall: float

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.cpu + other.cpu, self.wall + other.wall)


def timed(work: Callable[..., Result], *arguments: object) -> tuple[Result, Spent]:
    """Return what calling `work` returns, and what it took."""
    cpu, wall = time.process_time(), time.perf_counter()
    result = work(*arguments)
    return result, Spent(time.process_time() - cpu, time.perf_counter() - wall)


def percentile(values: Iterable[float], share: float) -> float:
    """Return the value that `share` of the values do not exceed, one of them; 0 of none."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)] if ordered else 0.0


def milliseconds(times: Sequence[Spent], share: float) -> str:
    """Return a percentile as "CPU (wall)" in milliseconds."""
    cpu = percentile([each.cpu for each in times], share) * 1000
    wall = percentile([each.wall for each in times], share) * 1000
    return f"{cpu:.2f} ({wall:.2f})"


def resident_megabytes(*, peak: bool = True) -> float:
    """Return the memory of this process, at its peak or now; only the peak outside Linux."""
    status = Path("/proc/self/status")
    if status.exists():
        wanted = "VmHWM:" if peak else "VmRSS:"
        line = next(line for line in status.read_text().splitlines() if line.startswith(wanted))
        return int(line.split()[1]) / 1024
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def own_megabytes() -> float:
    """Return the memory of this process that is no part of a file, all of it outside Linux."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    own = [int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon:")]
    return own[0] if own else resident_megabytes(peak=False)


def fresh_peak() -> float:
    """Forget the peak so far, where the system can do so; return the memory of now."""
    refs = Path("/proc/self/clear_refs")
    if refs.exists():
        refs.write_text("5")
    return resident_megabytes(peak=False)


def disk_bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def machine() -> str:
    """Return one line on the machine and the versions."""
    packages = ", ".join(f"{name} {_version(name)}" for name in PACKAGES)
    return (
        f"{os.cpu_count()} cores ({_processor()}), {platform.system()}, Python "
        f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}"
    )


def _processor() -> str:
    """Return the vendor and family of the processor, without its exact model."""
    file = Path("/proc/cpuinfo")
    lines = file.read_text().splitlines() if file.exists() else []
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return " ".join(names[0].split()[:2]) if names else platform.machine()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
