import datetime
import decimal
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fronts.batch.rows import CELLS, full_row, read, row, write
from tutor.errors import BatchError
from tutor.row import FIELDS


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4))
def test_whatever_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "round.parquet"
    write(path, *(row(question, passed={"extra": extra}) for question, extra in cells))
    assert [(record.columns["question"], record.columns["extra"]) for record in read(path)] == cells


def test_a_row_comes_back_as_json_has_it(tmp_path: Path) -> None:
    path = write(tmp_path / "out.parquet", full_row(), passed={"team": "text", "n": "int"})
    (record,) = read(path)
    assert record.columns == full_row().to_dict()
    assert pq.read_schema(path).names == ["team", "n", *FIELDS]


def test_columns_that_pass_through_keep_their_kind(tmp_path: Path) -> None:
    passed = {"t": "a", "i": 7, "f": 1.5, "b": True, "l": ["a", "b"], "j": {"a": [1]}}
    kinds = {"t": "text", "i": "int", "f": "float", "b": "bool", "l": "texts", "j": "json"}
    rows = row(passed=passed), row(passed={}), row(passed=dict.fromkeys(passed))
    path = write(tmp_path / "out.parquet", *rows, passed=kinds)  # type: ignore[arg-type]
    first, *others = pq.read_table(path).select(list(passed)).to_pylist()
    assert first == {**passed, "j": '{"a": [1]}'}
    assert others == [dict.fromkeys(passed)] * 2


def test_what_json_cannot_hold_is_read_as_text_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "q.parquet"
    columns = {
        "question": pa.array(["a"]).dictionary_encode(),
        "day": [datetime.date(2026, 1, 2)],
        "price": [decimal.Decimal("1.50")],
        "none": [float("nan")],
        "raw": [b"ab"],
        "deep": [{"x": [1]}],
    }
    pq.write_table(pa.table(columns), path)
    assert [record.columns for record in read(path)] == [
        {"question": "a", "day": "2026-01-02", "price": "1.50", "none": None, "raw": "6162", "deep": {"x": [1]}}
    ]


def test_a_cell_that_is_too_long_is_a_broken_row(tmp_path: Path) -> None:
    pq.write_table(pa.table({"question": ["x" * 1_000_001, "y"]}), tmp_path / "q.parquet")
    assert [record.fault for record in read(tmp_path / "q.parquet")] == ["row 1: longer than 1000000 characters", None]


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"\0" * 40 + b"PAR1"])
def test_what_is_no_parquet_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "q.parquet"
    path.write_bytes(content)
    with pytest.raises(BatchError, match=r"q\.parquet: cannot be read"):
        read(path)


def test_a_table_without_questions_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"stem": ["a"]}), tmp_path / "q.parquet")
    with pytest.raises(BatchError, match=r"q\.parquet: the first line has no column called question"):
        read(tmp_path / "q.parquet")
    assert read(tmp_path / "q.parquet", columns={"question": "stem"})[0].columns == {"question": "a"}


def test_a_missing_library_is_named_with_the_extra_that_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "q.parquet", row())
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(BatchError, match=r"parquet: needs pyarrow; pip install 'scenario-tutor\[files\]'"):
        read(path)
    with pytest.raises(BatchError, match=r"parquet: needs pyarrow; pip install 'scenario-tutor\[files\]'"):
        write(path, row())
