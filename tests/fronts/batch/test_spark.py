"""Spark, for real: the rows of one machine, whatever happens to the workers. Needs Java 17."""

import json
import math
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.cluster import cluster, wait_for
from tests.conftest import TEA
from tutor import Tutor
from tutor.errors import BatchError
from tutor.fronts.batch.completing import Completing
from tutor.fronts.batch.progress import Progress
from tutor.fronts.batch.run import run as run_here
from tutor.fronts.batch.spark import Wishes, answer, run
from tutor.fronts.batch.spark.schema import row_schema
from tutor.fronts.batch.spark.session import session
from tutor.fronts.batch.stopping import Stopped
from tutor.row import FIELDS

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.slow

SENCHA, WHICH = "What temperature does sencha need?", "Which tea should I brew?"
ASKED: list[dict[str, Any]] = [
    {"id": 1, "question": SENCHA, "team": "blue"},
    {"id": "2", "question": WHICH, "hour": "night", "team": "=1+1"},
    {"id": "3", "question": WHICH, "team": 'say "hi",\nthen \\ go'},
    {"question": WHICH, "hour": "noon", "team": "é\u2028"},
    {"id": "5", "question": "capital of Peru", "team": ""},
    {"id": "6", "question": "hello", "team": "'tis"},
    {"id": "7", "question": "", "team": "x" * 5_000},
]


@pytest.fixture(scope="module")
def spark() -> "Iterator[SparkSession]":
    with session("local[2]") as started:
        yield started


def told(folder: Path) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((folder / "current.json").read_text())
    return said


def rows_of(folder: Path) -> list[dict[str, Any]]:
    """Return the rows that a folder is switched to, in the order of their ids."""
    files = sorted((folder / told(folder)["rows"]).glob("*.jsonl"))
    return in_order([json.loads(line) for path in files for line in path.read_text().split("\n") if line])


def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (str(row["id"]), row["question"]))


def here(tea: Tutor, source: Path) -> list[dict[str, Any]]:
    """Return the rows of one machine, whose errors name the row by its number."""
    out = source.with_name("here.jsonl")
    run_here(lambda: tea, source, str(out))
    rows = [json.loads(line) for line in out.read_text().split("\n") if line]
    return in_order([{**row, "error": row["error"] and row["error"].partition(": ")[2]} for row in rows])


# DataFrames


def test_a_frame_gets_the_rows_of_one_machine_beside_its_own_columns(spark: "SparkSession", tea: Tutor) -> None:
    asked = [(1, SENCHA, None, "blue"), (2, WHICH, "night", None), (3, None, None, "red"), (None, WHICH, "noon", "red")]
    frame = spark.createDataFrame(asked, "id int, question string, hour string, team string")
    answered = answer(frame, tea)
    assert answered.columns == ["team", *FIELDS]
    found = {row["question"] + str(row["id"]): row.asDict(recursive=True) for row in answered.collect()}
    alone = tea.answer_row(WHICH, row_id="2", known={"hour": "night"}).to_dict()
    assert found[f"{WHICH}2"] == {"team": None, **json.loads(json.dumps(alone))}
    assert (found["3"]["error"], found["3"]["team"]) == ("no question", "red")
    assert found[f"{WHICH}None"]["error"] == "slot hour has no value noon; known: morning, night"


def test_columns_that_pass_through_a_frame_come_back_as_they_were(spark: "SparkSession", tea: Tutor) -> None:
    values = (
        2**62 + 1, 7, 0.1, True, "é\0", b"\xff", date(1700, 1, 1),
        datetime(1969, 12, 31, 23, 59, 59, 123456, tzinfo=UTC),
        Decimal("12.3400"), [1, None], {"a": 1}, (1, "x"),
    )  # fmt: skip
    types = (
        "bigint", "int", "double", "boolean", "string", "binary", "date", "timestamp", "decimal(10,4)", "array<int>",
        "map<string,int>", "struct<n: int, s: string>",
    )  # fmt: skip
    names = [f"c {number}" for number in range(len(values))]
    schema = ", ".join(["question string", *(f"`{name}` {kind}" for name, kind in zip(names, types, strict=True))])
    nothing = (None,) * len(values)
    frame = spark.createDataFrame([(SENCHA, *values), ("tea", *nothing)], schema)
    answered = answer(frame, tea)
    assert answered.select(*(f"`{name}`" for name in names)).schema == frame.drop("question").schema
    back = {row["question"]: [row[name] for name in names] for row in answered.collect()}
    before = {row["question"]: [row[name] for name in names] for row in frame.collect()}
    assert back == before


