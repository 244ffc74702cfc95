"""The log of what learners answered: every answer is kept as it was given, and nothing in it is ever changed."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from tutor.store.tables import reviews
from tutor.store.upserts import put, upsert
from tutor.store.written import plain, to_json
from tutor.study.answered import Answered
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


def listed(connection: Connection, person: str, pack: str) -> list[Review]:
    """Return the answers of *person* to exercises of *pack*, in the order in which they came."""
    asked = select(reviews).where(reviews.c.person == person, reviews.c.pack == pack).order_by(reviews.c.number)
    return [_review(row) for row in connection.execute(asked)]


def _review(row: Row[Any]) -> Review:
    revisions = json.loads(row.revisions)
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
