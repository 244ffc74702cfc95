"""What a learner remembers, as text with bars and as data: what is due, and how far one has come."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta, tzinfo
from typing import Any

from tutor.render.plain import table, wrapped
from tutor.study.memory import Item, Memory
from tutor.study.progress import MASTERY, Confusion, Progress
from tutor.subject import Pack

_BAR, _SHORT = 20, 10  #: characters of a full bar, and of one in a table
_SHOWN = 10  #: pairs that were confused, in the list


def due_text(pack: Pack, memory: Memory, zone: tzinfo, width: int | None) -> str:
    """Return what is due today in the learner's *zone*, or when something will be."""
    parts = [wrapped(_due_head(memory, zone), width)]
    if due := memory.due(zone):
        lines = [_due_line(pack, item, memory, zone, width) for item in due]
        parts.append("\n".join(["recall due        what", *lines]))
    return "\n\n".join([*parts, *_lost(memory.gone, memory.renewed, width)])


def due_rows(pack: Pack, memory: Memory, zone: tzinfo) -> dict[str, Any]:
    """Return the same as JSON can hold it."""
    return {
        "day": memory.at.astimezone(zone).date().isoformat(),
        "due": [_item_row(pack, item, memory) for item in memory.due(zone)],
        "gone": list(memory.gone),
        "renewed": list(memory.renewed),
    }


def progress_text(pack: Pack, found: Progress, width: int | None, bar: str = "#") -> str:
    """Return *found* as text: figures, a table of topics, what comes due, certainty, confused pairs.

    *bar* is the character that bars are made of.
    """
    parts = [
        wrapped(f"{_summary(found)}\n{MASTERY}", width),
        _topics(found, bar),
        *(_answered(found, bar) if found.answers else ()),
        *([f"What you confused\n{_confusions(pack, found.confused, width)}"] if found.confused else []),
        *_lost(found.gone, found.renewed, width),
    ]
    return "\n\n".join(parts)


def progress_rows(found: Progress) -> dict[str, Any]:
    """Return *found* as JSON can hold it."""
    return {
        "day": found.day.isoformat(),
        "mastery": round(found.mastery, 4),
        "answers": found.answers,
        "today": found.today,
        "due": found.due,
        "streak": found.streak,
        "topics": [
            {
                "topic": one.topic,
                "title": one.title,
                "entries": one.entries,
                "seen": one.seen,
                "due": one.due,
                "mastery": round(one.mastery, 4),
            }
            for one in found.topics
        ],
        "forecast": {day.isoformat(): count for day, count in _days(found)},
        "certainty": {name: {"answers": all_, "right": right} for name, (all_, right) in found.certain.items()},
        "confused": [
            {"entries": list(one.entries), "answers": one.answers, "wrong": one.wrong, "recall": round(one.recall, 4)}
            for one in found.confused
        ],
        "gone": list(found.gone),
        "renewed": list(found.renewed),
    }


def _due_head(memory: Memory, zone: tzinfo) -> str:
    if due := memory.due(zone):
        pairs = sum(len(item.entries) > 1 for item in due)
        entries = len(due) - pairs
        kinds = [_count(entries, "entry", "entries")] if entries else []
        kinds += [_count(pairs, "pair that you confused", "pairs that you confused")] if pairs else []
        return f"Due today: {' and '.join(kinds)}. To be asked: tutor quiz"
    if not memory.items:
        return "Nothing is due, since nothing was answered yet. To be asked: tutor quiz"
    day = min(item.due.astimezone(zone).date() for item in memory.items.values())
    count = sum(item.due.astimezone(zone).date() == day for item in memory.items.values())
    return f"Nothing is due today. The next {_count(count, 'comes', 'come')} on {day.isoformat()}."


def _due_line(pack: Pack, item: Item, memory: Memory, zone: tzinfo, width: int | None) -> str:
    day = item.due.astimezone(zone).date().isoformat()
    return _hanging(f"{item.recall(memory.at):>6.0%} {day} ", " / ".join(_titles(pack, item.entries)), width)


