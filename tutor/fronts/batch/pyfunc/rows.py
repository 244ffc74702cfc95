"""A table of questions -> a table of rows, in pandas."""

from typing import TYPE_CHECKING, Any

from tutor.fronts.batch.answering import answer_records
from tutor.fronts.batch.columns import arranged
from tutor.fronts.batch.record import Record, plain
from tutor.row import FIELDS, Row
from tutor.tutor import Tutor

if TYPE_CHECKING:
    import pandas as pd


def answered(tutor: Tutor, questions: "pd.DataFrame") -> "pd.DataFrame":
    """Return a row for each of *questions*, in order: the fields of a row, lists and objects as such."""
    import pandas as pd

    said = questions.to_dict("records")
    records = [arranged(Record(number, _columns(columns)), {}) for number, columns in enumerate(said, start=1)]
    rows = [_fields(row) for row in answer_records(tutor, records)]
    return pd.DataFrame(rows, columns=list(FIELDS), index=questions.index)


def _fields(row: Row) -> dict[str, Any]:
    said = row.to_dict()
    return {name: said[name] for name in FIELDS}


def _columns(columns: dict[Any, Any]) -> dict[str, Any]:
    """Return the cells of a row as JSON can hold them; what is missing in any of pandas' ways is None."""
    return {str(name): _cell(value) for name, value in columns.items()}


def _cell(value: Any) -> Any:
    import numpy as np
    import pandas as pd

    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, np.generic):
        value = value.item()
    if value is pd.NaT or value is pd.NA:
        return None
    return plain(value)
