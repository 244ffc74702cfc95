"""Soundness: what is wrong with exercises, and which signs of a pack make them so."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tutor.errors import Fault
from tutor.model import Pair
from tutor.places import Places
from tutor.study.exercise import Exercise
from tutor.subject import Pack
from tutor.text import fold

_MANY = 200  #: exercises from which it is told whether the longest choice wins too often
TOLERATED = 0.05  #: how much more often than by chance the longest choice may be right


def unsound(pack: Pack, places: Places, exercises: Sequence[Exercise]) -> Iterator[Fault]:
    """Yield a fault for each thing in *pack* that spoils its *exercises*."""
    for entry in pack.entries.values():
        if isinstance(entry, Pair):
            yield from _signs(places, entry)
    for exercise in exercises:
        for problem in problems(exercise):
            shown = f"an exercise made of it {problem}: {exercise.key}"
            yield places.fault(f"entry {exercise.entry}", "unsound-exercise", shown, "give it another wording")
    wins, chance = longest_wins(exercises)
    if len(exercises) >= _MANY and wins > chance + TOLERATED:
        told = f"the longest choice is right in {wins:.0%} of the exercises, by chance it would be in {chance:.0%}"
        first = next(iter(pack.entries))
        yield places.fault(f"entry {first}", "unsound-exercise", told, "shorten answers or lengthen what tempts")


def problems(exercise: Exercise) -> Iterator[str]:
    """Yield what is wrong with *exercise*, as the end of a sentence."""
    said = [fold(choice.text) for choice in exercise.choices]
    if len(said) < 2:
        yield "has no choice"
    if sum(choice.right for choice in exercise.choices) != 1:
        yield "has not exactly one right choice"
    if not all(said) or not exercise.stem.strip():
        yield "has an empty text"
    if len(set(said)) < len(said):
        yield "has a choice twice"
    if not exercise.decides.strip() or not all(choice.why.strip() for choice in exercise.choices):
        yield "does not say why"
    if not exercise.sources:
        yield "cites nothing"


def longest_wins(exercises: Sequence[Exercise]) -> tuple[float, float]:
    """Return how often who picks the longest choice is right, and how often who picks blindly; both from 0 to 1."""
    if not exercises:
        return 0.0, 0.0
    won = chance = 0.0
    for exercise in exercises:
        most = max(len(choice.text) for choice in exercise.choices)
        longest = [choice.right for choice in exercise.choices if len(choice.text) == most]
        won += sum(longest) / len(longest)
        chance += 1 / len(exercise.choices)
    return won / len(exercises), chance / len(exercises)


def _signs(places: Places, pair: Pair) -> Iterator[Fault]:
    """Yield a fault for each sign that names a side, and for each that stands with two."""
    seen: defaultdict[str, str] = defaultdict(str)
    for side, signs in pair.signs.items():
        for index, sign in enumerate(signs):
            spot, place = places.spot(f"entry {pair.id}", "signs", side, index), f"{pair.id} signs"
            if named := next((one for one in pair.sides if fold(one) in fold(sign)), None):
                yield spot.fault("weak-sign", f"“{sign}” names {named}", "say it without the name", place=place)
            if first := seen.get(fold(sign)):
                problem = f"“{sign}” stands with {first}, too"
                yield spot.fault("weak-sign", problem, "keep what tells the sides apart", place=place)
            seen.setdefault(fold(sign), side)
    for side in pair.sides:
        if pair.signs and side not in pair.signs:
            spot = places.spot(f"entry {pair.id}", "signs", key=True)
            yield spot.fault("weak-sign", f"{side} has no sign", "write one for every side", place=f"{pair.id} signs")
