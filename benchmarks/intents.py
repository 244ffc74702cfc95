"""The tutor's own training and routing on public sets of intents: `python -m benchmarks.intents --data FOLDER`."""

import argparse
import json
import math
import random
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.tables import table
from tutor.confidence import sureness
from tutor.model import About, Bars, Citation, Entry, Examples, Fact, Floors, Reference
from tutor.router import Router
from tutor.subject import Pack
from tutor.text import clean
from tutor.training import train

OUTSIDE = "oos"  #: the intent of a question without one
_PUBLISHED = "Larson et al. 2019: Dialogflow 91.7/14.0, Rasa 91.5/45.3, MLP on USE 93.5/47.4, BERT 96.9/40.3"
_FEW = 10  #: examples an intent in the small sets

Asked = tuple[str, str]  #: a text and its intent


@dataclass(frozen=True)
class Set:
    """A benchmark: what it teaches, what thresholds may be chosen on, what it is judged on, and its floor."""

    name: str
    taught: Sequence[Asked]
    judged: Sequence[Asked]
    floor: float
    beside: str
    chosen_on: Sequence[Asked] = ()


def main() -> None:
    """Train on each set and print what the router reaches."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.intents", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="with clinc150/ and banking77/")
    parser.add_argument("--only", metavar="NAME", help="the sets whose name begins so")
    asked = parser.parse_args()
    rows = []
    for one in sets(asked.data):
        if one.name.startswith(asked.only or ""):
            rows.append(_row(one))
            print(rows[-1], file=sys.stderr)
    print(table(rows, digits={"accuracy": 1, "recall outside": 1}))


def sets(data: Path) -> Iterable[Set]:
    """Yield the benchmarks in the folder *data*."""

    def rows(name: str) -> list[Asked]:
        lines = (data / f"{name}.jsonl").read_text("utf-8").splitlines()
        return [(row["text"], row["intent"]) for row in map(json.loads, lines)]

    clinc, clinc_test = rows("clinc150/train"), rows("clinc150/test")
    bank = rows("banking77/test")
    yield Set("CLINC150", clinc, clinc_test, 93.0, "TF-IDF + LinearSVC 91.3, MiniLM + LR 93.8")
    yield Set(
        "CLINC150 with outside",
        [*clinc, *rows("clinc150/oos_train")],
        [*clinc_test, *rows("clinc150/oos_test")],
        91.0,
        _PUBLISHED,
        [*rows("clinc150/valid"), *rows("clinc150/oos_valid")],
    )
    yield Set("BANKING77", rows("banking77/train"), bank, 91.5, "TF-IDF + LinearSVC 89.5, MiniLM + LR 92.0")
    yield Set("BANKING77, ten examples", rows("banking77/train_10"), bank, 78.0, "TF-IDF 79.1, MiniLM + LR 85.3")
    yield Set("CLINC150, ten examples", few(clinc, _FEW), clinc_test, 83.0, "TF-IDF 83.3, MiniLM + LR 90.0")


def few(taught: Sequence[Asked], count: int, seed: int = 0) -> list[Asked]:
    """Return *count* examples of each intent, drawn by *seed*."""
    by_intent: dict[str, list[Asked]] = {}
    for text, intent in taught:
        by_intent.setdefault(intent, []).append((text, intent))
    draw = random.Random(seed)
    return [one for intent in sorted(by_intent) for one in draw.sample(by_intent[intent], count)]


def pack_of(taught: Sequence[Asked]) -> Pack:
    """Return a pack whose entries are the intents of *taught*, each with a topic of its own."""
    by_intent: dict[str, list[str]] = {}
    for text, intent in taught:
        by_intent.setdefault(intent, []).append(text)
    outside = tuple(by_intent.pop(OUTSIDE, ()))
    cited = (Citation(source="set", lines=("1",)),)
    page = (Reference(title="set", url="https://example.org"),)
    entries: dict[str, Entry] = {
        name: Fact(
            id=name, title=_words(name), answer=_words(name), why="", citations=cited, references=page, topic=name
        )
        for name in by_intent
    }
    return Pack(
        about=About(name="set", version="1", title="set", about="set", sample="set", bars=Bars(), floors=Floors()),
        sources={},
        topics={name: _words(name) for name in by_intent},
        entries=entries,
        terms=(),
        slots={},
        decisions={},
        talk={},
        examples={name: Examples(short=tuple(texts)) for name, texts in by_intent.items()},
        openings={},
        outside={"far": {"other": outside}} if outside else {},
        digest="",
    )


def _words(intent: str) -> str:
    return intent.replace("_", " ")


def _row(one: Set) -> dict[str, object]:
    start = time.perf_counter()
    router = Router(train(pack_of(one.taught)))
    built = time.perf_counter() - start
    judged = opinions(router, one.judged)
    bar = threshold(opinions(router, one.chosen_on), one.chosen_on, one.floor / 100) if one.chosen_on else -1.0
    accuracy, recall = measured(judged, one.judged, bar)
    return {
        "set": one.name,
        "accuracy": 100 * accuracy,
        "recall outside": None if recall is None else 100 * recall,
        "floor": one.floor,
        "beside": one.beside,
        "built, s": round(built),
    }


def opinions(router: Router, asked: Iterable[Asked]) -> list[tuple[str, float]]:
    """Return the first entry for each text, and how likely the text has an answer at all."""
    found = []
    for text, _ in asked:
        scores = router.scores(clean(text))
        inside, _ranked = sureness(scores, router.weights.calibration)
        found.append((scores.best, inside))
    return found


def measured(found: Sequence[tuple[str, float]], asked: Sequence[Asked], bar: float) -> tuple[float, float | None]:
    """Return the accuracy inside, where what is under *bar* counts as wrong, and the recall of what is outside."""
    pairs = list(zip(found, asked, strict=True))
    right = [best == intent and sure >= bar for (best, sure), (_, intent) in pairs if intent != OUTSIDE]
    refused = [sure < bar for (_, sure), (_, intent) in pairs if intent == OUTSIDE]
    return sum(right) / len(right), sum(refused) / len(refused) if refused else None


def threshold(found: Sequence[tuple[str, float]], asked: Sequence[Asked], accuracy: float) -> float:
    """Return the highest bar under which validation questions keep at least *accuracy*, and one standard error more."""
    inside = sorted(
        (sure, best == intent) for (best, sure), (_, intent) in zip(found, asked, strict=True) if intent != OUTSIDE
    )
    least = accuracy + math.sqrt(accuracy * (1 - accuracy) / len(inside))
    right = sum(hit for _, hit in inside)
    bar = 0.0
    for sure, hit in inside:
        if right / len(inside) < least:
            break
        bar = sure
        right -= hit
    return bar


if __name__ == "__main__":
    main()
