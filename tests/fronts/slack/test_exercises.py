"""Which exercises somebody is asked: what a quiz has stays what it has, and each day of a channel has another one."""

import pytest

from tests.conftest import TEA
from tutor import Tutor
from tutor.errors import StudyError
from tutor.fronts.slack.exercises import Exercises, seed_of
from tutor.pack import load_pack


@pytest.fixture(scope="module")
def exercises(tea: Tutor) -> Exercises:
    return Exercises(tea, load_pack(TEA))


def test_a_quiz_has_the_same_exercises_in_the_same_order_each_time(exercises: Exercises) -> None:
    names = exercises.planned("leaves", [], 5, seed_of("q1"), 0.0)
    assert len(set(names)) == 5
    assert names == exercises.planned("leaves", [], 5, seed_of("q1"), 0.0)
    assert exercises.of(names, "q1") == exercises.of(names, "q1")
    assert [exercise.id for exercise in exercises.of(names, "q1")] == list(names)
    assert {exercise.topic for exercise in exercises.of(names, "q1")} == {"leaves"}


def test_an_exercise_that_is_gone_ends_its_quiz(exercises: Exercises) -> None:
    names = exercises.planned("", [], 2, 1, 0.0)
    with pytest.raises(StudyError, match="the questions are not the same any more; ask for a new quiz"):
        exercises.of((*names, "0123456789abcdef"), "q1")


def test_no_question_of_the_day_comes_twice_before_all_have_come(exercises: Exercises) -> None:
    count = len(exercises.all())
    asked = [exercises.of_the_day("T1/C1/daily", 20_000 + day) for day in range(2 * count)]
    assert set(asked[:count]) == set(exercises.all())
    assert asked[:count] == asked[count:]
    assert asked != [exercises.of_the_day("T1/C2/daily", 20_000 + day) for day in range(2 * count)]


def test_with_the_examples_of_the_pack_there_are_more_exercises(tea: Tutor, exercises: Exercises) -> None:
    assert len(Exercises(tea).all()) < len(exercises.all())
