import contextlib
import datetime
import gc
import io
import resource
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fronts.batch.rows import FORMULAS, full_row, read, row, write
from tutor.errors import BatchError
from tutor.fronts.batch.formats import sheets, unpacking
from tutor.fronts.batch.layout import Layout
from tutor.row import FIELDS

CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def book(path: Path, *rows: list[Any], sheet: str = "Sheet") -> Path:
    written = openpyxl.Workbook()
    written.active.title = sheet
    for cells in rows:
        written.active.append(cells)
    written.save(path)
    return path


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4))
def test_whatever_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "round.xlsx"
    write(path, *(row(question, passed={"extra": extra}) for question, extra in cells))
    assert [(record.columns["question"], record.columns["extra"]) for record in read(path)] == cells


@pytest.mark.parametrize("cell", [*FORMULAS, "{=1+1}", "http://example.org", "1e5", "TRUE"])
def test_a_formula_is_stored_as_a_text(tmp_path: Path, cell: str) -> None:
    path = write(tmp_path / "out.xlsx", row(cell, passed={"=n": "=2+2"}))
    names, cells = openpyxl.load_workbook(path).active.iter_rows()
    stored = {name.value: (found.value, found.data_type) for name, found in zip(names, cells, strict=True)}
    assert stored["question"] == (cell.replace("\r", "_x000D_"), "s")
    assert stored["=n"] == ("=2+2", "s")
    assert not any("<f>" in zipfile.ZipFile(path).read(name).decode() for name in zipfile.ZipFile(path).namelist())


def test_another_program_reads_every_field(tmp_path: Path) -> None:
    names, cells = openpyxl.load_workbook(write(tmp_path / "out.xlsx", full_row())).active.values
    assert names == ("team", "n", *FIELDS)
    said = dict(zip(names, cells, strict=True))
    assert (said["team"], said["n"], said["confidence"], said["needs"]) == ("blue", 7, 0.75, '["hour"]')


def test_what_another_program_wrote_is_read_with_its_types(tmp_path: Path) -> None:
    day = datetime.datetime(2026, 1, 2, 3, 4)
    path = book(tmp_path / "q.xlsx", ["id", "question", "day", "n", "yes"], [], [7, "Which tea?", day, 1.5, True], [8])
    assert [record.columns for record in read(path)] == [
        {"id": 7, "question": "Which tea?", "day": "2026-01-02T03:04:00", "n": 1.5, "yes": True},
        {"id": 8, "question": "", "day": "", "n": "", "yes": ""},
    ]


def test_a_formula_in_a_question_file_is_not_run(tmp_path: Path) -> None:
    path = book(tmp_path / "q.xlsx", ["question", "n"], ["Which tea?", "=1+1"])
    assert read(path)[0].columns["n"] in ("", "=1+1")


def test_the_first_sheet_with_questions_is_read(tmp_path: Path) -> None:
    written = openpyxl.Workbook()
    written.active.append(["notes"])
    second = written.create_sheet("second")
    second.append(["stem"])
    second.append(["Which tea?"])
    written.save(tmp_path / "q.xlsx")
    assert [record.columns for record in read(tmp_path / "q.xlsx", columns={"question": "stem"})] == [
        {"question": "Which tea?"}
    ]


def test_cells_beyond_the_first_line_are_a_broken_row(tmp_path: Path) -> None:
    path = book(tmp_path / "q.xlsx", ["question"], ["a", "b"], ["c"])
    assert [record.fault for record in read(path)] == ["row 1: 2 columns, the first line has 1", None]


def test_a_cell_longer_than_a_sheet_can_hold_is_cut_where_it_can_be_seen(tmp_path: Path) -> None:
    (record,) = read(write(tmp_path / "out.xlsx", row("x" * 1_000_000)))
    assert record.columns["question"] == "x" * 32_766 + "…"


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04" + b"\0" * 50])
def test_what_is_no_xlsx_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "q.xlsx"
    path.write_bytes(content)
    with pytest.raises(BatchError, match=r"q\.xlsx: cannot be read as xlsx: "):
        read(path)


def told_or_read(path: Path) -> bool:
    try:
        return len(read(path)) <= 1
    except BatchError as error:
        return f"{path}: " in str(error)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_spoilt_xlsx_is_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "spoilt.xlsx"
    content = bytearray(write(path, row()).read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=6)):
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    assert told_or_read(path)


def test_a_file_that_unpacks_to_too_much_is_refused_whatever_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "q.xlsx", row())
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/bomb", b"\0" * 3_000_000)
    content = path.read_bytes()
    path.write_bytes(content.replace((3_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    monkeypatch.setattr(unpacking, "LARGEST", 1_000_000)
    with pytest.raises(BatchError, match=r"(unpacks to more than 1000000 bytes|cannot be read as xlsx)"):
        read(path)


def test_two_cells_far_apart_are_refused_before_they_cost_all_between_them(tmp_path: Path) -> None:
    written = openpyxl.Workbook()
    written.active["A1"] = "question"
    written.active["XFD1048576"] = "far"
    written.save(tmp_path / "q.xlsx")
    with pytest.raises(BatchError, match=r"q\.xlsx: a sheet reaches to row 1048576, column 16384; it is too large"):
        read(tmp_path / "q.xlsx")


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    with pytest.raises(BatchError, match="xlsx holds at most 2 rows; write csv, jsonl or parquet"):
        write(tmp_path / "out.xlsx", row(), row(), row())
    assert list(tmp_path.iterdir()) == []


@contextlib.contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let no file grow beyond *size* bytes, as if its disk was full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # of files that XlsxWriter leaves open, which nobody is shown
@pytest.mark.parametrize(("size", "rows"), [(0, 1), (1_000, 1), (3_000, 1), (30_000, 400)])
def test_a_full_folder_for_temporary_files_is_named_and_told_once(
    size: int, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    unraised: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", unraised.append)
    layout = Layout()
    part = sheets.WRITER.part([row(str(number)) for number in range(rows)], layout)
    with pytest.raises(BatchError) as error, files_of_at_most(size):
        sheets.WRITER.join([part], layout, io.BytesIO())
    said = str(error.value)
    del error
    gc.collect()
    assert said == f"xlsx cannot be kept in {tempfile.gettempdir()}: File too large; TMPDIR names another folder"
    assert unraised == []


@pytest.mark.parametrize("library", ["python_calamine", "xlsxwriter"])
def test_a_missing_library_is_named_with_the_extra_that_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    path = write(tmp_path / "out.xlsx", row())
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(BatchError, match=r"xlsx: needs .*; pip install 'scenario-tutor\[files\]'"):
        read(path) if library == "python_calamine" else write(path, row())


def test_two_columns_of_one_name_are_refused_and_those_without_one_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match=r"q\.xlsx: two columns are called note; give one of them another name"):
        read(book(tmp_path / "q.xlsx", ["question", "note", "note"], ["a", "b", "c"]))
    path = book(tmp_path / "q.xlsx", ["question", None, None, "note"], ["a", "b", "c", "d"])
    assert [record.columns for record in read(path)] == [
        {"question": "a", "column 2": "b", "column 3": "c", "note": "d"}
    ]


def test_a_row_with_too_many_cells_keeps_those_that_have_a_name(tmp_path: Path) -> None:
    (record,) = read(book(tmp_path / "q.xlsx", ["id", "question"], [7, "a", "more"]))
    assert record.fault == "row 1: 3 columns, the first line has 2"
    assert record.columns == {"id": 7, "question": "a"}
