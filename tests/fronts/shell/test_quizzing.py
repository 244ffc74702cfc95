"""A quiz in the shell: line in, what is said of it out; every answer goes into the log before anything else is said."""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

import pytest

from tests.conftest import TEA
from tests.study.made import NINE, hours, leaves
from tutor import Tutor
from tutor.errors import StoreError
from tutor.fronts.shell.loading import Loading
from tutor.fronts.shell.quizzing import Study
from tutor.fronts.shell.session import Session
from tutor.fronts.shell.toolbar import toolbar
from tutor.part import text_of
from tutor.study.log import Unkept
from tutor.study.review import Review
from tutor.study.wish import Wish


class Quizzed:
    """A session whose exercises are two, one of leaves and one of hours, and what is in its log."""

    def __init__(self, tea: Tutor, **fields: Any) -> None:
        self.log = fields.pop("log", Unkept())
        study = Study(self.log, lambda: NINE, lambda: UTC, lambda: 3)
        self.session = Session(Loading(lambda _: tea), TEA, study=study, **fields)
        self.session.made = tea.pack, (leaves(1), hours(1))
        self.left = False

    def __call__(self, *lines: str) -> str:
        """Take *lines*, and return what the last one came to."""
        told = [self.session.take(line) for line in lines]
        self.left = told[-1].left
        return text_of(told[-1].parts)

    @property
    def kept(self) -> list[tuple[str, str | None, str]]:
        """The log: entry, choice, certainty."""
        return [(one.answered.entry, one.answered.chosen, one.answered.certainty) for one in self.log.reviews("tea")]


@pytest.fixture
def say(tea: Tutor) -> Quizzed:
    return Quizzed(tea)


def test_words_begin_a_quiz(say: Quizzed) -> None:
    said = say("quiz me on leaves, please")
    assert said.startswith("A quiz of 1 question about Leaves; seed 3.")
    assert "How hot should water number 1 be for green tea?" in said


def test_the_command_begins_a_quiz_about_anything(say: Quizzed) -> None:
    assert say("/quiz").startswith("A quiz of 2 questions; seed 3.")
    assert say("/quiz hours").startswith("A quiz of 1 question about Hours of the day")
    assert say("/quiz me on hours").startswith("A quiz of 1 question about Hours of the day")


def test_a_wish_that_comes_to_nothing_is_told_and_the_dialogue_goes_on(say: Quizzed) -> None:
    assert say("quiz me on the offside rule") == (
        "no topic here is about “the offside rule”; tutor topics lists what there is"
    )
    assert say("/quiz me on my mistakes").startswith("there is nothing that you got wrong last")
    assert say("/quiz my mistakes").startswith("there is nothing that you got wrong last")
    assert say("Green or black?").startswith("Green or black")


def test_a_choice_is_followed_by_the_question_how_sure_one_is(say: Quizzed) -> None:
    assert say("/quiz leaves", number(say, "80 degrees")) == (
        "“80 degrees”. How sure are you?\n"
        "  1. sure (3 points if right, -6 if wrong)\n  2. unsure (2 points, or -2)\n  3. a guess (1 point, or 0)"
    )
    assert [offer.label for offer in say.session.offers()][-1] == "back"


def number(say: Quizzed, text: str) -> str:
    """Return the number of the choice with this *text*."""
    quiz = say.session.quizzing
    exercise = quiz.quiz.open if quiz else leaves(1).shuffled(3)
    assert exercise
    return str([choice.text for choice in exercise.choices].index(text) + 1)


def begun(say: Quizzed, about: str = "leaves") -> Quizzed:
    say(f"/quiz {about}")
    return say


def test_a_right_answer_is_told_with_the_reason_the_entry_and_its_source(say: Quizzed) -> None:
    said = begun(say)("80 degrees", "sure")
    assert said == (
        "Right; you were sure: +3\n"
        "Why: Hotter water makes it bitter.\n\n"
        "Entry: Green tea wants cooler water (fact.green-tea)\n"
        "Source: The Kettle Book, lines 1-2\n\n"
        "1 of 1 right; 3 of 3 points by how sure you were.\n\n"
        "When you said:\n- sure: 1 of 1 right (100%)\n\n"
        "Nothing to study again: all right, and no guess."
    )
    assert say.kept == [("fact.green-tea", "80 degrees", "sure")]


def test_a_wrong_answer_is_told_with_why_not_and_what_is_right(say: Quizzed) -> None:
    said = begun(say)("Boiling", "2")
    assert said.splitlines()[:5] == [
        "Wrong; you were unsure: -2", "", "Why not “Boiling”: It scalds the leaf.", "", "The right answer: 80 degrees",
    ]  # fmt: skip
    assert "To study next:\n- Green tea wants cooler water (fact.green-tea): wrong" in said


def test_what_was_mixed_up_is_kept_with_the_answer(say: Quizzed) -> None:
    begun(say)("As for black tea", "guess")
    assert [one.answered.confused for one in say.log.reviews("tea")] == ["pair.green-vs-black"]


