"""Threads: when something is due in one, who holds it, and whether a hold still counts.

Whoever changes anything of a thread locks its row first, here; so nobody waits for each other in a circle.
"""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Float, Select, Table, bindparam, case, func, select, update

from tutor.store.tables import inbox, outbox, threads
from tutor.store.upserts import put, upsert
from tutor.store.values import Hold

_HERE = threads.c.thread == bindparam("here")


def _first(box: Table) -> ColumnElement[float | None]:
    due = select(func.coalesce(box.c.retry_at, box.c.at)).where(box.c.thread == bindparam("here"), ~box.c.given_up)
    return due.order_by(box.c.number).limit(1).scalar_subquery()


_TOUCH = upsert(
    threads,
    "thread",
    changes=lambda new: {"ready_at": func.coalesce(threads.c.ready_at, new.ready_at), "talked_at": new.talked_at},
)
_LONGEST = (
    select(threads.c.thread, threads.c.token, threads.c.dialogue, threads.c.turns)
    .where(threads.c.ready_at <= bindparam("at"), threads.c.leased_until <= bindparam("at"))
    .order_by(threads.c.ready_at)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_HOLDER = select(threads.c.token, threads.c.worker).where(_HERE).with_for_update()
_CHANGE = update(threads).where(_HERE)
# A thread is due when its first unsent message is; without one, when its first event is.
_NOTE_DUE = _CHANGE.values(ready_at=func.coalesce(_first(outbox), _first(inbox), type_=Float))
_LATER = case((threads.c.leased_until > threads.c.ready_at, threads.c.leased_until), else_=threads.c.ready_at)
_NEXT: Select[float | None] = select(func.min(_LATER)).where(threads.c.ready_at.is_not(None))


@dataclass(frozen=True)
class Taken:
    """A thread that was taken: the hold on it, its dialogue as JSON, and how many turns it had."""

    hold: Hold
    dialogue: str | None
    turns: int


def touch(connection: Connection, thread: str, at: float) -> None:
    """Note that something came in *thread*: it is due at once, unless something before it is due later."""
    put(connection, _TOUCH, thread=thread, turns=0, talked_at=at, ready_at=at, token=0, leased_until=0.0)


def take(connection: Connection, worker: str, at: float, until: float) -> Taken | None:
    """Hold the thread that waits longest and that nobody holds; None when nothing is due."""
    found = connection.execute(_LONGEST, {"at": at}).one_or_none()
    if found is None:
        return None
    hold = Hold(found.thread, worker, found.token + 1, until)
    connection.execute(_CHANGE, {"here": hold.thread, "token": hold.token, "worker": worker, "leased_until": until})
    return Taken(hold, found.dialogue, found.turns)


def lock(connection: Connection, hold: Hold) -> bool:
    """Lock the thread of *hold* for this transaction; say whether the hold still counts."""
    found = connection.execute(_HOLDER, {"here": hold.thread}).one_or_none()
    return found is not None and (found.token, found.worker) == (hold.token, hold.worker)


def hold_on(connection: Connection, hold: Hold, until: float, **changes: Any) -> Hold:
    """Prolong a hold that counts, and note when the thread is due should it run out; return it."""
    connection.execute(_NOTE_DUE, {"here": hold.thread, "leased_until": until, **changes})
    return replace(hold, until=until)


def let_go(connection: Connection, thread: str, **changes: Any) -> None:
    """End whatever hold there is on a locked thread, and note when it is due next."""
    connection.execute(_NOTE_DUE, {"here": thread, "worker": None, "leased_until": 0.0, **changes})


def note_due(connection: Connection, thread: str) -> None:
    """Note when a thread is due next, whoever holds it."""
    connection.execute(_NOTE_DUE, {"here": thread})


def next_due(connection: Connection) -> float | None:
    """Return from when on there is something to take; None when nothing waits."""
    return connection.scalar(_NEXT)
