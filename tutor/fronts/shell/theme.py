"""The colours of the shell: one table of style classes for each theme, and nothing else that knows a colour."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tutor.errors import TutorError
from tutor.spelling import did_you_mean

if TYPE_CHECKING:
    from prompt_toolkit.styles import Style

DEFAULT = "auto"

#: what a theme must say a word about; the roles that are missing here are plain text
_SHAPES = {
    "title": "bold",
    "question": "bold",
    "name": "dim",
    "title.name": "nodim bold",
    "distractor.name": "nodim bold",
    "practice.name": "nodim bold",
    "declined": "bold",
    "note": "italic",
    "stakes": "dim",
    "between": "dim",
    "marker": "dim",
    "source": "dim",
    "source.file": "dim",
    "page": "underline",
    "address": "dim",
    "arrow": "bold",
    "options.mark": "bold",
    "options.chosen": "bold reverse",
    "open": "italic",
    "prompt": "bold",
    "term": "underline",
    "command": "bold",
    "error": "bold",
    "bottom-toolbar": "noreverse",
    "toolbar.slot": "dim",
    "toolbar.value": "bold",
    "completion-menu": "noinherit",
    "completion-menu.completion.current": "noinherit reverse",
    "completion-menu.meta.completion": "noinherit dim",
    "completion-menu.meta.completion.current": "noinherit reverse",
    "auto-suggestion": "noinherit dim",
}

_COLOURED = ("title", "question", "distractor.name", "practice.name", "practice.bar", "declined", "options.mark")


def _theme(accent: str, wrong: str, practice: str, link: str, quiet: str) -> dict[str, str]:
    """Return the table of a theme: *accent* for what matters, *wrong* for what tempts, the rest as they are called."""
    colours = {
        "title": accent,
        "question": accent,
        "options.mark": accent,
        "prompt": accent,
        "toolbar.value": accent,
        "term": accent,
        "command": accent,
        "marker": link,
        "page": link,
        "address": quiet,
        "distractor.name": wrong,
        "declined": wrong,
        "error": wrong,
        "practice.name": practice,
        "practice.bar": practice,
        "note": practice,
        "open": practice,
    }
    return {name: f"{_SHAPES.get(name, '')} {colours.get(name, '')}".strip() for name in {**_SHAPES, **colours}}


THEMES: Mapping[str, Mapping[str, str]] = {
    "auto": _theme("ansimagenta", "ansired", "ansigreen", "ansiblue", ""),
    "dark": _theme("#e9a6ff", "#ff9e8f", "#8fd694", "#8ab8ff", "#b0b0b0"),
    "light": _theme("#7a1fa2", "#a82012", "#1b6e2b", "#0b4fb3", "#555555"),
    "mono": _theme("", "", "", "", ""),
}


class ThemeError(TutorError):
    """A theme that there is not."""


def themed(name: str) -> Mapping[str, str]:
    """Return the table of the theme *name*: class -> style; a ThemeError names the nearest when there is none such."""
    if name not in THEMES:
        raise ThemeError(f"there is no theme {name}; {did_you_mean(name, THEMES)}")
    return THEMES[name]


def style_of(name: str) -> "Style":
    """Return the theme *name* as prompt_toolkit takes it; a ThemeError as `themed`."""
    from prompt_toolkit.styles import Style

    return Style.from_dict(dict(themed(name)))
