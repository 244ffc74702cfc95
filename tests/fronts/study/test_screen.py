"""The whole screen of an exam at a keyboard: keys in through a pipe, and a clock that a test sets."""

from collections.abc import Callable
from datetime import datetime

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from tests.study.made import NINE, after, exam
from tutor.errors import StudyError
from tutor.fronts.study.screen import Screen
from tutor.fronts.study.sitting import Sitting, Unkept
from tutor.study.mock_exam import MockExam, Sheet, paused
from tutor.subject import Pack


def sat(
    pack: Pack,
    keys: str,
    *,
    now: Callable[[], datetime] = lambda: NINE,
    keep: Unkept | None = None,
    minutes: float = 10,
) -> MockExam:
    """Return how the exam stands after *keys*."""
    sitting = Sitting(pack, paused(exam(minutes=minutes), NINE), keep or Unkept(), now)
    with create_pipe_input() as typed:
        typed.send_text(keys)
        Screen(sitting, "auto", input=typed, output=DummyOutput()).run()
    return sitting.exam


def test_keys_answer_flag_and_hand_in(tea_pack: Pack) -> None:
    done = sat(tea_pack, "2sf\r1hy")
    assert [sheet.place for sheet in done.sheets] == [1, 0, None]
    assert done.sheets[0] == Sheet(1, "sure", True, NINE)
    assert done.over == NINE


@pytest.mark.parametrize("key", ["p", "\x03", "\x04"])
def test_a_pause_leaves_the_clock_standing(tea_pack: Pack, key: str) -> None:
    done = sat(tea_pack, f"2{key}")
    assert (done.sheet.place, done.at, done.over) == (1, None, None)


def test_arrows_escape_and_tab_are_keys_as_letters_are(tea_pack: Pack) -> None:
    done = sat(tea_pack, "\x1b[B\x1b[B\r\x1b[C\x1b[D\t\x1b[Bp")
    assert (done.sheet.place, done.place) == (1, 0)


class Late(Unkept):
    """Lets the clock leap once something is answered."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> datetime:
        return after(self.seconds)

    def save(self, exam: MockExam, _: datetime) -> None:
        self.seconds = 0.0 if exam.sheet.place is None else 50.0


def test_the_exam_ends_by_itself_when_its_time_is_over(tea_pack: Pack) -> None:
    late = Late()
    done = sat(tea_pack, "2", now=late, keep=late, minutes=0.5)
    assert (done.over, done.spent, done.sheet.place) == (after(50), 30.0, 1)


class Full(Unkept):
    """Keeps nothing from the first answer on, and says so."""

    def save(self, exam: MockExam, _: datetime) -> None:
        if exam.sheet.place is not None:
            raise StudyError("this exam goes on in another terminal")


def test_what_cannot_be_kept_ends_the_exam_and_is_told(tea_pack: Pack) -> None:
    with pytest.raises(StudyError, match="another terminal"):
        sat(tea_pack, "2", keep=Full())