def test_numbers_that_are_none_stay_so(spark: "SparkSession", tea: Tutor) -> None:
    frame = spark.createDataFrame([(SENCHA, math.nan), ("tea", math.inf), ("pot", None)], "question string, n double")
    found = {row["question"]: row["n"] for row in answer(frame, tea).collect()}
    assert (math.isnan(found[SENCHA]), found["tea"], found["pot"]) == (True, math.inf, None)


def test_a_frame_with_other_names_and_assumed_values_is_answered(spark: "SparkSession", tea: Tutor) -> None:
    frame = spark.createDataFrame([(WHICH, "x")], "stem string, No string")
    completing = Completing(assumed={"hour": "night"})
    (row,) = answer(frame, tea, columns={"question": "stem", "id": "No"}, completing=completing).collect()
    assert (row["id"], row["question"], row["entry"]) == ("x", WHICH, "trap.caffeine-at-night")


def test_a_frame_without_questions_is_refused_at_once(spark: "SparkSession", tea: Tutor) -> None:
    with pytest.raises(BatchError) as error:
        answer(spark.createDataFrame([("x",)], "qestion string"), tea)
    assert str(error.value) == "the DataFrame has no column called question; did you mean qestion?"


def test_a_frame_is_answered_by_one_tutor_a_process(spark: "SparkSession", tea: Tutor) -> None:
    frame = spark.range(5_000).selectExpr("id", f"concat('{SENCHA} ', id) as question").repartition(8)
    counted = Counter(row["status"] for row in answer(frame, tea).select("status").collect())
    assert counted == Counter(answered=5_000)


def test_the_schema_holds_every_field_of_a_row(spark: "SparkSession") -> None:
    assert spark.createDataFrame([], row_schema()).columns == list(FIELDS)


# files


def write(folder: Path, form: str, asked: list[dict[str, Any]], parts: int = 2) -> Path:
    """Write *asked* into files of a new folder, and into one file beside it; return the folder."""
    import pandas as pd

    folder.mkdir(parents=True)
    table = pd.DataFrame(asked, dtype=object)
    named = {f"{number}": table.iloc[number::parts] for number in range(parts)} | {"../all": table}
    for name, part in named.items():
        path = folder / f"{name}.{form}"
        match form:
            case "jsonl":
                lines = [
                    {key: value for key, value in row.items() if value == value} for row in part.to_dict("records")
                ]
                path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
            case "csv":
                part.to_csv(path, index=False)
            case _:
                part.astype("string").to_parquet(path, index=False)
    return folder


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_files_get_the_rows_of_one_machine_field_by_field(
    spark: "SparkSession", tea: Tutor, tmp_path: Path, form: str
) -> None:
    asked = [*ASKED, {"id": "8", "question": SENCHA, "options": ["80", "100"]}] if form == "jsonl" else ASKED
    source = write(tmp_path / "in" / form, form, asked)
    counted = run(lambda: tea, str(source), str(tmp_path / "out"), Wishes(to="jsonl"), print)
    alone = here(tea, tmp_path / "in" / f"all.{form}")
    assert rows_of(tmp_path / "out") == alone
    assert counted == Counter(row["status"] for row in alone)
    assert told(tmp_path / "out")["counted"] == dict(counted)


