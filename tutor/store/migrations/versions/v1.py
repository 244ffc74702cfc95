"""Version 1: threads with their dialogues, both boxes, votes, questions without a good answer, counts and settings."""

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table."""
    _threads()
    _speakers()
    _seen()
    _inbox()
    _outbox()
    _posts()
    _votes()
    _missed()
    _counts()
    _settings()


def _threads() -> None:
    op.create_table(
        "tutor_threads",
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("dialogue", sa.Text()),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("talked_at", sa.Double(), nullable=False),
        sa.Column("ready_at", sa.Double()),
        sa.Column("token", sa.BigInteger(), nullable=False),
        sa.Column("worker", sa.Text()),
        sa.Column("leased_until", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("thread", name=op.f("pk_tutor_threads")),
    )
    op.create_index("ix_tutor_threads_ready_at", "tutor_threads", ["ready_at", "leased_until"])
    op.create_index(op.f("ix_tutor_threads_talked_at"), "tutor_threads", ["talked_at"])


def _speakers() -> None:
    op.create_table(
        "tutor_speakers",
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread"], ["tutor_threads.thread"], name=op.f("fk_tutor_speakers_thread"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("thread", "person", name=op.f("pk_tutor_speakers")),
    )
    op.create_index(op.f("ix_tutor_speakers_person"), "tutor_speakers", ["person"])


def _seen() -> None:
    op.create_table(
        "tutor_seen",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("event", name=op.f("pk_tutor_seen")),
    )
    op.create_index(op.f("ix_tutor_seen_at"), "tutor_seen", ["at"])


def _inbox() -> None:
    op.create_table(
        "tutor_inbox",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("person", sa.Text()),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retry_at", sa.Double()),
        sa.Column("reason", sa.Text()),
        sa.Column("given_up", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread"], ["tutor_threads.thread"], name=op.f("fk_tutor_inbox_thread"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_tutor_inbox")),
        sa.UniqueConstraint("event", name=op.f("uq_tutor_inbox_event")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_tutor_inbox_person"), "tutor_inbox", ["person"])
    op.create_index("ix_tutor_inbox_thread_number", "tutor_inbox", ["thread", "number"])


def _outbox() -> None:
    op.create_table(
        "tutor_outbox",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("handed", sa.Boolean(), nullable=False),
        sa.Column("unsure", sa.Boolean(), nullable=False),
        sa.Column("retry_at", sa.Double()),
        sa.Column("reason", sa.Text()),
        sa.Column("given_up", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread"], ["tutor_threads.thread"], name=op.f("fk_tutor_outbox_thread"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_tutor_outbox")),
        sa.UniqueConstraint("message", name=op.f("uq_tutor_outbox_message")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_tutor_outbox_thread_number", "tutor_outbox", ["thread", "number"])


def _posts() -> None:
    op.create_table(
        "tutor_posts",
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("person", sa.Text()),
        sa.Column("ts", sa.Text()),
        sa.Column("entry", sa.Text()),
        sa.Column("topic", sa.Text()),
        sa.Column("question", sa.Text()),
        sa.Column("at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread"], ["tutor_threads.thread"], name=op.f("fk_tutor_posts_thread"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("message", name=op.f("pk_tutor_posts")),
    )
    op.create_index(op.f("ix_tutor_posts_at"), "tutor_posts", ["at"])
    op.create_index(op.f("ix_tutor_posts_person"), "tutor_posts", ["person"])
    op.create_index("ix_tutor_posts_thread", "tutor_posts", ["thread"])


def _votes() -> None:
    op.create_table(
        "tutor_votes",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("message", sa.Text()),
        sa.Column("person", sa.Text()),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("entry", sa.Text()),
        sa.Column("topic", sa.Text()),
        sa.Column("week", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_tutor_votes")),
        sa.UniqueConstraint("message", "person", name=op.f("uq_tutor_votes_message_person")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_tutor_votes_person"), "tutor_votes", ["person"])
    op.create_index(op.f("ix_tutor_votes_week"), "tutor_votes", ["week"])


def _missed() -> None:
    op.create_table(
        "tutor_missed",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("message", sa.Text()),
        sa.Column("person", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("nearest", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text()),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_tutor_missed")),
        sa.UniqueConstraint("message", name=op.f("uq_tutor_missed_message")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_tutor_missed_at"), "tutor_missed", ["at"])
    op.create_index(op.f("ix_tutor_missed_person"), "tutor_missed", ["person"])


def _counts() -> None:
    op.create_table(
        "tutor_counts",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text()),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("question", sa.Boolean(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_tutor_counts")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_tutor_counts_week"), "tutor_counts", ["week"])


def _settings() -> None:
    op.create_table(
        "tutor_settings",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "name", "key", name=op.f("pk_tutor_settings")),
    )
