"""Counts come by week and topic, and hold nothing else."""

import pytest

from tests.store.rounds import a_job, accepted, answered, deliver
from tutor.store import Count, Line, Store

DAY = 86_400.0
NEW_YEAR = 1_609_459_200.0  # Friday 2021-01-01, in week 53 of 2020


def turn(store: Store, event: str, at: float, count: Count) -> None:
    accepted(store, event, thread=event, at=at)
    store.finish(a_job(store, at=at), at=at, count=count)


def test_turns_are_counted_by_week_and_topic(store: Store) -> None:
    turn(store, "1", NEW_YEAR, Count("leaves", "ask", question=True, asked=True))
    turn(store, "2", NEW_YEAR, Count("leaves", "ask", asked=True))
    turn(store, "3", NEW_YEAR, Count("leaves", "answer", answered=True))
    turn(store, "4", NEW_YEAR, Count("brewing", "answer", question=True, answered=True))
    turn(store, "5", NEW_YEAR, Count(None, "decline", question=True))
    turn(store, "6", NEW_YEAR + 3 * DAY, Count("brewing", "answer", question=True, answered=True))
    turn(store, "7", NEW_YEAR + 3 * DAY, Count(None, "chat"))
    this, following = "2020-W53", "2021-W01"
    assert store.stats() == [
        Line(this, None, 1, 0, 0, 0, 0, {"decline": 1}),
        Line(this, "brewing", 1, 1, 0, 0, 0, {"answer": 1}),
        Line(this, "leaves", 1, 1, 2, 0, 0, {"answer": 1, "ask": 2}),
        Line(following, None, 0, 0, 0, 0, 0, {"chat": 1}),
        Line(following, "brewing", 1, 1, 0, 0, 0, {"answer": 1}),
    ]


@pytest.mark.parametrize(
    ("since", "weeks"),
    [
        (NEW_YEAR, ["2020-W53", "2021-W01"]),
        (NEW_YEAR + 2 * DAY, ["2020-W53", "2021-W01"]),
        (NEW_YEAR + 3 * DAY, ["2021-W01"]),
        (NEW_YEAR + 30 * DAY, []),
    ],
)
def test_whole_weeks_are_counted(store: Store, since: float, weeks: list[str]) -> None:
    turn(store, "1", NEW_YEAR, Count("leaves", "answer"))
    turn(store, "2", NEW_YEAR + 3 * DAY, Count("leaves", "answer"))
    assert [line.week for line in store.stats(since=since)] == weeks


def test_votes_count_for_the_week_in_which_they_were_cast(store: Store) -> None:
    accepted(store, "Ev1")
    deliver(store, answered(store, a_job(store), "An answer.", topic="leaves"))
    turn(store, "Ev2", NEW_YEAR, Count("leaves", "answer", question=True, answered=True))
    store.vote("Ev1.0", "U1", helpful=True, at=NEW_YEAR)
    store.vote("Ev1.0", "U2", helpful=False, at=NEW_YEAR + 3 * DAY)
    assert store.stats() == [
        Line("2020-W53", "leaves", 1, 1, 0, 1, 0, {"answer": 1}),
        Line("2021-W01", "leaves", 0, 0, 0, 0, 1, {}),
    ]
