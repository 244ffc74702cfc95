"""The folder of a pack: where the bundled one lies, its files as bytes, and the hash of what they hold."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from tutor.errors import PackError, Spot

MOST_FILES = 2_000
LARGEST = 4_000_000  #: bytes in one file


def bundled() -> Path:
    """Return the folder of the pack that comes with the tutor: inside the wheel, or the repository around it."""
    inside = Path(__file__).parent / "bundled"
    return inside if inside.is_dir() else Path(__file__).parent.parent


def read_files(folder: Path) -> dict[str, bytes]:
    """Return the pack files below *folder* by their names, in order; a PackError when they cannot be a pack."""
    if not folder.is_dir():
        instead = "name a folder with knowledge/ and intents/"
        raise PackError([Spot(str(folder)).fault("unreadable", "is not a folder", instead)])
    found = sorted(
        path for top in ("knowledge", "intents") for path in (folder / top).rglob("*.y*ml") if path.is_file()
    )
    if not found:
        instead = "a pack has knowledge/pack.yaml, knowledge/topics/ and intents/"
        raise PackError([Spot(str(folder)).fault("unreadable", "holds no pack", instead)])
    if len(found) > MOST_FILES:
        problem, instead = f"{len(found)} files", f"at most {MOST_FILES} are read"
        raise PackError([Spot(str(folder)).fault("too-large", problem, instead)])
    return {path.relative_to(folder).as_posix(): _bytes(path) for path in found}


def bounded_bytes(path: Path) -> bytes:
    """Return what the file *path* holds, at most one byte more than is read of one; an OSError where it cannot be."""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _bytes(path: Path) -> bytes:
    try:
        return bounded_bytes(path)
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
        raise PackError([Spot(str(path)).fault("unreadable", problem, "check that you may read it")]) from None


def digest(files: Mapping[str, bytes]) -> str:
    """Return the content hash of pack *files*: names and bytes, 64 hexadecimal digits."""
    sha = hashlib.sha256()
    for name, raw in sorted(files.items()):
        sha.update(f"{name}\0{len(raw)}\0".encode() + raw)
    return sha.hexdigest()
