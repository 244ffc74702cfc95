import csv
import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fronts.batch.rows import CELLS, FORMULAS, read, row, write
from tutor.errors import BatchError
from tutor.fronts.batch import lines
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
        "row 2: a cell is longer than 1000000 characters",
    )
    assert third.columns["question"] == "last"


def test_a_row_of_endless_cells_is_broken_and_the_next_one_is_read(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text("question\n" + "x" * 900_000 + ("," + "y" * 900_000) * 5 + "\nlast\n")
    first, second = read(path)
    assert (first.fault, second.columns) == ("row 1: longer than 4000000 characters", {"question": "last"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('1,"open\n2,b\n3,c\n', ["a quote is opened and never closed", "b", "c"]),
        ('1,"open\n2,"b"\n3,c\n', ["a quote is opened and not closed in its line, and further down text", "b", "c"]),
        ('1,"a" and more\n2,b\n', ["text follows a closing quote", "b"]),
        ('1,"a\nb"\n2,c\n', ["a\nb", "c"]),
        ('1,5" disk\n2,"say ""b"""\n', ['5" disk', 'say "b"']),
    ],
)
def test_a_quote_that_is_never_closed_costs_its_own_row_alone(tmp_path: Path, text: str, expected: list[str]) -> None:
    path = tmp_path / "q.csv"
    path.write_text(f"id,question\n{text}")
    for number, (record, said) in enumerate(zip(read(path), expected, strict=True), start=1):
        assert record.columns["id"] == str(number)
        assert (record.fault or record.columns["question"]).startswith(
            f"row {number}: {said}" if record.fault else said
        )


def test_many_quotes_that_are_never_closed_are_read_in_good_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "_MOST_AGAIN", 1_000)
    path = tmp_path / "q.csv"
    path.write_text("question,more\n" + 'x","y\n' * 2_000)
    records = read(path)
    assert all(record.fault for record in records)
    assert len(records) < 2_000


@pytest.mark.parametrize("suffix", ["csv", "tsv"])
def test_two_columns_of_one_name_are_refused_and_those_without_one_are_told_apart(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"q.{suffix}"
    path.write_text("question,note,note\na,b,c\n")
    with pytest.raises(BatchError) as error:
        read(path)
    assert str(error.value) == f"{path}: two columns are called note; give one of them another name"
    path.write_text("question,, ,note\na,b,c,d\n")
    assert [record.columns for record in read(path)] == [
        {"question": "a", "column 2": "b", "column 3": "c", "note": "d"}
    ]


@pytest.mark.parametrize(
    ("names", "columns", "said"),
    [
        ("id, question ", {}, "question, but id, question; say --column 'question= question '"),
        ("id,Stem", {"question": "stem"}, "stem, but id, Stem; say --column question=Stem"),
        ("id,text", {}, "question, but id, text"),
    ],
)
def test_a_needed_column_that_is_missing_is_told_with_those_that_are_there(
    tmp_path: Path, names: str, columns: dict[str, str], said: str
) -> None:
    path = tmp_path / "q.csv"
    path.write_text(f"{names}\n1,a\n")
    with pytest.raises(BatchError) as error:
        read(path, columns=columns)
    assert str(error.value) == f"{path}: the first line has no column called {said}"


def test_a_quote_in_the_middle_of_a_name_opens_nothing(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text('5" disk,question\n1,a\n2,b\n')
    assert [record.columns["question"] for record in read(path)] == ["a", "b"]


def test_more_columns_than_are_read_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text("question" + ",c" * 1_000 + "\n")
    with pytest.raises(BatchError, match=r"q\.csv: 1001 columns; at most 1000 are read"):
        read(path)


def test_a_packed_file_is_the_same_for_the_same_rows(tmp_path: Path) -> None:
    first = write(tmp_path / "out.csv.gz", row()).read_bytes()
    assert write(tmp_path / "other.csv.gz", row()).read_bytes() == first
    assert gzip.decompress(first).endswith(b"tea 1 abc\r\n")
