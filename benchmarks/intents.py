"""The tutor's training and routing on public intents: `python -m benchmarks.intents --data FOLDER`."""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.floors import beside, floor, kept
from benchmarks.intent_pack import Labelled, entry_of, few, intent_pack, read_labelled
from benchmarks.tables import table
from tutor.measures import auroc
from tutor.router import Router
from tutor.subject import Pack
from tutor.text import clean
from tutor.training import train

_FEW = 10  #: examples an intent where there are few
_SCOPE = "CLINC150 out of scope"


@dataclass(frozen=True)
class Figure:
    """One measure of one task in per cent: *ours* on the test questions, and on those for validation."""

    task: str
    measure: str
    ours: float
    on_valid: float
    floor: float | None
    verdict: str


@dataclass(frozen=True)
class Judged:
    """What the router makes of some texts: how sure it is, by measure, and whether its first entry is right.

    Outside there is no right entry.
    """

    sure: Mapping[str, NDArray[np.float64]]
    right: NDArray[np.bool_]


@dataclass(frozen=True)
class Questions:
    """What is asked inside and outside."""

    inside: Judged
    outside: Judged


@dataclass(frozen=True)
class Bar:
    """From which confidence, and of which measure, a text is taken to be inside."""

    measure: str
    least: float

    def passed(self, judged: Judged) -> NDArray[np.bool_]:
        """Return which texts are taken to be inside."""
        return np.asarray(judged.sure[self.measure] >= self.least)


def main() -> None:
    """Print the tables, or JSON."""
    asked = _arguments()
    figures = [figure for name in asked.only or TASKS for figure in TASKS[name](asked.data, asked.seed)]
    scope = {figure.measure: figure.ours for figure in figures if figure.task == _SCOPE}
    if asked.as_json:
        shown = {"figures": [asdict(figure) for figure in figures], "published": list(beside(scope)) if scope else []}
        print(json.dumps({"seed": asked.seed, **shown}, indent=2))
        return
    print(table([asdict(figure) for figure in figures], digits=dict.fromkeys(("ours", "on_valid", "floor"), 2)))
    if scope:
        print(f"\n{_SCOPE}\n\n{table(list(beside(scope)), digits=dict.fromkeys(('accuracy', 'recall'), 1))}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.intents", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="holds clinc150/ and banking77/")
    parser.add_argument("--only", action="append", choices=TASKS, metavar="NAME", help=f"one of {', '.join(TASKS)}")
    parser.add_argument("--seed", type=int, default=1, help="which ten examples of an intent are drawn")
    parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON")
    return parser.parse_args()


def _whole_clinc(data: Path, _: int) -> Iterator[Figure]:
    """Yield the closed set and what is outside, from one training with all examples and those outside."""
    read = partial(_read, data, "clinc150")
    test, beyond = read("test"), read("oos_test")
    part = len(beyond) / (len(test) + len(beyond))
    router = router_of(intent_pack("clinc150", read("train"), read("oos_train"), share=part))
    seen = Questions(judged(router, read("valid")), judged(router, read("oos_valid")))
    unseen = Questions(judged(router, test), judged(router, beyond))
    yield _accuracy("CLINC150", unseen.inside, seen.inside)
    bar = best_bar(seen, part)
    ours, on_valid = rejecting(unseen, bar), rejecting(seen, bar)
    for measure, value in ours.items():
        yield _figure(_SCOPE, measure, value, on_valid[measure])


def _few_of_clinc(data: Path, seed: int) -> Iterator[Figure]:
    read = partial(_read, data, "clinc150")
    router = router_of(intent_pack("clinc150", few(read("train"), _FEW, seed)))
    yield _accuracy("CLINC150 ten-shot", judged(router, read("test")), judged(router, read("valid")))


def _banking(taught: str, task: str, data: Path, _: int) -> Iterator[Figure]:
    read = partial(_read, data, "banking77")
    router = router_of(intent_pack("banking77", read(taught)))
    yield _accuracy(task, judged(router, read("test")), judged(router, read("valid")))


TASKS: Mapping[str, Callable[[Path, int], Iterator[Figure]]] = {
    "clinc150": _whole_clinc,
    "clinc150-ten": _few_of_clinc,
    "banking77": partial(_banking, "train", "BANKING77"),
    "banking77-ten": partial(_banking, f"train_{_FEW}", "BANKING77 ten-shot"),
}


def _read(data: Path, name: str, part: str) -> list[Labelled]:
    return read_labelled(data / name / f"{part}.jsonl")


def router_of(pack: Pack) -> Router:
    """Return the router that *pack* teaches, as the tutor itself learns and routes."""
    return Router(train(pack))


def judged(router: Router, asked: Sequence[Labelled]) -> Judged:
    """Return what *router* makes of what is *asked*."""
    routes = [router.route(clean(one.text)) for one in asked]
    right = [route.entries[0][0] == entry_of(one.intent) for route, one in zip(routes, asked, strict=True)]
    sure = {
        "answerable": np.array([route.answerable for route in routes]),
        "first entry": np.array([route.entries[0][1] for route in routes]),
    }
    return Judged(sure, np.array(right))


def best_bar(asked: Questions, part: float) -> Bar:
    """Return the bar under which most of what is *asked* is dealt with rightly: answered inside, rejected outside.

    Questions outside count as much as if they were the share *part* of all.
    """
    tried = [Bar(measure, float(least)) for measure, sure in asked.inside.sure.items() for least in np.unique(sure)]
    return max(tried, key=lambda bar: _dealt_with(asked, bar, part))


def _dealt_with(asked: Questions, bar: Bar, part: float) -> float:
    answered = np.mean(bar.passed(asked.inside) & asked.inside.right)
    return float((1 - part) * answered + part * np.mean(~bar.passed(asked.outside)))


def rejecting(asked: Questions, bar: Bar) -> dict[str, float]:
    """Return in per cent what comes of rejecting below *bar*.

    accuracy: inside, passed and right. recall: outside, rejected. AUROC: the same of the bar's measure at any bar.
    """
    sure = bar.measure
    return {
        "accuracy": 100 * float(np.mean(bar.passed(asked.inside) & asked.inside.right)),
        "recall": 100 * float(np.mean(~bar.passed(asked.outside))),
        "AUROC": 100 * auroc(asked.inside.sure[sure].tolist(), asked.outside.sure[sure].tolist()),
    }


def _accuracy(task: str, on_test: Judged, on_valid: Judged) -> Figure:
    return _figure(task, "accuracy", 100 * float(on_test.right.mean()), 100 * float(on_valid.right.mean()))


def _figure(task: str, measure: str, ours: float, on_valid: float) -> Figure:
    least = floor(task, measure)
    return Figure(task, measure, round(ours, 2), round(on_valid, 2), least, kept(task, measure, ours))


if __name__ == "__main__":
    main()
