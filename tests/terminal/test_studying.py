"""Studying in a true terminal: a quiz, and a mock exam from its start to the report with a kill in the middle."""

import re
from pathlib import Path

import pytest

from tests.terminal.home import Home
from tests.terminal.terminal import Terminal

CLOCK = re.compile(r"\d:\d\d:\d\d left")


@pytest.fixture
def studying(home: Home) -> Home:
    """The home with a folder for data of its own."""
    return Home(home.folder, home.cache, {**home.also, "XDG_DATA_HOME": str(home.folder / "data")})


def chosen(terminal: Terminal) -> list[str]:
    """Return the lines of the choices that are taken."""
    return [row.lstrip(" ›") for row in terminal.rows if "(x)" in row]


def handed_in(terminal: Terminal) -> None:
    """Hand the exam in, and wait for the end of the report."""
    terminal.type("h")
    terminal.until("Hand in for good?")
    terminal.type("y")
    assert terminal.ended() == 0
    assert b"Traceback" not in terminal.output


def test_a_quiz_is_answered_by_arrows_numbers_and_words_and_then_it_ends(studying: Home) -> None:
    with studying.open("quiz", "--pack", "tea", "--count", "2", "--seed", "1", rows=50) as terminal:
        terminal.until("Question 1 of 2")
        terminal.until("Ctrl-D leave")
        terminal.ask("hint")
        terminal.until("Hint 1 of")
        terminal.press("down")
        terminal.until("› 1.")
        terminal.press("enter")
        terminal.until("How sure are you?")
        terminal.ask("guess")
        terminal.until("Question 2 of 2")
        terminal.say("1 sure")
        terminal.until("points by how sure you were")
        assert terminal.ended() == 0
        assert b"Traceback" not in terminal.output
        assert terminal.line_settings == terminal.settings


@pytest.mark.parametrize("words", [[], ["--plain"]])
def test_ctrl_c_while_the_pack_is_learned_ends_the_quiz(studying: Home, words: list[str]) -> None:
    (studying.folder / "tea" / "learned.weights").unlink()
    with studying.open("quiz", "--pack", "tea", *words) as terminal:
        terminal.until("learning it takes")
        terminal.press("ctrl-c")
        terminal.until("Stopped.")
        assert terminal.ended() == 130
        assert b"Traceback" not in terminal.output
        assert terminal.line_settings == terminal.settings


def test_what_was_answered_is_there_the_next_time_though_the_program_was_killed(studying: Home) -> None:
    with studying.open("quiz", "--pack", "tea", "--seed", "1", rows=50) as terminal:
        terminal.until("Ctrl-D leave")
        terminal.ask("1 sure")
        terminal.until("Question 2 of")
        terminal.kill()
    with studying.open("progress", "--pack", "tea", "--json") as terminal:
        assert terminal.ended() == 0
        assert '"answers": 1' in terminal.text


def test_a_quiz_begins_in_the_midst_of_the_shell_by_words(studying: Home) -> None:
    with studying.open("chat", "--pack", "tea", rows=50) as terminal:
        terminal.until("Ctrl-D leave")
        terminal.ask("quiz me on leaves")
        terminal.until("A quiz of")
        terminal.ask("stop")
        terminal.until("No question was answered.")
        terminal.ask("Green or black?")
        terminal.until("Green is brewed cooler")
        terminal.settle()
        terminal.press("ctrl-d")
        assert terminal.ended() == 0
        assert b"Traceback" not in terminal.output


def test_an_exam_goes_on_after_a_kill_and_ends_with_its_report(studying: Home) -> None:
    with studying.open("exam", "--pack", "tea", "--seed", "3") as terminal:
        terminal.until("Question 1 of 10")
        terminal.type("2s")
        terminal.until("(x) sure")
        first = chosen(terminal)
        terminal.type("f")
        terminal.until("⚑ flagged")
        terminal.press("enter")
        terminal.until("Question 2 of 10 · 1 answered · 1 flagged")
        terminal.kill()
    with studying.open("exam", "--pack", "tea", "--report", "exam.html") as terminal:
        terminal.until("An exam waits: 1 of 10 questions answered, 0:14:")
        terminal.press("enter")
        terminal.until("Question 2 of 10 · 1 answered · 1 flagged")
        terminal.press("left")
        terminal.until("⚑ flagged")
        assert chosen(terminal) == first
        terminal.type("o")
        terminal.until("›⚑  1. 2  sure")
        handed_in(terminal)
        assert re.search(r"^[01] of 10 right", terminal.text, re.MULTILINE)
        assert "Left open: 9." in terminal.text
        assert "To study next:" in terminal.text
        assert terminal.line_settings == terminal.settings
    assert "<h1>Mock exam</h1>" in (studying.folder / "exam.html").read_text(encoding="utf-8")


