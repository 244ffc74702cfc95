"""What comes next is what is due, then what is new, then the rest; each once, and the same for the same seed."""

from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.study.learners import BLACK, CUP, GREEN, WHITE, answered, day, exercise, log, pack_of
from tutor.study.answered import Answered
from tutor.study.answered import answered as answered_to
from tutor.study.exercise import Exercise
from tutor.study.memory import Memory, remember
from tutor.study.planning import plan
from tutor.study.wanted import Aim

PACK = pack_of()
EXERCISES = (
    exercise(BLACK, GREEN, stem="A"),
    exercise(BLACK, WHITE, stem="B"),
    exercise(GREEN, BLACK, WHITE),
    exercise(WHITE, CUP),
    exercise(CUP),
)


def memory(*answers: Answered, at: float = 30) -> Memory:
    return remember(PACK, log(*answers), day(at))


def entries(remembered: Memory, count: int = 4, seed: int = 1, aim: Aim | None = None) -> list[str]:
    return [one.entry for one in plan(EXERCISES, remembered, count, seed, UTC, aim)]


def ids(exercises: tuple[Exercise, ...]) -> list[str]:
    return [one.id for one in exercises]


def test_what_is_due_comes_first_then_what_is_new_then_the_rest() -> None:
    planned = entries(memory(answered(GREEN, 29.9), answered(WHITE, 0), answered(CUP, 0, right=False)))
    assert planned == [CUP, WHITE, BLACK, GREEN]


def test_however_much_is_due_something_new_comes_after_every_second() -> None:
    wrong = [answered(entry, right=False) for entry in (GREEN, WHITE, CUP)]
    assert entries(memory(*wrong), 4).index(BLACK) == 2


def test_one_exercise_serves_an_entry_and_the_pair_that_is_due_with_it() -> None:
    planned = plan(EXERCISES, memory(answered(BLACK, confused=WHITE)), 4, 1, UTC)
    assert {choice.entry for choice in planned[0].choices} == {BLACK, WHITE}
    assert sorted(one.entry for one in planned) == [BLACK, CUP, GREEN, WHITE]


def test_of_an_entry_comes_first_what_was_never_answered_then_what_is_longest_ago() -> None:
    one, other = EXERCISES[:2]
    given = [answered_to(one, 0, "sure", 0, day(1))]
    assert ids(plan(EXERCISES[:2], memory(*given), 1, 1, UTC)) == [other.id]
    given.append(answered_to(other, 0, "sure", 0, day(2)))
    assert ids(plan(EXERCISES[:2], memory(*given), 2, 1, UTC)) == [one.id, other.id]
    given.append(answered_to(one, 0, "sure", 0, day(3)))
    assert ids(plan(EXERCISES[:2], memory(*given), 2, 1, UTC)) == [other.id, one.id]


def test_no_entry_comes_twice_before_each_had_its_turn() -> None:
    planned = entries(memory(), 5)
    assert sorted(planned[:4]) == sorted({BLACK, GREEN, WHITE, CUP})
    assert planned[4] == BLACK


def test_a_pair_is_asked_by_what_tells_the_two_apart() -> None:
    confused = memory(answered(GREEN, confused=BLACK))
    first, *_ = plan(EXERCISES, confused, 5, 1, UTC, "confused")
    assert {BLACK, GREEN} <= {choice.entry for choice in first.choices}
    assert set(entries(confused, aim="confused")) == {BLACK, GREEN}


def test_a_pair_without_an_exercise_of_its_own_is_asked_by_those_of_either() -> None:
    assert sorted(entries(memory(answered(GREEN, confused=CUP)), 9, aim="confused")) == [CUP, GREEN]


def test_only_what_was_wrong_last_comes_again_where_that_is_asked_for() -> None:
    tried = [(0, 1, 1), (2, 1, 2), (2, 0, 3), (3, 1, 4)]
    given = [answered_to(EXERCISES[which], place, "sure", 0, day(at)) for which, place, at in tried]
    planned = plan(EXERCISES, memory(*given), 9, 1, UTC, "wrong")
    assert ids(planned) == [EXERCISES[3].id, EXERCISES[0].id]


def test_weak_spots_leave_out_what_is_known() -> None:
    assert entries(memory(answered(BLACK, 30), answered(CUP, 30, right=False)), aim="weak") == [CUP]


def test_there_is_nothing_weak_or_confused_or_wrong_before_the_first_answer() -> None:
    assert [entries(memory(), aim=aim) for aim in ("weak", "confused", "wrong")] == [[], [], []]


@pytest.mark.parametrize("count", [0, 1, 99])
def test_no_more_are_planned_than_are_asked_for_or_there_are(count: int) -> None:
    assert len(plan(EXERCISES, memory(), count, 1, UTC)) == min(count, len(EXERCISES))


def test_what_was_vanished_from_the_exercises_is_passed_over() -> None:
    assert plan(EXERCISES[4:], memory(answered(GREEN, confused=BLACK)), 9, 1, UTC) == (EXERCISES[4].shuffled(1),)


@settings(deadline=None)
@given(st.integers(), st.lists(st.tuples(st.integers(0, 4), st.integers(0, 1), st.floats(0, 30)), max_size=20))
def test_a_plan_holds_each_exercise_once_and_is_the_same_again(seed: int, tried: list[tuple[int, int, float]]) -> None:
    given = [answered_to(EXERCISES[which], place, "sure", 0, day(at)) for which, place, at in tried]
    planned = plan(EXERCISES, memory(*given), 99, seed, UTC)
    assert sorted(ids(planned)) == sorted(ids(EXERCISES))
    assert plan(EXERCISES[::-1], memory(*given), 99, seed, UTC) == planned