def _hanging(head: str, text: str, width: int | None) -> str:
    """Return *text* after *head*, its further lines below its beginning.

    >>> print(_hanging("1. ", "tea or coffee", None))
    1. tea or coffee
    """
    room = None if width is None else max(width - len(head), 20)
    return head + wrapped(text, room).replace("\n", f"\n{' ' * len(head)}")


def _item_row(pack: Pack, item: Item, memory: Memory) -> dict[str, Any]:
    return {
        "entries": list(item.entries),
        "titles": _titles(pack, item.entries),
        "due": item.due.isoformat(),
        "recall": round(item.recall(memory.at), 4),
        "answers": item.answers,
        "wrong": item.wrong,
    }


def _titles(pack: Pack, entries: Iterable[str]) -> list[str]:
    return [pack.entries[entry].title for entry in entries]


def _summary(found: Progress) -> str:
    seen, entries = sum(one.seen for one in found.topics), sum(one.entries for one in found.topics)
    answers, days = _count(found.answers, "answer", "answers"), _count(found.streak, "day", "days")
    return (
        f"Mastery {found.mastery:.0%}. {seen} of {_count(entries, 'entry', 'entries')} answered, {found.due} due today."
        f" {answers} in all, {found.today} today, {days} in a row."
    )


def _topics(found: Progress, bar: str) -> str:
    rows = [
        [
            one.title,
            _drawn(one.mastery, bar, _SHORT),
            f"{one.mastery:.0%}",
            str(one.seen),
            str(one.entries),
            str(one.due),
        ]
        for one in found.topics
    ]
    return table([["topic", "", "mastery", "seen", "entries", "due"], *rows], left=2)


def _answered(found: Progress, bar: str) -> Iterator[str]:
    """Yield what can be told once something was answered."""
    yield f"Due in the next {len(found.forecast)} days\n{_forecast(found, bar)}"
    yield f"How sure you were\n{_certain(found)}"


def _forecast(found: Progress, bar: str) -> str:
    most = max(found.forecast)
    rows = [[day.isoformat(), str(count), _drawn(count / most if most else 0, bar)] for day, count in _days(found)]
    return "\n".join(line.rstrip() for line in _numbers_first(rows))


def _numbers_first(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield *rows* of a day, a number and a bar in columns."""
    width = max(len(number) for _, number, _ in rows)
    return (f"{day} {number:>{width}} {drawn}" for day, number, drawn in rows)


def _days(found: Progress) -> Iterator[tuple[date, int]]:
    return ((found.day + timedelta(days=ahead), count) for ahead, count in enumerate(found.forecast))


def _certain(found: Progress) -> str:
    rows = [
        [name, str(given), f"{right / given:.0%}" if given else "–"] for name, (given, right) in found.certain.items()
    ]
    return table([["", "answers", "right"], *rows])


def _confusions(pack: Pack, confused: Sequence[Confusion], width: int | None) -> str:
    lines = [
        _hanging(f"- {one.wrong} of {one.answers} wrong: ", " / ".join(_titles(pack, one.entries)), width)
        for one in confused[:_SHOWN]
    ]
    left = len(confused) - _SHOWN
    return "\n".join([*lines, *([f"… and {left} more"] if left > 0 else [])])


def _lost(gone: Sequence[str], renewed: Sequence[str], width: int | None) -> list[str]:
    """Return what became of entries that were answered and count no more."""
    said: Mapping[str, Sequence[str]] = {
        "No longer in the pack, so no longer asked": gone,
        "Says something else now, so it is asked anew": renewed,
    }
    return [wrapped(f"{what}: {', '.join(names)}", width) for what, names in said.items() if names]


def _drawn(share: float, bar: str, most: int = _BAR) -> str:
    """Return a bar of at most *most* characters for a *share* from 0 to 1; what is not nothing is seen.

    >>> _drawn(0.5, "#", 8), _drawn(0.001, "#"), _drawn(0, "#")
    ('####', '#', '')
    """
    return bar * max(round(share * most), 1 if share > 0 else 0)


def _count(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
