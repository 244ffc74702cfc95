"""One person has one vote on a message; a question whose answer is voted down is listed."""

import pytest

from tests.store.rounds import a_job, accepted, answered, everything
from tutor.store import Line, Missed, Store

WEEK = "1970-W01"


@pytest.fixture
def asked(store: Store) -> Store:
    """A store with one answer, to a question of U1."""
    accepted(store, "Ev1")
    answered(store, a_job(store), "An answer.", entry="fact.tea", topic="leaves", question="What is tea?")
    return store


def counted(store: Store) -> list[tuple[str | None, int, int]]:
    return [(line.topic, line.helpful, line.unhelpful) for line in store.stats()]


def test_a_vote_counts_for_the_week_and_the_topic_of_the_answer(asked: Store) -> None:
    assert asked.vote("Ev1.0", "U1", helpful=True, at=20.0)
    assert asked.vote("Ev1.0", "U2", helpful=False, at=20.0, reason="too short")
    assert asked.stats() == [Line(WEEK, "leaves", 0, 0, 0, 1, 1, {})]


def test_a_later_vote_replaces_an_earlier_one_with_its_reason(asked: Store, url: str) -> None:
    asked.vote("Ev1.0", "U1", helpful=False, at=20.0, reason="a reason of then")
    assert "a reason of then" in everything(url)
    asked.vote("Ev1.0", "U1", helpful=True, at=20.0 + 7 * 86_400)
    assert [(line.week, line.helpful, line.unhelpful) for line in asked.stats()] == [("1970-W02", 1, 0)]
    assert "a reason of then" not in everything(url)


def test_there_is_no_vote_on_what_was_never_said(asked: Store) -> None:
    assert not asked.vote("Ev9.0", "U1", helpful=True, at=20.0)
    assert counted(asked) == []


def test_a_question_whose_answer_is_voted_down_is_listed_once(asked: Store) -> None:
    assert asked.missed() == []
    asked.vote("Ev1.0", "U1", helpful=False, at=20.0, reason="wrong")
    asked.vote("Ev1.0", "U2", helpful=False, at=21.0)
    assert asked.missed() == [Missed("What is tea?", "voted-down", ("fact.tea",), "leaves", 20.0)]


def test_a_question_is_listed_until_nobody_votes_against_its_answer(asked: Store) -> None:
    asked.vote("Ev1.0", "U1", helpful=False, at=20.0)
    asked.vote("Ev1.0", "U2", helpful=False, at=21.0)
    asked.vote("Ev1.0", "U1", helpful=True, at=22.0)
    assert len(asked.missed()) == 1
    asked.vote("Ev1.0", "U2", helpful=True, at=23.0)
    assert asked.missed() == []


def test_a_vote_on_a_message_without_a_question_lists_nothing(store: Store) -> None:
    accepted(store, "Ev1")
    answered(store, a_job(store), "Hello.")
    assert store.vote("Ev1.0", "U1", helpful=False, at=20.0)
    assert store.missed() == []
    assert counted(store) == [(None, 0, 1)]


def test_a_reason_is_cut_and_kept_as_every_database_takes_it(asked: Store) -> None:
    assert asked.vote("Ev1.0", "U1", helpful=False, at=20.0, reason="\0\ud800" + "x" * 5_000)
    assert counted(asked) == [("leaves", 0, 1)]
