"""Commands about how the shell looks and what it keeps."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from tutor.fronts.shell.told import Told, fault, listed, told
from tutor.render.theme import THEMES

if TYPE_CHECKING:
    from tutor.fronts.shell.session import Session


def theme(session: "Session", argument: str) -> Told:
    """Choose a theme, or say which there are."""
    if argument:
        session.wish("theme", argument)
    return told(f"The theme is {session.settings.theme}; there are {', '.join(THEMES)}.")


def settings(session: "Session", argument: str) -> Told:
    """Change a setting, or show all of them."""
    if argument:
        name, equals, said = (part.strip() for part in argument.partition("="))
        if not equals or not said:
            return fault("write /settings NAME=VALUE, for example /settings mouse=off")
        session.wish(name, said)
    rows = (f"{name}={_written(value)}" for name, value in asdict(session.settings).items())
    where = f"Settings, in {session.settings_file}" if session.settings_file else "Settings"
    return listed(where, rows)


def _written(value: str | bool) -> str:
    return value if isinstance(value, str) else "on" if value else "off"


def themes(_: "Session") -> Iterable[tuple[str, str]]:
    """Return the names of the themes."""
    return [(name, "") for name in THEMES]


def wishes(session: "Session") -> Iterator[tuple[str, str]]:
    """Return the settings and what they can be."""
    for name, value in asdict(session.settings).items():
        yield f"{name}=", _written(value)
        yield from ((f"{name}={choice}", "") for choice in (("on", "off") if isinstance(value, bool) else THEMES))
