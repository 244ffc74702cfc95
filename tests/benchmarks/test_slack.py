import json
import subprocess
import sys
from collections.abc import Sequence

import pytest

from tests.conftest import HERE, TEA

SMALL = ["--threads", "20", "--rate", "20", "--pack", str(TEA), "--json"]


def ran(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.slack", *SMALL, *arguments]
    return subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.parametrize("more", [[], ["--http"], ["--store", "postgresql", "--replicas", "2"]], ids=" ".join)
def test_a_small_run_loses_and_doubles_nothing(more: Sequence[str], request: pytest.FixtureRequest) -> None:
    if "postgresql" in more:
        request.getfixturevalue("postgres")  # skips where there is none, and fails in CI
    done = ran("--messages", "60", "--kills", "2", *more)
    assert done.returncode == 0, done.stderr
    measured = json.loads(done.stdout)
    assert measured["messages said, and answered exactly once"] == 60
    assert measured["kills with kill -9, each followed by a start"] == 2


@pytest.mark.slow
def test_a_bound_that_is_not_kept_to_fails() -> None:
    done = ran("--messages", "30", "--kills", "0", "--fail-over", "0")
    assert (done.returncode, done.stderr) == (1, "p99, ms is over 0\n")
