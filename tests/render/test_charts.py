"""Charts as a reader of their text gets them; none may stumble over nothing."""

import re
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.measures import Point, bins, histogram, risk_coverage
from tutor.render.charts import histograms, reliability
from tutor.render.charts import risk_coverage as curve_chart

NOWHERE = Point(1.0, nan, nan)
SAID = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=30)


@pytest.mark.parametrize(
    ("chart", "told"),
    [
        (reliability(bins([])), "Reliability diagram. No questions."),
        (curve_chart((), NOWHERE), "Risk-coverage curve. No questions. Now nothing is asked."),
        (histograms({}), "Histograms of confidence. ."),
        (histograms({"inside": histogram([])}), "Histograms of confidence. inside: 0, of them 0 above 0.5."),
    ],
)
def test_a_chart_of_nothing_is_a_chart(chart: str, told: str) -> None:
    assert f'aria-label="{told}"' in chart
    assert "nan" not in chart


def test_a_reliability_diagram_draws_and_counts_the_bins_that_hold_something() -> None:
    chart = reliability(bins([(0.75, True), (0.75, False), (0.15, False)]))
    assert 'aria-label="Reliability diagram. 0.1 to 0.2: 0.0 % right of 1, 0.7 to 0.8: 50.0 % right of 2"' in chart
    assert (chart.count("<rect"), chart.count('class="sure"')) == (2, 2)


def test_the_curve_has_a_dot_where_the_tutor_stands() -> None:
    chart = curve_chart(risk_coverage([(0.9, True), (0.4, False)]), Point(0.9, 0.5, 0.25))
    assert "All answered, 50.0 % would be wrong. Now 50.0 % are answered, 25.0 % of them wrong." in chart
    assert "now: 25.0 % wrong" in chart
    assert chart.count("<circle") == 1


def test_a_tutor_that_answers_nothing_stands_nowhere() -> None:
    chart = curve_chart(risk_coverage([(0.9, True)]), Point(1.0, 0.0, nan))
    assert "Now 0.0 % are answered." in chart
    assert "<circle" not in chart


def test_the_parts_of_a_histogram_are_named_with_their_number() -> None:
    chart = histograms({"inside": histogram([0.9, 0.95]), "<near>": histogram([])})
    assert ">inside (2)</text>" in chart
    assert ">&lt;near&gt; (0)</text>" in chart


@given(SAID, st.floats(0, 1), st.floats(0, 1))
def test_everything_drawn_lies_inside_the_chart(said: list[tuple[float, bool]], answered: float, wrong: float) -> None:
    parts = {"inside": histogram([sure for sure, _ in said]), "near": histogram([])}
    now = Point(0.5, answered, wrong)
    for chart in (reliability(bins(said)), curve_chart(risk_coverage(said), now), histograms(parts)):
        height = float(re.findall(r'viewBox="0 0 400 (\d+)"', chart)[0])
        assert all(0 <= float(x) <= 400 for x in re.findall(r' (?:x|x1|x2|cx)="([^"]+)"', chart))
        assert all(0 <= float(y) <= height for y in re.findall(r' (?:y|y1|y2|cy)="([^"]+)"', chart))
        assert all(float(size) >= 0 for size in re.findall(r' (?:width|height)="([^"]+)"', chart))
