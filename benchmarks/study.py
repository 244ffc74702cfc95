"""Does the order of the quiz help? Simulated learners study by it, at random, and in turn, as many questions a day.

python -m benchmarks.study --learners 20 --days 30 --questions 20
"""

import argparse
import json
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import fmean, stdev

from benchmarks.forgetful import FIRST, Learner, learner, pairs_of
from benchmarks.tables import number, table
from tutor.folder import bundled
from tutor.pack import load_pack
from tutor.study.answered import answered
from tutor.study.exercise import Exercise
from tutor.study.making import exercises as exercises_of
from tutor.study.memory import remember
from tutor.study.planning import plan
from tutor.study.review import Review, reviewed
from tutor.subject import Pack

_START = datetime(2026, 11, 1, 18, tzinfo=UTC)
_SHOWN = 10  #: days between two lines of the table

#: which exercises are asked on a day, of all, after what was answered
Order = Callable[[Sequence[Exercise], Sequence[Review], float, int, int], Sequence[Exercise]]
Measures = Mapping[str, float]


def by_memory(
    pack: Pack, exercises: Sequence[Exercise], log: Sequence[Review], day: float, count: int, seed: int
) -> Sequence[Exercise]:
    """Return what `tutor quiz` asks."""
    memory = remember(pack, log, _when(day))
    return plan(exercises, memory, count, seed + int(day), UTC)


def at_random(
    exercises: Sequence[Exercise], log: Sequence[Review], day: float, count: int, seed: int
) -> Sequence[Exercise]:
    """Return exercises of entries that chance picks, no entry twice a day."""
    draw = random.Random(f"{seed} {day} {len(log)}")
    entries = sorted({exercise.entry for exercise in exercises})
    return [_any(exercises, entry, draw) for entry in draw.sample(entries, min(count, len(entries)))]


def in_turn(
    exercises: Sequence[Exercise], log: Sequence[Review], day: float, count: int, seed: int
) -> Sequence[Exercise]:
    """Return exercises of the entries that were never asked, or longest ago."""
    draw = random.Random(f"{seed} {day}")
    last = {review.answered.entry: number for number, review in enumerate(log)}
    entries = sorted({exercise.entry for exercise in exercises}, key=lambda entry: (last.get(entry, -1), entry))
    return [_any(exercises, entry, draw) for entry in entries[:count]]


def _any(exercises: Sequence[Exercise], entry: str, draw: random.Random) -> Exercise:
    return draw.choice([exercise for exercise in exercises if exercise.entry == entry])


def studied(
    pack: Pack, exercises: Sequence[Exercise], order: Order, seed: int, days: int, count: int, first: float
) -> list[Measures]:
    """Let the learner number *seed* study; return how well everything is known on each day before it is studied."""
    who, log, found = learner(exercises, seed, first), list[Review](), []
    for day in range(days):
        found.append(measured(who, exercises, day))
        for exercise in order(exercises, log, day, count, seed):
            place, certainty = who.answer(exercise, day)
            log.append(reviewed(pack, answered(exercise, place, certainty, 0, _when(day))))
    return [*found, measured(who, exercises, days)]


def measured(who: Learner, exercises: Sequence[Exercise], day: float) -> Measures:
    """Return the mean chance that an entry is recalled, that a mixed-up pair is told apart, of a right answer."""
    entries = {exercise.entry for exercise in exercises}
    pairs = {pair for exercise in exercises for pair in pairs_of(exercise)} & who.mixed_up
    return {
        "recall": fmean(who.recall(entry, day) for entry in sorted(entries)),
        "pairs told apart": fmean(who.tells_apart(pair, day) for pair in pairs) if pairs else 1.0,
        "right answers": fmean(who.score(exercise, day) for exercise in exercises),
    }


def compared(
    pack: Pack, seeds: Sequence[int], days: int, count: int, first: float = FIRST
) -> dict[str, list[list[Measures]]]:
    """Return for each order what every learner came to, day by day."""
    exercises = exercises_of(pack)
    orders: dict[str, Order] = {"memory": partial(by_memory, pack), "random": at_random, "in turn": in_turn}
    return {
        name: [studied(pack, exercises, order, seed, days, count, first) for seed in seeds]
        for name, order in orders.items()
    }


def rows(found: Mapping[str, Sequence[Sequence[Measures]]]) -> list[dict[str, str]]:
    """Return a line for each order and every tenth day: mean over learners and standard deviation."""
    days = len(next(iter(found.values()))[0])
    return [
        {"order": order, "day": str(day)} | {name: _spread([run[day][name] for run in runs]) for name in runs[0][day]}
        for order, runs in found.items()
        for day in range(0, days, _SHOWN)
    ]


def gains(found: Mapping[str, Sequence[Sequence[Measures]]]) -> list[dict[str, str]]:
    """Return by how much memory is ahead of each other order on the last day, learner by learner."""
    ahead = []
    for other in [name for name in found if name != "memory"]:
        for name in found[other][0][-1]:
            apart = [
                mine[-1][name] - theirs[-1][name] for mine, theirs in zip(found["memory"], found[other], strict=True)
            ]
            won = f"{sum(gain > 0 for gain in apart)} of {len(apart)}"
            ahead.append({"measure": name, "against": other, "gain": _spread(apart), "learners better off": won})
    return ahead


def _spread(values: Sequence[float]) -> str:
    return f"{fmean(values):.3f} ± {stdev(values) if len(values) > 1 else 0:.3f}"


def _when(day: float) -> datetime:
    return _START + timedelta(days=day)


def main() -> None:
    """Print how well learners know the pack by day and order, and the gain of the quiz's own order."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--learners", type=int, default=20, help="how many, each with a seed of its own")
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--questions", type=int, default=20, help="how many a day")
    parser.add_argument("--strength", type=float, default=FIRST, help="days until what was just met is down to 37 %%")
    parser.add_argument("--seed", type=int, default=0, help="of the first learner")
    parser.add_argument("--pack", type=Path, default=bundled(), help="another pack than the bundled one")
    parser.add_argument("--json", action="store_true", help="print every figure of the last day as JSON")
    arguments = parser.parse_args()
    pack, seeds = load_pack(arguments.pack), range(arguments.seed, arguments.seed + arguments.learners)
    found = compared(pack, seeds, arguments.days, arguments.questions, arguments.strength)
    if arguments.json:
        last = {
            order: {name: [number(run[-1][name]) for run in runs] for name in runs[0][-1]}
            for order, runs in found.items()
        }
        print(json.dumps(last, indent=2))
        return
    print(f"{table(rows(found))}\n\n{table(gains(found))}")


if __name__ == "__main__":
    main()
