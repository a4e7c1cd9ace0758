"""Servers of http.py as child processes that share a socket; only these are ended."""

import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

HERE = Path(__file__).parent
Processes = Sequence[subprocess.Popen[str]]


@contextmanager
def serving(kind: str, file: Path, workers: int) -> Iterator[tuple[int, Processes]]:
    """Run servers that share one socket, and end just these."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=256))
        descriptor = listener.fileno()
        processes = []
        for _ in range(workers):
            command = [sys.executable, str(HERE / "served.py"), kind, str(file), str(descriptor)]
            process = subprocess.Popen(
                command,
                pass_fds=[descriptor],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
            stack.callback(_end, process)
            processes.append(process)
        for process in processes:
            assert process.stdout is not None
            if process.stdout.readline() != "ready\n":
                raise SystemExit(f"The server {kind} did not start.")
        yield listener.getsockname()[1], processes


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def cpu_seconds(processes: Processes) -> float:
    """Return the CPU time of processes so far; 0 where the system does not tell it."""
    total = 0.0
    for process in processes:
        file = Path(f"/proc/{process.pid}/stat")
        if file.exists():
            user, system = file.read_text().rpartition(")")[2].split()[11:13]
            total += (int(user) + int(system)) / 100
    return total
