"""Votes on answers; a question whose answer is voted down is kept as one without a good answer."""

from sqlalchemy import Connection, Row, exists, select

from tutor.store import unanswered
from tutor.store.database import insert
from tutor.store.tables import posts, votes
from tutor.store.values import Missed
from tutor.store.written import week_of


def vote(connection: Connection, message: str, person: str, *, helpful: bool, reason: str | None, at: float) -> bool:
    """Note the vote of *person* on *message* in place of an earlier one; False when the message is not there."""
    found = connection.execute(select(posts).where(posts.c.message == message).with_for_update()).one_or_none()
    if found is None:
        return False
    said = {"helpful": helpful, "reason": reason, "week": week_of(at)}
    cast = insert(connection, votes).values(
        message=message, person=person, entry=found.entry, topic=found.topic, **said
    )
    connection.execute(cast.on_conflict_do_update(index_elements=["message", "person"], set_=said))
    against = exists().where(votes.c.message == message, ~votes.c.helpful)
    if found.question is not None:
        _list(connection, found, at, listed=bool(connection.scalar(select(against))))
    return True


def _list(connection: Connection, post: "Row[*tuple[object, ...]]", at: float, *, listed: bool) -> None:
    if not listed:
        unanswered.unlist(connection, post.message)
        return
    nearest = (post.entry,) if post.entry else ()
    question = Missed(post.question, "voted-down", nearest, post.topic, at)
    unanswered.add(connection, question, person=post.person, message=post.message)
