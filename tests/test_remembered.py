"""The commands about what a learner remembers, on a store in a home folder of one's own."""

import json
import os
import sqlite3
import stat
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import TEA
from tutor.cli import main
from tutor.fronts.study.log import OwnLog
from tutor.here import now
from tutor.kept import ANSWERS
from tutor.study.answered import Answered, answered
from tutor.study.exercise import Exercise
from tutor.study.making import exercises
from tutor.study.review import Review, reviewed
from tutor.subject import Pack

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("remembered-cache")


@pytest.fixture
def run(learned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on a home folder of its own, in UTC."""
    for name, value in {"XDG_CACHE_HOME": learned, "XDG_DATA_HOME": tmp_path / "data", "TZ": "UTC"}.items():
        monkeypatch.setenv(name, str(value))

    def invoke(*words: str) -> Result:
        result = CliRunner().invoke(main, [*words, "--pack", str(TEA)])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


@dataclass
class Learner:
    """Answers exercises of the tea pack, some days ago."""

    pack: Pack

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        return exercises(self.pack)

    def answer(self, exercise: Exercise, *, right: bool, days: float, revision: int = 1) -> Answered:
        """Answer *exercise* some *days* ago, when its entry had that *revision*."""
        place = next(at for at, choice in enumerate(exercise.choices) if choice.right is right)
        given = answered(exercise, place, "sure", 0, now() - timedelta(days=days))
        self.keep(given, {given.entry: revision})
        return given

    def keep(self, given: Answered, revisions: Mapping[str, int] | None = None) -> None:
        """Keep an answer, as it was *given*."""
        log = OwnLog()
        log.note(Review(given, self.pack.about.name, revisions) if revisions else reviewed(self.pack, given))
        log.store.close()


@pytest.fixture
def learner(run: Run, tea_pack: Pack) -> Learner:
    return Learner(tea_pack)


def test_before_the_first_answer_nothing_is_due_and_nothing_is_kept(run: Run) -> None:
    assert run("due").stdout == "Nothing is due, since nothing was answered yet. To be asked: tutor quiz\n"
    assert "0 answered" not in run("progress").stdout
    assert not ANSWERS.path.exists()


def test_what_is_due_is_named_with_the_chance_that_it_is_known(run: Run, learner: Learner) -> None:
    given = learner.answer(learner.exercises[0], right=True, days=10)
    title = learner.pack.entries[given.entry].title
    day = (now() - timedelta(days=8)).date().isoformat()
    head, _, *rows = run("due").stdout.splitlines()
    assert head == "Due today: 1 entry. To be asked: tutor quiz"
    assert [row.split(maxsplit=2) for row in rows] == [["recall", "due", "what"], ["77%", day, title]]


def test_a_pair_that_was_confused_is_due_and_shown_with_both_titles(run: Run, learner: Learner) -> None:
    one, place = next(
        (exercise, at)
        for exercise in learner.exercises
        for at, choice in enumerate(exercise.choices)
        if not choice.right and choice.entry != exercise.entry
    )
    learner.keep(answered(one, place, "sure", 0, now() - timedelta(days=2)))
    entries = sorted((one.entry, one.choices[place].entry))
    titles = " / ".join(learner.pack.entries[entry].title for entry in entries)
    said = run("due").stdout
    assert said.splitlines()[0] == "Due today: 1 entry and 1 pair that you confused. To be asked: tutor quiz"
    assert titles in said
    assert f"What you confused\n- 1 of 1 wrong: {titles}\n" in run("progress").stdout


@pytest.mark.parametrize("damage", ["at = -1e15", "at = 1e15", "revisions = '{'"])
def test_an_answer_that_is_damaged_does_not_count_and_is_told(run: Run, learner: Learner, damage: str) -> None:
    for exercise in learner.exercises[:2]:
        learner.answer(exercise, right=True, days=10)
    with closing(sqlite3.connect(ANSWERS.path)) as raw, raw:
        raw.execute(f"update tutor_reviews set {damage} where number = 1")  # noqa: S608 - words of this test
    told = f"{ANSWERS.path}: answer 1 is damaged and does not count\n"
    done = run("due")
    assert (done.stdout.splitlines()[0], done.stderr) == ("Due today: 1 entry. To be asked: tutor quiz", told)
    done = run("progress", "--json")
    assert (done.exit_code, json.loads(done.stdout)["answers"], done.stderr) == (0, 1, told)


def test_entries_that_count_no_more_are_named(run: Run, learner: Learner) -> None:
    given = learner.answer(learner.exercises[0], right=True, days=1)
    learner.keep(replace(given, entry="fact.gone"), {"fact.gone": 1})
    said = run("due").stdout
    assert said.endswith("\n\nNo longer in the pack, so no longer asked: fact.gone\n")
    assert json.loads(run("progress", "--json").stdout)["gone"] == ["fact.gone"]


def test_entries_that_say_something_else_now_are_named(run: Run, learner: Learner) -> None:
    given = learner.answer(learner.exercises[0], right=True, days=1, revision=9)
    said = f"Says something else now, so it is asked anew: {given.entry}"
    assert said in run("due").stdout
    assert said in run("progress").stdout


def test_without_the_package_that_schedules_it_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name == "tutor.study.memory" or name.split(".")[0] == "fsrs"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "fsrs", None)
    result = run("due")
    assert result.exit_code == 1
    assert result.stderr == "Error: the package fsrs is missing; pip install 'scenario-tutor[study]'\n"


def test_when_nothing_is_due_it_says_when_something_will_be(run: Run, learner: Learner) -> None:
    learner.answer(learner.exercises[0], right=True, days=0)
    day = (now() + timedelta(days=2)).date().isoformat()
    assert run("due").stdout == f"Nothing is due today. The next 1 comes on {day}.\n"


def test_due_is_data_too(run: Run, learner: Learner) -> None:
    given = learner.answer(learner.exercises[0], right=False, days=3)
    said = json.loads(run("due", "--json").stdout)
    assert said["day"] == now().date().isoformat()
    assert said["due"][0]["entries"] == [given.entry]
    assert (said["due"][0]["answers"], said["due"][0]["wrong"]) == (1, 1)
    assert (said["gone"], said["renewed"]) == ([], [])


def test_progress_shows_topics_what_comes_due_and_certainty(run: Run, learner: Learner) -> None:
    learner.answer(learner.exercises[0], right=True, days=0)
    learner.answer(learner.exercises[-1], right=False, days=0)
    parts = run("progress").stdout.split("\n\n")
    assert parts[0].splitlines()[0].endswith("2 answers in all, 2 today, 1 day in a row.")
    assert parts[1].splitlines()[0].split() == ["topic", "mastery", "seen", "entries", "due"]
    assert parts[2].splitlines()[0] == "Due in the next 14 days"
    assert len(parts[2].splitlines()) == 15
    assert "#" in parts[2]
    assert [line.split() for line in parts[3].splitlines()[2:]] == [
        ["sure", "2", "50%"],
        ["unsure", "0", "–"],
        ["guess", "0", "–"],
    ]


def test_progress_is_data_too(run: Run, learner: Learner) -> None:
    learner.answer(learner.exercises[0], right=True, days=1)
    said = json.loads(run("progress", "--json").stdout)
    assert (said["answers"], said["today"], said["streak"], said["due"]) == (1, 0, 1, 0)
    assert sum(topic["seen"] for topic in said["topics"]) == 1
    assert sum(said["forecast"].values()) == 1
    assert len(said["forecast"]) == 14
    assert said["certainty"]["sure"] == {"answers": 1, "right": 1}
    assert 0 < said["mastery"] < 1


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_nobody_else_can_read_what_was_answered(run: Run, learner: Learner) -> None:
    learner.answer(learner.exercises[0], right=True, days=1)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in ANSWERS.path.parent.iterdir()}
    assert modes["study.db"] == 0o600
    assert all(mode == 0o600 for mode in modes.values())
    assert stat.S_IMODE(ANSWERS.path.parent.stat().st_mode) == 0o700


def test_what_was_answered_is_forgotten_with_the_rest(run: Run, learner: Learner) -> None:
    learner.answer(learner.exercises[0], right=True, days=1)
    said = CliRunner().invoke(main, ["forget", "--yes"]).stdout
    assert f"answers: {ANSWERS.path}" in said
    assert not ANSWERS.path.parent.exists()
    assert run("due").stdout.startswith("Nothing is due, since nothing was answered yet.")


def test_a_store_that_cannot_be_read_is_named_in_one_line(run: Run) -> None:
    ANSWERS.path.parent.mkdir(parents=True)
    ANSWERS.path.write_bytes(b"no database, but long enough to be read as the header of one" * 20)
    result = run("due")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == f"Error: {ANSWERS.path}: file is not a database"
