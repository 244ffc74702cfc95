"""The wish for a quiz: what it comes to, and what is said where it comes to nothing."""

from datetime import UTC

import pytest

from tests.study.made import NINE, hours, leaves
from tutor import Tutor
from tutor.errors import StudyError
from tutor.study.answered import answered
from tutor.study.review import Review, reviewed
from tutor.study.wanted import Aim
from tutor.study.wish import Wish, Wished, quiz_of
from tutor.subject import Pack

EXERCISES = (leaves(1), leaves(2), hours(1))


def wished(tea: Tutor, wish: Wish, *reviews: Review) -> Wished:
    return quiz_of(tutor=tea, wish=wish, exercises=EXERCISES, reviews=reviews, at=NINE, zone=UTC)


def wrong(pack: Pack, place: int = 0) -> Review:
    """Return that the first exercise about leaves was answered wrong."""
    return reviewed(pack, answered(leaves(1), place, "sure", 0, NINE))


def test_a_quiz_without_a_wish_asks_about_everything_an_entry_at_a_time(tea: Tutor) -> None:
    quiz = wished(tea, Wish(seed=1)).quiz
    assert {exercise.id for exercise in quiz.exercises} == {exercise.id for exercise in EXERCISES}
    assert quiz.exercises[0].entry != quiz.exercises[1].entry


def test_a_quiz_has_as_many_questions_as_are_wished_for(tea: Tutor) -> None:
    assert len(wished(tea, Wish(count=2)).quiz.exercises) == 2


def test_the_same_seed_makes_the_same_quiz(tea: Tutor) -> None:
    assert wished(tea, Wish(seed=5)) == wished(tea, Wish(seed=5))


@pytest.mark.parametrize("wish", [Wish("leaves"), Wish("sencha"), Wish(topics=("Leaves",)), Wish(topics=("leaves",))])
def test_a_quiz_about_a_topic_asks_about_nothing_else(tea: Tutor, wish: Wish) -> None:
    found = wished(tea, wish)
    assert {exercise.topic for exercise in found.quiz.exercises} == {"leaves"}
    assert found.about == "Leaves"


@pytest.mark.parametrize("wish", [Wish(aim="wrong"), Wish("my mistakes")])
def test_a_quiz_about_mistakes_asks_them_again(tea: Tutor, wish: Wish) -> None:
    found = wished(tea, wish, wrong(tea.pack))
    assert [exercise.id for exercise in found.quiz.exercises] == [leaves(1).id]
    assert found.about == "what you got wrong"


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (Wish("the offside rule"), "no topic here is about “the offside rule”; tutor topics lists what there is"),
        (Wish(topics=("leafs",)), "there is no topic leafs; did you mean Leaves?"),
        (Wish(topics=("xyz",)), "there is no topic xyz; tutor topics lists what there is"),
    ],
)
def test_a_wish_for_what_there_is_not_says_what_there_is(tea: Tutor, wish: Wish, said: str) -> None:
    with pytest.raises(StudyError) as caught:
        wished(tea, wish)
    assert str(caught.value) == said


@pytest.mark.parametrize("aim", ["weak", "confused", "wrong"])
def test_an_aim_that_nothing_fits_says_so(tea: Tutor, aim: Aim) -> None:
    with pytest.raises(StudyError, match=r"so far|nothing that you"):
        wished(tea, Wish(aim=aim))
