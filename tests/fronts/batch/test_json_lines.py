"""Rows as lines of JSON: the fast way writes what the plain way writes."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fronts.batch.rows import CELLS, full_row, row
from tutor import Tutor
from tutor.fronts.batch.formats import json_lines
from tutor.fronts.batch.formats.json_lines import json_line, row_line
from tutor.reply import Candidate, Cited, Way

TEXTS = CELLS | st.sampled_from(["\x85", "a\u2028b\u2029", "\ud800", "“quoted”", "\\", "\x1f"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
SHARES = st.floats(0, 1)
ROWS = st.builds(
    row,
    question=TEXTS,
    id=st.none() | TEXTS,
    title=st.none() | TEXTS,
    answer=st.none() | TEXTS,
    because=st.dictionaries(TEXTS, TEXTS, max_size=2),
    needs=st.lists(TEXTS, max_size=2).map(tuple),
    branches=st.lists(st.builds(Way, st.dictionaries(TEXTS, TEXTS), *[TEXTS] * 4), max_size=2).map(tuple),
    citations=st.lists(st.builds(Cited, TEXTS, TEXTS, TEXTS, st.none() | TEXTS), max_size=2).map(tuple),
    candidates=st.lists(st.builds(Candidate, TEXTS, TEXTS, SHARES), max_size=2).map(tuple),
    confidence=SHARES,
    choice=st.none() | st.lists(st.integers(0, 4)).map(tuple),
    choice_confidence=st.none() | SHARES,
    error=st.none() | TEXTS,
    passed=st.dictionaries(TEXTS | st.sampled_from(["status", "id"]), VALUES, max_size=3),
)


@settings(deadline=None)
@given(st.lists(ROWS, max_size=3))
def test_a_row_is_written_as_its_dictionary_would_be(rows: list[object]) -> None:
    for one in [*rows, *rows, full_row()]:
        assert row_line(one) == json_line(one.to_dict())  # type: ignore[arg-type, attr-defined]


def test_rows_of_a_tutor_are_written_as_their_dictionaries_would_be(tea: Tutor) -> None:
    asked = ["What temperature does sencha need?", "Which tea should I brew?", "hello", "capital of Peru", "tea", ""]
    for one in tea.answer_batch(asked * 2):
        assert row_line(one) == json_line(one.to_dict())


def test_a_line_stays_right_when_more_texts_came_than_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "_MOST_KEPT", 3)
    for number in range(20):
        one = replace(full_row(), title=f"title {number}", answer=f"answer {number}")
        assert json.loads(row_line(one)) == json.loads(json_line(one.to_dict()))
