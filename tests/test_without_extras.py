"""What a learner is told who has not installed what a command needs."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import TEA

_RUN = "import sys; sys.modules[sys.argv.pop(1)] = None; from tutor.cli import main; main()"


@pytest.mark.parametrize(
    ("package", "command"),
    [
        ("fsrs", ["due"]),
        ("fsrs", ["progress"]),
        ("fsrs", ["progress", "--json"]),
        ("genanki", ["export", "anki", "deck.apkg"]),
    ],
)
def test_a_missing_package_is_told_in_one_line(package: str, command: list[str], tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _RUN, package, *command, "--pack", str(TEA)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    told = f"Error: the package {package} is missing; pip install 'scenario-tutor[study]'\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", told)
    assert not any(tmp_path.iterdir())
