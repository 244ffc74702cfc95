import pytest

from tutor.render.told import nearest
from tutor.reply import Candidate
from tutor.row import Row, Status

_CANDIDATES = (Candidate("fact.a", "Near", 0.31), Candidate("fact.b", "Far", 0.0049))


@pytest.mark.parametrize(
    ("status", "expected"),
    [("declined", [("Near", 0.31)]), ("choose", [("Near", 0.31)]), ("answered", [])],
)
def test_what_is_far_away_is_not_told_as_near(status: Status, expected: list[tuple[str, float]]) -> None:
    assert nearest(Row("q", status, "tea 1", candidates=_CANDIDATES)) == expected
