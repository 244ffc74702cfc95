"""Opening: from a URL or path to a store whose schema is up to date."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.store.store import Store


def open_store(url: str) -> "Store":
    """Return the store at *url*: `sqlite:///FILE`, the path of a file, or `postgresql://USER:PASSWORD@HOST/NAME`.

    A missing file and its folder are made, for this user only; an older schema is brought up to date. A StoreError in
    one line, without the password, when it cannot be opened, is newer than this code, or a package is missing.
    """
    raise NotImplementedError
