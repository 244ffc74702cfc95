"""Frames: the questions of a DataFrame answered, a row each, beside the columns that pass through."""

from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING

from tutor.errors import BatchError
from tutor.fronts.batch.completing import Completing
from tutor.fronts.batch.layout import OPTIONS
from tutor.fronts.batch.spark.schema import row_schema
from tutor.fronts.batch.spark.shipping import ship
from tutor.fronts.batch.spark.worker import ASKED, ROW, STATUS, answered_frames
from tutor.row import FIELDS
from tutor.spelling import did_you_mean
from tutor.tutor import Tutor

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame
    from pyspark.sql.types import StructField

_EXACT = ("string", "boolean", "binary", "date")  #: types that pandas carries as they are, missing ones included
_NUMBERS = ("tinyint", "smallint", "int", "bigint", "float", "double", "timestamp_ntz")


def answer(
    df: "DataFrame",
    pack: str | Path | Tutor | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    completing: Completing | None = None,
    code: bool | None = None,
) -> "DataFrame":
    """Return the rows that answer the questions of *df*: its other columns, then those of a row; nothing runs yet.

    *pack* is a folder, a tutor, or None for the bundled one. *columns* says what question, id, options and slots are
    called in *df*. With *code* the workers get this package, too; by default unless Spark runs on this machine alone.
    A BatchError when there is no question. Faults are rows in error.
    """
    tutor = pack if isinstance(pack, Tutor) else Tutor.load(pack)
    called = {column: name for name, column in (columns or {}).items()}
    if "question" not in [called.get(name, name) for name in df.columns]:
        raise BatchError(f"the DataFrame has no column called question; {did_you_mean('question', df.columns)}")
    names = {name: called.get(name, name) for name in df.columns}
    asked = [name for name, meant in names.items() if _is_asked(meant, names.values(), tutor)]
    own = ("question", "id", *tutor.pack.slots, *FIELDS)
    passed = [field for field in df.schema.fields if names[field.name] not in own]
    spark = df.sparkSession
    weights = ship(spark, tutor, code=_is_far(df) if code is None else code)
    answering = partial(
        answered_frames, weights=weights, completing=completing or Completing(), columns=dict(columns or {})
    )
    return _told(_put(df, asked, passed).mapInPandas(answering, _carrying(passed)), passed)


def _is_asked(name: str, names: Collection[str], tutor: Tutor) -> bool:
    """Whether a column of this name, among others, is part of a question."""
    lettered = "A" in names and "B" in names and name in tuple(ascii_uppercase)
    return name in ("question", "id", OPTIONS) or name in tutor.pack.slots or lettered


def _is_far(df: "DataFrame") -> bool:
    return not str(df.sparkSession.conf.get("spark.master", "")).startswith("local")


def _put(df: "DataFrame", asked: list[str], passed: "list[StructField]") -> "DataFrame":
    """Return what is asked as one JSON text, and the other columns as pandas can carry them unchanged."""
    from pyspark.sql import functions as sql

    question = sql.to_json(sql.struct(*(_quoted(name) for name in asked)), {"ignoreNullFields": "false"})
    return df.select(*(_packed(field).alias(field.name) for field in passed), question.alias(ASKED))


def _carrying(passed: "list[StructField]") -> str:
    kept = [f"{_name(field.name)} {_type(field) if _kept(field) else 'string'}" for field in passed]
    return ", ".join([*kept, f"{ROW} string", f"{STATUS} string"])


def _told(rows: "DataFrame", passed: "list[StructField]") -> "DataFrame":
    """Return the columns that passed as they were, and the fields of each row."""
    from pyspark.sql import functions as sql

    unpacked = [_unpacked(field).alias(field.name) for field in passed]
    told = rows.select(*unpacked, sql.from_json(ROW, row_schema(), {"mode": "FAILFAST"}).alias(ROW))
    return told.select(*(_quoted(field.name) for field in passed), f"{ROW}.*")


def _kept(field: "StructField") -> bool:
    return _type(field) in _EXACT or _type(field).startswith("decimal")


def _packed(field: "StructField") -> "Column":
    from pyspark.sql import functions as sql

    column = sql.col(_name(field.name))
    if _kept(field):
        return column
    if _type(field) == "timestamp":
        return sql.unix_micros(column).cast("string")
    return column.cast("string") if _type(field) in _NUMBERS else sql.to_json(sql.struct(column.alias("value")))


def _unpacked(field: "StructField") -> "Column":
    from pyspark.sql import functions as sql

    column = sql.col(_name(field.name))
    if _kept(field):
        return column
    if _type(field) == "timestamp":
        return sql.timestamp_micros(column.cast("bigint"))
    if _type(field) in _NUMBERS:
        return column.cast(_type(field))
    return sql.from_json(column, f"value {_type(field)}").getField("value")


def _type(field: "StructField") -> str:
    return field.dataType.simpleString()


def _name(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _quoted(name: str) -> "Column":
    from pyspark.sql import functions as sql

    return sql.col(_name(name)).alias(name)
