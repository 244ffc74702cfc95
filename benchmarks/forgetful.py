"""A simulated learner, who knows some topics, mixes up some pairs and forgets, by a model that is not the scheduler's.

Forgetting is exponential: after t days an entry is recalled with the chance exp(-t / s). The strength s, in days, is
small for what was just met; each recall makes it grow, the more the nearer it was to being forgotten (the spacing
effect), by a pace that every entry has for itself; what was forgotten keeps half of its strength, and no less than when
it was first met. Feedback is read after every answer, so that something is known again at once. That two entries are
not the same is remembered in the same way, with a strength of its own. FSRS, in contrast, has a power law and a
difficulty that changes.
"""

import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from tutor.study.certainty import Certainty
from tutor.study.exercise import Exercise

FIRST = 1.5  #: days: the median strength of what was just met
_KNOWN = 60.0  #: days: the strength of what was known before
_KNOWN_TOPICS = 0.3
_MIXED_UP = 0.3  #: of all pairs that stand side by side in an exercise
_SPREAD = 0.5  #: of the logarithms of strengths and paces
_PACE = 2.0  #: the median of by how much strength grows with a recall at the brink of being forgotten
_KEPT = 0.5  #: of the strength of what was forgotten

_K = TypeVar("_K")
Pair = frozenset[str]


@dataclass
class Trace:
    """What is left of one thing: its *strength* in days, since which *day*, the *pace* at which it grows.

    *least* is the strength that it has when it is first met.
    """

    strength: float
    day: float
    pace: float
    least: float

    def chance(self, day: float) -> float:
        """Return the chance that it is recalled on *day*."""
        return math.exp(-(day - self.day) / self.strength)

    def met(self, day: float, *, recalled: bool) -> None:
        """Let it be recalled on *day*, or read after it was not."""
        grown = 1 + self.pace * (1 - self.chance(day))
        self.strength = self.strength * grown if recalled else max(self.strength * _KEPT, self.least)
        self.day = day


@dataclass
class Learner:
    """Somebody to be asked; made from a *seed*, and then as chance has it."""

    draw: random.Random
    mixed_up: frozenset[Pair]
    first: float = FIRST
    traces: dict[str, Trace] = field(default_factory=dict)
    told_apart: dict[Pair, Trace] = field(default_factory=dict)

    def recall(self, entry: str, day: float) -> float:
        """Return the chance that *entry* is recalled on *day*."""
        return self.traces[entry].chance(day) if entry in self.traces else 0.0

    def tells_apart(self, pair: Pair, day: float) -> float:
        """Return the chance that the two of *pair* are not mixed up on *day*."""
        if pair not in self.mixed_up:
            return 1.0
        return self.told_apart[pair].chance(day) if pair in self.told_apart else 0.0

    def score(self, exercise: Exercise, day: float) -> float:
        """Return the chance of a right answer to *exercise* on *day*, guesses included."""
        clear = math.prod(self.tells_apart(pair, day) for pair in pairs_of(exercise))
        recall = self.recall(exercise.entry, day)
        return recall * clear + (1 - recall) / len(exercise.choices)

    def answer(self, exercise: Exercise, day: float) -> tuple[int, Certainty]:
        """Choose an answer to *exercise* on *day*, read the feedback, and remember."""
        recalled = self.draw.random() < self.recall(exercise.entry, day)
        mixed = [pair for pair in pairs_of(exercise) if self.draw.random() >= self.tells_apart(pair, day)]
        place, certainty = self._choice(exercise, mixed[0] if mixed else None, recalled=recalled)
        self._learn(self.traces, exercise.entry, day, recalled=recalled)
        for pair in pairs_of(exercise):
            if pair in self.mixed_up:
                self._learn(self.told_apart, pair, day, recalled=pair not in mixed)
        return place, certainty

    def _choice(self, exercise: Exercise, mixed: Pair | None, *, recalled: bool) -> tuple[int, Certainty]:
        if not recalled:
            return self.draw.randrange(len(exercise.choices)), self._sure(0.1, 0.2)
        if mixed is None:
            return exercise.right, self._sure(0.8, 0.15)
        (other,) = mixed - {exercise.entry}
        wrong = [at for at, choice in enumerate(exercise.choices) if not choice.right and choice.entry == other]
        return self.draw.choice(wrong), self._sure(0.6, 0.3)

    def _sure(self, sure: float, unsure: float) -> Certainty:
        (said,) = self.draw.choices(("sure", "unsure", "guess"), (sure, unsure, 1 - sure - unsure))
        return said  # type: ignore[return-value]  # choices widens to str

    def _learn(self, traces: dict[_K, Trace], what: _K, day: float, *, recalled: bool) -> None:
        if what in traces:
            traces[what].met(day, recalled=recalled)
        else:
            traces[what] = _new(self.draw, self.first, day)


def learner(exercises: Sequence[Exercise], seed: int, first: float = FIRST) -> Learner:
    """Return the learner number *seed* as of day 0, to whom what was just met has the strength *first*, in days."""
    draw = random.Random(seed)
    pairs = sorted({pair for exercise in exercises for pair in pairs_of(exercise)}, key=sorted)
    made = Learner(draw, frozenset(pair for pair in pairs if draw.random() < _MIXED_UP), first)
    topics = {exercise.entry: exercise.topic for exercise in exercises}
    known = {topic for topic in sorted(set(topics.values())) if draw.random() < _KNOWN_TOPICS}
    made.traces |= {entry: _new(draw, first, 0, _KNOWN) for entry in sorted(topics) if topics[entry] in known}
    return made


def pairs_of(exercise: Exercise) -> list[Pair]:
    """Return the entry of *exercise* with each other that its wrong choices speak for."""
    others: Iterable[str] = sorted({choice.entry for choice in exercise.choices} - {exercise.entry})
    return [frozenset((exercise.entry, other)) for other in others]


def _new(draw: random.Random, first: float, day: float, known: float = 0.0) -> Trace:
    """Return the trace of what is met on *day*, or was known well before."""
    least, pace = (draw.lognormvariate(math.log(median), _SPREAD) for median in (first, _PACE))
    return Trace(max(least, known), day, pace, least)
