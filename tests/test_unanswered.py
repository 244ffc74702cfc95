"""The commands for an admin: what is not answered, and what was counted."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from tests.conftest import TEA
from tutor.cli import main
from tutor.store import Count, Job, Missed, open_store

PERU = "What is the capital of Peru?"
NOVEMBER = 1_793_491_200.0  # 2026-11-01
DAY = 86_400.0

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("unanswered-cache")


@pytest.fixture
def run(learned: Path, tmp_path: Path) -> Run:
    """Run a command on a home folder of its own."""

    def invoke(*words: str) -> Result:
        env = {"XDG_CACHE_HOME": str(learned), "XDG_DATA_HOME": str(tmp_path / "data")}
        result = CliRunner(env=env).invoke(main, words)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


@pytest.fixture
def kept(tmp_path: Path) -> str:
    """A store in which Peru was asked for twice, a joke once, and one question was answered."""
    path = str(tmp_path / "store.db")
    with open_store(path) as store:
        for number, (text, at) in enumerate([(PERU, 0), ("capital of Peru?", 9), ("tell me a joke", 20)]):
            assert store.accept(f"Ev{number}", "T", {}, at=1.0)
            job = store.claim("w", at=NOVEMBER)
            assert isinstance(job, Job)
            when = NOVEMBER + at * DAY
            missed = Missed(text, "declined", (), None, when)
            store.finish(job, at=when, missed=missed, count=Count(None, "decline", question=True))
    return path


def test_unanswered_questions_are_listed(run: Run, kept: str) -> None:
    result = run("unanswered", "--store", kept, "--pack", str(TEA))
    lines = result.stdout.splitlines()
    assert lines[:3] == ["1. declined twice, last on 2026-11-10", "   capital of Peru?", f"   {PERU}"]
    assert "2. declined once, last on 2026-11-21" in lines


def test_only_what_was_asked_since_a_day_is_listed(run: Run, kept: str) -> None:
    result = run("unanswered", "--store", kept, "--pack", str(TEA), "--since", "2026-11-21")
    assert result.stdout.startswith("1. declined once, last on 2026-11-21\n   tell me a joke\n")
    result = run("unanswered", "--store", kept, "--pack", str(TEA), "--since", "2026-11-22")
    assert result.stdout == "Nothing is unanswered.\n"


def test_skeletons_are_written_into_a_new_file(run: Run, kept: str, tmp_path: Path) -> None:
    target = tmp_path / "skeletons.yaml"
    command = ("unanswered", "--store", kept, "--pack", str(TEA), "--yaml", str(target), "--most", "1")
    assert run(*command).stdout.endswith("… and 1 more, asked once in all; --most shows more\n")
    topic, intents = yaml.safe_load_all(target.read_text(encoding="utf-8"))
    assert topic[0]["id"] == "fact.capital-peru"
    assert intents["fact.capital-peru"]["short"] == [PERU, "capital of Peru?"][::-1]
    again = run(*command)
    assert (again.exit_code, again.stderr) == (1, f"Error: {target}: File exists\n")


def test_gaps_are_printed_as_json(run: Run, kept: str) -> None:
    shown = json.loads(run("unanswered", "--store", kept, "--pack", str(TEA), "--json").stdout)
    assert [gap["times"] for gap in shown] == [2, 1]
    assert shown[0]["skeleton"]["entry"] == "fact.capital-peru"
    assert {fault["rule"] for fault in shown[0]["skeleton"]["faults"]} == {
        "too-few-examples",
        "shared-example",  # the pack has it outside
        "unknown-id",
    }


@pytest.mark.parametrize("words", [("unanswered",), ("slack", "stats"), ("slack", "forget", "--user", "U1")])
def test_a_store_that_is_not_there_is_told_and_not_made(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert result.stderr == f"Error: {tmp_path}/data/scenario-tutor/store.db: there is no such store\n"
    assert not (tmp_path / "data").exists()


def test_counts_are_shown_as_a_table_and_as_json(run: Run, kept: str) -> None:
    assert run("slack", "stats", "--store", kept).stdout.splitlines()[-1].split() == [
        "all",
        "all",
        *"3 0 0% 0 0.00 0 0".split(),
    ]
    rows = json.loads(run("slack", "stats", "--store", kept, "--json", "--since", "2026-11-10").stdout)
    assert [(row["week"], row["questions"]) for row in rows] == [("2026-W46", 1), ("2026-W47", 1)]


def test_a_day_that_is_none_is_a_usage_error(run: Run, kept: str) -> None:
    result = run("slack", "stats", "--store", kept, "--since", "yesterday")
    assert result.exit_code == 2
    assert "'yesterday' does not match the format '%Y-%m-%d'" in result.stderr
