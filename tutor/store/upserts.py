"""Inserts that know what to do about a row that is there already, made once for each kind of database.

Statements stand in constants, since putting one together takes longer than running it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Insert = sqlite.Insert | postgresql.Insert
Upsert = Mapping[str, Insert]  #: by the name of the dialect
Changes = Callable[[Any], Mapping[str, Any]]

_INSERTS: Mapping[str, Callable[[Table], Insert]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def upsert(table: Table, *keys: str, changes: Changes | None = None) -> Upsert:
    """Return an insert into *table* that leaves a row with the same *keys* as it is, or makes *changes* to it.

    Without *keys* any row that stands in the way is left. *changes* is given the columns of the row that was to be
    inserted.
    """
    return {name: _made(insert(table), keys, changes) for name, insert in _INSERTS.items()}


def replacing(*names: str) -> Changes:
    """Return the changes that take over the columns *names* of the row that was to be inserted."""
    return lambda new: {name: new[name] for name in names}


def put(connection: Connection, statement: Upsert, **row: Any) -> bool:
    """Run *statement* with *row*; say whether there is a new or changed row."""
    return connection.execute(statement[connection.dialect.name], row).rowcount > 0


def _made(insert: Insert, keys: tuple[str, ...], changes: Changes | None) -> Insert:
    insert = insert.execution_options(preserve_rowcount=True)
    if changes is None:
        return insert.on_conflict_do_nothing(index_elements=keys or None)
    return insert.on_conflict_do_update(index_elements=keys, set_=changes(insert.excluded))