def test_lines_that_are_no_questions_get_the_errors_of_one_machine(
    spark: "SparkSession", tea: Tutor, tmp_path: Path
) -> None:
    lines = [
        b'\xef\xbb\xbf{"id": 1, "question": "sencha"}', b"", b"{", b"[]", b'{"id": 2}', b'{"id": 3, "question": 7}',
        b'{"id": 4, "question": "caf\xe9"}', b'{"id": 5, "question": "x", "hour": 7}', b'{"n": NaN, "question": "x"}',
        b'{"id": 6, "question": "x", "options": "one"}',
        b'{"id": 7, "question": "half \\ud800", "n": [1, {"a": null}]}',
    ]  # fmt: skip
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "q.jsonl").write_bytes(b"\n".join(lines))
    shutil.copy(tmp_path / "in" / "q.jsonl", tmp_path / "q.jsonl")
    run(lambda: tea, str(tmp_path / "in"), str(tmp_path / "out"), Wishes(), print)
    assert rows_of(tmp_path / "out") == here(tea, tmp_path / "q.jsonl")


def test_a_csv_row_with_other_columns_than_the_first_line_is_in_error(
    spark: "SparkSession", tea: Tutor, tmp_path: Path
) -> None:
    (tmp_path / "q.csv").write_text(f"id,question,team\n1,{SENCHA},blue\n2,{SENCHA}\n3,{SENCHA},red,more\n")
    run(lambda: tea, str(tmp_path / "q.csv"), str(tmp_path / "out"), Wishes(to="jsonl"), print)
    found = [(row["id"], row["status"], row["team"], row["error"]) for row in rows_of(tmp_path / "out")]
    other = "other columns than the first line has"
    assert sorted(found) == [("1", "answered", "blue", None), ("2", "error", None, other), ("3", "error", "red", other)]


@pytest.mark.parametrize("to", ["csv", "parquet"])
def test_tables_hold_what_lines_hold(spark: "SparkSession", tea: Tutor, tmp_path: Path, to: str) -> None:
    source = write(tmp_path / "in" / "jsonl", "jsonl", ASKED)
    run(lambda: tea, str(source), str(tmp_path / "out"), Wishes(to=to), print)
    rows = tmp_path / "out" / told(tmp_path / "out")["rows"]
    alone = here(tea, tmp_path / "in" / "all.jsonl")
    if to == "parquet":
        found = [row.asDict(recursive=True) for row in spark.read.parquet(str(rows)).collect()]
        assert in_order(found) == [{name: row.get(name) for name in found[0]} for row in alone]
        return
    run_here(lambda: tea, tmp_path / "in" / "all.jsonl", str(tmp_path / "here.csv"))
    files = sorted(rows.glob("*.csv"))
    lines = Counter(record for path in files for record in path.read_bytes().split(b"\r\n")[1:])
    machine = Counter((tmp_path / "here.csv").read_bytes().split(b"\r\n")[1:])
    assert _unnumbered(lines) == _unnumbered(machine)
    assert {path.read_bytes().split(b"\r\n")[0] for path in files} == {
        (tmp_path / "here.csv").read_bytes().split(b"\r\n")[0]
    }


def _unnumbered(lines: Counter[bytes]) -> list[bytes]:
    return sorted(line.replace(b"row 4: ", b"") for line in lines.elements() if line)


# what fails, and goes on


class Stopping(Progress):
    """Is told to stop once a shard is done."""

    def show(self) -> None:
        raise Stopped(signal.SIGINT)


