import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fronts.batch.rows import write_rows
from tutor import Tutor
from tutor.errors import BatchError
from tutor.fronts.batch.answering import answer_record
from tutor.fronts.batch.layout import Layout
from tutor.fronts.batch.readers import read_records
from tutor.fronts.batch.record import LONGEST, Record
from tutor.fronts.batch.run import run
from tutor.row import FIELDS, Row

GREEN = "What temperature does sencha need?"


class Folder:
    """A folder in which batches of tea questions run."""

    def __init__(self, tutor: Tutor, path: Path) -> None:
        self.tutor, self.path = tutor, path

    def rows(self, name: str, content: bytes | str) -> list[dict[str, Any]]:
        """Write *content* to the file *name*, answer it into jsonl, and return the rows."""
        out = self.path / "out.jsonl"
        self.run(name, content, out)
        return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]

    def run(self, name: str, content: bytes | str, out: Path | str) -> Counter[str]:
        source = self.path / name
        source.write_bytes(content.encode() if isinstance(content, str) else content)
        return run(lambda: self.tutor, source, str(out))

    def names(self) -> list[str]:
        return sorted(path.name for path in self.path.iterdir())


@pytest.fixture
def folder(tea: Tutor, tmp_path: Path) -> Folder:
    return Folder(tea, tmp_path)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


# what is read


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("q.jsonl", json.dumps({"id": "a", "question": GREEN}) + "\n"),
        ("q.jsonl", "\ufeff" + json.dumps({"id": "a", "question": GREEN})),
        ("q.JSONL", "\n  \n" + json.dumps({"id": "a", "question": GREEN}) + "\r\n\n"),
        ("q.csv", f"id,question\na,{GREEN}\n"),
        ("q.csv", f"\ufeffid,question\r\na,{GREEN}\r\n\r\n"),
        ("q.CSV", f'question,id\n"{GREEN}","a"'),
    ],
)
def test_one_question_gives_one_answered_row(folder: Folder, name: str, content: str) -> None:
    (row,) = folder.rows(name, content)
    assert tuple(row) == FIELDS
    assert (row["id"], row["question"], row["status"], row["entry"]) == ("a", GREEN, "answered", "fact.green-tea")
    assert row["answer"] == "Brew green tea at 80 degrees."
    assert row["pack"] == folder.tutor.pack.stamp
    assert row["candidates"][0]["entry"] == "fact.green-tea"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("no.jsonl", "no.jsonl: there is no such file"),
        ("folder.jsonl", "folder.jsonl: is a folder, not a file of questions"),
        ("q.jsnl", "q.jsnl: cannot read .jsnl; did you mean .jsonl?"),
        ("q.zip", "q.zip: cannot read .zip; known: .csv, .gift, .jsonl, .md, .parquet, .tsv, .txt, .xlsx"),
        ("q", "q: cannot read a file without a suffix; known: .csv, .gift, .jsonl, .md, .parquet, .tsv, .txt, .xlsx"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder.jsonl").mkdir()
    Path("q.jsnl").touch()
    with pytest.raises(BatchError) as error:
        read_records(Path(name))
    assert str(error.value) == said


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that breaks while it is read")
@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_a_file_that_breaks_while_it_is_read_is_named_as_the_one_not_read(folder: Folder, suffix: str) -> None:
    source = folder.path / f"broken{suffix}"
    source.symlink_to("/proc/self/mem")
    with pytest.raises(BatchError, match=rf"broken{suffix}: cannot be read: Input/output error"):
        run(lambda: folder.tutor, source, str(folder.path / "out.jsonl"))
    assert folder.names() == [f"broken{suffix}"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the first line has no column called question"),
        (b"\nquestion\n", "the first line has no column called question"),
        (
            b"id,Question\na,b\n",
            "the first line has no column called question, but id, Question; say --column question=Question",
        ),
        (b'id,"question\na,b\n', "the first line cannot be read: a quote is opened and never closed"),
        (b'id,"question"s,question\na,b\n', "the first line cannot be read: text follows a closing quote"),
        (b"question,\x81 and so on\n", "the first line is not UTF-8; save the file as UTF-8"),
        (
            b"x" * (LONGEST + 1) + b",question\n",
            "the first line cannot be read: a cell is longer than 1000000 characters",
        ),
    ],
)
def test_a_csv_file_without_a_usable_first_line_is_an_error(folder: Folder, content: bytes, problem: str) -> None:
    with pytest.raises(BatchError) as error:
        folder.rows("q.csv", content)
    assert str(error.value) == f"{folder.path / 'q.csv'}: {problem}"
    assert folder.names() == ["q.csv"]


