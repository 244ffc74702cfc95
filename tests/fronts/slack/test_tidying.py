"""What is too old goes, an hour after the other, and what counts nobody stays."""

from pathlib import Path

import pytest

from tutor.fronts.slack.settings import Settings
from tutor.fronts.slack.tidying import Tidying
from tutor.store import Count, Job, Missed, Outgoing, Store, open_store

DAY = 86_400.0


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(str(tmp_path / "store.db"))


def answer(store: Store, event: str, at: float) -> None:
    """Let a question be asked and declined at a time."""
    store.accept(event, f"T1/C1/{event}", {"text": "?"}, at=at, person="U1")
    job = store.claim("worker", at=at)
    assert isinstance(job, Job)
    delivery = store.finish(
        job,
        at=at,
        dialogue={"question": "?"},
        outgoing=[Outgoing(job.message(0), {"text": "!"}, entry="fact.tea", topic="leaves", question="?")],
        count=Count("leaves", "decline", question=True),
        missed=Missed("?", "declined", (), "leaves", at),
    )
    assert delivery
    store.sent(delivery.hold, job.message(0), "1.0")


def test_dialogues_and_questions_go_after_their_days_and_counts_stay(store: Store) -> None:
    answer(store, "old", at=100 * DAY)
    answer(store, "new", at=125 * DAY)
    assert Tidying(store, Settings(retention=30)).tidy(131 * DAY) >= 2
    assert [store.dialogue(f"T1/C1/{event}") is None for event in ("old", "new")] == [True, False]
    assert [missed.at for missed in store.missed()] == [125 * DAY]
    assert sum(line.questions for line in store.stats()) == 2


def test_ids_of_handled_events_are_kept_only_while_slack_may_repeat_them(store: Store) -> None:
    answer(store, "old", at=100 * DAY)
    Tidying(store, Settings()).tidy(106 * DAY)
    assert not store.accept("old", "T1/C1/old", {}, at=106 * DAY)
    Tidying(store, Settings()).tidy(108 * DAY)
    assert store.accept("old", "T1/C1/old", {}, at=108 * DAY)


def test_it_is_done_once_an_hour(store: Store) -> None:
    tidying = Tidying(store, Settings(retention=30))
    assert tidying.tidy(131 * DAY) == 0
    answer(store, "old", at=100 * DAY)
    assert tidying.tidy(131 * DAY + 3599) == 0
    assert tidying.tidy(131 * DAY + 3600) >= 1
