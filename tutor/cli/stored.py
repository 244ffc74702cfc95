"""What commands about a store share: which one, from when on, and how it is opened."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tutor.store import Store

store_option = click.option(
    "--store",
    "url",
    metavar="URL",
    help="Where is kept what must survive a restart: a file, or postgresql://…; by default a file in your data folder.",
)

since_option = click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Only from DATE on, such as 2026-09-01, in UTC."
)


def open_kept(url: str | None) -> "Store":
    """Open a store that is there already: at *url*, or where it usually lies."""
    from tutor.store.opening import open_store, usual

    return open_store(url or usual(), new=False)


def since_when(day: datetime | None) -> float | None:
    """Return when *day* begins, in seconds since the epoch."""
    return None if day is None else day.replace(tzinfo=UTC).timestamp()
