"""The commands quiz and exam as they are typed: what is piped in, exit codes, and one clear line for each fault."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import TEA
from tutor.cli import main

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def run(cache: Path, tmp_path: Path) -> Run:
    """Run a command on the tea pack, with what is kept in a folder of this test."""
    env = {"XDG_CACHE_HOME": str(cache), "XDG_DATA_HOME": str(tmp_path / "data")}

    def invoke(*words: str, input: str = "") -> Result:
        result = CliRunner(env=env).invoke(main, [*words, "--pack", str(TEA)], input=input)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


def test_a_quiz_answers_what_is_piped_in_and_ends_with_what_came_of_it(run: Run) -> None:
    result = run("quiz", "leaves", "--count", "2", "--seed", "1", input="1 sure\n2 guess\n1\n")
    assert result.exit_code == 0
    assert result.stdout.startswith("A quiz of 2 questions about Leaves; seed 1.")
    assert re.search(r"^[012] of 2 right; -?\d+ of 6 points", result.stdout, re.MULTILINE)


def test_the_same_seed_asks_the_same(run: Run) -> None:
    assert run("quiz", "--seed", "5").stdout == run("quiz", "--seed", "5").stdout
    assert run("quiz", "--seed", "5").stdout != run("quiz", "--seed", "6").stdout


def test_a_quiz_that_nobody_answers_keeps_nothing(run: Run, tmp_path: Path) -> None:
    assert run("quiz").exit_code == 0
    assert not (tmp_path / "data").exists()


def test_what_was_wrong_comes_again_until_it_is_right(run: Run) -> None:
    asked = run("quiz", "--topic", "leaves", "--count", "1", "--seed", "1", input="skip\n").stdout
    right = re.search(r"^The right answer: (.*)$", asked, re.MULTILINE)
    stem = asked.splitlines()[3]
    assert right
    again = run("quiz", "--wrong", input=f"{right[1]}\nsure\n").stdout
    assert stem in again
    assert "Right; you were sure: +3" in again
    assert (
        run("quiz", "--wrong")
        .stderr.strip()
        .endswith("there is nothing that you got wrong last; a quiz without that wish asks about what is new")
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("quiz", "the offside rule"),
            "Error: no topic here is about “the offside rule”; tutor topics lists what there is",
        ),
        (("quiz", "--topic", "leafs"), "Error: there is no topic leafs; did you mean Leaves?"),
        (("exam", "--last"), "Error: no exam was handed in yet; tutor exam begins one"),
        (("exam", "--report", "nowhere/exam.html"), "Error: nowhere/exam.html: there is no folder nowhere"),
    ],
)
def test_a_fault_is_told_in_one_line_with_exit_code_1(run: Run, words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines()[-1] == said
    assert "making the questions" not in result.stderr


@pytest.mark.parametrize(
    "words", [("quiz", "--count", "0"), ("quiz", "--seed", "x"), ("exam", "--questions", "0"), ("exam", "--seed", "-1")]
)
def test_a_figure_that_cannot_be_is_a_wrong_usage(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("quiz", "--weak", "--confused", "--wrong"), "--weak and --confused and --wrong do not go together"),
        (("quiz", "--wrong", "--weak"), "--weak and --wrong do not go together; take one of them"),
        (("exam", "--last", "--new"), "--last reports on an exam and sits none: --new does not go with it"),
        (("exam", "--last", "--questions", "7", "--seed", "0"), "--questions and --seed do not go with it"),
    ],
)
def test_wishes_that_do_not_go_together_are_a_wrong_usage(run: Run, words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr.splitlines()[-1]


def test_an_exam_goes_on_from_pipe_to_pipe_and_ends_with_its_report(run: Run, tmp_path: Path) -> None:
    first = run("exam", "--seed", "3", input="1 sure\nnext\nflag\n")
    assert first.exit_code == 0
    assert first.stdout.endswith("Paused. tutor exam goes on with it; the clock stands still until then.\n")
    page = tmp_path / "exam.html"
    second = run("exam", "--report", str(page), input="overview\nhand in\nyes\n")
    assert second.exit_code == 0
    assert "1: answer 1, sure\n2: open, flagged\n3: open\n" in second.stdout
    assert "Left open: 9." in second.stdout
    assert "<h1>Mock exam</h1>" in page.read_text(encoding="utf-8")
    assert run("exam", "--last").stdout == second.stdout[second.stdout.index(run("exam", "--last").stdout[:20]) :]


def test_a_shorter_exam_is_shorter_in_proportion(run: Run) -> None:
    said = run("exam", "--questions", "5", "--seed", "3").stdout
    assert said.startswith("Question 1 of 5, ")
    assert re.search(r"0:0[67]:\d\d left", said)  # half of fifteen minutes, rounded up


def test_an_exam_that_waits_is_dropped_only_when_that_is_said(run: Run) -> None:
    run("exam", "--seed", "3", input="1\n")
    assert "Question 1: answer 1" in run("exam").stdout
    assert "Question 1: answer 1" not in run("exam", "--new", "--seed", "3").stdout


def damage(folder: Path, state: str) -> None:
    """Put *state* in the place of what is kept of every exam."""
    (kept,) = folder.rglob("study.db")
    with closing(sqlite3.connect(kept)) as store, store:
        store.execute("update tutor_exams set state = ?", (state,))


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ('{"version": 1}', "cannot be read"),
        ("{", "cannot be read"),
        ("[]", "cannot be read"),
        ('{"version": 9}', "is of another version of the tutor"),
    ],
)
def test_a_saved_exam_that_is_damaged_is_told_and_can_be_dropped(
    run: Run, tmp_path: Path, state: str, said: str
) -> None:
    run("exam", "--seed", "3")
    damage(tmp_path, state)
    damaged = run("exam")
    assert (damaged.exit_code, damaged.stderr) == (1, f"Error: the saved exam {said}; tutor exam --new drops it\n")
    assert run("exam", "--new", "--seed", "3", input="hand in\nyes\n").exit_code == 0
    damage(tmp_path, state)
    last = run("exam", "--last")
    assert (last.exit_code, last.stderr) == (1, f"Error: the saved exam {said}; tutor exam begins another one\n")


def test_an_exam_that_waits_is_told_where_nobody_is_asked(run: Run) -> None:
    assert run("exam", "--seed", "3", input="1\n").stderr == ""
    said = run("exam", "--questions", "7", "--seed", "9")
    assert said.stdout.startswith("Question 1 of 10, ")
    assert re.fullmatch(
        r"An exam waits: 1 of 10 questions answered, 0:1\d:\d\d left. "
        r"It goes on; tutor exam --new drops it and begins another one.\n",
        said.stderr,
    )


def test_an_exam_that_is_not_kept_names_no_command_that_would_need_it(run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "data" / "scenario-tutor" / "study.db"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"no database, and longer than the head of one " * 50)
    result = run("exam", "--seed", "3", input="hand in\nyes\n")
    assert result.exit_code == 0
    assert result.stderr.startswith("This exam is not kept and cannot be paused: ")
    assert "0 of 10 right (0%)." in result.stdout
    assert "tutor quiz" not in result.stdout


def test_a_pack_without_an_exam_says_so(cache: Path, tmp_path: Path, tea_copy: Path) -> None:
    file = tea_copy / "knowledge" / "pack.yaml"
    file.write_text(file.read_text(encoding="utf-8").partition("exam:")[0], encoding="utf-8")
    result = CliRunner(env={"XDG_DATA_HOME": str(tmp_path / "data")}).invoke(main, ["exam", "--pack", str(tea_copy)])
    assert result.exit_code == 1
    assert (
        result.stderr
        == "Error: Brewing tea prepares for no exam: its pack.yaml has no exam; tutor quiz asks questions\n"
    )
