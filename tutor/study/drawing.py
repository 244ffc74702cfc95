"""Drawing: some exercises out of many, spread over topics, kinds and entries, by a seed."""

from collections import Counter
from collections.abc import Collection, Iterable

from tutor.study.exercise import Exercise, drawn


def draw(
    exercises: Iterable[Exercise],
    count: int,
    seed: int,
    topics: Collection[str] | None = None,
    entries: Collection[str] | None = None,
) -> tuple[Exercise, ...]:
    """Return up to *count* of the *exercises* about these *topics* and *entries*, their choices shuffled by *seed*.

    No entry comes twice before each had its turn; topics and kinds take turns, too.
    """
    fitting = [one for one in exercises if _fits(one, topics, entries)]
    left = sorted(fitting, key=lambda one: drawn(str(seed), one.id))
    taken: list[Exercise] = []
    entry, topic, kind = Counter[str](), Counter[str](), Counter[str]()
    while left and len(taken) < count:
        best = min(left, key=lambda one: (entry[one.entry], topic[one.topic], kind[one.kind]))
        left.remove(best)
        taken.append(best.shuffled(seed))
        entry[best.entry] += 1
        topic[best.topic] += 1
        kind[best.kind] += 1
    return tuple(taken)


def _fits(one: Exercise, topics: Collection[str] | None, entries: Collection[str] | None) -> bool:
    return (topics is None or one.topic in topics) and (entries is None or one.entry in entries)
