"""The tables of the store as they are at the newest version; migrations lead there.

Texts that are JSON are written and read by `tutor.store.written`. Times are seconds since the epoch.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

VERSION = "2"  #: of the schema: the newest migration
VERSION_TABLE = "tutor_version"

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)


def _number() -> Column[int]:
    return Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True)


def _thread(*, key: bool = False) -> Column[str]:
    return Column(
        "thread", Text, ForeignKey("tutor_threads.thread", ondelete="CASCADE"), primary_key=key, nullable=False
    )


#: A thread: its dialogue, when something is due in it (None: nothing is), and who holds it.
threads = Table(
    "tutor_threads",
    metadata,
    Column("thread", Text, primary_key=True),
    Column("dialogue", Text),
    Column("turns", Integer, nullable=False),
    Column("talked_at", Double, nullable=False, index=True),
    Column("ready_at", Double),
    Column("token", BigInteger, nullable=False),
    Column("worker", Text),
    Column("leased_until", Double, nullable=False),
)
Index("ix_tutor_threads_ready_at", threads.c.ready_at, threads.c.leased_until)

#: Who spoke in a thread.
speakers = Table(
    "tutor_speakers",
    metadata,
    _thread(key=True),
    Column("person", Text, primary_key=True, index=True),
)

#: The ids of all events that were accepted, for as long as they may come again.
seen = Table(
    "tutor_seen",
    metadata,
    Column("event", Text, primary_key=True),
    Column("at", Double, nullable=False, index=True),
)

#: Events that wait to be answered, or were given up. A row is deleted when its event is handled.
inbox = Table(
    "tutor_inbox",
    metadata,
    _number(),
    Column("event", Text, nullable=False, unique=True),
    _thread(),
    Column("person", Text, index=True),
    Column("payload", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("retry_at", Double),
    Column("reason", Text),
    Column("given_up", Boolean, nullable=False),
    sqlite_autoincrement=True,
)
Index("ix_tutor_inbox_thread_number", inbox.c.thread, inbox.c.number)

#: Messages that wait to be sent, or were given up. A row is deleted when its message is sent.
outbox = Table(
    "tutor_outbox",
    metadata,
    _number(),
    Column("message", Text, nullable=False, unique=True),
    _thread(),
    Column("body", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("handed", Boolean, nullable=False),
    Column("unsure", Boolean, nullable=False),
    Column("retry_at", Double),
    Column("reason", Text),
    Column("given_up", Boolean, nullable=False),
    sqlite_autoincrement=True,
)
Index("ix_tutor_outbox_thread_number", outbox.c.thread, outbox.c.number)

#: What was or will be sent, for as long as the dialogue is kept: how the surface calls it, and what it answers.
posts = Table(
    "tutor_posts",
    metadata,
    Column("message", Text, primary_key=True),
    _thread(),
    Column("person", Text, index=True),
    Column("ts", Text),
    Column("entry", Text),
    Column("topic", Text),
    Column("question", Text),
    Column("at", Double, nullable=False, index=True),
)
Index("ix_tutor_posts_thread", posts.c.thread)

#: Votes; of a forgotten person only what counts is left.
votes = Table(
    "tutor_votes",
    metadata,
    _number(),
    Column("message", Text),
    Column("person", Text, index=True),
    Column("helpful", Boolean, nullable=False),
    Column("reason", Text),
    Column("entry", Text),
    Column("topic", Text),
    Column("week", Text, nullable=False, index=True),
    UniqueConstraint("message", "person"),
    sqlite_autoincrement=True,
)

#: Questions without a good answer; *person* asked, *message* is the answer that was voted down.
missed = Table(
    "tutor_missed",
    metadata,
    _number(),
    Column("message", Text, unique=True),
    Column("person", Text, index=True),
    Column("text", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("nearest", Text, nullable=False),
    Column("topic", Text),
    Column("at", Double, nullable=False, index=True),
    sqlite_autoincrement=True,
)

#: One row for each turn, without who and where.
counts = Table(
    "tutor_counts",
    metadata,
    _number(),
    Column("week", Text, nullable=False, index=True),
    Column("topic", Text),
    Column("reply", Text, nullable=False),
    Column("question", Boolean, nullable=False),
    Column("answered", Boolean, nullable=False),
    Column("asked", Boolean, nullable=False),
    sqlite_autoincrement=True,
)

#: Settings that a person or channel (*owner*) called *name* chose; *value* is JSON.
settings = Table(
    "tutor_settings",
    metadata,
    Column("owner", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

#: What learners answered, one row for each time; *revisions* is JSON, *key* tells what comes twice from what is new.
reviews = Table(
    "tutor_reviews",
    metadata,
    _number(),
    Column("person", Text, nullable=False),
    Column("pack", Text, nullable=False),
    Column("key", Text),
    Column("exercise", Text, nullable=False),
    Column("entry", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("revisions", Text, nullable=False),
    Column("chosen", Text),
    Column("right", Boolean, nullable=False),
    Column("certainty", Text, nullable=False),
    Column("confused", Text),
    Column("hints", Integer, nullable=False),
    Column("at", Double, nullable=False, index=True),
    UniqueConstraint("person", "key"),
    sqlite_autoincrement=True,
)
Index("ix_tutor_reviews_person_pack", reviews.c.person, reviews.c.pack)

#: Mock exams as they were last saved; *state* is JSON, *saves* counts how often, *finished* is None until handed in.
exams = Table(
    "tutor_exams",
    metadata,
    _number(),
    Column("person", Text, nullable=False),
    Column("pack", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("saves", Integer, nullable=False),
    Column("begun", Double, nullable=False),
    Column("saved", Double, nullable=False),
    Column("finished", Double),
    sqlite_autoincrement=True,
)
_OPEN = exams.c.finished.is_(None)
Index("uq_tutor_exams_open", exams.c.person, exams.c.pack, unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN)
