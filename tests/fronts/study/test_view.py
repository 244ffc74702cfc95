"""What each key does in a mock exam, from view to view, without a terminal."""

import pytest

from tests.study.made import after, exam
from tutor.fronts.study.view import View, pressed
from tutor.study.mock_exam import MockExam


class Keys:
    """An exam at which keys are pressed."""

    def __init__(self) -> None:
        self.exam: MockExam = exam()
        self.view = View()

    def __call__(self, *keys: str) -> "Keys":
        for key in keys:
            self.view = pressed(self.view, self.exam, key)
            if self.view.step:
                self.exam = self.view.step(self.exam, at=after(1))
        return self


@pytest.fixture
def press() -> Keys:
    return Keys()


@pytest.mark.parametrize("key", ["2", "b"])
def test_a_number_or_letter_chooses(press: Keys, key: str) -> None:
    assert press(key).exam.sheet.place == 1


@pytest.mark.parametrize("key", ["4", "9", "0", "d", "z"])
def test_what_names_no_choice_changes_nothing(press: Keys, key: str) -> None:
    assert press(key).exam == exam()


@pytest.mark.parametrize(("key", "sure"), [("s", "sure"), ("u", "unsure"), ("g", "guess")])
def test_a_letter_says_how_sure_one_is(press: Keys, key: str, sure: str) -> None:
    assert press("1", key).exam.sheet.certainty == sure


def test_enter_takes_what_the_arrows_marked_and_then_goes_on(press: Keys) -> None:
    assert press("down", "down", "enter").exam.sheet.place == 1
    assert press("enter").exam.place == 1


def test_the_mark_goes_around_the_ends(press: Keys) -> None:
    assert press("up").view.marked == 2
    assert press("down").view.marked == 0


def test_arrows_go_from_question_to_question(press: Keys) -> None:
    assert press("right", "right").exam.place == 2
    assert press("left").exam.place == 1


def test_after_the_last_question_comes_the_overview(press: Keys) -> None:
    assert press("n", "n", "n").view == View("overview", 2)


def test_an_answer_and_a_flag_can_be_taken_back(press: Keys) -> None:
    assert press("1", "f").exam.flagged == (0,)
    assert press("x", "f").exam == exam_looked()


def exam_looked() -> MockExam:
    """Return the exam as it stands a second after its beginning, its first answer taken back."""
    return Keys()("1", "x").exam


def test_the_overview_opens_the_question_that_is_marked(press: Keys) -> None:
    assert press("o").view.mode == "overview"
    assert press("down", "down", "enter").exam.place == 2
    assert press.view.mode == "question"


def test_the_overview_is_left_as_it_was_opened(press: Keys) -> None:
    assert press("right", "tab", "up", "tab").view == View()
    assert press.exam.place == 1


@pytest.mark.parametrize("key", ["n", "escape", "enter"])
def test_handing_in_is_asked_once_more_and_can_be_declined(press: Keys, key: str) -> None:
    assert press("h", key).exam.over is None
    assert press.view.mode == "overview"


def test_y_hands_in(press: Keys) -> None:
    assert press("1", "h", "y").exam.over == after(1)


def test_another_key_neither_hands_in_nor_goes_back(press: Keys) -> None:
    assert press("h", "2").view.mode == "handing in"
    assert press.exam == exam()


@pytest.mark.parametrize("key", ["p", "c-c", "c-d"])
@pytest.mark.parametrize("before", [(), ("o",), ("h",), ("?",)])
def test_a_pause_is_possible_everywhere(press: Keys, before: tuple[str, ...], key: str) -> None:
    assert press(*before, key).view.leaving


def test_help_is_left_by_any_key_which_does_nothing_else(press: Keys) -> None:
    assert press("?").view.mode == "help"
    assert press("1").view == View()
    assert press.exam == exam()


def test_pages_turn_and_never_before_the_first_line(press: Keys) -> None:
    assert press("pagedown").view.top == 8
    assert press("pageup", "pageup").view.top == 0
