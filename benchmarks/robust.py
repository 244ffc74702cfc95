"""What typos, old names, other numbers and padding cost the tutor: `python -m benchmarks.robust FILE…`."""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.perturb import Change, changes
from benchmarks.questions import read_golds, share
from benchmarks.tables import number, table
from tutor.evaluation import Gold
from tutor.row import Row
from tutor.slots import read_slots
from tutor.tutor import Tutor


@dataclass(frozen=True)
class Heard:
    """What the tutor makes of one wording of a question: its row, and the slots that the words settle."""

    row: Row
    slots: dict[str, str]


@dataclass(frozen=True)
class Shift:
    """One question that a change touched, and what the tutor made of it before and after."""

    gold: Gold
    before: Heard
    after: Heard


def main() -> None:
    """Print the table, or JSON."""
    asked = _arguments()
    golds = [gold for path in asked.files for gold in read_golds(path)]
    tutor = Tutor.load(asked.pack)
    before = [hear(tutor, gold.question) for gold in golds]
    rows = [
        summary(kind, list(shifts(tutor, golds, before, kind, change, asked.seed)))
        for kind, change in changes(tutor.pack.terms).items()
    ]
    print(json.dumps({"seed": asked.seed, "rows": rows}, indent=2) if asked.as_json else table(rows))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.robust", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a .jsonl of questions with gold")
    parser.add_argument("--pack", type=Path, metavar="FOLDER", help="another pack than the bundled one")
    parser.add_argument("--seed", type=int, default=1, help="which slips and sentences are drawn")
    parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON")
    return parser.parse_args()


def hear(tutor: Tutor, question: str) -> Heard:
    """Return what *tutor* makes of *question*."""
    return Heard(tutor.answer_row(question), dict(read_slots(question, tutor.pack.slots)))


def shifts(
    tutor: Tutor, golds: Sequence[Gold], before: Sequence[Heard], kind: str, change: Change, seed: int
) -> Iterator[Shift]:
    """Yield every question that *change* touches; what is drawn hangs on seed, kind and id only."""
    for gold, heard in zip(golds, before, strict=True):
        changed = change(gold.question, Random(f"{seed} {kind} {gold.id}"))
        if changed != gold.question:
            yield Shift(gold, heard, hear(tutor, changed))


def summary(kind: str, touched: Sequence[Shift]) -> dict[str, Any]:
    """Return the row of one kind of change, counted over the questions it touched.

    loss: entry@1 before less after. declined: share of the questions outside that are declined. answer and slots: how
    many questions get another answer or settle other slots; stated: how many settle a slot before or after.
    """
    inside = [shift for shift in touched if shift.gold.scope == "in"]
    outside = [shift for shift in touched if shift.gold.scope == "out"]
    before, after = (share(_hit(shift.gold, heard) for shift, heard in pairs) for pairs in _both(inside))
    was, now = (share(heard.row.status == "declined" for _, heard in pairs) for pairs in _both(outside))
    return {
        "change": kind,
        "in": len(inside),
        "entry@1 before": number(before),
        "after": number(after),
        "loss": number(before - after),
        "out": len(outside),
        "declined before": number(was),
        "declined after": number(now),
        "answer": sum(_said(shift.before) != _said(shift.after) for shift in touched),
        "slots": sum(shift.before.slots != shift.after.slots for shift in touched),
        "either": sum(_differs(shift) for shift in touched),
        "stated": sum(bool(shift.before.slots or shift.after.slots) for shift in touched),
    }


def _both(touched: Sequence[Shift]) -> tuple[list[tuple[Shift, Heard]], list[tuple[Shift, Heard]]]:
    return [(shift, shift.before) for shift in touched], [(shift, shift.after) for shift in touched]


def _hit(gold: Gold, heard: Heard) -> bool:
    return bool(heard.row.candidates) and heard.row.candidates[0].entry in gold.entries


def _said(heard: Heard) -> tuple[object, ...]:
    return heard.row.status, heard.row.entry, heard.row.needs


def _differs(shift: Shift) -> bool:
    return _said(shift.before) != _said(shift.after) or shift.before.slots != shift.after.slots


if __name__ == "__main__":
    main()
