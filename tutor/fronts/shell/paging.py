"""A long answer page by page: what is on the screen stays until a key is pressed."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.formatted_text import fragment_list_width, split_lines
from prompt_toolkit.formatted_text.base import StyleAndTextTuples
from prompt_toolkit.input.base import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import FormattedTextControl, Layout, Window
from prompt_toolkit.output import Output
from prompt_toolkit.styles import BaseStyle

Wish = str
_MORE = " Space or Enter: more · End: all · q: no more "
_KEYS: dict[Wish, tuple[str, ...]] = {
    "more": (" ", "enter", "pagedown", "down", "f"),
    "all": ("end", "G"),
    "none": ("q", "Q", "escape", "c-c", "c-d", "<sigint>"),
}


def paged(said: StyleAndTextTuples, *, columns: int, rows: int) -> Iterator[StyleAndTextTuples]:
    """Yield *said* in pages that leave one of *rows* free; lines wider than *columns* take several rows."""
    page: StyleAndTextTuples = []
    taken = 0
    for line in split_lines(said):
        needed = rows_of(line, columns)
        if taken and taken + needed > rows - 1:
            yield page
            page, taken = [], 0
        page += [*line, ("", "\n")]
        taken += needed
    yield page


def rows_of(line: StyleAndTextTuples, columns: int) -> int:
    """Return how many rows of the screen *line* takes."""
    return max(1, -(-fragment_list_width(line) // columns))


def turn_pages(
    pages: Iterable[StyleAndTextTuples], say: Callable[[StyleAndTextTuples], None], wish: Callable[[], Wish]
) -> None:
    """Say *pages*, asking before each but the first what is wished: more, all or none."""
    wished = "more"
    for number, page in enumerate(pages):
        if number and wished != "all":
            wished = wish()
        if wished == "none":
            return
        say(page)


def ask_for_more(*, style: BaseStyle | None, input: Input, output: Output) -> Wish:
    """Return what is wished at the end of a page; the end of the input wishes no more."""
    keys = KeyBindings()
    for wish, pressed in _KEYS.items():
        for key in pressed:
            _bind(keys, key, wish)
    app: Application[Wish] = Application(
        layout=Layout(Window(FormattedTextControl([("class:toolbar", _MORE)]), height=1)),
        key_bindings=keys,
        style=style,
        include_default_pygments_style=False,
        erase_when_done=True,
        input=input,
        output=output,
    )
    app.renderer.cpr_not_supported_callback = None
    app.ttimeoutlen = app.timeoutlen = 0.05
    try:
        return app.run(handle_sigint=False)
    except EOFError:
        return "none"


def _bind(keys: KeyBindings, key: str, wish: Wish) -> None:
    @keys.add(key)
    def _(event: KeyPressEvent) -> Any:
        event.app.exit(result=wish)
