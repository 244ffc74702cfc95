"""How long one waits in the shell: for the prompt of a cold start, and from Enter to a reply on the screen."""

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from platformdirs import user_cache_path

from tests.terminal.home import Home
from tests.terminal.terminal import Terminal
from tutor.fronts.shell.session import PROMPT
from tutor.tutor import Tutor

STARTS = 20
_FIRST = 24  #: characters of a reply's first line that must be there

Row = tuple[str, str, str]  #: what, how much, beside what


def waited(tutor: Tutor, questions: Sequence[str], bare: float) -> list[Row]:
    """Measure both beside *bare*, the seconds that `python -c pass` takes."""
    starts = [_start() for _ in range(STARTS + 1)][1:]
    replies = sorted(_replies(tutor, questions))
    p50, p99 = replies[len(replies) // 2], replies[int(len(replies) * 0.99)]
    return [
        (
            f"prompt visible after a cold start, {STARTS} times",
            f"median {median(starts) * 1e3:.0f} ms, worst {max(starts) * 1e3:.0f} ms",
            f"{median(starts) / bare:.1f} x python -c pass ({bare * 1e3:.0f} ms)",
        ),
        (f"reply in the shell, {len(replies)} questions", f"p50 {p50 * 1e3:.1f} ms", f"p99 {p99 * 1e3:.1f} ms"),
    ]


@contextmanager
def _shell() -> Iterator[Terminal]:
    """Start the shell in a terminal of 100 columns and 30 rows; it shows long answers without pages."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder), cache=user_cache_path())
        settings = Path(home.env["XDG_CONFIG_HOME"]) / "scenario-tutor" / "settings.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text("paging = false\n", encoding="utf-8")
        with home.open("chat", columns=100, rows=30) as terminal:
            yield terminal


def _start() -> float:
    """Return the seconds from starting the shell to its prompt on the screen."""
    start = time.perf_counter()
    with _shell() as terminal:
        _written(terminal, PROMPT, 0)
        return time.perf_counter() - start


def _replies(tutor: Tutor, questions: Sequence[str]) -> Iterator[float]:
    with _shell() as terminal:
        terminal.until(tutor.pack.about.title)
        for question in questions:
            yield _reply(terminal, question, tutor.respond(question).reply.text.splitlines()[0][:_FIRST])
            terminal.settle()
            terminal.ask("/reset")


def _reply(terminal: Terminal, question: str, begins: str) -> float:
    """Return the seconds from Enter to a line that *begins* so, as the reply to *question* does."""
    terminal.press("ctrl-l")
    terminal.paste(question)
    terminal.settle()
    start, before = time.perf_counter(), len(terminal.output)
    terminal.press("enter")
    _written(terminal, begins, before)
    return time.perf_counter() - start


def _written(terminal: Terminal, text: str, before: int) -> None:
    """Wait until the shell has written *text* after so many bytes; to look at the screen would take its time, too."""
    terminal.wait(lambda: terminal.output.find(text.encode(), before) >= 0, text)
