"""A sitting: what changes is kept at once, time asleep does not count, two terminals do not overwrite each other."""

from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import changed
from tests.study.made import NINE, after, exam
from tutor.errors import StudyError
from tutor.fronts.study.log import ME
from tutor.fronts.study.sitting import InStore, Sitting, read_exam
from tutor.store.opening import open_store
from tutor.store.studied import Studied
from tutor.study.mock_exam import MockExam, Step, choose, exam_to_dict, go, handed_in, paused
from tutor.subject import Pack


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> datetime:
        return after(self.seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def studied(tmp_path: Path) -> Studied:
    return open_store(str(tmp_path / "study.db")).studied


@pytest.fixture
def sitting(tea_pack: Pack, studied: Studied, clock: Clock) -> Sitting:
    """An exam that is begun at nine."""
    new = paused(exam(), NINE)
    saved = studied.begin_exam(ME, "tea", exam_to_dict(new), at=NINE.timestamp())
    assert saved
    sat = Sitting(tea_pack, new, InStore(studied, saved), clock)
    sat.begin()
    return sat


def choosing(place: int) -> Step:
    return partial(choose, place=place)


def kept(studied: Studied) -> MockExam:
    """Return the exam as a program finds it that begins after a crash."""
    saved = studied.unfinished_exam(ME, "tea")
    assert saved
    return read_exam(saved)


def test_every_answer_is_kept_before_the_next_key(sitting: Sitting, studied: Studied, clock: Clock) -> None:
    clock.seconds = 30
    sitting.do(choosing(1))
    assert kept(studied).sheet.place == 1
    assert kept(studied).spent == 30.0


def test_the_clock_is_kept_now_and_then_though_nothing_is_pressed(
    sitting: Sitting, studied: Studied, clock: Clock
) -> None:
    for clock.seconds in (4.0, 9.0, 12.0, 15.0):
        sitting.tick()
    assert kept(studied).spent == 12.0
    assert sitting.exam.spent == 15.0


def test_time_asleep_does_not_count(sitting: Sitting, clock: Clock) -> None:
    clock.seconds = 10
    sitting.tick()
    clock.seconds = 5_000
    sitting.tick()
    assert sitting.left == 590.0


def test_a_paused_exam_goes_on_where_it_stood(sitting: Sitting, studied: Studied, clock: Clock, tea_pack: Pack) -> None:
    clock.seconds = 20
    sitting.pause()
    clock.seconds = 9_000
    again = Sitting(tea_pack, kept(studied), sitting.keep, clock)
    again.begin()
    assert again.left == 580.0


def test_the_exam_ends_when_its_time_is_over(sitting: Sitting, studied: Studied, clock: Clock) -> None:
    for clock.seconds in range(0, 640, 40):
        sitting.tick()
    assert sitting.exam.over == after(600)
    assert studied.unfinished_exam(ME, "tea") is None


def test_handing_in_puts_the_answers_that_were_given_into_the_log(sitting: Sitting, studied: Studied) -> None:
    sitting.do(choosing(1))
    sitting.do(lambda sat, at: go(sat, 1, at))
    sitting.do(choosing(1))
    sitting.do(handed_in)
    told = [(one.answered.entry, one.answered.right) for one in studied.reviews(ME, "tea")]
    assert told == [("fact.green-tea", True), ("trap.caffeine-at-night", False)]
    assert [read_exam(saved) for saved in studied.finished_exams(ME, "tea")] == [sitting.exam]


def test_nothing_more_is_kept_of_an_exam_that_is_handed_in(sitting: Sitting, studied: Studied) -> None:
    sitting.do(handed_in)
    sitting.do(choosing(1))
    sitting.pause()
    assert studied.reviews(ME, "tea") == []


def test_an_exam_that_goes_on_in_another_terminal_is_not_overwritten(
    sitting: Sitting, studied: Studied, clock: Clock, tea_pack: Pack
) -> None:
    saved = studied.unfinished_exam(ME, "tea")
    assert saved
    other = Sitting(tea_pack, read_exam(saved), InStore(studied, saved), clock)
    other.do(choosing(2))
    with pytest.raises(StudyError, match="goes on in another terminal"):
        sitting.do(choosing(0))
    assert kept(studied).sheet.place == 2


def test_a_question_whose_entry_the_pack_has_no_more_is_not_logged(
    sitting: Sitting, studied: Studied, tea_pack: Pack
) -> None:
    entries = {name: entry for name, entry in tea_pack.entries.items() if name != "fact.green-tea"}
    sitting.pack = changed(tea_pack, entries=entries)
    sitting.do(choosing(1))
    sitting.do(handed_in)
    assert studied.reviews(ME, "tea") == []
