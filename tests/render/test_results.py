"""The report of an exam, in text and as a page."""

from html.parser import HTMLParser

import pytest

from tests.study.made import after, exam
from tutor.part import text_of
from tutor.render.result_page import Sat, result_page
from tutor.render.results import missed, report, spent, summary
from tutor.study.mock_exam import be_sure, choose, go, handed_in
from tutor.study.result import Result, exam_result
from tutor.subject import Pack


@pytest.fixture
def came(tea_pack: Pack) -> Result:
    """What came of one right and one wrong answer, both sure, and one question left open."""
    sat = be_sure(choose(exam(), 1, after(1)), "sure", after(1))
    sat = be_sure(choose(go(sat, 1, after(2)), 1, after(2)), "sure", after(2))
    return exam_result(tea_pack, handed_in(sat, after(60)))


def test_the_report_says_the_score_its_parts_and_what_to_study(came: Result) -> None:
    assert text_of(report(came, minutes=(1, 10))) == (
        "1 of 3 right (33%); -3 of 9 points by how sure you were.\n\n"
        "Not passed: 60% are needed.\n"
        "It took 1 of 10 minutes.\n"
        "Left open: 1.\n\n"
        "domain asked right share\nLeaves     2     1   50%\nHours      1     0    0%\n\n"
        "topic            asked right share\nHours of the day     1     0    0%\nLeaves               2     1   50%\n\n"
        "When you said:\n- sure: 1 of 2 right (50%)\n\n"
        "To study next:\n"
        "- Strong tea before sleep (trap.caffeine-at-night): sure and wrong\n"
        "- Green tea wants cooler water (fact.green-tea): left open\n\n"
        "1 of 3 right (33%). tutor quiz --wrong asks the wrong ones again; tutor exam --last --details shows them."
    )


@pytest.fixture
def unsaid(tea_pack: Pack) -> Result:
    """What came of one right answer and two questions left open, of an exam where nobody said how sure one was."""
    return exam_result(tea_pack, handed_in(choose(exam(), 1, after(1)), after(60)))


def test_points_are_left_out_where_it_was_never_said_how_sure_one_was(unsaid: Result, tea_pack: Pack) -> None:
    for said in (text_of(report(unsaid)), page(unsaid, tea_pack).text):
        assert "1 of 3 right" in said
        assert "points" not in said.replace("A right answer earns", "")
    assert text_of(summary(unsaid)).startswith("1 of 3 right.\n")


def test_what_is_not_kept_cannot_be_asked_or_shown_again(came: Result, tea_pack: Pack) -> None:
    read = _Page()
    read.feed(result_page(tea_pack, came, Sat("2026-11-02 10:00", 1, 10, 7, kept=False)))
    for said in (text_of(report(came, kept=False)), read.text):
        assert "Strong tea before sleep" in said
        assert "tutor quiz" not in said
        assert "tutor exam" not in said
    assert "tutor quiz --wrong asks the wrong ones again" in page(came, tea_pack).text


@pytest.mark.parametrize(
    ("took", "said"),
    [(0.0003, "1 of 120"), (0.1, "1 of 120"), (1, "1 of 120"), (60.2, "61 of 120"), (120.0000001, "120 of 120")],
)
def test_a_minute_that_is_begun_counts(took: float, said: str) -> None:
    assert spent(took, 120) == f"{said} minutes"


def test_what_was_missed_is_shown_with_the_deciding_fact_and_the_source(came: Result, tea_pack: Pack) -> None:
    said = text_of(missed(tea_pack, came))
    assert said.startswith("Question 2 of 3, Hours of the day\nIs this right?")
    assert "Wrong; you were sure: -6\n\nWhy not “Yes”: It only seems so." in said
    assert said.endswith("Entry: Green tea wants cooler water (fact.green-tea)\nSource: The Kettle Book, lines 1-2")


_EMPTY = ("meta", "line", "rect")


class _Page(HTMLParser):
    """Gathers what a page asks for, its text and whether its elements are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.tags, self.open, self.text, self.asks = list[str](), list[str](), "", list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.asks += [value for name, value in attrs if name in ("src", "href", "xlink:href") and value]
        if tag not in _EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag in _EMPTY or self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def page(came: Result, pack: Pack) -> _Page:
    read = _Page()
    read.feed(result_page(pack, came, Sat("2026-11-02 10:00", 1, 10, 7)))
    return read


def test_the_page_needs_nothing_but_itself(came: Result, tea_pack: Pack) -> None:
    read = page(came, tea_pack)
    assert all(link.startswith("#") for link in read.asks)
    assert "script" not in read.tags
    assert read.open == []


def test_the_page_says_what_the_text_says_and_plots_it(came: Result, tea_pack: Pack) -> None:
    read = page(came, tea_pack)
    for said in ("1 of 3 right", "Not passed", "-3 of 9 points", "Strong tea before sleep", "sure and wrong", "seed 7"):
        assert said in read.text
    assert read.tags.count("svg") == 3
    assert read.tags.count("details") == 3


def test_a_question_with_marks_of_html_in_it_is_shown_as_it_is(came: Result, tea_pack: Pack) -> None:
    from dataclasses import replace

    first = came.questions[0]
    odd = replace(first, exercise=replace(first.exercise, stem="<b>Is & was</b>"))
    assert "<b>Is & was</b>" in page(replace(came, questions=(odd, *came.questions[1:])), tea_pack).text
