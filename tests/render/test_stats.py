"""Counts as a table and as data."""

from tutor.render.stats import stats_rows, stats_table
from tutor.store import Line

LINES = [
    Line("2026-W48", None, 3, 0, 0, 0, 0, {"decline": 3}),
    Line("2026-W48", "leaves", 12, 9, 6, 4, 1, {"answer": 9, "ask": 6}),
    Line("2026-W49", "leaves", 0, 0, 0, 0, 2, {}),
]


def test_nothing_counted_is_said() -> None:
    assert stats_table([]) == "Nothing is counted yet."


def test_the_table_has_a_line_for_each_week_and_topic_and_one_for_all() -> None:
    assert stats_table(LINES).splitlines() == [
        "week     topic  questions answered rate asked back per question helpful not helpful",
        "2026-W48 (none)         3        0   0%          0         0.00       0           0",
        "2026-W48 leaves        12        9  75%          6         0.50       4           1",
        "2026-W49 leaves         0        0    –          0            –       0           2",
        "all      all           15        9  60%          6         0.40       4           3",
    ]


def test_the_data_have_shares_or_nothing_where_there_is_nothing_to_share() -> None:
    rows = stats_rows(LINES)
    assert rows[1] == {
        "week": "2026-W48",
        "topic": "leaves",
        "questions": 12,
        "answered": 9,
        "asked": 6,
        "helpful": 4,
        "unhelpful": 1,
        "replies": {"answer": 9, "ask": 6},
        "answer_rate": 0.75,
        "asked_per_question": 0.5,
    }
    assert (rows[2]["answer_rate"], rows[2]["asked_per_question"]) == (None, None)
