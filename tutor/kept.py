"""What is kept about a person: in which files, written so that nobody else reads them, and removed again."""

import contextlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from tutor.draft import drafted

Kind = Literal["state", "config", "data", "cache"]

_APP = "scenario-tutor"


@dataclass(frozen=True)
class Place:
    """A file that is kept: *what* it is to a person, the *kind* of its folder, and its *name*.

    Files whose names go on after it belong to it: drafts, locks, journals of a database.
    """

    what: str
    kind: Kind
    name: str

    @property
    def path(self) -> Path:
        """Where the file is, for the person who runs the tutor."""
        return folder_of(self.kind) / self.name


@dataclass(frozen=True)
class Trace:
    """A file that was found: *what* it is, where, and *why* it cannot be removed, where it cannot."""

    what: str
    path: Path
    why: str = ""


HISTORY = Place("history", "state", "history.jsonl")
SETTINGS = Place("settings", "config", "settings.toml")
ANSWERS = Place("answers", "data", "study.db")  #: a store: what was answered in quizzes and mock exams

#: all that is kept about the person; whatever else keeps something adds its place here, and `tutor forget` removes it
PLACES = (HISTORY, SETTINGS, ANSWERS)
#: what was learned from packs; nothing in it is about the person
LEARNED = (Place("learned", "cache", "*.weights"), Place("learned", "cache", ".draft-"))


def folder_of(kind: Kind) -> Path:
    """Return the folder of this *kind* for the person who runs the tutor, as the platform has it."""
    import platformdirs

    folders = {
        "state": platformdirs.user_state_path,
        "config": platformdirs.user_config_path,
        "data": platformdirs.user_data_path,
        "cache": platformdirs.user_cache_path,
    }
    return folders[kind](_APP, appauthor=False)


def make_private(folder: Path) -> None:
    """Make *folder*, and those above it, where it is missing; only its owner may look into it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        folder.chmod(0o700)


def write_private(path: Path, raw: bytes) -> None:
    """Write *raw* to the file *path*, which only its owner may read, and which appears whole or not at all."""
    with drafted(path, prefix=f"{path.name}.", rights=0o600) as file:  # so that what is left of it belongs to the file
        file.write(raw)


def traces(places: Iterable[Place] = PLACES) -> list[Trace]:
    """Return every file of *places* that is there, or the folder where one cannot look."""
    return list(dict.fromkeys(trace for place in places for trace in _traces(place)))


def remove(found: Iterable[Trace]) -> list[Trace]:
    """Remove the files *found*, and the folders that become empty; return those that are left, with the reason.

    A link is removed, and what it leads to stays.
    """
    found = list(found)
    tried = [_removed(trace) for trace in found]
    for folder in {trace.path.parent for trace in tried if not trace.why}:
        with contextlib.suppress(OSError):  # not empty
            folder.rmdir()
    return [trace for trace in tried if trace.why]


def _traces(place: Place) -> Iterator[Trace]:
    folder = folder_of(place.kind)
    try:
        names = sorted(path.name for path in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        yield Trace(place.what, folder, error.strerror or str(error))
        return
    yield from (Trace(place.what, folder / name) for name in names if fnmatchcase(name, f"{place.name}*"))


def _removed(trace: Trace) -> Trace:
    if trace.why:
        return trace
    if trace.path.parent.is_symlink():
        return replace(trace, why="its folder is a link; remove it where it leads to")
    try:
        trace.path.unlink(missing_ok=True)
    except OSError as error:
        return replace(trace, why=error.strerror or str(error))
    return trace
