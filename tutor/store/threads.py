"""Threads: when something is due in one, who holds it, and whether a hold still counts.

Whoever changes anything of a thread locks its row first, here; so nobody waits for each other in a circle.
"""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Float, Select, Table, case, func, select, update

from tutor.store.database import insert
from tutor.store.tables import inbox, outbox, threads
from tutor.store.values import Hold


@dataclass(frozen=True)
class Taken:
    """A thread that was taken: the hold on it, its dialogue as JSON, and how many turns it had."""

    hold: Hold
    dialogue: str | None
    turns: int


def touch(connection: Connection, thread: str, at: float) -> None:
    """Note that something came in *thread*: it is due at once, unless something before it is due later."""
    new = insert(connection, threads).values(
        thread=thread, turns=0, talked_at=at, ready_at=at, token=0, worker=None, leased_until=0.0
    )
    ready = func.coalesce(threads.c.ready_at, new.excluded.ready_at)
    changes = {"ready_at": ready, "talked_at": new.excluded.talked_at}
    connection.execute(new.on_conflict_do_update(index_elements=["thread"], set_=changes))


def take(connection: Connection, worker: str, at: float, until: float) -> Taken | None:
    """Hold the thread that waits longest and that nobody holds; None when nothing is due."""
    longest = (
        select(threads.c.thread, threads.c.token, threads.c.dialogue, threads.c.turns)
        .where(threads.c.ready_at <= at, threads.c.leased_until <= at)
        .order_by(threads.c.ready_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    found = connection.execute(longest).one_or_none()
    if found is None:
        return None
    hold = Hold(found.thread, worker, found.token + 1, until)
    change(connection, hold.thread, token=hold.token, worker=worker, leased_until=until)
    return Taken(hold, found.dialogue, found.turns)


def lock(connection: Connection, hold: Hold) -> bool:
    """Lock the thread of *hold* for this transaction; say whether the hold still counts."""
    asked = select(threads.c.token, threads.c.worker).where(threads.c.thread == hold.thread).with_for_update()
    found = connection.execute(asked).one_or_none()
    return found is not None and (found.token, found.worker) == (hold.token, hold.worker)


def change(connection: Connection, thread: str, **values: Any) -> None:
    """Change columns of a thread that is locked."""
    connection.execute(update(threads).where(threads.c.thread == thread).values(**values))


def hold_on(connection: Connection, hold: Hold, until: float, **values: Any) -> Hold:
    """Prolong a hold that counts, and note when the thread is due should it run out; return it."""
    change(connection, hold.thread, leased_until=until, ready_at=_due(hold.thread), **values)
    return replace(hold, until=until)


def let_go(connection: Connection, thread: str, **values: Any) -> None:
    """End whatever hold there is on a thread, and note when it is due next."""
    change(connection, thread, worker=None, leased_until=0.0, ready_at=_due(thread), **values)


def note_due(connection: Connection, thread: str) -> None:
    """Note when a thread is due next, whoever holds it."""
    change(connection, thread, ready_at=_due(thread))


def next_due(connection: Connection) -> float | None:
    """Return from when on there is something to take; None when nothing waits."""
    later = case((threads.c.leased_until > threads.c.ready_at, threads.c.leased_until), else_=threads.c.ready_at)
    asked: Select[float | None] = select(func.min(later)).where(threads.c.ready_at.is_not(None))
    return connection.scalar(asked)


def _due(thread: str) -> ColumnElement[float | None]:
    """Return when *thread* is due: for its first message that is unsent, else for its first event."""
    return func.coalesce(_first(outbox, thread), _first(inbox, thread), type_=Float)


def _first(table: Table, thread: str) -> ColumnElement[float | None]:
    found = select(func.coalesce(table.c.retry_at, table.c.at)).where(table.c.thread == thread, ~table.c.given_up)
    return found.order_by(table.c.number).limit(1).scalar_subquery()
