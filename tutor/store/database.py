"""A database that is open: its transactions, for reading and for writing, and its faults in one line."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from sqlalchemy import URL, Connection
from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, OperationalError, TimeoutError

from tutor.errors import StoreError
from tutor.store import postgresql, sqlite

_NOT_ALLOWED = ("42501", "25006")  #: how PostgreSQL calls a missing privilege, and a database that may only be read


class Database:
    """One database; costly to make, safe to share between threads."""

    def __init__(self, url: URL) -> None:
        """Make ready for *url*, whose kind is sqlite or postgresql; nothing is read yet."""
        self._name = _shown(url)
        self._secret = url.password
        self._is_sqlite = url.get_backend_name() == "sqlite"
        with self._telling():
            self._engine = sqlite.engine_at(url) if self._is_sqlite else postgresql.engine_at(url)
        self._writing = sqlite.writing(self._engine) if self._is_sqlite else self._engine
        self._turn: AbstractContextManager[Any] = sqlite.writer_lock() if self._is_sqlite else nullcontext()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that only reads; a StoreError when the database cannot be read."""
        with self._telling(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction, which is saved at the end, or not at all; a StoreError when it cannot be."""
        with self._telling(), self._turn, self._writing.begin() as connection:
            yield connection

    def migrating(self, connection: Connection) -> None:
        """Keep everybody else from changing the schema until the transaction of *connection* ends."""
        (sqlite if self._is_sqlite else postgresql).migrating(connection)

    def wipe(self) -> None:
        """Remove what was deleted from the files of the database too, as far as this program can."""
        if self._is_sqlite:
            with self._telling(), self._turn:
                sqlite.wipe(self._engine)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def fault(self, problem: str) -> StoreError:
        """Return the error that names this database and the *problem* with it."""
        return StoreError(f"{self._name}: {problem}")

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except TimeoutError:
            raise self.fault("every connection is in use; try again") from None
        except DBAPIError as error:
            if not _is_fault(error):
                raise
            raise self.fault(self._told(error)) from None

    def _told(self, error: DBAPIError) -> str:
        said = " ".join(str(error.orig).split())
        return said.replace(self._secret, "***") if isinstance(self._secret, str) and self._secret else said


def _shown(url: URL) -> str:
    """Return *url* without password and options: for SQLite the file."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    shown = url.set(drivername=url.get_backend_name(), query={})
    return shown.render_as_string(hide_password=True)


def _is_fault(error: DBAPIError) -> bool:
    """Whether *error* comes from the database or the way there, and not from how it is used."""
    if isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError:
        return True
    return getattr(error.orig, "sqlstate", None) in _NOT_ALLOWED
