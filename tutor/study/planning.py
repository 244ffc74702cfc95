"""Planning: which exercises come next, by what a learner remembers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from itertools import chain, islice
from typing import TYPE_CHECKING

from tutor.study.exercise import Exercise, drawn
from tutor.study.memory import Item, Key, Memory

if TYPE_CHECKING:
    from tutor.study.wanted import Aim

_Shelf = Mapping[Key, Sequence[Exercise]]  #: the exercises about each entry and pair, what is best to ask first


def plan(
    exercises: Sequence[Exercise], memory: Memory, count: int, seed: int, zone: tzinfo, aim: "Aim | None" = None
) -> tuple[Exercise, ...]:
    """Return at most *count* of the *exercises*, each once, in the order in which they do most good.

    What is due comes first, the least remembered at its head, then entries that were never asked, then the rest; with
    an *aim* only what is weak, what was confused, or the exercises that were wrong last. An entry or pair comes again
    when each had its turn. Of its exercises the first is one that was never answered, or whose answer is longest ago;
    *seed* decides between equals and shuffles the choices.
    """
    in_order = _in_order(exercises, memory, seed)
    if aim == "wrong":
        found: Iterable[Exercise] = _wrong(in_order, memory)
    else:
        shelf = _shelf(in_order)
        found = _rounds(_stock(shelf, key) for key in dict.fromkeys(_wanted(shelf, memory, seed, zone, aim)))
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
        others = {choice.entry for choice in exercise.choices} - {exercise.entry}
        for key in ((exercise.entry,), *(tuple(sorted((exercise.entry, other))) for other in others)):
            shelf[key].append(exercise)
    return dict(shelf)


def _wanted(shelf: _Shelf, memory: Memory, seed: int, zone: tzinfo, aim: "Aim | None") -> Iterator[Key]:
    """Yield what is to be asked about, what is most urgent first; something may come twice."""
    match aim:
        case "weak":
            yield from _keys(memory.weak())
        case "confused":
            yield from _keys(memory.confused())
        case _:
            yield from _keys(memory.due(zone))
            unseen = [key for key in shelf if len(key) == 1 and key not in memory.items]
            yield from sorted(unseen, key=lambda key: drawn(str(seed), *key))
            yield from _keys(memory.by_recall(memory.items.values()))


def _keys(items: Iterable[Item]) -> Iterator[Key]:
    return (item.entries for item in items)


def _stock(shelf: _Shelf, key: Key) -> Iterator[Exercise]:
    """Return the exercises about *key*; of both its entries where none tells the two apart."""
    return iter(shelf.get(key) or list(chain.from_iterable(shelf.get((entry,), ()) for entry in key)))


def _rounds(stocks: Iterable[Iterator[Exercise]]) -> Iterator[Exercise]:
    """Yield the next exercise of each of *stocks* in turn, until all are used up; each exercise once."""
    left, given = list(stocks), set[str]()
    while left:
        still = []
        for stock in left:
            if (exercise := next((new for new in stock if new.name not in given), None)) is not None:
                given.add(exercise.name)
                still.append(stock)
                yield exercise
        left = still


def _wrong(exercises: Iterable[Exercise], memory: Memory) -> list[Exercise]:
    """Return the exercises whose latest answer was wrong, the latest first."""
    latest = memory.latest
    found = [exercise for exercise in exercises if exercise.name in latest and not latest[exercise.name].right]
    return sorted(found, key=lambda exercise: latest[exercise.name].at, reverse=True)
