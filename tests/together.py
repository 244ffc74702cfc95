"""Processes that begin in the same instant, as two shells do that write one file."""

import subprocess
import sys
from collections.abc import Sequence


def begun(*programs: Sequence[str]) -> list[subprocess.Popen[str]]:
    """Start *programs* of Python, each with its arguments, and let them go once all have said that they are ready."""
    processes = [waiting([sys.executable, "-c", *program]) for program in programs]
    begin(*processes)
    return processes


def waiting(command: Sequence[str]) -> subprocess.Popen[str]:
    """Start a process that is to wait for `begin`."""
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def begin(*processes: subprocess.Popen[str], ready: str = "ready") -> None:
    """Let all go once each has said that it is *ready*."""
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == f"{ready}\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()


def must_end_well(processes: Sequence[subprocess.Popen[str]]) -> None:
    """Wait for the end of all; none says anything, and none fails."""
    assert [(one.communicate()[0], one.returncode) for one in processes] == [("", 0)] * len(processes)
