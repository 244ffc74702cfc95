"""The outbox: messages that were prepared and are not known to be sent, and what is kept of those that are."""

import json
from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, or_, select, update

from tutor.store.tables import outbox, posts
from tutor.store.upserts import put, replacing, upsert
from tutor.store.values import Job, Message, Outgoing, Post
from tutor.store.written import named, plain, to_json

_ADD = upsert(outbox, "message", changes=replacing("thread", "body", "at", "retry_at", "given_up"))
_NOTE = upsert(posts, "message", changes=replacing("ts", "person", "entry", "topic", "question", "at"))
_NEW = {"attempts": 0, "handed": False, "unsure": False, "given_up": False, "retry_at": None}
_HERE = outbox.c.thread == bindparam("here"), ~outbox.c.given_up
_WAITING = select(outbox).where(*_HERE).order_by(outbox.c.number)
_HAND_OUT = update(outbox).where(*_HERE)
_HAND_OUT = _HAND_OUT.values(attempts=outbox.c.attempts + 1, unsure=or_(outbox.c.unsure, outbox.c.handed), handed=True)
_TAKE_BACK = update(outbox).where(*_HERE, outbox.c.handed).values(attempts=outbox.c.attempts - 1, handed=False)
_CHANGE = update(outbox).where(outbox.c.message == bindparam("this"))
_SENT = delete(outbox).where(outbox.c.message == bindparam("this"))
_CALLED = update(posts).where(posts.c.message == bindparam("this"), posts.c.ts.is_(None))
_POST = select(posts).where(posts.c.message == bindparam("this"))


def add(connection: Connection, job: Job, outgoing: Sequence[Outgoing], at: float) -> None:
    """Put *outgoing* at the end of the outbox, and note what can be voted on."""
    for message in outgoing:
        name, body = named(message.id, "message"), to_json(message.body, "message")
        row = {"message": name, "thread": job.thread, "at": at}
        put(connection, _ADD, **row, **_NEW, body=body)
        about = {"entry": plain(message.entry), "topic": plain(message.topic), "question": plain(message.question)}
        put(connection, _NOTE, **row, **about, person=job.person, ts=None)


def hand_out(connection: Connection, thread: str) -> tuple[Message, ...]:
    """Return the unsent messages of *thread* in order, counting the attempt."""
    found = connection.execute(_WAITING, {"here": thread}).all()
    if found:
        connection.execute(_HAND_OUT, {"here": thread})
    return tuple(
        Message(row.message, json.loads(row.body), row.unsure or row.handed, row.attempts + 1) for row in found
    )


def sent(connection: Connection, message: str, ts: str | None) -> None:
    """Delete *message* from the outbox, and note how the surface calls it, unless that is known already."""
    connection.execute(_SENT, {"this": message})
    connection.execute(_CALLED, {"this": message, "ts": ts})


def put_off(connection: Connection, message: str, reason: str | None, retry_at: float | None, *, unsure: bool) -> None:
    """Note why *message* was not sent, and when to try again, or that it is given up."""
    changes = {"reason": reason, "retry_at": retry_at, "given_up": retry_at is None, "unsure": unsure, "handed": False}
    connection.execute(_CHANGE, {"this": message, **changes})


def untried(connection: Connection, thread: str) -> None:
    """Take back that the messages of *thread* were handed out, for those that were not tried."""
    connection.execute(_TAKE_BACK, {"here": thread})


def waiting(connection: Connection, thread: str) -> bool:
    """Say whether *thread* has messages that are to be sent."""
    return connection.execute(_WAITING, {"here": thread}).first() is not None


def post(connection: Connection, message: str) -> Post | None:
    """Return what is known of a message by its id."""
    found = connection.execute(_POST, {"this": message}).one_or_none()
    return None if found is None else Post(found.message, found.thread, found.ts, found.entry, found.topic, found.at)
