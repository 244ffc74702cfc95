"""Where the bands of two values meet, and what lies between them."""

import pytest

from tests.tables import slot
from tutor.bands import amount, borders, flaws
from tutor.model import Band, Measure, Slot, Unit

INF = float("inf")


def measured(*measures: Measure) -> dict[str, Slot]:
    made = slot("few", "many")
    return {"size": Slot(question=made.question, why=made.why, values=made.values, measures=measures)}


def bands(unit: Unit = "rows", near: tuple[str, ...] = (), **values: tuple[float | None, float | None]) -> Measure:
    made = {name: Band(from_=low, up_to=high) for name, (low, high) in values.items()}
    return Measure(unit=unit, values=made, near=near)


def problems(*measures: Measure) -> list[str]:
    return [f"{flaw.at}: {flaw.problem}" for flaw in flaws(measured(*measures))]


@pytest.mark.parametrize(
    ("few", "many", "problem"),
    [
        ((None, 10), (11, None), None),
        ((None, 10), (10, None), "rows of few up to 10 and of many from 10 overlap"),
        ((None, 20), (10, None), "rows of few up to 20 and of many from 10 overlap"),
        ((None, None), (10, None), "rows of few up to inf and of many from 10 overlap"),
        ((5, 1), (10, None), "rows of few from 5 up to 1 hold nothing"),
    ],
)
def test_bands_that_hold_nothing_or_meet_are_told(
    few: tuple[float | None, float | None], many: tuple[float | None, float | None], problem: str | None
) -> None:
    assert problems(bands(few=few, many=many)) == ([f"slot size: {problem}"] if problem else [])


def test_two_measures_of_one_unit_may_not_disagree() -> None:
    one, other = bands(few=(None, 10), many=(100, None)), bands(few=(None, 500), many=(1000, None))
    assert problems(one, other) == ["slot size: 100 means many by one measure and few by another"]
    assert problems(one, bands("bytes", few=(None, 500), many=(1000, None))) == []
    assert problems(one, bands(few=(None, 50), many=(90, None))) == []


def test_an_amount_without_a_lower_end_is_still_named() -> None:
    assert problems(bands(few=(None, 10)), bands(many=(None, 5))) == [
        "slot size: 0 means few by one measure and many by another"
    ]


def test_what_lies_between_two_bands_is_told() -> None:
    whole = measured(
        bands("seconds", few=(None, 5), many=(1800, None)),
        bands("bytes", ("data",), few=(None, 1e10), many=(2e11, None)),
    )
    assert list(borders(whole)) == [
        "size: 5 s < seconds < 30 min is asked about",
        "size: 10 GB < bytes < 200 GB is asked about, beside its words",
    ]


@pytest.mark.parametrize(
    ("number", "unit", "told"),
    [
        (0.25, "seconds", "250 ms"),
        (0, "seconds", "0"),
        (90, "seconds", "1.5 min"),
        (86400, "seconds", "1 d"),
        (999, "bytes", "999"),
        (1e13, "bytes", "10 TB"),
        (1_000_000, "rows", "1,000,000"),
        (99.5, "percent", "99.5 %"),
        (200, "per-second", "200/s"),
    ],
)
def test_an_amount_is_told_with_its_unit(number: float, unit: Unit, told: str) -> None:
    assert amount(number, unit) == told
