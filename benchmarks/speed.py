"""How fast the tutor is, everything side by side in one run: `python -m benchmarks.speed FILE…`."""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.large import write
from benchmarks.shell import waited
from benchmarks.tables import table
from tutor import Tutor
from tutor.folder import bundled

SHORT, LONG = 12, 60  #: words: up to so many a question is short, from so many an exam stem
_RUNS = 10
_ROUNDS = 3
_EVERY = 6  #: one of so many questions is asked in the shell, too
_ASKED = "What is shadow deployment?"
_ALONE = (
    "import resource, sys; from tutor import Tutor; tutor = Tutor.load(); tutor.respond(sys.argv[1]); "
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
)

Row = tuple[str, str, str]  #: what, how much, beside what


def main() -> None:
    """Measure and print."""
    asked = _arguments()
    questions = [json.loads(line)["question"] for path in asked.files for line in path.read_text("utf-8").splitlines()]
    tutor = Tutor.load(told=lambda step: print(f"learning first: {step}", file=sys.stderr))
    bare = median(_seconds([sys.executable, "-c", "pass"]) for _ in range(_RUNS))
    rows = [*_cold(bare), *_warm(tutor, questions), _batch(tutor, questions)]
    rows += waited(tutor, questions[::_EVERY], bare)
    if asked.encoder:
        rows.append(_encoder(tutor, questions))
    if asked.large:
        rows += _large(tutor, questions, asked.large)
    print(table([dict(zip(("what", "measured", "beside"), row, strict=True)) for row in rows]))


def _arguments() -> Any:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="questions, .jsonl")
    parser.add_argument("--large", type=int, metavar="TIMES", help="also a pack so many times as large")
    parser.add_argument("--encoder", action="store_true", help="also all-MiniLM-L6-v2, where it is installed")
    return parser.parse_args()


def _cold(bare: float) -> list[Row]:
    """Measure the command from start to end beside *bare*, and the memory of a process after its first answer."""
    command = str(Path(sys.executable).parent / "tutor")
    subprocess.run([command, "ask", _ASKED], check=True, capture_output=True, env=_clean())  # compiled, in the cache
    ask = median(_seconds([command, "ask", _ASKED]) for _ in range(_RUNS))
    told = subprocess.run(
        [sys.executable, "-c", _ALONE, _ASKED], check=True, capture_output=True, text=True, env=_clean()
    )
    return [
        ("tutor ask, cold", f"{ask * 1e3:.0f} ms", f"{ask / bare:.1f} x python -c pass ({bare * 1e3:.0f} ms)"),
        ("memory after the first answer", f"{told.stdout.strip()} MiB", ""),
    ]


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=_clean())
    return time.perf_counter() - start


def _warm(tutor: Tutor, questions: Sequence[str]) -> list[Row]:
    rows = []
    for name, chosen in (("short questions", _short(questions)), ("exam stems", _long(questions))):
        taken = sorted(_each(tutor.respond, chosen))
        p50, p99 = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
        rows.append((f"respond, warm, {len(chosen)} {name}", f"p50 {p50 * 1e3:.2f} ms", f"p99 {p99 * 1e3:.2f} ms"))
    return rows


def _short(questions: Sequence[str]) -> list[str]:
    return [question for question in questions if len(question.split()) <= SHORT]


def _long(questions: Sequence[str]) -> list[str]:
    return [question for question in questions if len(question.split()) >= LONG]


def _each(function: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Return the seconds each question takes, the best of a few rounds."""
    best = [float("inf")] * len(questions)
    for _ in range(_ROUNDS):
        for number, question in enumerate(questions):
            start = time.perf_counter()
            function(question)
            best[number] = min(best[number], time.perf_counter() - start)
    return best


def _batch(tutor: Tutor, questions: Sequence[str]) -> Row:
    return ("answer_batch, short, one core", f"{_rate(tutor, questions):,.0f} a second", "")


def _rate(tutor: Tutor, questions: Sequence[str]) -> float:
    """Return how many questions a second are answered together, in the best of a few rounds, as in `_each`."""
    short, best = _short(questions), float("inf")
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        tutor.answer_batch(short)
        best = min(best, time.perf_counter() - start)
    return len(short) / best


def _encoder(tutor: Tutor, questions: Sequence[str]) -> Row:
    from benchmarks.encoder import Encoder

    encoder, short = Encoder(), _short(questions)
    rate = 1 / median(_each(lambda question: encoder.encode([question]), short))
    return (
        "all-MiniLM-L6-v2, one by one",
        f"{rate:,.0f} a second",
        f"answer_batch x {_rate(tutor, questions) / rate:.0f}",
    )


def _large(tutor: Tutor, questions: Sequence[str], times: int) -> list[Row]:
    """Build and ask a pack *times* as large, in this process: its memory is the greatest so far."""
    with tempfile.TemporaryDirectory() as folder:
        write(bundled(), Path(folder) / "pack", times=times)
        start = time.perf_counter()
        large = Tutor.load(Path(folder) / "pack", cache=Path(folder) / "cache")
        built = time.perf_counter() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    short = _short(questions)
    ours, theirs = (median(_each(one.respond, short)) for one in (tutor, large))
    return [
        (f"{times} x the pack, built", f"{built:.0f} s", f"{most:.1f} GiB"),
        (f"{times} x the pack, warm p50", f"{theirs * 1e3:.2f} ms", f"{theirs / ours:.1f} x the bundled pack"),
    ]


if __name__ == "__main__":
    main()
