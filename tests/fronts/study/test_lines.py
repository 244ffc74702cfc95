"""A mock exam line by line: what each line comes to, in plain text."""

import pytest

from tests.study.made import NINE, after, exam
from tutor.fronts.study.lines import HELP, sit
from tutor.fronts.study.sitting import Sitting, Unkept
from tutor.study.mock_exam import paused
from tutor.subject import Pack

FIRST = """\
Question 1 of 3, Leaves. 0:10:00 left.
How hot should water number 1 be for green tea?
  1. Boiling
  2. 80 degrees
  3. As for black tea
"""


@pytest.fixture
def sitting(tea_pack: Pack) -> Sitting:
    return Sitting(tea_pack, paused(exam(), NINE), Unkept(), lambda: NINE)


def said(sitting: Sitting, *lines: str) -> list[str]:
    """Return what was said at the beginning and to each of *lines*."""
    heard: list[str] = []
    sit(sitting, lines, heard.append)
    return heard


def test_it_begins_with_the_first_question(sitting: Sitting) -> None:
    assert said(sitting) == [f"{FIRST}\nhelp says what can be said.\n"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("2", "Question 1: answer 2\n"),
        ("b", "Question 1: answer 2\n"),
        ("80 degrees", "Question 1: answer 2\n"),
        ("2 sure", "Question 1: answer 2, sure\n"),
        ("2g", "Question 1: answer 2, guess\n"),
        ("flag", "Question 1: left open, flagged\n"),
        ("clear", "Question 1: left open\n"),
        ("time", "0:10:00 left.\n"),
        ("help", f"{HELP}\n"),
        ("?", f"{HELP}\n"),
        ("sure", f"That is no choice. {HELP}\n"),
        ("9", f"That is no choice. {HELP}\n"),
        ("what?", f"That is no choice. {HELP}\n"),
        ("back", "There is no such question; hand in ends the exam, overview lists what is open.\n"),
        ("go 1", "There is no such question; hand in ends the exam, overview lists what is open.\n"),
        ("again", FIRST),
    ],
)
def test_each_line_is_answered_in_plain_text(sitting: Sitting, line: str, told: str) -> None:
    assert said(sitting, line)[1] == told


@pytest.mark.parametrize("line", ["", "next", "go 2", "question 2"])
def test_one_goes_from_question_to_question(sitting: Sitting, line: str) -> None:
    assert said(sitting, line)[1].startswith("Question 2 of 3, Hours of the day.")


def test_how_sure_one_is_may_come_after_the_answer(sitting: Sitting) -> None:
    assert said(sitting, "2", "not sure")[2] == "Question 1: answer 2, unsure\n"


def test_the_overview_lists_every_question(sitting: Sitting) -> None:
    assert said(sitting, "2 sure", "next", "flag", "overview")[4] == ("1: answer 2, sure\n2: open, flagged\n3: open\n")


def test_handing_in_is_asked_once_more(sitting: Sitting) -> None:
    assert said(sitting, "2", "hand in", "no", "hand in", "yes")[2:] == [
        "Left open: 2, 3.\n\nHand in for good? yes hands in; anything else goes on.\n".replace("\n\n", "\n", 1),
        f"{FIRST}Question 1: answer 2\n",
        "Left open: 2, 3.\nHand in for good? yes hands in; anything else goes on.\n",
    ]
    assert sitting.exam.over == NINE


def test_yes_alone_hands_nothing_in(sitting: Sitting) -> None:
    said(sitting, "yes", "hand in", "2", "yes")
    assert sitting.exam.over is None


@pytest.mark.parametrize("line", ["pause", "stop", "quit"])
def test_an_exam_can_be_paused(sitting: Sitting, line: str) -> None:
    assert len(said(sitting, line, "2")) == 1
    assert (sitting.exam.over, sitting.exam.at, sitting.exam.sheet.place) == (None, None, None)


def test_the_end_of_the_lines_pauses_the_exam(sitting: Sitting) -> None:
    said(sitting, "2")
    assert (sitting.exam.over, sitting.exam.at) == (None, None)


def test_an_answer_after_the_end_of_the_time_does_not_count(sitting: Sitting) -> None:
    times = iter([NINE, NINE])
    sitting.now = lambda: next(times, after(601))
    said(sitting, "2")
    assert sitting.exam.over == after(601)
    assert sitting.exam.sheet.place is None
