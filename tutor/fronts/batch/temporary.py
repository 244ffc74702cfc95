"""The folder for temporary files: what cannot be kept in it is told as of it, and not of what is read or written."""

import contextlib
import tempfile
from collections.abc import Iterator

from tutor.errors import BatchError


@contextlib.contextmanager
def kept_for(what: str) -> Iterator[None]:
    """Turn an OSError into a BatchError: *what* cannot be kept in the folder for temporary files, which it names."""
    try:
        yield
    except OSError as error:
        raise unkept(what, error) from None


def unkept(what: str, error: OSError) -> BatchError:
    """Return the BatchError that says why *what* cannot be kept in the folder for temporary files."""
    return BatchError(f"{what} cannot be kept in {_folder()}: {error.strerror or error}; TMPDIR names another folder")


def _folder() -> str:
    try:
        return tempfile.gettempdir()
    except OSError:
        return "any folder for temporary files"
