import sys

from benchmarks.processes import cost_of

_BURN = "import time\nwhile time.process_time() < 0.6: pass\nprint('done', flush=True)\ntime.sleep(30)"
_LEAVE = (
    "import os, subprocess, sys, time\n"
    f"child = subprocess.Popen([sys.executable, '-c', {_BURN!r}], stdout=subprocess.PIPE)\n"
    "child.stdout.readline()\ntime.sleep(0.5)\nchild.kill()\nos._exit(0)"
)


def test_what_a_process_uses_counts_even_when_nobody_waits_for_it() -> None:
    assert cost_of([sys.executable, "-c", _LEAVE]).cpu >= 0.5
