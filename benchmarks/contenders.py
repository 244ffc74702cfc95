"""Tutor and rival at work, each alone in a process of its own, so that its memory can be told."""

import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from math import nan
from pathlib import Path
from statistics import median

OUTSIDE = "outside "
_MOST = 5


@dataclass(frozen=True)
class Opinion:
    """The likeliest entries for a question, best first, and how sure of the first, by each of several measures."""

    entries: Sequence[str]
    confidences: dict[str, float]


@dataclass(frozen=True)
class Performance:
    """An opinion for each question, the median milliseconds for one, seconds to start, and resident megabytes."""

    opinions: Sequence[Opinion]
    milliseconds: float
    start: float
    megabytes: float


def alone(contender: str, source: str | None, questions: Sequence[str]) -> Performance:
    """Return the performance of "tutor" (source: a pack or None) or "rival" (a file of what it learned)."""
    asked = json.dumps([contender, source, list(questions)])
    command = [sys.executable, "-m", "benchmarks.contenders"]
    said = subprocess.run(command, input=asked, stdout=subprocess.PIPE, text=True, check=True).stdout
    told = json.loads(said.splitlines()[-1])
    return Performance(tuple(Opinion(**opinion) for opinion in told.pop("opinions")), **told)


def tutor(pack: str | None, questions: Sequence[str]) -> Performance:
    """Return the performance of the tutor; it is loaded as users load it, and each question gets its whole row."""
    with _timed() as start:
        from tutor.tutor import Tutor

        loaded = Tutor.load(pack)

    def opinion(question: str) -> Opinion:
        candidates = loaded.answer_row(question).candidates
        sure = candidates[0].confidence if candidates else 0.0
        return Opinion(tuple(candidate.entry for candidate in candidates), {"calibrated": sure})

    return _performance(opinion, questions, start[0])


def rival(learned: str, questions: Sequence[str]) -> Performance:
    """Return the performance of what was *learned* and written to that file, with the encoder in front."""
    with _timed() as start:
        from benchmarks.encoder import Encoder, load_learned

        router, encoder = load_learned(Path(learned)), Encoder()
    entries = [index for index, name in enumerate(router.classes) if " " not in name]
    outside = [index for index, name in enumerate(router.classes) if name.startswith(OUTSIDE)]

    def opinion(question: str) -> Opinion:
        import numpy as np

        shares = router.log_shares(encoder.encode([question]))[0]
        order = sorted(entries, key=lambda index: -shares[index])[:_MOST]
        first, out = float(shares[order[0]]), float(np.logaddexp.reduce(shares[outside]))
        confidences = {"entry's probability": first, "margin over outside": first - out}
        return Opinion(tuple(router.classes[index] for index in order), confidences)

    return _performance(opinion, questions, start[0])


def _performance(opinion: Callable[[str], Opinion], questions: Sequence[str], start: float) -> Performance:
    opinion(questions[0])
    taken: list[float] = []
    opinions = []
    for question in questions:
        with _timed() as seconds:
            opinions.append(opinion(question))
        taken += seconds
    return Performance(tuple(opinions), 1000 * median(taken), start, resident())


@contextmanager
def _timed() -> Iterator[list[float]]:
    """Give a list that holds the seconds the block took once it is over."""
    seconds: list[float] = []
    before = time.perf_counter()
    yield seconds
    seconds.append(time.perf_counter() - before)


def resident() -> float:
    """Return the megabytes of memory this process holds; not-a-number where the system does not tell."""
    gc.collect()
    told = Path("/proc/self/statm")
    return int(told.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6 if told.exists() else nan


def _main() -> None:
    contender, source, questions = json.load(sys.stdin)
    print(json.dumps(asdict({"tutor": tutor, "rival": rival}[contender](source, questions))))


if __name__ == "__main__":
    _main()
