"""The form of a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.forms import forms
from tutor.text import words


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("What is drift?", ("define",)),
        ("What is the difference between canary and shadow?", ("compare", "define")),
        ("canary vs shadow", ("compare",)),
        ("Which one should we pick?", ("choose",)),
        ("Why does the encoder fail on strings?", ("fail",)),
        ("How many models are fitted?", ("count",)),
        ("Monitoring always alerts at once, right?", ("believe",)),
        ("How do I register a model?", ("do",)),
        ("A team scores customers", ("story",)),
        ("A data scientist says that it is broken", ("fail", "story")),
        ("drift", ()),
        ("", ()),
    ],
)
def test_a_question_shows_its_form_by_its_frame_words(question: str, shown: tuple[str, ...]) -> None:
    assert forms(words(question)) == shown


def test_a_phrase_counts_only_where_its_words_stand_together() -> None:
    assert forms(("what", "then", "is")) == ()


@given(st.lists(st.sampled_from("what is the difference between why does fail how many a team or".split())))
def test_forms_are_sorted_and_named_once(said: list[str]) -> None:
    shown = forms(said)
    assert list(shown) == sorted(set(shown))
    assert set(forms(said)) <= set(forms([*said, "or"]))
