"""What a learner may say to an exercise in a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.study.made import leaves
from tutor.study.said import Chosen, read_certainty, read_said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2", Chosen(1)),
        (" 2. ", Chosen(1)),
        ("the second one", Chosen(1)),
        ("b", Chosen(1)),
        ("(C)", Chosen(2)),
        ("option a", Chosen(0)),
        ("80 degrees", Chosen(1)),
        ("BOILING!", Chosen(0)),
        ("2 sure", Chosen(1, "sure")),
        ("2, not sure", Chosen(1, "unsure")),
        ("b guess", Chosen(1, "guess")),
        ("2s", Chosen(1, "sure")),
        ("cu", Chosen(2, "unsure")),
        ("3g", Chosen(2, "guess")),
        ("hint", "hint"),
        ("Give me a hint!", "hint"),
        ("skip", "skip"),
        ("I don't know", "skip"),
        ("stop", "stop"),
        ("why?", "why"),
        ("back", "back"),
        ("again", "again"),
        ("4", None),
        ("d", None),
        ("4 sure", None),
        ("2 of them", None),
        ("What is green tea?", None),
        ("", None),
        ("1" * 3_000, None),
    ],
)
def test_a_line_is_a_choice_or_a_wish_or_neither(line: str, said: object) -> None:
    assert read_said(line, leaves()) == said


@pytest.mark.parametrize(
    ("line", "certainty"),
    [
        ("sure", "sure"), ("s", "sure"), ("1", "sure"), ("I'm sure", "sure"), ("unsure", "unsure"), ("u", "unsure"),
        ("2", "unsure"), ("not sure", "unsure"), ("guess", "guess"), ("3", "guess"), ("just guessing", "guess"),
        ("4", None), ("surely", None), ("", None),
    ],
)  # fmt: skip
def test_a_line_says_how_sure_one_is(line: str, certainty: str | None) -> None:
    assert read_certainty(line) == certainty


@given(st.text())
def test_no_line_breaks_the_reading(line: str) -> None:
    said = read_said(line, leaves())
    assert not isinstance(said, Chosen) or 0 <= said.place < 3
    assert read_certainty(line) in ("sure", "unsure", "guess", None)
