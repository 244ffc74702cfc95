"""What a person has set for the shell, in one small file of TOML that the shell and a text editor may change."""

import contextlib
import json
import os
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from tutor.errors import SettingsError
from tutor.kept import make_private, write_private
from tutor.render.theme import DEFAULT, THEMES
from tutor.spelling import did_you_mean
from tutor.yaml_text import visible

LARGEST = 64 * 1024  #: bytes of the file; a larger one is not read


@dataclass(frozen=True)
class Settings:
    """What can be set, with what counts where nothing is."""

    theme: str = DEFAULT  #: colours: auto, dark, light or mono
    history: bool = True  #: keep what is typed for the next time
    suggestions: bool = True  #: show, in grey, how a line that was typed before goes on
    completion: bool = True  #: offer terms, titles and commands while typing
    paging: bool = True  #: show answers that are longer than the screen page by page
    mouse: bool = True  #: choose options with a click


def load_settings(path: Path, *, tell: Callable[[str], None] = lambda _: None) -> Settings:
    """Return the settings in the file *path*, and the defaults for what it lacks.

    *tell* hears, in one line each, of what cannot be read, is unknown or cannot be so.
    """
    try:
        said = _parsed(path, _text(path))
    except SettingsError as error:
        tell(f"{error}; the defaults count")
        return Settings()
    good: dict[str, Any] = {}
    for name, value in said.items():
        if fault := _fault(name, value):
            tell(f"{path}: {fault}")
        else:
            good[name] = value
    return replace(Settings(), **good)


def keep(path: Path, name: str, value: str | bool) -> None:
    """Write one setting into the file *path*, which appears whole or not at all; its other lines stay as they are.

    A SettingsError when there is no such setting or value, or the file cannot be read or written.
    """
    if fault := _fault(name, value):
        raise SettingsError(fault)
    before = _text(path)
    wanted = {**_parsed(path, before), name: value}
    after = _with(before, f"{name} = {json.dumps(value)}", name)
    if not _says(after, wanted):
        raise SettingsError(f"{path}: {name} stands there in a way that only you can change")
    try:
        make_private(path.parent)
        write_private(path, after.encode())
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from None


def value_of(name: str, said: str) -> str | bool:
    """Return the value that the words *said* give to the setting *name*; a SettingsError says what it can be."""
    known = {"on": True, "true": True, "yes": True, "off": False, "false": False, "no": False}
    value = said if name == "theme" else known.get(said.casefold(), said)
    if fault := _fault(name, value):
        raise SettingsError(fault.replace("true or false", "on or off"))
    return value


def _fault(name: str, value: Any) -> str:
    names = [field.name for field in fields(Settings)]
    if name not in names:
        return f"there is no setting {_short(name)}; {did_you_mean(name, names)}"
    if name == "theme":
        fits = isinstance(value, str) and value in THEMES
        return "" if fits else f"there is no theme {_short(value)}; {did_you_mean(str(value), THEMES)}"
    return "" if isinstance(value, bool) else f"{name} cannot be {_short(value)}; write true or false"


def _short(value: Any) -> str:
    said = visible(str(value))
    return said if len(said) <= 40 else said[:39] + "…"


def _text(path: Path) -> str:
    """Return what the file holds, nothing where there is none."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))  # a pipe must not hold the shell up
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise SettingsError(f"{path}: is no plain file")
            raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from None
    if len(raw) > LARGEST:
        raise SettingsError(f"{path}: is larger than {LARGEST} bytes")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SettingsError(f"{path}: is not UTF-8") from None


def _says(text: str, wanted: dict[str, Any]) -> bool:
    with contextlib.suppress(SettingsError):
        return _parsed(Path(), text) == wanted
    return False


def _parsed(path: Path, text: str) -> dict[str, Any]:
    if not text:
        return {}
    import tomllib  # six milliseconds, which only those pay who have set something

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"{path}: is not TOML: {_short(error)}") from None


def _with(text: str, line: str, name: str) -> str:
    """Return *text* with *line* in place of the one that sets *name*, or else before the first table."""
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n") if text else []
    table = next((number for number, said in enumerate(lines) if said.lstrip().startswith("[")), len(lines))
    setting = re.compile(rf"\s*{name}\s*=")
    at = next((number for number in range(table) if setting.match(lines[number])), None)
    lines[table if at is None else at : table if at is None else at + 1] = [line]
    return "".join(f"{said}\n" for said in lines)