# one broken row among others


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b"{", "not JSON: Expecting property name enclosed in double quotes: line 2 column 1 (char 2)"),
        (b'"just text"', "not an object with a question"),
        (b"[]", "not an object with a question"),
        (b'{"id": "b"}', "no question"),
        (b'{"question": null}', "no question"),
        (b'{"question": 7}', "no question"),
        (b'{"question": "caf\xe9"}', "not UTF-8"),
        (b'{"question": "x", "n": NaN}', "not JSON: NaN is not a number that JSON has"),
        (b'{"question": "x", "n": -1e999}', "not JSON: -1e999 is not a number that JSON has"),
        (b'{"question": "x", "hour": 7}', "the value of a slot is not text"),
        (b'{"question": "x", "n": ' + b"[" * 60 + b"1" + b"]" * 60 + b"}", "lists and objects nested deeper than 50"),
        (b'{"question": "' + b"x" * LONGEST + b'"}', "longer than 1000000 characters"),
    ],
)
def test_a_broken_json_row_is_named_by_number_and_the_others_are_answered(
    folder: Folder, line: bytes, fault: str
) -> None:
    good = json.dumps({"question": GREEN}).encode()
    first, broken, last = folder.rows("q.jsonl", good + b"\n\n" + line + b"\n" + good)
    assert [first["status"], broken["status"], last["status"]] == ["answered", "error", "answered"]
    assert broken["error"] == f"row 2: {fault}"
    assert (broken["reply"], broken["entry"], broken["candidates"]) == (None, None, [])


@pytest.mark.parametrize(
    ("line", "kept", "fault"),
    [
        (b'{"id": 7, "question": "caf\xe9", "n": 1}', ("7", "caf\ufffd", 1), "not UTF-8"),
        (b'{"id": 7, "question": "caf\xe9", "n": NaN}', (None, "", None), "not UTF-8"),
        (b'{"id": 7, "question": "x", "n": ' + b"[" * 60 + b"]" * 60 + b"}", ("7", "x", None), "lists and objects"),
        (b'{"id": 7, "question": "x", "n": ' + b"[" * 90_000 + b"]" * 90_000 + b"}", (None, "", None), "lists and obj"),
        (b'{"id": 7, "question": "x", "n": ' + b"1" * 5_000 + b"}", (None, "", None), "a number has more than 4300 di"),
    ],
)
def test_a_broken_json_row_keeps_what_can_be_told_of_it(
    folder: Folder, line: bytes, kept: tuple[str | None, str, int | None], fault: str
) -> None:
    (row,) = folder.rows("q.jsonl", line)
    assert (row["id"], row["question"], row.get("n")) == kept
    assert row["error"].startswith(f"row 1: {fault}")


def test_json_nested_deeper_than_python_can_follow_is_a_broken_row(folder: Folder) -> None:
    lines = "\n".join(f'{{"question": "x", "n": {"[" * depth}{"]" * depth}}}' for depth in range(850, 1050, 3))
    rows = folder.rows("q.jsonl", lines + "\n" + '{"n": ' * 100_000)
    assert {row["status"] for row in rows} == {"error"}
    assert len(rows) == 68


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b"b,x,y,z", "row 2: 4 columns, the first line has 3"),
        (b"b", "row 2: 1 columns, the first line has 3"),
        (b"b,\x81 caf\xe9,y", "row 2: not UTF-8"),
        (b"b," + b"x" * (LONGEST + 1) + b",y", "row 2: a cell is longer than 1000000 characters"),
        (b"b,x,noon", "row 2: slot hour has no value noon; known: morning, night"),
        (b"b,x,nigt", "row 2: slot hour has no value nigt; did you mean night?"),
    ],
)
def test_a_broken_csv_row_is_named_and_the_others_are_answered(folder: Folder, line: bytes, fault: str) -> None:
    good = f"a,{GREEN},\n".encode()
    first, broken, last = folder.rows("q.csv", b"id,question,hour\n" + good + line + b"\n" + good)
    assert [first["status"], broken["status"], last["status"]] == ["answered", "error", "answered"]
    assert broken["error"] == fault


def test_a_broken_first_row_does_not_cost_the_others_their_columns(folder: Folder) -> None:
    out = folder.path / "out.csv"
    folder.run("q.csv", f"question,team\none,two,three\n{GREEN},blue\n", out)
    assert [row["team"] for row in table(out)] == ["two", "blue"]


