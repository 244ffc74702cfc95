"""What comes of answers: tallies by domain and topic, how well one knew it, what to study next."""

import pytest

from tests.conftest import changed
from tests.study.made import after, exam, hours, leaves
from tutor.study.answered import answered
from tutor.study.certainty import Certainty
from tutor.study.mock_exam import be_sure, choose, go, handed_in
from tutor.study.result import Result, Tally, exam_result, result
from tutor.subject import Pack


def came_of(pack: Pack, *given: tuple[int, int | None, Certainty]) -> Result:
    """Return what came of answers to exercises about leaves: number, place, certainty."""
    exercises = [leaves(number) for number, _, _ in given]
    answers = [
        answered(exercise, place, certainty, 0, after(1))
        for exercise, (_, place, certainty) in zip(exercises, given, strict=True)
    ]
    return result(pack, exercises, answers)


def test_right_answers_and_points_are_counted(tea_pack: Pack) -> None:
    whole = came_of(tea_pack, (1, 1, "sure"), (2, 0, "sure"), (3, 1, "guess"), (4, None, "guess")).whole
    assert whole == Tally(asked=4, answered=3, right=2, marks=3 - 6 + 1)
    assert (whole.share, whole.most) == (0.5, 12)


def test_an_exam_is_counted_by_domain_and_topic_the_weakest_topic_first(tea_pack: Pack) -> None:
    sat = choose(exam(), 1, after(1))
    sat = handed_in(choose(go(sat, 1, after(2)), 1, after(3)), after(4))
    came = exam_result(tea_pack, sat)
    assert [(one.title, one.tally.right, one.tally.asked) for one in came.domains] == [
        ("Leaves", 1, 2),
        ("Hours", 0, 1),
    ]
    assert [one.title for one in came.topics] == ["Hours of the day", "Leaves"]
    assert (came.pass_mark, came.passed) == (0.6, False)


def test_an_exam_without_a_pass_mark_is_neither_passed_nor_failed(tea_pack: Pack) -> None:
    assert tea_pack.about.exam
    about = changed(tea_pack.about, exam=changed(tea_pack.about.exam, pass_mark=None))
    assert exam_result(changed(tea_pack, about=about), handed_in(exam(), after(1))).passed is None


@pytest.mark.parametrize(
    ("certainty", "right", "judged"),
    [
        ("sure", [True, True, True, True, False], "about right"),
        ("sure", [True, True, False], "too sure"),
        ("unsure", [True, True, True], "surer than you think"),
        ("unsure", [True, True, True, False], "about right"),
        ("unsure", [True, False, False], "too sure"),
        ("guess", [True, True, True], "surer than you think"),
        ("guess", [False, False, False], "about right"),
        ("sure", [False, False], None),
    ],
)
def test_how_sure_one_was_is_judged_by_what_would_have_earned_most(
    tea_pack: Pack, certainty: Certainty, right: list[bool], judged: str | None
) -> None:
    came = came_of(tea_pack, *((number, int(one), certainty) for number, one in enumerate(right)))
    (said,) = (one for one in came.sureness if one.certainty == certainty)
    assert (said.count, said.right, said.judged) == (len(right), sum(right), judged)


def test_what_nobody_said_to_be_sure_of_is_not_judged(tea_pack: Pack) -> None:
    sat = be_sure(choose(exam(), 1, after(1)), "sure", after(1))
    sat = handed_in(choose(go(sat, 2, after(2)), 1, after(3)), after(4))
    assert [one.count for one in exam_result(tea_pack, sat).sureness] == [1, 0, 0]


def test_what_to_study_is_each_entry_once_the_gravest_first(tea_pack: Pack) -> None:
    exercises = [hours(1), hours(2), leaves(1), leaves(2)]
    given: list[tuple[int | None, Certainty]] = [(None, "guess"), (1, "unsure"), (1, "guess"), (0, "sure")]
    answers = [
        answered(exercise, place, certainty, 0, after(1))
        for exercise, (place, certainty) in zip(exercises, given, strict=True)
    ]
    came = result(tea_pack, exercises, answers)
    assert [(one.entry, one.title, one.reason) for one in came.study] == [
        ("fact.green-tea", "Green tea wants cooler water", "sure and wrong"),
        ("trap.caffeine-at-night", "Strong tea before sleep", "wrong"),
    ]
    assert [one.number for one in came.wrong] == [1, 2, 4]


def test_all_right_and_no_guess_leaves_nothing_to_study(tea_pack: Pack) -> None:
    assert came_of(tea_pack, (1, 1, "sure"), (2, 1, "unsure")).study == ()


def test_questions_of_a_quiz_that_was_left_do_not_count(tea_pack: Pack) -> None:
    came = result(tea_pack, [leaves(1), leaves(2)], [answered(leaves(1), 1, "sure", 0, after(1))])
    assert came.whole.asked == 1


def test_nothing_answered_is_no_failure_of_the_counting(tea_pack: Pack) -> None:
    came = result(tea_pack, [], [])
    assert (came.whole, came.whole.share, came.topics) == (Tally(0, 0, 0, 0), 0.0, ())
