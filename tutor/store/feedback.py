"""Votes on answers; a question whose answer is voted down is kept as one without a good answer."""

from sqlalchemy import Connection, exists, select

from tutor.store import unanswered
from tutor.store.tables import posts, votes
from tutor.store.upserts import put, replacing, upsert
from tutor.store.values import Missed
from tutor.store.written import week_of

_CAST = upsert(votes, "message", "person", changes=replacing("helpful", "reason", "week"))


def vote(connection: Connection, message: str, person: str, *, helpful: bool, reason: str | None, at: float) -> bool:
    """Note the vote of *person* on *message* in place of an earlier one; False when the message is not there."""
    post = connection.execute(select(posts).where(posts.c.message == message).with_for_update()).one_or_none()
    if post is None:
        return False
    cast = {"message": message, "person": person, "entry": post.entry, "topic": post.topic}
    put(connection, _CAST, **cast, helpful=helpful, reason=reason, week=week_of(at))
    if post.question is not None and _against(connection, message):
        nearest = (post.entry,) if post.entry else ()
        question = Missed(post.question, "voted-down", nearest, post.topic, at)
        unanswered.add(connection, question, person=post.person, message=message)
    else:
        unanswered.unlist(connection, message)
    return True


def _against(connection: Connection, message: str) -> bool:
    """Say whether anybody votes against *message*."""
    return bool(connection.scalar(select(exists().where(votes.c.message == message, ~votes.c.helpful))))
