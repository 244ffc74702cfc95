"""Version 2: what learners answered, and their mock exams."""

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make both tables."""
    _reviews()
    _exams()


def _reviews() -> None:
    op.create_table(
        "tutor_reviews",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("key", sa.Text()),
        sa.Column("exercise", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("revisions", sa.Text(), nullable=False),
        sa.Column("chosen", sa.Text()),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("confused", sa.Text()),
        sa.Column("hints", sa.Integer(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_tutor_reviews")),
        sa.UniqueConstraint("person", "key", name=op.f("uq_tutor_reviews_person_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_tutor_reviews_at"), "tutor_reviews", ["at"])
    op.create_index("ix_tutor_reviews_person_pack", "tutor_reviews", ["person", "pack"])


def _exams() -> None:
    op.create_table(
        "tutor_exams",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("saves", sa.Integer(), nullable=False),
        sa.Column("begun", sa.Double(), nullable=False),
        sa.Column("saved", sa.Double(), nullable=False),
        sa.Column("finished", sa.Double()),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_tutor_exams")),
        sqlite_autoincrement=True,
    )
    unfinished = sa.text("finished IS NULL")
    op.create_index(
        "uq_tutor_exams_open",
        "tutor_exams",
        ["person", "pack"],
        unique=True,
        sqlite_where=unfinished,
        postgresql_where=unfinished,
    )
