"""A screen as a picture: SVG with text that can be selected, in a dark window, the same bytes for the same screen."""

import io
import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

from pyte.screens import Char
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from tests.terminal.screen import TerminalScreen

_WIDTH = 0.6  #: of a character by its height, as most fixed fonts have it
_NAMES = {"brown": "yellow", "brightbrown": "bright_yellow", "bfightmagenta": "bright_magenta"}  # as pyte calls them
_DARK = TerminalTheme(
    (13, 17, 23),
    (220, 227, 234),
    [
        (72, 79, 88), (255, 123, 114), (86, 211, 100), (227, 179, 65), (121, 192, 255), (210, 168, 255), (86, 212, 221),
        (177, 186, 196),
    ],
    [
        (139, 148, 158), (255, 161, 152), (126, 231, 135), (242, 204, 96), (165, 214, 255), (226, 197, 255),
        (179, 240, 255), (240, 246, 252),
    ],
)  # fmt: skip
_EMPTY = re.compile(r"<text[^>]*>\s*</text>")  # rich draws the ends of lines, too
_FORMAT = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{width}} {{height}}" width="{{width}}" height="{{height}}" \
role="img" aria-labelledby="{{unique_id}}-name" aria-describedby="{{unique_id}}-told">
<title id="{{unique_id}}-name">{name}</title>
<desc id="{{unique_id}}-told">{told}</desc>
<style>
.{{unique_id}}-matrix {{{{ font: {{char_height}}px ui-monospace, SFMono-Regular, Menlo, Consolas, \
"DejaVu Sans Mono", "Liberation Mono", monospace; }}}}
.{{unique_id}}-title {{{{ font: 16px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; \
opacity: .7; }}}}
{{styles}}
</style>
<defs>
<clipPath id="{{unique_id}}-clip-terminal"><rect width="{{terminal_width}}" height="{{terminal_height}}"/></clipPath>
{{lines}}
</defs>
{{chrome}}
<g transform="translate({{terminal_x}}, {{terminal_y}})" clip-path="url(#{{unique_id}}-clip-terminal)">
{{backgrounds}}
<g class="{{unique_id}}-matrix">
{{matrix}}
</g>
</g>
</svg>
"""


def svg(screen: TerminalScreen, *, title: str, name: str) -> str:
    """Return *screen* as a picture: *title* stands on its window, *name* and all its text are for those who hear it."""
    console = Console(
        file=io.StringIO(), record=True, width=screen.columns, force_terminal=True, color_system="truecolor"
    )
    for row in range(screen.lines):
        console.print(_line(screen, row), no_wrap=True, crop=False, highlight=False)
    form = _FORMAT.format(name=escape(name), told=_braced(escape("\n".join(screen.rows).strip())))
    drawn = console.export_svg(
        title=title, theme=_DARK, code_format=form, font_aspect_ratio=_WIDTH, unique_id="terminal"
    )
    lines = _EMPTY.sub("", drawn).replace("><text", ">\n<text").splitlines()
    return "".join(f"{line.strip()}\n" for line in lines if line.strip())


def _line(screen: TerminalScreen, row: int) -> Text:
    cells = [screen.at(row, column) for column in range(screen.columns)]
    if screen.cursor_shown and screen.cursor.y == row:
        x = min(screen.cursor.x, screen.columns - 1)
        cells[x] = cells[x]._replace(reverse=not cells[x].reverse)
    return Text.assemble(*_runs(cells), end="")


def _runs(cells: list[Char]) -> Iterator[tuple[str, Style]]:
    for style, run in groupby(cells, _style):
        yield "".join(cell.data for cell in run), style


def _style(cell: Char) -> Style:
    return Style(
        color=_colour(cell.fg),
        bgcolor=_colour(cell.bg),
        bold=cell.bold,
        italic=cell.italics,
        underline=cell.underscore,
        strike=cell.strikethrough,
        reverse=cell.reverse,
        dim=cell.blink,  # see TerminalScreen
    )


def _colour(name: str) -> str | None:
    if name == "default":
        return None
    if name in _NAMES:
        return _NAMES[name]
    if name.startswith("bright"):
        return f"bright_{name.removeprefix('bright')}"
    return f"#{name}" if len(name) == 6 and set(name) <= set("0123456789abcdef") else name


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
