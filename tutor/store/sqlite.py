"""What is special about SQLite: one file, one writer at a time, a log of writes beside it."""

import os
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from tutor.errors import StoreError

WAIT = 10  #: seconds to wait for another process that writes
_LOG = 64 * 1024 * 1024  #: bytes that the log of writes may keep on disk once it is no longer needed

# FULL, since an event is acknowledged once it is written: neither a killed process nor a power cut may lose it.
_PRAGMAS = (
    f"busy_timeout = {WAIT * 1000}",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",  # what is deleted is overwritten, so that forgetting is not only hiding
    f"journal_size_limit = {_LOG}",
)


def engine_at(url: URL) -> Engine:
    """Return the engine for the file in *url*; a missing file and its folder are made, for this user only."""
    _made(Path(url.database or ""))
    engine = create_engine(url, pool_size=4, max_overflow=4)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def writing(engine: Engine) -> Engine:
    """Return *engine* for transactions that write: they wait for each other at their beginning, not in the middle."""
    return engine.execution_options(writes=True)


def writer_lock() -> Lock:
    """Return what the threads of this process queue at, since SQLite itself lets them sleep and guess."""
    return Lock()


def wipe(engine: Engine) -> None:
    """Move the log of writes into the file and empty it, as far as other processes let it."""
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.rollback()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def migrating(connection: Connection) -> None:
    """Keep other processes from migrating at the same time: a transaction that writes does that already."""


def _made(path: Path) -> None:
    if not path.name or path.name == ":memory:":
        raise StoreError("a store in memory would be lost; name a file: sqlite:///FILE")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise StoreError(f"{path.parent}: is a file, and should be a folder") from None
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from None


def _prepare(raw: Any, _: Any) -> None:
    raw.isolation_level = None  # begin and commit are ours, not the driver's
    for pragma in _PRAGMAS:
        raw.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
