"""The Java that Spark needs: missing, too old, and there."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tutor.cli import main
from tutor.errors import BatchError
from tutor.fronts.batch.spark.java import must_have_java

HOW = (
    "install a Java 17 runtime, for example with apt-get install openjdk-17-jre-headless, "
    "and let JAVA_HOME or PATH lead to it"
)


def java(folder: Path, says: str) -> Path:
    """Put a program called java into *folder*."""
    folder.mkdir(parents=True)
    program = folder / "java"
    program.write_text(f"#!/bin/sh\necho '{says}' >&2\n")
    program.chmod(0o755)
    return program


def test_where_there_is_no_java_the_command_says_so_and_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    done = CliRunner().invoke(main, ["batch", "--engine", "spark", str(tmp_path), str(tmp_path / "out")])
    assert (done.exit_code, done.output) == (1, f"Error: Spark needs Java, and there is none; {HOW}\n")


def test_a_java_home_that_leads_nowhere_is_no_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(BatchError, match="Spark needs Java, and there is none"):
        must_have_java()


@pytest.mark.parametrize(
    ("says", "version"),
    [
        ('openjdk version "11.0.20" 2023-07-18', 11),
        ('java version "1.8.0_391"', 8),
        ('openjdk version "17.0.15" 2025-04-15', None),
        ('openjdk version "21" 2023-09-19', None),
        ("who knows", None),
    ],
)
def test_an_old_java_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: str, version: int | None
) -> None:
    program = java(tmp_path / "bin", says)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    if version is None:
        must_have_java()
        return
    with pytest.raises(BatchError) as error:
        must_have_java()
    assert str(error.value) == f"Spark needs Java 17, and {program} is Java {version}; {HOW}"
