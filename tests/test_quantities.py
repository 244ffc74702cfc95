"""Numbers with units, read into intervals."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.spoken import in_words
from tutor.model import Unit
from tutor.quantities import Quantity, read_quantities
from tutor.text import clean


def _read(text: str) -> list[tuple[Unit, float, float]]:
    return [(quantity.unit, quantity.low, quantity.high) for quantity in read_quantities(text)]


@pytest.mark.parametrize(
    ("said", "unit", "amount"),
    [
        ("500 rows", "rows", 500),
        ("50k rows", "rows", 50_000),
        ("5M", "rows", 5e6),
        ("5m rows", "rows", 5e6),
        ("2bn events", "rows", 2e9),
        ("1.5 million rows", "rows", 1.5e6),
        ("2 billion", "rows", 2e9),
        ("a million rows", "rows", 1e6),
        ("five hundred rows", "rows", 500),
        ("three hundred million rows", "rows", 3e8),
        ("fifty thousand customers", "rows", 50_000),
        ("1e6 rows", "rows", 1e6),
        ("10 million daily predictions", "rows", 1e7),
        ("50M-row table", "rows", 5e7),
        ("1,234 rows", "rows", 1234),
        ("1,000,000 rows", "rows", 1e6),
        ("1_000_000 rows", "rows", 1e6),
        ("1 000 000 rows", "rows", 1e6),
        ("1.000.000 rows", "rows", 1e6),
        ("3 GB", "bytes", 3e9),
        ("3.5TB", "bytes", 3.5e12),
        ("12 GiB", "bytes", 12 * 2.0**30),
        ("500 megabytes", "bytes", 5e8),
        ("80ms", "seconds", 0.08),
        ("80 milliseconds", "seconds", 0.08),
        ("0.5 s", "seconds", 0.5),
        ("half a second", "seconds", 0.5),
        ("twenty seconds", "seconds", 20),
        ("in a minute", "seconds", 60),
        ("30-minute window", "seconds", 1800),
        ("an hour", "seconds", 3600),
        ("2 weeks", "seconds", 1_209_600),
        ("5%", "percent", 5),
        ("5 percent", "percent", 5),
        ("2.5 per cent", "percent", 2.5),
        ("PREDICT IN 80 MS", "seconds", 0.08),
    ],
)
def test_an_amount_is_read_in_its_unit(said: str, unit: Unit, amount: float) -> None:
    ((read, low, high),) = _read(said)
    assert (read, high) == (unit, low)
    assert low == pytest.approx(amount)


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("under 80 seconds", 0, 80),
        ("within a minute", 0, 60),
        ("at most 5 s", 0, 5),
        ("no more than 5 s", 0, 5),
        ("not over 5 s", 0, 5),
        ("up to 5 s", 0, 5),
        ("< 5 s", 0, 5),
        ("p99<5s", 0, 5),
        ("≤ 5 s", 0, 5),
        ("5 s or less", 0, 5),
        ("5 seconds or faster", 0, 5),
        ("over 5 s", 5, math.inf),
        ("at least 5 s", 5, math.inf),
        ("no less than 5 s", 5, math.inf),
        ("not under 5 s", 5, math.inf),
        (">= 5 s", 5, math.inf),
        ("> 5 s", 5, math.inf),
        ("5+ s", 5, math.inf),
        ("5 s or more", 5, math.inf),
        ("5 to 10 seconds", 5, 10),
        ("5-10 seconds", 5, 10),
        ("5–10 s", 5, 10),
        ("between 5 and 10 seconds", 5, 10),
        ("from 5 seconds to 2 minutes", 5, 120),
        ("10 to 5 seconds", 5, 10),
        ("up to 5-10 s", 0, 10),
        ("a few seconds", 2, 9),
        ("several minutes", 180, 540),
    ],
)
def test_comparators_and_ranges_are_intervals(said: str, low: float, high: float) -> None:
    assert _read(said) == [("seconds", low, high)]


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("5 to 10 million rows", 5e6, 1e7),
        ("between 5 and 10 million rows", 5e6, 1e7),
        ("500k to 2M rows", 5e5, 2e6),
        ("50M–100M rows", 5e7, 1e8),
        ("16-20 million", 1.6e7, 2e7),
        ("a few hundred rows", 200, 900),
        ("10M+ rows", 1e7, math.inf),
        ("more than 1,000,000 rows", 1e6, math.inf),
    ],
)
def test_the_first_end_of_a_range_takes_the_magnitude_of_the_second(said: str, low: float, high: float) -> None:
    assert _read(said) == [("rows", low, high)]


@pytest.mark.parametrize(
    "said",
    [
        "2.15pm",
        "at 10 am",
        "chapter 3",
        "Python 3.11",
        "version 7",
        "version 3 or 4",
        "MLflow 2",
        "24/7",
        "10x faster",
        "100,000",
        "3 workers",
        "top 5 features",
        "between 3 and 4",
        "2026-04-13",
        "v2 rows",
        "12,5000 rows",
        "1,00 rows",
        "2,5 GB",
        "3.5.1 seconds",
        "5 s5",
        "respond in 5 m",
        "a 7 billion parameter model",
        "7 billion-parameter network",
        "$5 million",
        "50 thousand dollars",
        "once a day",
        "rows",
        "",
    ],
)
def test_numbers_that_are_no_amounts_are_left_alone(said: str) -> None:
    assert _read(said) == []


def test_several_amounts_are_read_in_order_with_their_places() -> None:
    text = "Score 50M rows in under 2 hours, 5% first"
    found = list(read_quantities(text))
    assert [text[quantity.start : quantity.end] for quantity in found] == ["50M rows", "under 2 hours", "5%"]
    assert found[1] == Quantity("seconds", 0, 7200, 18, 31)


def test_places_are_right_after_letters_whose_lower_case_is_longer() -> None:
    text = "İİİ 5 seconds"
    assert [text[quantity.start : quantity.end] for quantity in read_quantities(text)] == ["5 seconds"]


def test_one_amount_does_not_swallow_the_next() -> None:
    assert _read("10 seconds 5 million rows") == [("seconds", 10, 10), ("rows", 5e6, 5e6)]


@given(st.integers(0, 10**15), st.sampled_from(["", ",", "_", " "]))
def test_thousands_separators_change_no_number(number: int, separator: str) -> None:
    assert _read(f"{number:,} rows".replace(",", separator)) == [("rows", float(number), float(number))]


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from(["{} to {} GB", "{}-{} GB", "between {} and {} GB"]))
def test_a_range_runs_from_its_lesser_to_its_greater_end(one: int, other: int, said: str) -> None:
    assert _read(said.format(one, other)) == [("bytes", min(one, other) * 1e9, max(one, other) * 1e9)]


@given(st.text(alphabet=st.sampled_from("0159.,-–+<>≤% kmMsGBhab\n_'"), max_size=40) | st.text(max_size=60))
def test_whatever_is_read_is_an_interval_within_the_text(raw: str) -> None:
    text = clean(raw)
    for quantity in read_quantities(text):
        assert 0 <= quantity.low <= quantity.high
        assert text[quantity.start : quantity.end].strip()


@pytest.mark.parametrize(
    "part", ["5 rows ", "1,000,", "5 ", "five five ", "within ", "5 a b ", "1", "between 5 and ", "a ", "not "]
)
def test_a_text_of_the_greatest_length_is_read_whole(part: str) -> None:
    text = (part * 20_000)[:20_000]
    assert len(list(read_quantities(text))) == (2857 if part == "5 rows " else 0)


SAID = st.sampled_from(
    [
        *(
            "50M rows",
            "5 million records",
            "20k",
            "80 ms",
            "5%",
            "3 GB",
            "half an hour",
            "within seconds",
            "a dozen rows",
        ),
        *(
            "200 requests/s",
            "one in ten users",
            "no more than 5 s",
            "1 to 2 hours",
            "twenty five million",
            "sub-second",
        ),
    ]
)


@given(SAID, st.sampled_from([", and that is that", ". We use Python 3.11", " - see chapter 3", "; the users like it"]))
def test_a_clause_about_something_else_changes_nothing(said: str, clause: str) -> None:
    assert _read(said + clause) == _read(said)


@given(SAID)
def test_upper_and_lower_case_do_not_matter(said: str) -> None:
    assert _read(said.upper()) == _read(said)
    if "M" not in said:  # "5m" alone could be minutes or metres
        assert _read(said.lower()) == _read(said)


@given(st.integers(1, 999), st.sampled_from(["GB", "ms", "%", "rows"]))
def test_a_comparator_opens_the_right_side(number: int, unit: str) -> None:
    ((_, low, high),) = _read(f"{number} {unit}")
    assert low == high > 0
    for said in (f"at most {number} {unit}", f"{number} {unit} or less", f"not more than {number} {unit}"):
        assert [amount[1:] for amount in _read(said)] == [(0, high)]
    for said in (f"at least {number} {unit}", f"{number} {unit} or more", f"no less than {number} {unit}"):
        assert [amount[1:] for amount in _read(said)] == [(low, math.inf)]


@given(st.integers(0, 10**12), st.booleans())
def test_a_count_in_words_is_the_count_in_figures(number: int, hyphen: bool) -> None:
    assert _read(f"{in_words(number, hyphen='-' if hyphen else ' ')} records") == _read(f"{number:,} records")


PARTS = st.sampled_from(
    "5 1,000 half a an million k M hundred and to - between at most or more rows ms per second / % in of the no not "
    "than dozen few users within seconds sub ten 3.5 $ + one hour".split()
)


@given(st.lists(PARTS, max_size=25).map(" ".join))
def test_no_order_of_words_trips_the_grammar(text: str) -> None:
    found = list(read_quantities(text))
    assert all(0 <= quantity.low <= quantity.high for quantity in found)
    ends = [place for quantity in found for place in (quantity.start, quantity.end)]
    assert ends == sorted(ends)
