"""Progress: how well a learner masters each topic, what will be due, and on how many days in a row one has studied."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from tutor.study.certainty import CERTAINTIES, Certainty
from tutor.study.memory import Item, Memory
from tutor.subject import Pack

DAYS = 14  #: of the forecast

#: what mastery is, in the words of whoever reads the figure
MASTERY = (
    "Mastery: the mean chance that you know an entry now; it counts 0 until you answer it, and after a wrong answer or "
    "a guess."
)


@dataclass(frozen=True, slots=True)
class Mastery:
    """How well one *topic* is mastered, from 0 to 1: how many *entries* it has, how many were *seen* and are *due*."""

    topic: str
    title: str
    entries: int
    seen: int
    due: int
    mastery: float


@dataclass(frozen=True, slots=True)
class Confusion:
    """Two entries that were confused: how often the two stood side by side in an answer, and how often it was wrong."""

    entries: tuple[str, str]
    answers: int
    wrong: int
    recall: float


@dataclass(frozen=True, slots=True)
class Progress:
    """What `progress` found out on the *day* of the learner.

    *mastery* is over all entries. *due* counts entries and pairs, *forecast* how many of them fall due on each of the
    next days, today with all that is overdue first. *streak* counts days in a row with an answer, up to today or
    yesterday. *certain* says for each certainty how many answers were given and how many were right.
    """

    day: date
    mastery: float
    topics: tuple[Mastery, ...]
    answers: int
    today: int
    due: int
    forecast: tuple[int, ...]
    streak: int
    certain: Mapping[Certainty, tuple[int, int]]
    confused: tuple[Confusion, ...]
    gone: tuple[str, ...]
    renewed: tuple[str, ...]


def progress(pack: Pack, asked: Collection[str], memory: Memory, zone: tzinfo) -> Progress:
    """Return how far the learner has come; *asked* are the entries that there are exercises of."""
    days = Counter(answered.at.astimezone(zone).date() for answered in memory.answers)
    today = memory.at.astimezone(zone).date()
    due = memory.due(zone)
    return Progress(
        day=today,
        mastery=_mean(memory, asked),
        topics=_topics(pack, asked, memory, due),
        answers=len(memory.answers),
        today=days[today],
        due=len(due),
        forecast=_forecast(memory, today, zone),
        streak=_streak(days, today),
        certain=_certain(memory),
        confused=tuple(_confusion(item, memory) for item in memory.confused()),
        gone=memory.gone,
        renewed=memory.renewed,
    )


def _mean(memory: Memory, entries: Collection[str]) -> float:
    items = (memory.items.get((entry,)) for entry in sorted(entries))
    return sum(item.recall(memory.at) for item in items if item and item.known) / len(entries) if entries else 0.0


def _topics(pack: Pack, asked: Collection[str], memory: Memory, due: Collection[Item]) -> tuple[Mastery, ...]:
    """Return every topic that is asked about, in the order of the pack."""
    waits = {item.entries for item in due}
    found = []
    for topic, title in pack.topics.items():
        entries = [entry for entry in pack.entries if entry in asked and pack.entries[entry].topic == topic]
        seen = sum((entry,) in memory.items for entry in entries)
        waiting = sum((entry,) in waits for entry in entries)
        if entries:
            found.append(Mastery(topic, title, len(entries), seen, waiting, _mean(memory, entries)))
    return tuple(found)


def _forecast(memory: Memory, today: date, zone: tzinfo) -> tuple[int, ...]:
    ahead = Counter(max(0, (item.due.astimezone(zone).date() - today).days) for item in memory.items.values())
    return tuple(ahead[day] for day in range(DAYS))


def _streak(days: Collection[date], today: date) -> int:
    """Return how many days in a row are among *days*, back from today, or from yesterday while today is young."""
    day, length = today, 0
    if day not in days:
        day -= timedelta(days=1)
    while day in days:
        day, length = day - timedelta(days=1), length + 1
    return length


def _certain(memory: Memory) -> dict[Certainty, tuple[int, int]]:
    given = Counter((answered.certainty, answered.right) for answered in memory.answers if answered.chosen is not None)
    return {name: (given[name, True] + given[name, False], given[name, True]) for name in CERTAINTIES}


def _confusion(item: Item, memory: Memory) -> Confusion:
    one, other = item.entries
    return Confusion((one, other), item.answers, item.wrong, item.recall(memory.at))
