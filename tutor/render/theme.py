"""The colours of a terminal: a table of style classes for each theme, and nothing else that knows a colour."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tutor.errors import SettingsError
from tutor.spelling import did_you_mean

if TYPE_CHECKING:
    from prompt_toolkit.styles import Style

DEFAULT = "auto"


@dataclass(frozen=True)
class _Colours:
    """The colours of a theme, each as prompt_toolkit names it; "" is the terminal's own."""

    accent: str = ""  #: what matters most: titles, numbers to choose, what is typed
    wrong: str = ""  #: what tempts, and what went wrong
    practice: str = ""  #: what holds outside the exam
    bar: str = ""  #: the line beside it
    link: str = ""  #: what leads elsewhere
    quiet: str = "dim"  #: what can be passed over
    menu: str = ""  #: behind what is offered while typing, and its text


def _table(colours: _Colours) -> dict[str, str]:
    """Return the styles of a theme by class. What has no class here looks as text does."""
    accent, wrong, quiet = colours.accent, colours.wrong, colours.quiet
    return {
        "title": f"bold {accent}",
        "question": f"bold {accent}",
        "declined": "bold",
        "fault": f"bold {wrong}",
        "right": f"bold {colours.practice}",
        "wrong": f"bold {wrong}",
        "note": f"italic {colours.practice}",
        "open": f"italic {colours.practice}",
        "name": quiet,
        "distractor.name": f"noinherit bold {wrong}",
        "practice.name": f"noinherit bold {colours.practice}",
        "practice.bar": colours.bar,
        "branches.name": "noinherit bold",
        "flips.name": "noinherit bold",
        "arrow": "bold",
        "stakes": quiet,
        "between": quiet,
        "pointing": quiet,
        "tempting": quiet,
        "indifferent": quiet,
        "marker": f"bold {colours.link}",
        "source": quiet,
        "page": f"underline {colours.link}",
        "page.name": f"noinherit {quiet}",
        "address": quiet,
        "options.mark": f"bold {accent}",
        "options.chosen": f"bold reverse {accent}",
        "options.hint": quiet,
        "exam.head": "bold reverse",
        "exam.soon": f"bold {wrong}",
        "prompt": f"bold {accent}",
        "command": f"bold {accent}",
        "term": f"bold {colours.link}",
        "code": colours.link,
        "auto-suggestion": f"noinherit {quiet}",
        "bottom-toolbar": "noreverse",
        "toolbar": quiet,
        "toolbar.slot": quiet,
        "toolbar.value": f"nodim bold {accent}",
        "toolbar.words": f"{quiet} italic",
        "toolbar.keys": quiet,
        "completion-menu": f"noinherit {colours.menu}",
        "completion-menu.completion.current": "bold reverse",
        "completion-menu.meta.completion": f"noinherit {colours.menu} {'' if colours.menu else 'dim'}",
        "completion-menu.meta.completion.current": f"noinherit {colours.menu} reverse",
        "completion-menu.multi-column-meta": f"noinherit {colours.menu}",
    }


#: style classes by theme; auto uses only colours of the terminal's own that can be read on light and on dark
THEMES: Mapping[str, Mapping[str, str]] = {
    "auto": _table(_Colours(accent="ansimagenta", wrong="ansired", bar="ansigreen")),
    "dark": _table(
        _Colours("#e0a8ff", "#ff9d8c", "#8fd694", "#8fd694", "#8fbcff", quiet="#b4b4b4", menu="bg:#303030 #e8e8e8")
    ),
    "light": _table(
        _Colours("#7b1fa2", "#a62011", "#1a6629", "#1a6629", "#0b4aa8", quiet="#585858", menu="bg:#e4e4e4 #202020")
    ),
    "mono": _table(_Colours()),
}


def themed(name: str) -> Mapping[str, str]:
    """Return the styles of the theme *name* by class; a SettingsError names the nearest when there is none such."""
    if name not in THEMES:
        raise SettingsError(f"there is no theme {name}; {did_you_mean(name, THEMES)}")
    return THEMES[name]


@cache  # a new one would make prompt_toolkit compute every style anew, with each line
def style_of(name: str) -> "Style":
    """Return the theme *name* as prompt_toolkit takes it; a SettingsError when there is none such."""
    from prompt_toolkit.styles import Style

    return Style.from_dict(dict(themed(name)))
