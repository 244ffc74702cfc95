"""Words of a question that are marked, and those that are not."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.render.marks import LONGEST, marked


@pytest.mark.parametrize(
    ("question", "weights", "said"),
    [
        ("Green tea?", {}, "Green tea?"),
        ("Green tea?", {"green": 1.0}, '<mark title="+1.00">Green</mark> tea?'),
        ("Green tea?", {"black": 1.0}, "Green tea?"),
        ("Green tea?", {"tea": 1.0, "green": 0.2}, '<mark class="weak" title="+0.20">Green</mark> '
                                                   '<mark title="+1.00">tea</mark>?'),
        ("Green tea?", {"tea": 1.0, "green": 0.05}, 'Green <mark title="+1.00">tea</mark>?'),
        ("Green tea?", {"green": -0.5}, '<mark class="against" title="-0.50">Green</mark> tea?'),
        ("the applyInPandas call", {"pandas": 1.0}, 'the <mark title="+1.00">applyInPandas</mark> call'),
        ("spark_udf", {"udf": 0.5}, '<mark title="+0.50">spark_udf</mark>'),
        ("10,000 rows", {"10000": 1.0}, '<mark title="+1.00">10,000</mark> rows'),
        ("blue-green", {"blue green": 1.0}, '<mark title="+1.00">blue</mark>-<mark title="+1.00">green</mark>'),
        ("<b>x & y", {"b": 1.0}, '&lt;<mark title="+1.00">b</mark>&gt;x &amp; y'),
    ],
)  # fmt: skip
def test_a_word_is_marked_by_its_weight(question: str, weights: dict[str, float], said: str) -> None:
    assert marked(question, weights) == said


@given(st.text(max_size=80), st.dictionaries(st.text(max_size=5), st.floats(-1, 1), max_size=5))
def test_marks_change_nothing_of_what_is_read(question: str, weights: dict[str, float]) -> None:
    assert html.unescape(re.sub(r"</?mark[^>]*>", "", marked(question, weights))) == html.unescape(
        html.escape(question)
    )


def test_a_very_long_question_is_cut() -> None:
    assert marked("x" * 20_000, {}) == "x" * LONGEST + " …"