@pytest.mark.parametrize(
    ("line", "question", "team"),
    [
        (b"b,x", "x", None),
        (b"b,x,blue,more", "x", "blue"),
        (b"b,x \x81 caf\xe9,blue", "x \ufffd caf\ufffd", "blue"),
        (b'b,x,"blue" sky', "x", "blue sky"),
        (b"b," + b"x" * (LONGEST + 1) + b",blue", "", None),
    ],
)
def test_a_broken_csv_row_keeps_what_can_be_told_of_it(
    folder: Folder, line: bytes, question: str, team: str | None
) -> None:
    (row,) = folder.rows("q.csv", b"id,question,team\n" + line + b"\n")
    assert (row["id"], row["question"], row["team"], row["status"]) == ("b", question, team, "error")


# what is answered


def test_quotes_newlines_and_commas_in_a_csv_question_are_part_of_it(folder: Folder) -> None:
    question = 'What "heat",\r\ndoes sencha\nneed?'
    (row,) = folder.rows("q.csv", "question\n" + '"' + question.replace('"', '""') + '"\n')
    assert row["question"] == question
    assert row["entry"] == "fact.green-tea"


def test_a_slot_column_settles_the_decision(folder: Folder) -> None:
    asked = "Which tea should I brew?"
    lines = [{"question": asked, "hour": "night"}, {"question": asked, "hour": "Before sleep"}, {"question": asked}]
    rows = folder.rows("q.jsonl", "\n".join(map(json.dumps, lines)))
    assert [(row["status"], row["entry"], row["needs"]) for row in rows] == [
        ("answered", "trap.caffeine-at-night", []),
        ("answered", "trap.caffeine-at-night", []),
        ("conditional", "pair.green-vs-black", ["hour", "guests"]),
    ]
    assert rows[0]["because"] == {"hour": "night"}
    assert {json.dumps(branch["when"]): branch["entry"] for branch in rows[2]["branches"]} == {
        '{"hour": "morning", "guests": "one"}': "fact.green-tea",
        '{"hour": "morning", "guests": "many"}': "tip.breakfast-pot",
        '{"hour": "night"}': "trap.caffeine-at-night",
    }


@pytest.mark.parametrize("empty", ["null", '""'])
def test_an_empty_slot_column_is_an_open_slot(folder: Folder, empty: str) -> None:
    (row,) = folder.rows("q.jsonl", f'{{"question": "Which tea should I brew?", "hour": {empty}}}')
    assert row["status"] == "conditional"


def test_other_columns_pass_through_as_they_are(folder: Folder) -> None:
    extra = {"n": 7, "list": [1, {"a": None}], "text": "é\u2028", "yes": True}
    (row,) = folder.rows("q.jsonl", json.dumps({"question": GREEN, **extra}))
    assert {name: row[name] for name in extra} == extra
    assert tuple(row) == (*extra, *FIELDS)


def test_a_column_called_like_a_field_of_a_row_gives_way_to_it(folder: Folder) -> None:
    (row,) = folder.rows("q.jsonl", json.dumps({"question": GREEN, "status": "mine", "entry": "mine"}))
    assert (row["status"], row["entry"]) == ("answered", "fact.green-tea")


def test_an_id_that_is_a_number_comes_back_as_text(folder: Folder) -> None:
    assert [row["id"] for row in folder.rows("q.jsonl", '{"question": "x", "id": 7}\n{"question": "x"}')] == ["7", None]


@pytest.mark.parametrize("row_id", [["a", None, "é"], {"n": True}, True, 1.5])
def test_an_id_that_is_no_text_comes_back_as_json(folder: Folder, row_id: Any) -> None:
    (row,) = folder.rows("q.jsonl", json.dumps({"question": "x", "id": row_id}))
    assert row["id"] == json.dumps(row_id, ensure_ascii=False)


@pytest.mark.parametrize("question", ["", "  ", "???", "x" * 100_000])
def test_a_question_that_asks_nothing_or_too_much_is_declined(folder: Folder, question: str) -> None:
    (row,) = folder.rows("q.jsonl", json.dumps({"question": question}))
    assert (row["status"], row["reply"], row["error"]) == ("declined", "decline", None)


@pytest.mark.parametrize("out", ["out.jsonl", "out.csv", "/dev/null"])
def test_half_a_character_in_json_does_not_stop_a_batch(folder: Folder, out: str) -> None:
    line = '{"id": "\\ud800", "question": "What temperature does sencha need\\udfff?", "x\\ud800": "\\ud800"}'
    assert folder.run("q.jsonl", line, folder.path / out) == Counter(answered=1)


def test_half_a_character_is_written_as_a_question_mark(folder: Folder) -> None:
    (row,) = folder.rows("q.jsonl", '{"question": "sencha degrees \\ud800"}')
    assert row["question"] == "sencha degrees ?"


