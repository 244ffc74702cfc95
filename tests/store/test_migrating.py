"""A store of any earlier version is brought up to date with its data; one of a newer version is refused."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text

from tests.postgres import Cluster
from tests.store.rounds import work_off
from tutor.errors import StoreError
from tutor.store import Backlog, Line, Missed, Talk, open_store
from tutor.store.migrating import FOLDER
from tutor.store.postgresql import MIGRATING
from tutor.store.tables import VERSION, VERSION_TABLE, metadata
from tutor.study.answered import Answered
from tutor.study.review import Review

VERSIONS = [script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions()][::-1]

#: What version 1 held, one row or more a table.
FIRST = [
    "INSERT INTO tutor_threads (thread, dialogue, turns, talked_at, ready_at, token, leased_until)"
    " VALUES ('T', '{\"pending\":\"hour\"}', 2, 3.0, 1.0, 7, 0.0)",
    "INSERT INTO tutor_speakers VALUES ('T', 'U1')",
    "INSERT INTO tutor_seen VALUES ('Ev0', 0.5), ('Ev1', 1.0)",
    "INSERT INTO tutor_inbox (event, thread, person, payload, at, attempts, given_up)"
    " VALUES ('Ev1', 'T', 'U1', '{}', 1.0, 0, {no})",
    "INSERT INTO tutor_outbox (message, thread, body, at, attempts, handed, unsure, given_up)"
    " VALUES ('Ev0.0', 'T', '{}', 1.0, 1, {yes}, {no}, {no})",
    "INSERT INTO tutor_posts (message, thread, person, entry, topic, question, at)"
    " VALUES ('Ev0.0', 'T', 'U1', 'fact.tea', 'leaves', 'What is tea?', 1.0)",
    "INSERT INTO tutor_votes (message, person, helpful, topic, week)"
    " VALUES ('Ev0.0', 'U1', {yes}, 'leaves', '1970-W01')",
    "INSERT INTO tutor_missed (person, text, why, nearest, at)"
    " VALUES ('U1', 'Why?', 'declined', '[\"fact.tea\"]', 1.0)",
    "INSERT INTO tutor_counts (week, topic, reply, question, answered, asked)"
    " VALUES ('1970-W01', 'leaves', 'answer', {yes}, {yes}, {no})",
    "INSERT INTO tutor_settings VALUES ('person', 'U1', 'sources', 'true')",
]

#: What version 2 held beside that.
SECOND = [
    "INSERT INTO tutor_reviews"
    ' (person, pack, exercise, entry, topic, revisions, chosen, "right", certainty, confused, hints, at)'
    " VALUES ('U1', 'tea', 'e1', 'fact.tea', 'leaves', '{\"fact.tea\":1}', 'Oolong', {yes}, 'sure', NULL, 0, 1.0)",
    "INSERT INTO tutor_exams (person, pack, state, saves, begun, saved) VALUES ('U1', 'tea', '{}', 1, 1.0, 1.0)",
]

#: The answer in it.
ANSWERED = Review(
    Answered("e1", "fact.tea", "leaves", "Oolong", True, "sure", None, 0, datetime.fromtimestamp(1, UTC)),
    "tea",
    {"fact.tea": 1},
)

#: What each version held when it was the newest.
ROWS = {"1": FIRST, "2": [*FIRST, *SECOND]}


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """Connect to *url* without the store."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def migrate(url: str, version: str) -> None:
    with connected(url) as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(FOLDER))
        command.upgrade(config, version)


def fill(url: str, version: str) -> None:
    with connected(url) as connection:
        yes, no = ("1", "0") if connection.dialect.name == "sqlite" else ("true", "false")
        for row in ROWS[version]:
            connection.exec_driver_sql(row.replace("{yes}", yes).replace("{no}", no))


def test_the_newest_migration_is_the_version_of_the_tables() -> None:
    assert VERSIONS[-1] == VERSION


def test_the_tables_that_migrations_make_are_those_that_the_code_knows(url: str) -> None:
    open_store(url).close()
    with connected(url) as connection:
        options = {"compare_type": True, "compare_server_default": True, "version_table": VERSION_TABLE}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_a_store_of_every_version_is_brought_up_to_date_with_all_that_is_in_it(url: str, version: str) -> None:
    migrate(url, version)
    fill(url, version)
    with open_store(url) as store:
        assert store.backlog() == Backlog(waiting=1, unsent=1, given_up=0, oldest=1.0)
        assert store.dialogue("T") == Talk({"pending": "hour"}, 2, 3.0)
        assert store.missed() == [Missed("Why?", "declined", ("fact.tea",), None, 1.0)]
        assert store.stats() == [Line("1970-W01", "leaves", 1, 1, 0, 1, 0, {"answer": 1})]
        assert store.settings("person", "U1") == {"sources": True}
        assert store.studied.reviews("U1", "tea") == ([ANSWERED] if version != "1" else [])
        assert (store.studied.unfinished_exam("U1", "tea") is None) == (version == "1")
        assert not store.accept("Ev0", "T", {}, at=2.0)
        assert work_off(store) == ["Ev0.0", "Ev1"]
        assert store.vote("Ev0.0", "U1", helpful=False, at=2.0)
        assert store.forget("U1")
        assert store.missed() == []


def test_every_table_has_a_row_in_the_newest_version() -> None:
    assert [name for name in metadata.tables if not any(name in row for row in ROWS[VERSION])] == []


def test_a_store_of_a_newer_version_is_refused_and_left_as_it_is(url: str) -> None:
    open_store(url).close()
    with connected(url) as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '99'"))  # noqa: S608
    with pytest.raises(StoreError) as caught:
        open_store(url)
    said = f"written by a newer tutor (version 99, this one knows {VERSION}); upgrade the tutor"
    assert str(caught.value).endswith(f": {said}")
    with connected(url) as connection:
        assert connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}")) == "99"  # noqa: S608


def test_replicas_that_start_at_once_make_the_tables_once(url: str) -> None:
    code = "import sys; from tutor.store import open_store; sys.stdin.read(1); open_store(sys.argv[1]).ping()"
    started = [subprocess.Popen([sys.executable, "-c", code, url], stdin=subprocess.PIPE) for _ in range(4)]
    for process in started:
        process.communicate(b"x")
    assert [process.returncode for process in started] == [0, 0, 0, 0]


def test_a_replica_waits_for_another_that_makes_the_tables(postgres: Cluster) -> None:
    url = postgres.fresh()
    with connected(url) as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATING})
        with pytest.raises(StoreError, match="canceling statement due to lock timeout"):
            open_store(f"{url}%20-clock_timeout%3D100")
    open_store(url).close()


def test_tables_of_others_in_the_same_database_are_left_alone(url: str) -> None:
    with connected(url) as connection:
        connection.execute(text("CREATE TABLE threads (thread TEXT)"))
        connection.execute(text("CREATE TABLE alembic_version (version_num TEXT)"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('theirs')"))
    open_store(url).close()
    with connected(url) as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "theirs"


def test_migrations_are_shipped_with_the_package() -> None:
    assert {path.stem for path in (FOLDER / "versions").glob("v*.py")} == {f"v{version}" for version in VERSIONS}
    assert (Path(FOLDER) / "env.py").is_file()
