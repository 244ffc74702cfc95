"""The mock exam as states: the sheet, the clock that stands still while it is paused, and what is saved of it."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.study.made import NINE, after, exam, leaves
from tutor.errors import StudyError
from tutor.study.certainty import Certainty
from tutor.study.mock_exam import (
    MockExam,
    Sheet,
    be_sure,
    begun,
    choose,
    exam_from_dict,
    exam_to_dict,
    flag,
    go,
    handed_in,
    looked,
    paused,
    resumed,
)

Step = Callable[[MockExam, datetime], MockExam]


def test_an_exam_begins_with_the_first_question_and_an_empty_sheet() -> None:
    new = exam()
    assert (new.place, new.left(NINE), new.left_open, new.flagged) == (0, 600.0, (0, 1, 2), ())
    assert new.sheet == Sheet()


def test_an_exam_needs_questions_and_a_domain_for_each() -> None:
    with pytest.raises(ValueError, match="needs questions"):
        begun((), (), 10, NINE)
    with pytest.raises(ValueError, match="a domain for each"):
        begun((leaves(),), (), 10, NINE)


def test_an_answer_stands_on_the_sheet_with_how_sure_one_is() -> None:
    sat = be_sure(choose(exam(), 1, after(5)), "sure", after(6))
    assert sat.sheet == Sheet(1, "sure", at=after(5))
    assert sat.left_open == (1, 2)


def test_another_choice_takes_back_how_sure_one_was() -> None:
    sat = be_sure(choose(exam(), 1, after(5)), "sure", after(6))
    assert choose(sat, 1, after(7)).sheet.certainty == "sure"
    assert choose(sat, 2, after(7)).sheet.certainty is None


def test_an_answer_can_be_taken_back() -> None:
    sat = choose(choose(exam(), 1, after(5)), None, after(6))
    assert (sat.sheet.place, sat.left_open) == (None, (0, 1, 2))


def test_nobody_is_sure_of_no_answer() -> None:
    assert be_sure(exam(), "sure", after(1)).sheet == Sheet()


def test_there_is_no_choice_beyond_the_last() -> None:
    with pytest.raises(ValueError, match="there is no choice 4"):
        choose(exam(), 3, NINE)


def test_a_flag_is_raised_and_lowered() -> None:
    raised = flag(exam(), after(1))
    assert raised.flagged == (0,)
    assert flag(raised, after(2)).flagged == ()


@pytest.mark.parametrize(("to", "place"), [(1, 1), (-1, 0), (99, 2)])
def test_one_goes_to_any_question_that_there_is(to: int, place: int) -> None:
    assert go(exam(), to, after(1)).place == place


def test_a_paused_exam_stands_still() -> None:
    resting = paused(exam(), after(100))
    assert resting.left(after(5_000)) == 500.0
    going = resumed(resting, after(5_000))
    assert going.left(after(5_010)) == 490.0


def test_the_time_between_a_crash_and_the_resumption_does_not_count() -> None:
    last = choose(exam(), 1, after(60))  # the program is killed some time after
    assert resumed(last, after(9_000)).left(after(9_000)) == 540.0


def test_a_clock_that_was_set_back_gives_no_time() -> None:
    assert looked(looked(exam(), after(60)), after(10)).left(after(10)) == 540.0


def test_the_exam_is_handed_in_when_its_time_is_over() -> None:
    over = looked(exam(), after(600))
    assert (over.over, over.left(after(601))) == (after(600), 0.0)


@pytest.mark.parametrize("step", [partial(lambda place, exam, at: choose(exam, place, at), 1), flag, handed_in])
def test_nothing_changes_an_exam_that_is_handed_in(step: Step) -> None:
    over = handed_in(choose(exam(), 0, after(5)), after(9))
    assert step(over, after(10)) == over
    assert resumed(over, after(11)) == over


def test_an_answer_after_the_end_comes_too_late() -> None:
    late = choose(exam(), 1, after(601))
    assert late.over == after(601)
    assert late.sheet == Sheet()


def test_the_answers_say_what_was_chosen_and_what_was_left_open() -> None:
    sat = handed_in(be_sure(choose(exam(), 1, after(5)), "sure", after(6)), after(9))
    told = [(one.chosen, one.right, one.certainty, one.at) for one in sat.answers()]
    assert told == [
        ("80 degrees", True, "sure", after(5)),
        (None, False, "unsure", after(9)),
        (None, False, "unsure", after(9)),
    ]


def _surely(certainty: Certainty) -> Step:
    return lambda exam, at: be_sure(exam, certainty, at)


SURE: list[Certainty] = ["sure", "unsure", "guess"]
STEPS = st.one_of(
    st.integers(0, 1).map(lambda place: lambda exam, at: choose(exam, place, at)),
    st.just(lambda exam, at: choose(exam, None, at)),
    st.sampled_from(SURE).map(_surely),
    st.integers(-2, 5).map(lambda place: lambda exam, at: go(exam, place, at)),
    st.sampled_from([flag, looked, paused, resumed]),
)


@given(st.lists(st.tuples(STEPS, st.floats(-50, 200))))
def test_any_steps_keep_an_exam_sane_and_what_is_saved_is_what_was(steps: list[tuple[Step, float]]) -> None:
    sat, seconds = exam(), 0.0
    for step, more in steps:
        before, seconds = sat, seconds + more
        sat = step(sat, after(seconds))
        assert 0 <= sat.spent <= sat.seconds
        assert sat.spent >= before.spent
        assert before.over is None or sat == before
        assert exam_from_dict(json.loads(json.dumps(exam_to_dict(sat)))) == sat


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": 9},
        {"version": None},
        {"exercises": []},
        {"domains": ["leaves"]},
        {"domains": [1, 2, 3]},
        {"place": 3},
        {"place": "x"},
        {"spent": -1},
        {"spent": 601},
        {"seconds": 0},
        {"seconds": "inf"},
        {"sheets": [[9, None, False, None]] * 3},
        {"sheets": [[0, "certain", False, None]] * 3},
        {"sheets": [[0, None, False, "yesterday"]] * 3},
        {"over": "2026-11-02T09:00:00"},  # in no time zone
        {"exercises": ["x"] * 3},
        {"exercises": [{**exam_to_dict(exam())["exercises"][0], "choices": []}] * 3},
        {"exercises": [{**exam_to_dict(exam())["exercises"][0], "kind": "riddle"}] * 3},
    ],
)
def test_a_saved_exam_that_is_damaged_is_told_in_one_line(wrong: dict[str, Any]) -> None:
    with pytest.raises(StudyError, match=r"the saved exam (cannot be read|is of another version of the tutor)$"):
        exam_from_dict({**exam_to_dict(exam()), **wrong})


@given(st.dictionaries(st.sampled_from(sorted(exam_to_dict(exam()))), st.none() | st.integers() | st.text(max_size=5)))
def test_no_damage_to_a_saved_exam_breaks_its_reading(wrong: dict[str, Any]) -> None:
    try:
        read = exam_from_dict({**exam_to_dict(exam()), **wrong})
    except StudyError:
        return
    assert len(read.exercises) == len(read.sheets) == len(read.domains)
    assert 0 <= read.spent <= read.seconds
