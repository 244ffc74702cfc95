"""Counts by week and topic, as a table and as data."""

from collections.abc import Sequence
from typing import Any

from tutor.render.plain import table
from tutor.store.values import Line

_HEAD = ("week", "topic", "questions", "answered", "rate", "asked back", "per question", "helpful", "not helpful")


def stats_table(lines: Sequence[Line]) -> str:
    """Return *lines* as a table, with a line for all of them at the end."""
    if not lines:
        return "Nothing is counted yet."
    return table([_HEAD, *map(_row, lines), _row(_total(lines))], left=2)


def stats_rows(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Return *lines* as JSON can hold them; shares of no questions are None."""
    return [
        {
            **vars(line),
            "replies": dict(line.replies),
            "answer_rate": _share(line.answered, line.questions),
            "asked_per_question": _share(line.asked, line.questions),
        }
        for line in lines
    ]


def _row(line: Line) -> list[str]:
    rate, asked = _share(line.answered, line.questions), _share(line.asked, line.questions)
    return [
        line.week,
        line.topic or "(none)",
        str(line.questions),
        str(line.answered),
        "–" if rate is None else f"{rate:.0%}",
        str(line.asked),
        "–" if asked is None else f"{asked:.2f}",
        str(line.helpful),
        str(line.unhelpful),
    ]


def _total(lines: Sequence[Line]) -> Line:
    return Line(
        week="all",
        topic="all",
        questions=sum(line.questions for line in lines),
        answered=sum(line.answered for line in lines),
        asked=sum(line.asked for line in lines),
        helpful=sum(line.helpful for line in lines),
        unhelpful=sum(line.unhelpful for line in lines),
        replies={},
    )


def _share(some: int, of: int) -> float | None:
    return round(some / of, 4) if of else None