def test_a_paused_exam_waits_and_another_one_is_begun_only_when_that_is_wished(studying: Home) -> None:
    with studying.open("exam", "--pack", "tea", "--seed", "3") as terminal:
        terminal.until("Question 1 of 10")
        terminal.type("1p")
        assert terminal.ended() == 0
        assert "Paused. tutor exam goes on with it" in terminal.text
    with studying.open("exam", "--pack", "tea", "--seed", "3") as terminal:
        terminal.until("Go on with it?")
        terminal.say("n")
        terminal.until("Drop it for good and begin a new one? [y/N]")
        terminal.press("enter")
        assert terminal.ended() == 1
        assert "the exam that waits is left as it is" in terminal.text
    with studying.open("exam", "--pack", "tea") as terminal:
        terminal.until("Go on with it?")
        terminal.settle()
        terminal.press("ctrl-c")
        assert terminal.ended() == 1
        assert terminal.text.endswith("\nStopped.")
    with studying.open("exam", "--pack", "tea", "--seed", "4", "--new") as terminal:
        terminal.until("Question 1 of 10 · 0 answered")
        terminal.press("ctrl-c")
        assert terminal.ended() == 0


def test_an_exam_whose_terminal_goes_away_is_there_the_next_time(studying: Home) -> None:
    with studying.open("exam", "--pack", "tea", "--seed", "3") as terminal:
        terminal.until("Question 1 of 10")
        terminal.type("1")
        terminal.until("1 answered")
        terminal.close()
        assert terminal.ended_alone() == 129
    with studying.open("exam", "--pack", "tea") as terminal:
        terminal.until("An exam waits: 1 of 10 questions answered")
        terminal.press("enter")
        terminal.until("Question 1 of 10 · 1 answered")


def test_two_terminals_do_not_overwrite_each_other(studying: Home) -> None:
    with studying.open("exam", "--pack", "tea", "--seed", "3") as first:
        first.until("Question 1 of 10")
        with studying.open("exam", "--pack", "tea") as second:
            second.until("Go on with it?")
            second.press("enter")
            second.until("Question 1 of 10")
            second.type("1")
            second.until("1 answered")
            first.type("2")
            assert first.ended() == 1
            assert "this exam goes on in another terminal" in first.text
            handed_in(second)


def test_a_small_terminal_shows_all_of_a_question_page_by_page(studying: Home) -> None:
    with studying.open("exam", "--pack", "tea", "--seed", "3", columns=40, rows=8) as terminal:
        terminal.until("more lines: Page Down")
        terminal.press("up")
        terminal.until("› ( )")
        terminal.resize(80, 24)
        terminal.until_gone("more lines")
        terminal.until("p pause")
        assert CLOCK.search(terminal.rows[0])


@pytest.mark.parametrize("words", [["--plain"], []])
def test_a_plain_exam_is_complete_text_without_one_escape_code(studying: Home, words: list[str]) -> None:
    also = {} if words else {"NO_COLOR": "1"}
    with studying.open("exam", "--pack", "tea", "--seed", "3", *words, rows=60, also=also) as terminal:
        terminal.until("help says what can be said.")
        terminal.say("1 sure")
        terminal.until("Question 1: answer 1, sure")
        terminal.say("hand in")
        terminal.until("Hand in for good?")
        terminal.say("yes")
        assert terminal.ended() == 0
        assert "of 10 right" in terminal.text
        assert b"\x1b" not in terminal.output
        assert b"Traceback" not in terminal.output


def test_nobody_else_may_read_what_is_kept(studying: Home) -> None:
    with studying.open("exam", "--pack", "tea", "--seed", "3") as terminal:
        terminal.until("Question 1 of 10")
        terminal.type("p")
        assert terminal.ended() == 0
    kept: Path = studying.folder / "data" / "scenario-tutor" / "study.db"
    assert kept.stat().st_mode & 0o077 == 0
