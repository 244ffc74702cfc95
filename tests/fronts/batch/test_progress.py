"""Progress, by a clock that the test turns."""

import io
import sys
from collections import Counter
from pathlib import Path
from typing import cast

import pytest

from tests.conftest import TEA
from tutor.cli import main
from tutor.fronts.batch.progress import Bar, Lines, Progress


class Clock:
    """Stands still until it is turned."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_rate_and_time_left_leave_out_what_was_kept_before() -> None:
    clock = Clock()
    with Progress(clock).watching(1_000) as progress:
        assert progress.left is None
        progress.add(Counter(answered=400), kept=True)
        clock.now += 2
        progress.add(Counter(answered=90, error=10))
        assert [progress.rate, progress.left] == [50.0, 10.0]
    clock.now += 50
    assert progress.counted == Counter(answered=490, error=10)
    assert progress.told == "2.0 s, 50 rows a second, 400 rows were done before"


def test_nothing_is_left_when_there_were_more_rows_than_guessed() -> None:
    clock = Clock()
    with Progress(clock).watching(10) as progress:
        clock.now += 1
        progress.add(Counter(answered=20))
        assert progress.left == 0


@pytest.mark.parametrize(
    ("total", "of", "left"),
    [
        (40_000, " of about 40,000 (50.0%)", ", 10 s left"),
        (1_000_000, " of about 1,000,000 (2.0%)", ", 8 min 10 s left"),
        (90_000_000, " of about 90,000,000 (0.0%)", ", 12 h 29 min left"),
        (15_000, " of about 15,000 (99.9%)", ", 0 s left"),
        (None, "", ""),
    ],
)
def test_a_plain_line_comes_every_ten_seconds(total: int | None, of: str, left: str) -> None:
    clock, lines = Clock(), list[str]()
    with Lines(lines.append, clock).watching(total) as progress:
        for _ in range(19):
            clock.now += 1
            progress.add(Counter(answered=1_900, error=100))
    assert lines == [f"20,000{of} rows, 2,000 a second{left}: 19000 answered, 1000 error"]


def test_a_short_batch_tells_no_line() -> None:
    lines = list[str]()
    with Lines(lines.append).watching(3) as progress:
        progress.add(Counter(answered=3))
    assert lines == []


def test_the_bar_shows_the_rate_the_time_left_and_the_statuses(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Bar()
    with progress.watching(4_000):
        progress.add(Counter(answered=1_000), kept=True)
        progress.add(Counter(answered=900, declined=100))
        progress.bar.refresh()
        shown = capsys.readouterr().err
    assert "50%" in shown
    assert "2.00k/4.00k" in shown
    assert "rows/s" in shown
    assert "1900 answered, 100 declined" in shown


def test_the_bar_goes_beyond_its_guess_and_is_gone_when_the_batch_fails(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Bar()

    def fail() -> None:
        with progress.watching(1):
            progress.add(Counter(answered=5))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert progress.bar.total == 5
    assert capsys.readouterr().err.endswith("\r")


@pytest.mark.parametrize(
    ("target", "terminals", "shown"),
    [
        ("-", ("stdout", "stderr"), False),
        ("-", ("stderr",), True),
        ("out.jsonl", ("stdout", "stderr"), True),
    ],
)
def test_no_bar_is_drawn_between_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, terminals: tuple[str, ...], shown: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("q.csv").write_text("question\nWhich tea?\n")
    for name in ("stdout", "stderr"):
        stream = Terminal() if name in terminals else io.TextIOWrapper(io.BytesIO(), write_through=True)
        monkeypatch.setattr(sys, name, stream)
    main(["batch", "q.csv", "-o", target, "--pack", str(TEA)], standalone_mode=False)
    told = cast("io.BytesIO", sys.stderr.buffer).getvalue().decode()
    assert told.endswith("1 row: 1 conditional\n")
    assert (" rows" in told.removesuffix("1 row: 1 conditional\n")) == shown


class Terminal(io.TextIOWrapper):
    """A stream that is taken for a terminal."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), write_through=True)

    def isatty(self) -> bool:
        return True
