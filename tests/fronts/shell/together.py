"""Programs that begin in the same instant, as two shells do that write one file."""

import subprocess
import sys
from collections.abc import Sequence


def begun(*programs: Sequence[str]) -> list[subprocess.Popen[str]]:
    """Start *programs* of Python, each with its arguments, and let them go once all have said that they are ready."""
    started = [
        subprocess.Popen([sys.executable, "-c", *program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for program in programs
    ]
    for one in started:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    for one in started:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()
    return started


def must_end_well(started: Sequence[subprocess.Popen[str]]) -> None:
    """Wait for the end of all; none says anything, and none fails."""
    assert [(one.communicate()[0], one.returncode) for one in started] == [("", 0)] * len(started)
