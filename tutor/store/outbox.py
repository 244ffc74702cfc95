"""The outbox: messages that were prepared and are not known to be sent, and what is kept of those that are."""

import json
from collections.abc import Sequence

from sqlalchemy import Connection, and_, delete, or_, select, update

from tutor.store.database import insert
from tutor.store.tables import outbox, posts
from tutor.store.values import Job, Message, Outgoing, Post
from tutor.store.written import named, plain, to_json


def put(connection: Connection, job: Job, outgoing: Sequence[Outgoing], at: float) -> None:
    """Put *outgoing* at the end of the outbox, and note what can be voted on."""
    for message in outgoing:
        name, body = named(message.id, "message"), to_json(message.body, "message")
        row = insert(connection, outbox).values(
            message=name, thread=job.thread, body=body, at=at, attempts=0, handed=False, unsure=False, given_up=False
        )
        connection.execute(row.on_conflict_do_update(index_elements=["message"], set_={"body": row.excluded.body}))
        _note(connection, job, message, at)


def _note(connection: Connection, job: Job, message: Outgoing, at: float) -> None:
    values = {
        "ts": None,
        "person": job.person,
        "entry": plain(message.entry),
        "topic": plain(message.topic),
        "question": plain(message.question),
        "at": at,
    }
    row = insert(connection, posts).values(message=message.id, thread=job.thread, **values)
    connection.execute(row.on_conflict_do_update(index_elements=["message"], set_=values))


def hand_out(connection: Connection, thread: str) -> tuple[Message, ...]:
    """Return the unsent messages of *thread* in order, counting the attempt."""
    waiting = select(outbox).where(outbox.c.thread == thread, ~outbox.c.given_up).order_by(outbox.c.number)
    found = connection.execute(waiting).all()
    if not found:
        return ()
    unsure = or_(outbox.c.unsure, outbox.c.handed)
    handed = update(outbox).where(outbox.c.thread == thread, ~outbox.c.given_up)
    connection.execute(handed.values(attempts=outbox.c.attempts + 1, unsure=unsure, handed=True))
    return tuple(
        Message(row.message, json.loads(row.body), row.unsure or row.handed, row.attempts + 1) for row in found
    )


def sent(connection: Connection, message: str, ts: str | None) -> None:
    """Delete *message* from the outbox, and note how the surface calls it, unless that is known already."""
    connection.execute(delete(outbox).where(outbox.c.message == message))
    named = update(posts).where(posts.c.message == message, posts.c.ts.is_(None))
    connection.execute(named.values(ts=ts))


def put_off(connection: Connection, message: str, reason: str | None, retry_at: float | None, *, unsure: bool) -> None:
    """Note why *message* was not sent, and when to try again, or that it is given up."""
    change = update(outbox).where(outbox.c.message == message)
    connection.execute(
        change.values(reason=reason, retry_at=retry_at, given_up=retry_at is None, unsure=unsure, handed=False)
    )


def untried(connection: Connection, thread: str) -> bool:
    """Take back that the messages of *thread* were handed out, for those that were not tried; say if there are any."""
    here = and_(outbox.c.thread == thread, ~outbox.c.given_up)
    back = update(outbox).where(here, outbox.c.handed)
    connection.execute(back.values(attempts=outbox.c.attempts - 1, handed=False))
    return waiting(connection, thread)


def waiting(connection: Connection, thread: str) -> bool:
    """Say whether *thread* has messages that are to be sent."""
    here = select(outbox.c.number).where(outbox.c.thread == thread, ~outbox.c.given_up).limit(1)
    return connection.scalar(here) is not None


def post(connection: Connection, message: str) -> Post | None:
    """Return what is known of a message by its id."""
    found = connection.execute(select(posts).where(posts.c.message == message)).one_or_none()
    return None if found is None else Post(found.message, found.thread, found.ts, found.entry, found.topic, found.at)
