"""What is kept about a person, and where: one list of places, so that all of it can be found and removed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

APP = "scenario-tutor"
Kind = Literal["state", "config", "data", "cache"]


@dataclass(frozen=True)
class Place:
    """A place where something is kept: *what* it is to a person, the *kind* of folder, and a *pattern* of file names.

    The pattern also matches what belongs to the file, such as drafts, locks and journals.
    """

    what: str
    kind: Kind
    pattern: str


HISTORY = "history.jsonl"
SETTINGS = "settings.toml"

#: all that is about the person; whoever keeps something more adds its place here
PLACES = (
    Place("history of the shell", "state", f"{HISTORY}*"),
    Place("settings", "config", f"{SETTINGS}*"),
)
LEARNED = Place("what was learned from packs", "cache", "*.weights")  #: not about the person


def folder_of(kind: Kind) -> Path:
    """Return the folder of this *kind* for the person who runs the tutor, as the platform has it."""
    import platformdirs

    find = {
        "state": platformdirs.user_state_path,
        "config": platformdirs.user_config_path,
        "data": platformdirs.user_data_path,
        "cache": platformdirs.user_cache_path,
    }[kind]
    return find(APP, appauthor=False)
