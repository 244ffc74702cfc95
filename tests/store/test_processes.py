"""Two replicas on one database, one of them killed in the middle: every event is answered once, and in order."""

import subprocess
import sys
import time
from collections import Counter

from tests.store.worker import EVENTS, THREADS
from tests.together import begin, waiting
from tutor.store import Backlog, Store, open_store


def replica(url: str, name: str) -> "subprocess.Popen[str]":
    """Start a replica, which works once every replica has accepted every event."""
    return waiting([sys.executable, "-m", "tests.store.worker", url, name])


def answered(store: Store) -> Counter[str | None]:
    """Return how many events each replica has answered."""
    return Counter({line.topic: line.answered for line in store.stats()})


def wait_until_each_answered(store: Store, least: int) -> None:
    for _ in range(6000):
        if all(answered(store)[name] >= least for name in ("killed", "other")):
            return
        time.sleep(0.01)
    raise AssertionError(f"only {answered(store)} were answered")


def test_with_one_of_two_replicas_killed_every_event_is_answered_once_and_in_order(url: str) -> None:
    with open_store(url) as store, replica(url, "killed") as killed, replica(url, "other") as other:
        begin(killed, other, ready="accepted")
        wait_until_each_answered(store, 5)
        killed.kill()
        assert answered(store).total() < EVENTS
        assert other.wait(timeout=120) == 0
        assert answered(store).total() == EVENTS
        assert store.backlog() == Backlog(waiting=0, unsent=0, given_up=0, oldest=None)
        for number in range(THREADS):
            talk = store.dialogue(f"thread {number:02}")
            assert talk is not None
            assert talk.dialogue["done"] == [f"Ev{event:03}" for event in range(number, EVENTS, THREADS)]
            assert talk.turns == EVENTS // THREADS
        posts = [store.post(f"Ev{event:03}.{part}") for event in range(EVENTS) for part in range(2)]
        assert all(post and post.ts for post in posts)
        assert not any(store.accept(f"Ev{event:03}", "again", {}, at=1.0) for event in range(EVENTS))
