import csv
import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fronts.batch.rows import CELLS, FORMULAS, read, row, write
from tutor.errors import BatchError
from tutor.fronts.batch.formats.delimited import guarded, unguarded


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5), st.sampled_from(["csv", "tsv", "csv.gz", "tsv.zst"]))
def test_whatever_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]], suffix: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"round.{suffix}"
    write(path, *(row(question, passed={"extra": extra}) for question, extra in cells))
    read_again = [(record.columns["question"], record.columns["extra"]) for record in read(path)]
    assert read_again == cells


@given(CELLS)
def test_a_guarded_cell_runs_nowhere_and_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in "=+-@\t\r\n＝＋－＠" or text == "" or text.lstrip("+-").replace(".", "").isdigit()


@pytest.mark.parametrize("cell", [cell for cell in FORMULAS if cell != "-5"])
def test_a_formula_stands_in_csv_behind_an_apostrophe_and_without_one_when_raw(tmp_path: Path, cell: str) -> None:
    for raw, stands in ((False, f"'{cell}"), (True, cell)):
        path = write(tmp_path / "out.csv", row(cell), raw=raw)
        with path.open(encoding="utf-8", newline="") as lines:
            assert next(csv.DictReader(lines))["question"] == stands
        assert [record.columns["question"] for record in read(path, raw=raw)] == [cell]


def test_a_number_needs_no_guard(tmp_path: Path) -> None:
    path = write(tmp_path / "out.csv", row("x", passed={"n": "-3.5", "m": -7}))
    assert b",-7," in path.read_bytes() or path.read_bytes().split(b"\r\n")[1].startswith(b"-3.5,-7,")


@pytest.mark.parametrize("name", ["=cmd", "+a", "plain"])
def test_a_column_called_like_a_formula_is_guarded_too(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / "out.csv", row("x", passed={name: "1"}))
    assert path.read_text(encoding="utf-8").startswith(name if name == "plain" else f"'{name}")
    assert read(path)[0].columns[name] == "1"


def test_half_a_character_becomes_a_question_mark(tmp_path: Path) -> None:
    assert read(write(tmp_path / "out.tsv", row("a\ud800b")))[0].columns["question"] == "a?b"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_what_stands_between_cells_is_found_out(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "q.csv"
    path.write_text(f'id{mark}question\n1{mark}"a{mark}b"\n')
    assert [record.columns for record in read(path)] == [{"id": "1", "question": f"a{mark}b"}]


def test_a_cell_of_a_million_characters_is_read_and_a_longer_one_is_a_broken_row(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text(f"question\n{'x' * 1_000_000}\n{'x' * 1_000_001}\nlast\n")
    first, second, third = read(path)
    assert (len(first.columns["question"]), second.fault) == (
        1_000_000,
        "row 2: field larger than field limit (1000000)",
    )
    assert third.columns["question"] == "last"


def test_a_row_of_endless_cells_is_broken_and_the_next_one_is_read(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text("question\n" + "x" * 900_000 + ("," + "y" * 900_000) * 5 + "\nlast\n")
    first, second = read(path)
    assert (first.fault, second.columns) == ("row 1: longer than 4000000 characters", {"question": "last"})


def test_more_columns_than_are_read_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text("question" + ",c" * 1_000 + "\n")
    with pytest.raises(BatchError, match=r"q\.csv: 1001 columns; at most 1000 are read"):
        read(path)


def test_a_packed_file_is_the_same_for_the_same_rows(tmp_path: Path) -> None:
    first = write(tmp_path / "out.csv.gz", row()).read_bytes()
    assert write(tmp_path / "other.csv.gz", row()).read_bytes() == first
    assert gzip.decompress(first).endswith(b"tea 1 abc\r\n")
