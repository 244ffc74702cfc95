"""Mock exams as they were last saved: for each person and pack at most one that is not handed in."""

import json
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, select, update

from tutor.store.tables import exams
from tutor.store.upserts import put, upsert
from tutor.store.values import Json, SavedExam

_BEGIN = upsert(exams)


def begin(connection: Connection, person: str, pack: str, state: str, at: float) -> SavedExam | None:
    """Save a new exam; None when one is open already."""
    new = put(connection, _BEGIN, person=person, pack=pack, state=state, saves=1, begun=at, saved=at)
    return unfinished(connection, person, pack) if new else None


def save(connection: Connection, exam: SavedExam, state: str, at: float, *, finished: bool) -> SavedExam | None:
    """Save *state* in place of what *exam* holds, for good when *finished*; None when it is not what was saved last."""
    last = _is(exam)
    values = {"state": state, "saves": exam.saves + 1, "saved": at, "finished": at if finished else None}
    if not connection.execute(update(exams).where(*last).values(values)).rowcount:
        return None
    return _exam(connection.execute(select(exams).where(exams.c.number == exam.number)).one())


def drop(connection: Connection, exam: SavedExam) -> bool:
    """Delete *exam*; False when it is not what was saved last."""
    return connection.execute(delete(exams).where(*_is(exam))).rowcount > 0


def unfinished(connection: Connection, person: str, pack: str) -> SavedExam | None:
    """Return the exam that is open."""
    row = connection.execute(_of(person, pack).where(exams.c.finished.is_(None))).one_or_none()
    return _exam(row) if row else None


def finished(connection: Connection, person: str, pack: str) -> list[SavedExam]:
    """Return the exams that were handed in, oldest first."""
    return [_exam(row) for row in connection.execute(_of(person, pack).where(exams.c.finished.is_not(None)))]


def _of(person: str, pack: str) -> Select[Any]:
    return select(exams).where(exams.c.person == person, exams.c.pack == pack).order_by(exams.c.number)


def _is(exam: SavedExam) -> tuple[Any, ...]:
    return exams.c.number == exam.number, exams.c.saves == exam.saves, exams.c.finished.is_(None)


def _exam(row: Row[Any]) -> SavedExam:
    return SavedExam(**{**row._mapping, "state": _state(row.state)})


def _state(said: str) -> Json:
    """Return what *said* holds as JSON; nothing where it is damaged, so that the exam can still be dropped."""
    try:
        state = json.loads(said)
    except (ValueError, TypeError, RecursionError):
        return {}
    return state if isinstance(state, dict) else {}
