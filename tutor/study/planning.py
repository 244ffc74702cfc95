"""Planning: which exercises come next, by what a learner remembers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from tutor.study.exercise import Exercise, drawn
from tutor.study.memory import Key, Memory, pair_of

if TYPE_CHECKING:
    from tutor.study.wanted import Aim

_Shelf = Mapping[Key, Sequence[Exercise]]  #: the exercises about each entry and pair, what is best to ask first


def plan(
    exercises: Sequence[Exercise], memory: Memory, count: int, seed: int, zone: tzinfo, aim: "Aim | None" = None
) -> tuple[Exercise, ...]:
    """Return at most *count* of the *exercises*, each once, in the order in which they do most good.

    What is due comes first, the longest at its head, and after every second of it an entry that was never asked, so
    that all comes up however much is due; then the rest. With an *aim* it is only what is weak, what was confused, or
    the exercises that were wrong last. One exercise serves its entry and every pair that it tells apart, and nothing
    comes again before all had their turn. Of the exercises about something comes first what serves most, then what was
    never answered or is longest ago; *seed* decides between equals and shuffles the choices.
    """
    in_order = _in_order(exercises, memory, seed)
    if aim == "wrong":
        found: Iterable[Exercise] = _wrong(in_order, memory)
    else:
        shelf, first = _shelf(in_order), _first(memory, zone, aim)
        keys = first if aim else [*_mixed(first, _unseen(shelf, memory, seed)), *_seen(memory, first)]
        found = _rounds(shelf, keys, set(first))
    return tuple(exercise.shuffled(seed) for exercise in islice(found, count))


def _in_order(exercises: Iterable[Exercise], memory: Memory, seed: int) -> list[Exercise]:
    """Return *exercises*, first what was never answered, then by how long ago it was."""

    def age(exercise: Exercise) -> tuple[float, str]:
        name = exercise.name
        latest = memory.latest.get(name)
        return latest.at.timestamp() if latest else float("-inf"), drawn(str(seed), name)

    return sorted(exercises, key=age)


def _shelf(exercises: Iterable[Exercise]) -> _Shelf:
    shelf: defaultdict[Key, list[Exercise]] = defaultdict(list)
    for exercise in exercises:
        for key in _served(exercise):
            shelf[key].append(exercise)
    return dict(shelf)


def _served(exercise: Exercise) -> list[Key]:
    """Return what *exercise* is about: its entry, and each pair of it with another that a wrong choice speaks for."""
    others = {choice.entry for choice in exercise.choices} - {exercise.entry}
    return [(exercise.entry,), *(pair_of(exercise.entry, other) for other in sorted(others))]


def _first(memory: Memory, zone: tzinfo, aim: "Aim | None") -> list[Key]:
    """Return what is to be asked about before anything else, what is most urgent at the head."""
    found = {"weak": memory.weak, "confused": memory.confused}.get(aim or "", lambda: memory.due(zone))
    return [item.entries for item in found()]


def _unseen(shelf: _Shelf, memory: Memory, seed: int) -> list[Key]:
    """Return the entries that were never asked about."""
    unseen = [key for key in shelf if len(key) == 1 and key not in memory.items]
    return sorted(unseen, key=lambda key: drawn(str(seed), *key))


def _seen(memory: Memory, first: Collection[Key]) -> list[Key]:
    """Return all else that was asked about, what is least remembered at the head."""
    return [item.entries for item in memory.by_recall(memory.items.values()) if item.entries not in first]


def _mixed(due: Sequence[Key], unseen: Sequence[Key]) -> list[Key]:
    """Return *due* with one of *unseen* after every second, and what is left of either.

    >>> _mixed([("a",), ("b",), ("c",)], [("x",), ("y",), ("z",)])
    [('a',), ('b',), ('x',), ('c',), ('y',), ('z',)]
    """
    mixed, rest = list[Key](), iter(unseen)
    for number, key in enumerate(due, 1):
        mixed += [key, *(islice(rest, 1) if number % 2 == 0 else ())]
    return [*mixed, *rest]


def _rounds(shelf: _Shelf, keys: Sequence[Key], urgent: Collection[Key]) -> Iterator[Exercise]:
    """Yield an exercise for each of *keys* that no other serves, again and again until all are used up."""
    given = set[str]()
    while keys:
        served, left = set[Key](), []
        for key in keys:
            new = [exercise for exercise in _stock(shelf, key) if exercise.name not in given]
            if not new:
                continue
            left.append(key)
            if key not in served:
                exercise = min(new, key=partial(_waste, urgent=urgent, served=served))
                given.add(exercise.name)
                served.update(_served(exercise))
                yield exercise
        keys = left


def _waste(exercise: Exercise, urgent: Collection[Key], served: Collection[Key]) -> tuple[bool, int]:
    """Say how badly *exercise* fits: whether its entry had its turn, and less what it serves that is urgent."""
    return (exercise.entry,) in served, -sum(key in urgent and key not in served for key in _served(exercise))


def _stock(shelf: _Shelf, key: Key) -> Sequence[Exercise]:
    """Return the exercises about *key*; of both its entries where none tells the two apart."""
    return shelf.get(key) or [exercise for entry in key for exercise in shelf.get((entry,), ())]


def _wrong(exercises: Iterable[Exercise], memory: Memory) -> list[Exercise]:
    """Return the exercises whose latest answer was wrong, the latest first."""
    latest = memory.latest
    found = [exercise for exercise in exercises if exercise.name in latest and not latest[exercise.name].right]
    return sorted(found, key=lambda exercise: latest[exercise.name].at, reverse=True)
