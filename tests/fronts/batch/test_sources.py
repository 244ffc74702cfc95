import gzip
import io
import os
import resource
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fronts.batch.rows import read
from tutor import Tutor
from tutor.errors import BatchError
from tutor.fronts.batch.readers import Reading, read_records
from tutor.fronts.batch.run import run

TEA = "question,größe\nWelcher Tee für “früh”?,groß\n"
RUSSIAN = "question,чай\nКакой чай выбрать утром?,зелёный\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_an_encoding_is_found_out(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "q.csv"
    path.write_bytes(TEA.encode(encoding))
    assert [record.columns for record in read(path)] == [{"question": "Welcher Tee für “früh”?", "größe": "groß"}]


@pytest.mark.parametrize("mark", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-8"])
@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".jsonl", ".txt", ".md", ".gift"])
def test_a_byte_order_mark_decides_in_every_format(tmp_path: Path, suffix: str, mark: str) -> None:
    text = {
        ".csv": "question\nTee für zwei?",
        ".tsv": "question\nTee für zwei?",
        ".jsonl": '{"question": "Tee für zwei?"}',
    }
    path = tmp_path / f"q{suffix}"
    path.write_bytes(("\ufeff" + text.get(suffix, "Tee für zwei?")).encode(mark))
    assert [record.columns["question"] for record in read(path)] == ["Tee für zwei?"]


def test_a_guessed_encoding_is_told_and_one_that_is_given_is_not(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_bytes(TEA.encode("cp1252"))
    told: list[str] = []
    list(read_records(path, Reading(encoding="cp1252"), told.append))
    assert told == []
    list(read_records(path, None, told.append))
    assert told == [f"{path}: not UTF-8, read as Windows Latin-1 (cp1252); --encoding NAME names another"]


def test_another_alphabet_is_refused_until_its_encoding_is_given(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_bytes(RUSSIAN.encode("cp1251"))
    with pytest.raises(BatchError, match=r"q\.csv: is not UTF-8; say what it is, for example --encoding cp1251"):
        read(path)
    assert read(path, encoding="cp1251")[0].columns["чай"] == "зелёный"


def test_an_encoding_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text(TEA)
    for name in ("klingon", "hex", "rot13", "idna\0", "idna", "punycode", "undefined"):
        with pytest.raises(BatchError, match="there is no encoding"):
            read(path, encoding=name)


@pytest.mark.parametrize("content", [TEA.encode(), TEA.encode("utf-16-le"), b"\xff\xfe"])
def test_an_encoding_that_needs_a_mark_is_refused_where_there_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "q.csv"
    path.write_bytes(content)
    with pytest.raises(BatchError) as error:
        read(path, encoding="utf-32")
    assert str(error.value) == (
        f"{path}: does not begin with the byte order mark of UTF-32; it is in another encoding, "
        "or say --encoding utf-32-le or utf-32-be"
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-le"])
def test_an_encoding_of_wide_characters_may_be_said(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "q.csv"
    path.write_bytes(TEA.encode(encoding))
    assert [record.columns["größe"] for record in read(path, encoding=encoding)] == ["groß"]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".txt", ".gift"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_characters_without_a_mark_are_told(tmp_path: Path, suffix: str, encoding: str) -> None:
    path = tmp_path / f"q{suffix}"
    path.write_bytes(TEA.encode(encoding))
    with pytest.raises(BatchError) as error:
        read(path)
    assert str(error.value) == (
        f"{path}: looks like {encoding.upper()} without a byte order mark; say --encoding {encoding}"
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04\x14\0\x06\0..[Content_Types].xml", "an xlsx file; --from xlsx reads it"),
        (b"PK\x03\x04\x14\0\x06\0..notes.txt", "a zip file; unpack it first"),
        (gzip.compress(b"question\na\n"), "a gzip file; a name that ends in .gz has it unpacked"),
        (b"\x28\xb5\x2f\xfd\x04", "a zstd file; a name that ends in .zst has it unpacked"),
        (b"PAR1\x15\x04", "a parquet file; --from parquet reads it"),
        (b"%PDF-1.7\n", "a PDF; only its text can be read, saved as txt or md"),
    ],
)
@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".md"])
def test_a_file_that_is_no_text_is_told_by_what_it_looks_like(
    tmp_path: Path, content: bytes, said: str, suffix: str
) -> None:
    path = tmp_path / f"q{suffix}"
    path.write_bytes(content)
    with pytest.raises(BatchError) as error:
        read(path)
    assert str(error.value) == f"{path}: looks like {said}"


def test_bytes_that_are_no_characters_are_faults_of_their_rows_where_the_rest_is_utf8(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_bytes("question\ngrüner Tee?\nschöner Tee?\n".encode() + b"caf\xe9?\n")
    assert [record.fault for record in read(path)] == [None, None, "row 3: not UTF-8"]
    path.write_bytes("question\ntea?\n".encode("utf-16") + "té".encode("utf-16-le") + b"\x00\xd8x\x00\n\x00")
    assert [record.fault for record in read(path)] == [None, "row 2: not UTF-16-LE"]


@settings(deadline=None, max_examples=80)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_utf8_is_never_taken_for_anything_else(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "utf8.csv"
    cell = text.replace('"', "").replace("\r", " ")
    path.write_bytes(f'question\n"{cell}"\n'.encode())
    told: list[str] = []
    assert [record.columns["question"] for record in read_records(path, Reading(raw=True), told.append)] == [cell]
    assert told == []


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
@pytest.mark.parametrize(
    "content", [b"", b"no packed file", b"\x1f\x8b\x08\x00cut", gzip.compress(b"question\na\n" * 99)[:-9]]
)
def test_a_packed_file_that_is_broken_is_one_clear_error(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"q.csv{suffix}"
    path.write_bytes(content)
    with pytest.raises(BatchError, match=rf"q\.csv{suffix}: (cannot be read: |the first line has no column called)"):
        read(path)


def test_a_small_file_that_unpacks_to_one_endless_line_is_a_broken_row(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl.gz"
    path.write_bytes(gzip.compress(b"x" * 30_000_000 + b'\n{"question": "last"}\n'))
    first, last = read(path)
    assert (first.fault, last.columns) == ("row 1: longer than 1000000 characters", {"question": "last"})
    assert path.stat().st_size < 100_000


def test_standard_input_is_jsonl_or_what_it_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    for form, said in ((None, b'{"question": "a"}'), ("csv", b"question\na\n"), ("txt", b"a")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(said)))
        assert [record.columns for record in read(Path("-"), form=form)] == [{"question": "a"}]


def test_a_pipe_with_a_name_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    os.mkfifo(path)
    feeding = threading.Thread(target=path.write_text, args=("question\na\nb\n",))
    feeding.start()
    assert [record.columns["question"] for record in read(path)] == ["a", "b"]
    feeding.join()


def test_standard_input_that_cannot_be_kept_is_told_of_the_folder_for_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tea: Tutor
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x" * 10_000)))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        with pytest.raises(BatchError) as error:
            run(lambda: tea, Path("-"), str(tmp_path / "out.jsonl"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    folder = tempfile.gettempdir()
    assert str(error.value) == (
        f"standard input cannot be kept in {folder}: File too large; TMPDIR names another folder"
    )
