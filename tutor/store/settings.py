"""Settings that people and channels chose."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, select

from tutor.store.tables import settings
from tutor.store.upserts import put, replacing, upsert
from tutor.store.written import named, to_json

_SET = upsert(settings, "owner", "name", "key", changes=replacing("value"))


def chosen(connection: Connection, owner: str, name: str) -> dict[str, Any]:
    """Return what the *owner* called *name* chose."""
    asked = select(settings.c.key, settings.c.value).where(settings.c.owner == owner, settings.c.name == name)
    return {row.key: json.loads(row.value) for row in connection.execute(asked.order_by(settings.c.key))}


def having(connection: Connection, owner: str, key: str) -> dict[str, Any]:
    """Return what each *owner* of a kind chose for *key*, by name, where one was chosen."""
    asked = select(settings.c.name, settings.c.value).where(settings.c.owner == owner, settings.c.key == key)
    return {row.name: json.loads(row.value) for row in connection.execute(asked.order_by(settings.c.name))}


def choose(connection: Connection, owner: str, name: str, values: Mapping[str, Any]) -> None:
    """Set *values*; None takes one back."""
    for key, value in sorted(values.items()):
        if value is None:
            taken = delete(settings).where(settings.c.owner == owner, settings.c.name == name, settings.c.key == key)
            connection.execute(taken)
            continue
        put(connection, _SET, owner=owner, name=name, key=named(key, "setting"), value=to_json(value, "setting"))
