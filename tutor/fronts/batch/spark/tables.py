"""Tables: files that Spark reads as questions in JSON, and rows in JSON that it writes as files."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tutor.fronts.batch.formats.delimited import cells
from tutor.fronts.batch.spark.schema import row_schema
from tutor.fronts.batch.spark.worker import ASKED, FAULT, NO_TEXT
from tutor.row import FIELDS

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import Column, DataFrame, SparkSession
    from pyspark.sql.types import StructField

SUFFIXES = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl", ".parquet": "parquet"}
FORMATS = ("csv", "jsonl", "parquet")
_EVERY_FIELD = {"ignoreNullFields": "false"}


def questions_of(spark: "SparkSession", paths: Sequence[str], form: str) -> "DataFrame":
    """Return a column of what the rows of the files *paths* hold, as JSON; behind NO_TEXT what is no text."""
    match form:
        case "jsonl":
            return _lines(spark, paths)
        case "csv":
            return _as_json(_table(spark, paths))
        case _:
            return _as_json(_plain(spark.read.parquet(*paths)))


def _lines(spark: "SparkSession", paths: Sequence[str]) -> "DataFrame":
    from pyspark.sql import functions as sql

    lines = spark.read.text(list(paths), lineSep="\n")
    value = sql.regexp_replace("value", "^\\uFEFF", "")
    marked = sql.concat(sql.lit(NO_TEXT), sql.make_valid_utf8(value))
    valid = sql.when(sql.is_valid_utf8("value"), value).otherwise(marked)
    return lines.where(sql.trim(sql.regexp_replace("value", "[\\s\\uFEFF]", "")) != "").select(valid.alias(ASKED))


def _table(spark: "SparkSession", paths: Sequence[str]) -> "DataFrame":
    """Return tables of text; a row with other columns than the first line says so in FAULT."""
    read = spark.read.options(header=True, multiLine=True, escape='"', enforceSchema=False, mode="PERMISSIVE")
    names = read.csv(paths[0]).columns
    schema = ", ".join(f"{_name(name)} string" for name in [*names, FAULT])
    table = read.option("columnNameOfCorruptRecord", FAULT).csv(list(paths), schema=schema)
    return table.fillna("", subset=names)


def _plain(table: "DataFrame") -> "DataFrame":
    """Return *table* with dates and decimals as text, as a file of JSON would have them."""
    return table.select(*(_as_text(field).alias(field.name) for field in table.schema.fields))


def _as_text(field: "StructField") -> "Column":
    from pyspark.sql import functions as sql

    column, kind = sql.col(_name(field.name)), field.dataType.simpleString()
    if kind.startswith("timestamp"):
        told = sql.date_format(column, "yyyy-MM-dd'T'HH:mm:ss.SSSSSS")
        return sql.regexp_replace(told, r"\.000000$", "")
    if kind == "binary":
        return sql.lower(sql.hex(column))
    return column.cast("string") if kind == "date" or kind.startswith("decimal") else column


def _as_json(table: "DataFrame") -> "DataFrame":
    from pyspark.sql import functions as sql

    columns = [sql.col(_name(name)).alias(name) for name in table.columns]
    return table.select(sql.to_json(sql.struct(*columns), _EVERY_FIELD).alias(ASKED))


def write(spark: "SparkSession", lines: str, target: str, form: str, *, raw: bool) -> None:
    """Write the rows in the files *lines* into the folder *target*: parquet, or csv as one machine has it."""
    table = spark.read.json(lines, schema=f"{_passed(spark, lines)}{row_schema()}")
    if form == "parquet":
        table.write.mode("overwrite").parquet(target)
        return
    cut = partial(_csv, columns=table.columns, raw=raw)
    spark.read.text(lines, lineSep="\n").mapInPandas(cut, "value string").write.mode("overwrite").text(target)


def _passed(spark: "SparkSession", lines: str) -> str:
    """Return the columns that passed through, each with its type, as Spark reads a schema."""
    seen = spark.read.json(lines).schema.fields
    return "".join(f"{_name(one.name)} {one.dataType.simpleString()}, " for one in seen if one.name not in FIELDS)


def _csv(frames: "Iterator[pd.DataFrame]", columns: Sequence[str], *, raw: bool) -> "Iterator[pd.DataFrame]":
    """Yield lines of csv, those of a file below their own header."""
    import pandas as pd

    yield pd.DataFrame({"value": [_line(list(columns))]})
    for frame in frames:
        rows = map(json.loads, frame["value"])
        yield pd.DataFrame({"value": [_line(cells([row.get(name) for name in columns], raw=raw)) for row in rows]})


def _line(row: Sequence[object]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r").writerow(row)
    return written.getvalue()


def _name(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
