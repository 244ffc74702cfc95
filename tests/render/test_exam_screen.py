"""The exam's screen: every line fits, whatever the size, and says in words what colours say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.study.made import NINE, after, exam
from tutor.render import exam_screen
from tutor.render.exam_screen import Line
from tutor.render.wrapped import cells
from tutor.study.mock_exam import MockExam, be_sure, choose, flag, go


def text(lines: list[Line]) -> str:
    return "\n".join("".join(piece.text for piece in line).rstrip() for line in lines)


def answered() -> MockExam:
    """Return the exam with its first question answered, surely, and its second flagged and open."""
    sat = be_sure(choose(exam(), 1, after(1)), "sure", after(1))
    return flag(go(sat, 1, after(2)), after(2))


def test_the_head_says_which_question_and_how_much_time_is_left() -> None:
    head = text([exam_screen.head(answered(), 593.2, 60)])
    assert head == " Question 2 of 3 · 1 answered · 1 flagged      0:09:53 left"


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (43, " Question 2 of 3 · 1 answered"),
        (32, " Question 2 of 3"),
        (30, " Question 2 of 3"),
        (29, " 2 of 3"),
        (20, " 2/3"),
        (16, ""),
    ],
)
def test_in_a_narrow_terminal_the_time_that_is_left_stays(width: int, said: str) -> None:
    head = exam_screen.head(answered(), 593.2, width)
    assert (head[0].text, head[-1].text) == (said, "0:09:53 left ")
    assert sum(cells(piece.text) for piece in head) == width


def test_the_clock_warns_in_the_last_minutes() -> None:
    styles = [[piece.style for piece in exam_screen.head(exam(), left, 60)][-1] for left in (301.0, 300.0)]
    assert styles == ["class:exam.head", "class:exam.head class:exam.soon"]


def test_the_question_is_shown_with_what_is_chosen_marked_and_said_to_be_sure() -> None:
    sat = go(answered(), 0, after(3))
    assert text(exam_screen.question(sat, "Leaves", 2, 60)) == (
        "Leaves\n\nHow hot should water number 1 be for green tea?\n\n"
        "  ( ) 1. Boiling\n  (x) 2. 80 degrees\n› ( ) 3. As for black tea\n\n"
        "How sure? (x) sure   ( ) unsure   ( ) guess"
    )


def test_a_flagged_question_without_an_answer_says_so() -> None:
    said = text(exam_screen.question(answered(), "Hours", None, 60)).splitlines()
    assert said[0] == "Hours  ⚑ flagged"
    assert said[-1] == "How sure you are can be said once you have chosen."


def test_the_overview_has_a_line_for_each_question() -> None:
    assert text(exam_screen.overview(answered(), 1, 66)) == (
        "    1. 2  sure    How hot should water number 1 be for green tea?\n"
        "›⚑  2. -          Is this right? Drinking black tea as nightcap …\n"
        "    3. -          How hot should water number 2 be for green tea?"
    )


def test_handing_in_names_what_is_open_and_flagged() -> None:
    assert text(exam_screen.handing_in(answered(), 60)) == (
        "Left open: 2, 3.\nFlagged: 2.\n\nHand in for good? y hands in, n goes back."
    )


@pytest.mark.parametrize("mode", ["question", "overview", "handing in", "help"])
@settings(deadline=None)
@given(width=st.integers(20, 200))
def test_the_foot_fits(mode: str, width: int) -> None:
    assert cells(text([exam_screen.foot(mode, 4, width)])) <= width


@settings(deadline=None)
@given(width=st.integers(30, 200))
def test_every_line_fits(width: int) -> None:
    sat = go(answered(), 0, NINE)
    for lines in (
        exam_screen.question(sat, "Leaves", 1, width), exam_screen.overview(sat, 0, width),
        exam_screen.handing_in(sat, width), exam_screen.keys(width),
    ):  # fmt: skip
        assert all(cells("".join(piece.text for piece in line)) <= max(width, 60) for line in lines)


@settings(deadline=None)
@given(height=st.integers(1, 40), top=st.integers(0, 50))
def test_what_does_not_fit_is_said_to_be_there(height: int, top: int) -> None:
    lines = exam_screen.keys(40)
    seen = exam_screen.windowed(lines, top, height)
    assert len(seen) == min(height, len(lines))
    if len(seen) < len(lines):
        assert "Page" in text(seen)


@settings(deadline=None)
@given(height=st.integers(5, 30), top=st.integers(0, 30), marked=st.integers(0, 2))
def test_what_is_marked_is_seen_whole(height: int, top: int, marked: int) -> None:
    lines = exam_screen.question(exam(), "Leaves", marked, 40)
    seen = exam_screen.windowed(lines, exam_screen.seen(lines, top, height), height)
    assert exam().open.choices[marked].text in text(seen)
