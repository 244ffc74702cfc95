"""Counts: what every turn adds to them, and what they come to by week and topic."""

from collections import Counter, defaultdict
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, case, func, insert, select

from tutor.store.tables import counts, votes
from tutor.store.values import Count, Line
from tutor.store.written import plain, week_of

_ADD = insert(counts)

_Place = tuple[str, str | None]  # a week and a topic


def add(connection: Connection, count: Count, at: float) -> None:
    """Add one turn."""
    said = {"week": week_of(at), "topic": plain(count.topic), "reply": plain(count.reply)}
    flags = {"question": count.question, "answered": count.answered, "asked": count.asked}
    connection.execute(_ADD, {**said, **flags})


def lines(connection: Connection, since: float | None) -> list[Line]:
    """Return the counts by week and topic, from the week of *since* on; what has no topic comes first in its week."""
    week = None if since is None else week_of(since)
    sums: defaultdict[_Place, Counter[str]] = defaultdict(Counter)
    replies: defaultdict[_Place, Counter[str]] = defaultdict(Counter)
    for row in connection.execute(_turns(week)):
        replies[row.week, row.topic][row.reply] += row.all
        sums[row.week, row.topic].update(questions=row.questions, answered=row.answers, asked=row.asks)
    for row in connection.execute(_votes(week)):
        sums[row.week, row.topic].update(helpful=row.ups, unhelpful=row.all - row.ups)
    return [_line(place, sums[place], replies[place]) for place in sorted(sums, key=lambda at: (at[0], at[1] or ""))]


def _line(place: _Place, sums: Counter[str], replies: Counter[str]) -> Line:
    return Line(
        week=place[0],
        topic=place[1],
        questions=sums["questions"],
        answered=sums["answered"],
        asked=sums["asked"],
        helpful=sums["helpful"],
        unhelpful=sums["unhelpful"],
        replies=dict(sorted(replies.items())),
    )


def _turns(week: str | None) -> Select[Any]:
    asked = select(
        counts.c.week,
        counts.c.topic,
        counts.c.reply,
        func.count().label("all"),
        _sum(counts.c.question).label("questions"),
        _sum(counts.c.answered).label("answers"),
        _sum(counts.c.asked).label("asks"),
    ).group_by(counts.c.week, counts.c.topic, counts.c.reply)
    return asked if week is None else asked.where(counts.c.week >= week)


def _votes(week: str | None) -> Select[Any]:
    ups = _sum(votes.c.helpful).label("ups")
    asked = select(votes.c.week, votes.c.topic, func.count().label("all"), ups).group_by(votes.c.week, votes.c.topic)
    return asked if week is None else asked.where(votes.c.week >= week)


def _sum(flag: Column[bool]) -> ColumnElement[int]:
    return func.sum(case((flag, 1), else_=0))