def test_how_sure_one_is_may_be_said_with_the_choice(say: Quizzed) -> None:
    assert begun(say)(f"{number(say, '80 degrees')} sure").startswith("Right; you were sure: +3")


@pytest.mark.parametrize("line", ["sure (3 points if right, -6 if wrong)", "1", "s", "I'm sure"])
def test_how_sure_one_is_may_be_taken_from_the_list(say: Quizzed, line: str) -> None:
    assert begun(say)("80 degrees", line).startswith("Right; you were sure")


def test_a_choice_can_be_taken_back_before_one_says_how_sure(say: Quizzed) -> None:
    assert "How hot should water" in begun(say)("Boiling", "back")
    assert say("80 degrees", "sure").startswith("Right")


def test_hints_come_one_by_one_and_are_kept_with_the_answer(say: Quizzed) -> None:
    assert begun(say)("hint").startswith("Hint 1 of 3: ")
    assert say("hint").startswith("Hint 2 of 3: ")
    assert say("hint").startswith("Hint 3 of 3: ")
    assert say("hint") == "There is no further hint."
    say("80 degrees", "sure")
    assert [one.answered.hints for one in say.log.reviews("tea")] == [3]


def test_a_skipped_question_is_explained_and_left_open(say: Quizzed) -> None:
    assert begun(say)("skip").startswith("Left open.\n\nThe right answer: 80 degrees\n")
    assert say.kept == [("fact.green-tea", None, "guess")]


def test_why_shows_the_reason_of_every_choice_of_the_last_question(say: Quizzed) -> None:
    say("/quiz")
    say("skip")
    said = say("why")
    assert said.startswith("Every choice:\n")
    assert "Question 2 of 2" in said


def test_other_words_are_told_what_can_be_said(say: Quizzed) -> None:
    assert begun(say)("What is matcha?") == "Say the number of a choice, hint, skip or stop."
    assert say("Boiling", "perhaps") == "Say sure, unsure or guess, or back to choose again."
    assert "How hot" in say("back")


def test_the_question_can_be_shown_again(say: Quizzed) -> None:
    assert begun(say)("again").startswith("Question 1 of 1, Leaves\nHow hot")


def test_commands_work_in_the_midst_of_a_quiz(say: Quizzed) -> None:
    assert begun(say)("/show fact.green-tea").startswith("Green tea wants cooler water")
    assert say("80 degrees", "sure").startswith("Right")


def test_a_quiz_that_is_stopped_is_summed_up_and_the_dialogue_goes_on(say: Quizzed) -> None:
    say("/quiz")
    say("1", "guess")
    assert " of 1 right; " in say("stop")
    assert say.session.offers() == ()
    assert say("Green or black?").startswith("Green or black")


def test_a_quiz_stopped_at_once_has_nothing_to_sum_up(say: Quizzed) -> None:
    assert begun(say)("stop") == "No question was answered."


def test_the_toolbar_says_how_far_the_quiz_is(say: Quizzed) -> None:
    say("/quiz")
    said = "".join(fragment[1] for fragment in toolbar(say.session, 100, correct=lambda _: None))
    assert said.startswith(" Question 1 of 2 · 0 right")
    assert "hint, skip, stop" in said


def test_the_toolbar_offers_only_what_can_be_said_of_how_sure_one_is(say: Quizzed) -> None:
    say("/quiz leaves", "1")
    said = "".join(fragment[1] for fragment in toolbar(say.session, 100, correct=lambda _: None))
    assert "hint" not in said
    assert "back, stop" in said


def test_a_session_for_a_quiz_begins_and_ends_with_it(tea: Tutor) -> None:
    say = Quizzed(tea, wished=Wish("leaves", seed=3))
    assert text_of(say.session.greeted("hello").parts).startswith("A quiz of 1 question about Leaves; seed 3.")
    assert "3 of 3 points" in say("80 degrees", "sure")
    assert say.left


class Broken(Unkept):
    """A log on a full disk."""

    def __init__(self, *, reads: bool) -> None:
        super().__init__()
        self._reads = reads

    def reviews(self, pack: str) -> Sequence[Review]:
        if self._reads:
            return super().reviews(pack)
        raise StoreError("study.db: file is not a database")

    def note(self, _: Review) -> None:
        raise StoreError("study.db: database or disk is full")


def test_an_answer_that_cannot_be_kept_is_told_and_the_quiz_goes_on(tea: Tutor) -> None:
    say = begun(Quizzed(tea, log=Broken(reads=True)))
    assert say("80 degrees", "sure").startswith("Not kept: study.db: database or disk is full\n\nRight;")


def test_a_log_that_cannot_be_read_is_told_and_the_quiz_goes_on_without_it(tea: Tutor) -> None:
    say = Quizzed(tea, log=Broken(reads=False))
    assert say("/quiz leaves").startswith(
        "What you answer will not be kept: study.db: file is not a database\n\nA quiz"
    )
    assert say("80 degrees", "sure").startswith("Right;")
