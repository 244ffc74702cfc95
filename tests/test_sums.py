"""Sums of many rows: those of math.fsum, to the bit."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.sums import row_sums

NUMBERS = (
    st.floats(-1e300, 1e300) | st.floats(0, 1) | st.sampled_from([0.0, -0.0, 1.0, 2.0**-53, 2.0**-54, -(2.0**-54)])
)
TABLES = st.integers(0, 9).flatmap(
    lambda width: st.lists(st.lists(NUMBERS, min_size=width, max_size=width), min_size=1)
)


@settings(deadline=None)
@given(TABLES)
def test_rows_add_up_to_the_bit_as_fsum_adds_them(rows: list[list[float]]) -> None:
    sums = row_sums(np.array(rows, dtype=np.float64).reshape(len(rows), -1))
    assert sums.tobytes() == np.array(list(map(math.fsum, rows))).tobytes()


def test_what_lies_between_two_numbers_is_rounded_by_what_comes_far_behind() -> None:
    rows = [[1.0, 2.0**-53, 2.0**-120], [1.0, 2.0**-53, -(2.0**-120)], [1.0, 2.0**-53, 0.0]]
    assert row_sums(np.array(rows)).tolist() == [1.0 + 2.0**-52, 1.0, 1.0]


def test_shares_add_up_as_fsum_adds_them() -> None:
    table = np.random.default_rng(7).exponential(size=(2_000, 66)) ** 9
    assert row_sums(table).tolist() == list(map(math.fsum, table.tolist()))