# what is written


def test_csv_holds_the_same_rows_as_jsonl_lists_as_json_and_nothing_as_empty(folder: Folder) -> None:
    content = json.dumps({"id": "a", "question": GREEN, "n": 7}) + "\n{\n" + json.dumps({"question": "capital of Peru"})
    rows = folder.rows("q.jsonl", content)
    folder.run("q.jsonl", content, folder.path / "out.csv")
    expected = [
        {
            name: "" if value is None else json.dumps(value) if isinstance(value, dict | list) else str(value)
            for name, value in {"n": None, **row}.items()
        }
        for row in rows
    ]
    assert table(folder.path / "out.csv") == expected


def test_a_column_that_first_comes_in_a_later_row_is_in_the_csv_too(folder: Folder) -> None:
    folder.run("q.jsonl", '{"question": "x"}\n{"question": "x", "team": "blue"}', folder.path / "out.csv")
    assert [row["team"] for row in table(folder.path / "out.csv")] == ["", "blue"]


@pytest.mark.parametrize(("name", "content"), [("q.csv", "question,team\n"), ("q.jsonl", ""), ("q.jsonl", "\n \n")])
def test_no_rows_in_are_no_rows_out_under_a_header(folder: Folder, name: str, content: str) -> None:
    assert folder.rows(name, content) == []
    assert folder.run(name, content, folder.path / "out.csv") == Counter()
    assert (folder.path / "out.csv").read_bytes().decode() == ",".join(FIELDS) + "\r\n"


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("nowhere/out.jsonl", "nowhere/out.jsonl: cannot be written: No such file or directory"),
        ("file/out.jsonl", "file/out.jsonl: cannot be written: Not a directory"),
        ("folder.csv", "folder.csv: cannot be written: Is a directory"),
        (".", ".: cannot write a file without a suffix; known: .csv, .gift, .html, .jsonl, .md, .parquet, .tsv, .xlsx"),
        ("out.jsn", "out.jsn: cannot write .jsn; did you mean .jsonl?"),
        ("/dev/full", "/dev/full: cannot be written: No space left on device"),
    ],
)
def test_output_that_cannot_be_written_is_one_clear_error_and_leaves_nothing(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, out: str, said: str
) -> None:
    monkeypatch.chdir(folder.path)
    Path("folder.csv").mkdir()
    Path("file").touch()
    with pytest.raises(BatchError) as error:
        folder.run("q.jsonl", '{"question": "x"}', out)
    assert str(error.value) == said
    assert folder.names() == ["file", "folder.csv", "q.jsonl"]


