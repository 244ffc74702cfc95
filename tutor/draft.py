"""A draft: a file that is written beside its place, and takes it once all of it is on disk."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO


@contextlib.contextmanager
def drafted(
    path: Path, *, folder: Path | None = None, prefix: str | None = None, rights: int | None = None
) -> Iterator[BinaryIO]:
    """Open a file for bytes that takes the place of *path* at the end, whole, or not at all.

    Until then it lies in *folder*, which must be on the same disk, or else beside *path*, under a name of its own that
    begins with *prefix*. It has the *rights* that are given, or those of any new file. A link stays a link: the draft
    takes the place of what it leads to, and lies beside that. A device or a pipe is written as it comes. An OSError of
    the place names *path*.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        with path.open("wb") as file:
            yield file
        return
    home = Path(os.path.realpath(path)) if path.is_symlink() else path
    beside = home.parent if path.is_symlink() or folder is None else folder
    draft, handle = _begun(path, beside, prefix or f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(_of_any_file() if rights is None else rights)
        draft.replace(home)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def _begun(path: Path, folder: Path, prefix: str) -> tuple[Path, int]:
    """Return a new file in *folder*, and its open handle."""
    import tempfile  # needs half of what a whole question needs

    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=prefix)
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(path)) from None
    return Path(name), handle


def _of_any_file() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
