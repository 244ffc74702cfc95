"""Migrating: the schema of a database brought up to date, by one process at a time."""

from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table

from tutor.store.database import Database
from tutor.store.tables import VERSION, VERSION_TABLE

FOLDER = Path(__file__).parent / "migrations"


def bring_up_to_date(database: Database) -> None:
    """Make the schema of *database*, or bring it up to date; a StoreError when it is newer than this code."""
    with database.reading() as connection:
        found = version_of(connection)
    if found == VERSION:
        return
    with database.writing() as connection:
        database.migrating(connection)
        _migrate(database, connection)


def version_of(connection: Connection) -> str | None:
    """Return the version of the schema that is there; None when there is none."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.scalar(select(column("version_num")).select_from(table(VERSION_TABLE)))


def _migrate(database: Database, connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    found = version_of(connection)
    if found is not None and found not in known:
        raise database.fault(f"written by a newer tutor (version {found}, this one knows {VERSION}); upgrade the tutor")
    command.upgrade(config, "head")