@pytest.mark.parametrize("out", ["q.jsonl", "./q.jsonl", "link.jsonl", "hard.jsonl", "folder/../q.jsonl"])
def test_a_batch_onto_its_own_input_is_refused_whatever_it_is_called_and_the_questions_stay(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    monkeypatch.chdir(folder.path)
    question = '{"question": "sencha degrees"}'
    Path("q.jsonl").touch()
    Path("folder").mkdir()
    Path("link.jsonl").symlink_to("q.jsonl")
    Path("hard.jsonl").hardlink_to("q.jsonl")
    with pytest.raises(BatchError) as error:
        folder.run("q.jsonl", question, out)
    assert str(error.value) == f"{out}: is the file the questions come from; name another"
    assert Path("q.jsonl").read_text() == question
    assert folder.names() == ["folder", "hard.jsonl", "link.jsonl", "q.jsonl"]


def test_a_batch_onto_its_own_input_is_refused_before_the_tutor_is_loaded(tmp_path: Path) -> None:
    source = tmp_path / "q.csv"
    source.write_text("question\nWhich tea?\n")

    def load() -> Tutor:
        raise AssertionError

    with pytest.raises(BatchError, match="is the file the questions come from"):
        run(load, source, str(source))


def test_the_output_can_be_read_by_whoever_may_read_a_new_file(folder: Folder) -> None:
    (folder.path / "new").touch()
    folder.run("q.jsonl", "", folder.path / "out.jsonl")
    assert (folder.path / "out.jsonl").stat().st_mode == (folder.path / "new").stat().st_mode


def test_rows_to_a_dash_go_to_standard_output(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.run("q.jsonl", '{"question": "x"}\n{"question": "y"}', "-")
    assert [json.loads(line)["question"] for line in capsys.readouterr().out.splitlines()] == ["x", "y"]
    assert folder.names() == ["q.jsonl"]


@pytest.mark.parametrize("out", ["out.jsonl", "out.csv", "out.csv.gz", "out.jsonl.zst", "out.parquet", "out.xlsx"])
def test_a_batch_that_fails_in_the_middle_leaves_the_old_file_and_no_litter(folder: Folder, out: str) -> None:
    (folder.path / out).write_text("old")

    def rows() -> Iterator[Row]:
        yield folder.tutor.answer_row(GREEN)
        assert (folder.path / out).read_text() == "old"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_rows(str(folder.path / out), rows(), Layout())
    assert folder.names() == [out]
    assert (folder.path / out).read_text() == "old"


# whatever comes in

NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | NUMBERS | st.text()
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5)
NAMES = st.sampled_from(["question", "id", "hour", "guests", "status", "passed", "extra"]) | st.text()
OBJECTS = st.dictionaries(NAMES, VALUES | st.sampled_from([GREEN, "Which tea?", "night"]), max_size=5)


UTF16 = (b"\xff\xfe", b"\xfe\xff")  #: as the first bytes of a file they say how all of it is encoded


def _blank(line: bytes) -> bool:
    return not line.decode("utf-8", errors="surrogateescape").replace("\ufeff", "").strip()


LINES = st.one_of(
    OBJECTS.map(lambda said: json.dumps(said).encode()),
    VALUES.map(lambda said: json.dumps(said).encode()),
    st.binary(max_size=30).filter(lambda line: b"\n" not in line and line[:2] not in UTF16),
).filter(lambda line: not _blank(line))
CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def answered(tutor: Tutor, path: Path, content: bytes) -> tuple[list[Record], list[dict[str, Any]]]:
    """Return the records of a file with *content* and, once more from a file, their rows."""
    path.write_bytes(content)
    out = path.with_name("out.jsonl")
    run(lambda: tutor, path, str(out))
    records = list(read_records(path))
    with out.open(encoding="utf-8", newline="\n") as lines:
        rows = [json.loads(line) for line in lines]
    run(lambda: tutor, path, str(path.with_name("out.csv")))
    with path.with_name("out.csv").open(encoding="utf-8", newline="") as written:
        assert sum(1 for _ in csv.reader(written)) == len(rows) + 1
    return records, rows


@settings(deadline=None, max_examples=60)
@given(st.lists(LINES, max_size=8))
def test_any_json_lines_give_one_row_each_in_order(
    tea: Tutor, tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    records, rows = answered(tea, path, b"\n".join(lines))
    assert [record.number for record in records] == list(range(1, len(lines) + 1))
    assert len(rows) == len(lines)
    for record, row in zip(records, rows, strict=True):
        asked = record.columns.get("question")
        said = asked if isinstance(asked, str) else ""
        assert row["question"] == said.encode("utf-8", errors="replace").decode()
        assert (row["status"] == "error") == (row["error"] is not None)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(CELLS, CELLS), max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_any_table_gives_one_row_for_each_of_its_rows_in_order(
    tea: Tutor, tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]], ending: str
) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator=ending, quoting=csv.QUOTE_ALL).writerows([("question", "extra"), *cells])
    path = tmp_path_factory.getbasetemp() / "any-table.csv"
    _, rows = answered(tea, path, written.getvalue().encode())
    assert [(row["question"], row["extra"]) for row in rows] == cells


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=200).map(lambda content: content + b"plain text " * 400))
def test_any_bytes_below_a_csv_header_give_numbered_rows(
    tea: Tutor, tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any-bytes.csv"
    records, rows = answered(tea, path, b"id,question,hour,extra\n" + content)
    assert [record.number for record in records] == list(range(1, len(rows) + 1))


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=100).filter(lambda content: content[:2] not in UTF16), st.sampled_from([".csv", ".jsonl"]))
def test_any_bytes_are_read_or_refused_in_words(
    tea: Tutor, tmp_path_factory: pytest.TempPathFactory, content: bytes, suffix: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"bytes{suffix}"
    path.write_bytes(content)
    if suffix == ".csv":
        with pytest.raises(BatchError, match=r"(the first line |is not UTF-8; say what it is|looks like )"):
            list(read_records(path))
    elif not _looks_like_something(content):
        rows = [answer_record(tea, record) for record in read_records(path)]
        text = content.decode("utf-8-sig", errors="surrogateescape")
        assert len(rows) == sum(bool(line.strip()) for line in text.split("\n"))


def _looks_like_something(content: bytes) -> bool:
    """Return whether *content* begins as a file that is no text."""
    return content.startswith((b"PK\x03\x04", b"\x1f\x8b", b"\x28\xb5\x2f", b"PAR1", b"%PDF-", b"\xd0\xcf\x11\xe0"))