def many(folder: Path, files: int, rows: int = 5) -> Path:
    folder.mkdir()
    for number in range(files):
        lines = ({"id": number * rows + row, "question": f"{SENCHA} {number} {row}"} for row in range(rows))
        (folder / f"{number:03}.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return folder


def test_a_stopped_run_goes_on_with_the_next_shard_and_leaves_the_earlier_result(
    spark: "SparkSession", tea: Tutor, tmp_path: Path
) -> None:
    source, out = many(tmp_path / "in", 20), tmp_path / "out"
    run(lambda: tea, str(source), str(out), Wishes(), print)
    first = told(out)
    (source / "000.jsonl").write_text(json.dumps({"id": 0, "question": "hello"}))
    with pytest.raises(Stopped) as stopped:
        run(lambda: tea, str(source), str(out), Wishes(), print, Stopping())
    assert str(stopped.value.kept).endswith("; go on with --resume, or begin anew with --fresh")
    assert told(out) == first
    with pytest.raises(BatchError, match="was stopped before; go on with --resume"):
        run(lambda: tea, str(source), str(out), Wishes(), print)
    with pytest.raises(BatchError, match="was begun with another format; begin anew with --fresh"):
        run(lambda: tea, str(source), str(out), Wishes(to="csv", resume=True), print)
    progress = Progress()
    counted = run(lambda: tea, str(source), str(out), Wishes(resume=True), print, progress)
    assert (counted.total(), progress.kept) == (96, 36)
    assert told(out)["run"] > first["run"]
    assert [row["id"] for row in rows_of(out)] == sorted(["0", *(str(number) for number in range(5, 100))])


def test_only_two_runs_are_kept(spark: "SparkSession", tea: Tutor, tmp_path: Path) -> None:
    source, out = many(tmp_path / "in", 1), tmp_path / "out"
    runs = []
    for _ in range(3):
        run(lambda: tea, str(source), str(out), Wishes(), print)
        runs.append(told(out)["run"])
    assert sorted(path.name for path in (out / "_runs").iterdir()) == runs[1:]
    assert sorted(path.name for path in (out / "_runs" / runs[-1]).iterdir() if path.name[0] != ".") == [
        "rows",
        "run.json",
    ]


@pytest.mark.parametrize(
    ("names", "wishes", "said"),
    [
        ([], {}, "in: holds no files"),
        (["q.xlsx"], {}, "in: Spark does not read .xlsx here; known: csv, jsonl, parquet"),
        (["q.csv", "q.jsonl"], {}, "in: holds files of several kinds (.csv, .jsonl); --from says which one to read"),
        (["q.csv"], {"to": "xlsx"}, "Spark does not read or write xlsx here; known: csv, jsonl, parquet"),
        (["q.csv"], {"form": "jsnl"}, "Spark does not read or write jsnl here; did you mean jsonl?"),
    ],
)
def test_files_that_cannot_be_used_are_one_clear_error(
    spark: "SparkSession", tea: Tutor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    names: list[str], wishes: dict[str, Any], said: str,
) -> None:  # fmt: skip
    (tmp_path / "in").mkdir()
    for name in names:
        (tmp_path / "in" / name).write_text("question\n")
    with pytest.raises(BatchError) as error:
        run(lambda: tea, str(tmp_path / "in"), str(tmp_path / "out"), Wishes(**wishes), print)
    assert str(error.value).removeprefix(f"{tmp_path}/") == said
    assert not (tmp_path / "out").exists()


def test_a_source_that_is_not_there_is_one_clear_error(spark: "SparkSession", tea: Tutor, tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="nowhere: there is no such file or folder"):
        run(lambda: tea, str(tmp_path / "nowhere"), str(tmp_path / "out"), Wishes(), print)


# a cluster


def test_an_executor_that_is_killed_costs_no_row_and_doubles_none(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    source, out = many(tmp_path / "in", 8, rows=4_000), tmp_path / "out"
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path_factory.getbasetemp() / "killed")}
    with cluster(tmp_path / "work") as two:
        engine = ["--engine", "spark", "--master", two.address, "--pack", str(TEA)]
        command = [sys.executable, "-m", "tutor", "batch", str(source), str(out), *engine]
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as batch:
            wait_for(out, "part-*", batch)  # its first rows are being written
            two.kill_an_executor()
            _, said = batch.communicate(timeout=200)
    assert batch.returncode == 0, said
    ids = Counter(row["id"] for row in rows_of(out))
    assert (len(ids), set(ids.values())) == (32_000, {1})
