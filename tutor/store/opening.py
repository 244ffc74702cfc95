"""Opening: from a URL or path to a store whose schema is up to date."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy import URL

    from tutor.store.store import Store

_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
_EXAMPLES = "write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"


def usual() -> str:
    """Return the file that a store is kept in where none is named: in the user's folder for data."""
    from platformdirs import user_data_path

    return str(user_data_path("scenario-tutor", appauthor=False) / "store.db")


def open_store(url: str, *, new: bool = True, extra: str = "slack") -> "Store":
    """Return the store at *url*: `sqlite:///FILE`, the path of a file, or `postgresql://USER:PASSWORD@HOST/NAME`.

    A missing file and its folder are made, for this user only, unless *new* is false; an older schema is brought up to
    date. A StoreError in one line, without the password, when it cannot be opened, is newer than this code, or a
    package is missing, which comes with *extra* of this project.
    """
    try:
        from tutor.store.database import Database
        from tutor.store.migrating import bring_up_to_date
        from tutor.store.store import Store

        database = Database(_read(url, new=new))
    except ModuleNotFoundError as error:
        raise StoreError(_missing(str(error.name), extra)) from None
    with contextlib.ExitStack() as undone:
        undone.callback(database.close)
        bring_up_to_date(database)
        undone.pop_all()
    return Store(database)


def _read(said: str, *, new: bool) -> "URL":
    from sqlalchemy import URL

    url = URL.create("sqlite", database=str(Path(said).expanduser())) if "://" not in said else _parsed(said)
    if not new and url.get_backend_name() == "sqlite" and url.database and not Path(url.database).exists():
        raise StoreError(f"{url.database}: there is no such store")
    return url


def _parsed(said: str) -> "URL":
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(said)
    except (ArgumentError, ValueError):
        raise StoreError(f"this is not the URL of a store; {_EXAMPLES}") from None
    kind = url.drivername.partition("+")[0]
    if kind not in _DRIVERS:
        raise StoreError(f"there is no kind of store called {kind}; {_EXAMPLES}")
    return url.set(drivername=_DRIVERS[kind], query={} if kind == "sqlite" else url.query)


def _missing(package: str, extra: str) -> str:
    extra = "postgres" if package.startswith("psycopg") else extra
    return f"the package {package} is missing; pip install 'scenario-tutor[{extra}]'"
