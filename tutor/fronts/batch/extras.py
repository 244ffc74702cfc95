"""Libraries that come with an extra: imported where they are needed, and named in one line where they are missing."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from tutor.errors import BatchError


@contextlib.contextmanager
def needing(library: str, path: Path | str) -> Iterator[None]:
    """Turn a failing import of *library*, wanted for *path*, into a BatchError that says how to install it."""
    try:
        yield
    except ImportError:
        raise BatchError(f"{path}: needs {library}; pip install 'scenario-tutor[files]'") from None
