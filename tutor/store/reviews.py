"""The log of what learners answered: every answer is kept as it was given, and nothing in it is ever changed."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from tutor.store.tables import reviews
from tutor.store.upserts import put, upsert
from tutor.store.written import plain, to_json
from tutor.study.answered import Answered
from tutor.study.certainty import CERTAINTIES
from tutor.study.review import Review

_ADD = upsert(reviews, "person", "key")


def add(connection: Connection, person: str, review: Review, key: str | None) -> bool:
    """Add *review* of *person*; False when one with this *key* is there already."""
    answered = review.answered
    return put(
        connection,
        _ADD,
        person=person,
        pack=review.pack,
        key=key,
        exercise=answered.exercise,
        entry=answered.entry,
        topic=answered.topic,
        revisions=to_json(dict(review.revisions), "revisions"),
        chosen=plain(answered.chosen),
        right=answered.right,
        certainty=answered.certainty,
        confused=answered.confused,
        hints=answered.hints,
        at=answered.at.timestamp(),
    )


def add_all(connection: Connection, person: str, answers: Sequence[Review], key: str) -> None:
    """Add *answers* of *person*, each under *key* and its number."""
    for number, review in enumerate(answers):
        add(connection, person, review, f"{key}.{number}")


def listed(connection: Connection, person: str, pack: str, tell: Callable[[str], None]) -> list[Review]:
    """Return the answers of *person* to exercises of *pack*, in the order in which they came.

    A row that is damaged is left out, and *tell* hears of it.
    """
    asked = select(reviews).where(reviews.c.person == person, reviews.c.pack == pack).order_by(reviews.c.number)
    found = []
    for row in connection.execute(asked):
        try:
            found.append(_review(row))
        except (ValueError, TypeError, OverflowError, OSError, RecursionError):
            tell(f"answer {row.number} is damaged and does not count")
    return found


def _review(row: Row[Any]) -> Review:
    """Return the answer in *row*; a ValueError or the like where it cannot have been kept so."""
    revisions = json.loads(row.revisions)
    if not isinstance(revisions, dict) or row.certainty not in CERTAINTIES or row.at < 0:
        raise ValueError(f"answer {row.number}")
    answered = Answered(
        exercise=row.exercise,
        entry=row.entry,
        topic=row.topic,
        chosen=row.chosen,
        right=row.right,
        certainty=row.certainty,
        confused=row.confused,
        hints=row.hints,
        at=datetime.fromtimestamp(row.at, UTC),
        beside=tuple(entry for entry in revisions if entry != row.entry),
    )
    return Review(answered, row.pack, revisions)
