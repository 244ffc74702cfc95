"""What a command costs: its time, the processor time of all its processes, and the memory they held together."""

import os
import resource
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.1  #: seconds between two looks at the memory


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock and of processors, and MiB at the peak: of all processes together, and of the largest."""

    wall: float
    cpu: float
    memory: float
    largest: float

    def beyond(self, start: "Cost") -> "Cost":
        """Return what was needed beyond the *start*."""
        return Cost(self.wall - start.wall, self.cpu - start.cpu, self.memory, self.largest)


def cost_of(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """Run *command* to its end and return what it cost; a CalledProcessError when it fails."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, **(environment or {})}, stderr=subprocess.PIPE, text=True)
    watched = _Watched(process.pid)
    watched.start()
    _, said = process.communicate()
    wall = time.perf_counter() - began
    watched.ended.set()
    watched.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command), stderr=said)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    waited_for = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    cpu = max(waited_for, watched.cpu)  # nobody waits for what a virtual machine of Java starts
    return Cost(wall, cpu, watched.memory / 2**20, watched.largest / 2**20)


class _Watched(threading.Thread):
    """Looks now and then what a process and its children hold and have used; memory they share is counted once."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.ended = threading.Event()
        self.memory = self.largest = 0
        self._pid = pid
        self._used: dict[int, float] = {}

    @property
    def cpu(self) -> float:
        """Seconds of processors that all of them had used when they were last seen."""
        return sum(self._used.values())

    def run(self) -> None:
        """Look until it has ended."""
        while not self.ended.wait(_EVERY):
            tree = _tree(self._pid)
            held = [_held(pid) for pid in tree]
            self._used.update((pid, max(_used(pid), self._used.get(pid, 0.0))) for pid in tree)
            self.memory = max(self.memory, sum(held))
            self.largest = max(self.largest, *held, 0)


def _tree(pid: int) -> list[int]:
    return [pid, *(inner for child in children(pid) for inner in _tree(child))]


def children(pid: int) -> list[int]:
    """Return the processes that any thread of the process *pid* started and that still run."""
    try:
        told = [path.read_text("ascii") for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return []
    return [int(child) for one in told for child in one.split()]


def _held(pid: int) -> int:
    """Return how many bytes a process holds, its share of what it has in common with others."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _used(pid: int) -> float:
    """Return how many seconds of processors a process has used, without its children."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text("ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")
