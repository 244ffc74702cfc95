"""Questions without a good answer: declined, or answered and voted down."""

import json

from sqlalchemy import Connection, delete, select

from tutor.store.tables import missed
from tutor.store.upserts import put, upsert
from tutor.store.values import Missed
from tutor.store.written import plain, to_json

_ADD = upsert(missed, "message")


def add(connection: Connection, question: Missed, *, person: str | None, message: str | None = None) -> None:
    """List *question*, which *person* asked; once for each *message* that was voted down."""
    put(
        connection,
        _ADD,
        message=message,
        person=person,
        text=plain(question.text),
        why=question.why,
        nearest=to_json(list(question.nearest), "list of nearest entries"),
        topic=plain(question.topic),
        at=question.at,
    )


def unlist(connection: Connection, message: str) -> None:
    """Take the question that *message* answers off the list."""
    connection.execute(delete(missed).where(missed.c.message == message))


def listed(connection: Connection, since: float | None) -> list[Missed]:
    """Return the questions on the list, oldest first, from *since* on."""
    asked = select(missed).order_by(missed.c.at, missed.c.number)
    asked = asked if since is None else asked.where(missed.c.at >= since)
    return [
        Missed(row.text, row.why, tuple(json.loads(row.nearest)), row.topic, row.at)
        for row in connection.execute(asked)
    ]
