"""Questions that were declined are listed, oldest first."""

from tests.store.rounds import a_job, accepted
from tutor.store import Missed, Store


def declined(text: str, at: float) -> Missed:
    return Missed(text, "declined", ("fact.tea", "trap.boil"), None, at)


def test_declined_questions_are_listed_in_the_order_of_time(store: Store) -> None:
    accepted(store, "Ev1", "Ev2", "Ev3")
    for text, at in (("b", 20.0), ("a", 10.0), ("c", 20.0)):
        store.finish(a_job(store), at=at, missed=declined(text, at))
    assert store.missed() == [declined("a", 10.0), declined("b", 20.0), declined("c", 20.0)]
    assert store.missed(since=20.0) == [declined("b", 20.0), declined("c", 20.0)]
    assert store.missed(since=20.1) == []


def test_a_question_is_kept_up_to_the_longest_that_is_read(store: Store) -> None:
    accepted(store, "Ev1")
    store.finish(a_job(store), at=1.0, missed=declined("x\0" + "y" * 30_000, 1.0))
    (found,) = store.missed()
    assert found.text == "x\ufffd" + "y" * 19_998
