"""Events are accepted once, answered once, in order within a thread, by one worker at a time."""

import psycopg
import pytest

from tests.postgres import Cluster
from tests.store.rounds import THREAD, a_delivery, a_job, accepted, answered, give_up, work_off
from tutor.errors import StoreError
from tutor.store import Backlog, Delivery, GivenUp, Job, Outgoing, Store, open_store
from tutor.store.inbox import MOST_CLAIMS


def test_an_event_is_accepted_once(store: Store) -> None:
    assert store.accept("Ev1", THREAD, {"text": "hello"}, at=1.0)
    assert not store.accept("Ev1", THREAD, {"text": "hello"}, at=2.0)
    assert not store.accept("Ev1", "another thread", {"text": "hello"}, at=2.0)
    assert work_off(store) == ["Ev1"]


def test_an_event_that_was_handled_is_not_accepted_again_even_after_a_restart(store: Store, url: str) -> None:
    accepted(store, "Ev1")
    work_off(store)
    assert not store.accept("Ev1", THREAD, {}, at=3.0)
    with open_store(url) as again:
        assert not again.accept("Ev1", THREAD, {}, at=4.0)
        assert again.claim("w", at=5.0) is None
        assert again.due() is None


def test_a_job_holds_all_that_is_needed_to_answer(store: Store) -> None:
    assert store.accept("Ev1", THREAD, {"text": "Which tea?", "nested": [1, {"x": None}]}, at=1.5, person="U1")
    job = a_job(store, at=10.0)
    assert (job.event, job.thread, job.person, job.at) == ("Ev1", THREAD, "U1", 1.5)
    assert job.payload == {"text": "Which tea?", "nested": [1, {"x": None}]}
    assert (job.attempt, job.dialogue, job.turns) == (1, None, 0)
    assert (job.hold.thread, job.hold.worker, job.hold.until) == (THREAD, "w", 70.0)


def test_the_next_job_of_a_thread_has_the_dialogue_that_the_last_one_left(store: Store) -> None:
    accepted(store, "Ev1", "Ev2", "Ev3")
    store.finish(a_job(store), at=11.0, dialogue={"pending": "hour", "ø": "ü"})
    second = a_job(store)
    assert (second.dialogue, second.turns) == ({"pending": "hour", "ø": "ü"}, 1)
    store.finish(second, at=12.0)
    third = a_job(store)
    assert (third.dialogue, third.turns) == ({"pending": "hour", "ø": "ü"}, 1)


def test_a_thread_is_worked_on_by_one_worker_at_a_time_and_in_order(store: Store) -> None:
    accepted(store, "Ev1", "Ev2", "Ev3")
    first = a_job(store, "a")
    assert first.event == "Ev1"
    assert store.claim("b", at=10.0) is None
    store.finish(first, at=11.0)
    second = a_job(store, "b", at=11.0)
    assert second.event == "Ev2"
    assert store.claim("a", at=11.0) is None


def test_threads_are_worked_on_side_by_side_the_longest_waiting_first(store: Store) -> None:
    accepted(store, "Ev3", thread="c", at=3.0)
    accepted(store, "Ev1", thread="a", at=1.0)
    accepted(store, "Ev2", thread="b", at=2.0)
    accepted(store, "Ev4", thread="a", at=4.0)
    assert [a_job(store, worker).event for worker in "abc"] == ["Ev1", "Ev2", "Ev3"]
    assert store.claim("d", at=10.0) is None


def test_without_messages_a_thread_is_free_at_once(store: Store) -> None:
    accepted(store, "Ev1")
    delivery = store.finish(a_job(store), at=11.0)
    assert delivery is not None
    assert delivery.messages == ()
    accepted(store, "Ev2", at=12.0)
    assert a_job(store, at=12.0).event == "Ev2"


def test_a_lease_that_ran_out_lets_another_worker_take_over(store: Store) -> None:
    accepted(store, "Ev1")
    late = store.claim("late", at=10.0, lease=5.0)
    assert isinstance(late, Job)
    assert store.claim("b", at=14.9) is None
    job = a_job(store, "b", at=15.0)
    assert (job.event, job.attempt) == ("Ev1", 2)


def test_a_late_worker_saves_nothing(store: Store) -> None:
    accepted(store, "Ev1", "Ev2")
    late = store.claim("late", at=10.0, lease=5.0)
    assert isinstance(late, Job)
    job = a_job(store, "b", at=15.0)
    outgoing = [Outgoing(late.message(0), {"text": "late"})]
    assert store.finish(late, at=16.0, dialogue={"late": True}, outgoing=outgoing) is None
    assert store.renew(late.hold, at=16.0) is None
    assert store.claim("c", at=16.0) is None
    assert store.dialogue(THREAD) is None
    assert answered(store, job, "in time").messages[0].body == {"text": "in time"}
    assert store.finish(late, at=17.0, dialogue={"late": True}) is None
    assert store.backlog() == Backlog(waiting=1, unsent=1, given_up=0, oldest=2.0)


def test_a_worker_whose_lease_ran_out_but_whom_nobody_replaced_is_in_time(store: Store) -> None:
    accepted(store, "Ev1")
    job = a_job(store, at=10.0)
    assert store.finish(job, at=1000.0, dialogue={"kept": True}) is not None
    assert store.claim("b", at=1001.0) is None


def test_a_job_is_finished_only_once(store: Store) -> None:
    accepted(store, "Ev1")
    job = a_job(store)
    assert answered(store, job, "one").messages
    assert store.finish(job, at=12.0, outgoing=[Outgoing("other", {})]) is None


def test_a_hold_that_is_renewed_lasts_longer(store: Store) -> None:
    accepted(store, "Ev1")
    job = a_job(store, "a", at=10.0)
    renewed = store.renew(job.hold, at=60.0, lease=30.0)
    assert renewed is not None
    assert (renewed.token, renewed.until) == (job.hold.token, 90.0)
    assert store.claim("b", at=89.0) is None
    assert a_job(store, "b", at=90.0).attempt == 2


def test_a_job_that_is_given_up_is_shown_to_the_admin_and_holds_up_nobody(store: Store) -> None:
    accepted(store, "Ev1", "Ev2")
    give_up(store, at=11.0)
    assert work_off(store) == ["Ev2"]
    left = GivenUp("event", "Ev1", THREAD, MOST_CLAIMS, "taken up 25 times, and never finished", 1.0)
    assert store.given_up() == [left]
    assert store.backlog() == Backlog(waiting=0, unsent=0, given_up=1, oldest=None)
    assert not store.accept("Ev1", THREAD, {}, at=12.0)
    assert store.revive(left, at=200.0)
    assert not store.revive(left, at=200.0)
    assert store.given_up() == []
    assert work_off(store, at=199.0) == []
    assert work_off(store, at=200.0) == ["Ev1"]


def test_what_is_gone_cannot_be_revived(store: Store) -> None:
    assert not store.revive(GivenUp("event", "Ev9", THREAD, 1, "", 1.0), at=2.0)
    assert not store.revive(GivenUp("message", "Ev9.0", THREAD, 1, "", 1.0), at=2.0)


def test_an_event_that_takes_every_worker_down_is_given_up_in_the_end(store: Store) -> None:
    accepted(store, "Ev1", "Ev2")
    for attempt in range(MOST_CLAIMS):
        assert a_job(store, at=10.0 + 60 * attempt).attempt == attempt + 1
    assert a_job(store, at=10_000.0).event == "Ev2"
    (left,) = store.given_up()
    assert left.reason == "taken up 25 times, and never finished"
    assert left.attempts == MOST_CLAIMS


def test_due_tells_when_there_is_something_to_claim(store: Store) -> None:
    assert store.due() is None
    accepted(store, "Ev1", at=5.0)
    assert store.due() == 5.0
    job = store.claim("w", at=10.0, lease=20.0)
    assert store.due() == 30.0
    assert isinstance(job, Job)
    store.finish(job, at=11.0)
    assert store.due() is None


def test_the_payload_is_gone_once_its_event_is_handled_and_the_rest_of_the_backlog_is_counted(store: Store) -> None:
    accepted(store, "Ev1", "Ev2", at=5.0)
    assert store.backlog() == Backlog(waiting=2, unsent=0, given_up=0, oldest=5.0)
    answered(store, a_job(store), "one", "two", at=11.0)
    assert store.backlog() == Backlog(waiting=1, unsent=2, given_up=0, oldest=6.0)


def test_a_message_from_before_comes_before_the_next_event_of_its_thread(store: Store) -> None:
    accepted(store, "Ev1", "Ev2")
    answered(store, a_job(store, "a", at=10.0), "one", at=11.0)
    delivery = a_delivery(store, "b", at=71.0)
    assert isinstance(delivery, Delivery)
    assert [message.id for message in delivery.messages] == ["Ev1.0"]


@pytest.mark.parametrize(
    ("what", "name"),
    [("event", ""), ("event", "x" * 501), ("thread", "a\0b"), ("thread", "\ud800"), ("person", "a\nb"), ("person", "")],
)
def test_an_id_that_is_none_is_refused_in_one_line(store: Store, what: str, name: str) -> None:
    ids = {"event": "Ev1", "thread": THREAD, "person": "U1", what: name}
    with pytest.raises(StoreError, match=rf"^the {what} must be 1 to 500 printable characters; nothing was saved$"):
        store.accept(ids["event"], ids["thread"], {}, at=1.0, person=ids["person"])
    assert store.claim("w", at=2.0) is None


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ({"x": "y" * 1_000_000}, "the payload has 1,000,008 characters; at most 1,000,000 are kept"),
        ({"x": float("nan")}, "the payload is no JSON (Out of range float values are not JSON compliant"),
        ({"x": object()}, "the payload is no JSON (Object of type object is not JSON serializable); nothing was saved"),
    ],
)
def test_a_payload_that_cannot_be_kept_is_refused_in_one_line(
    store: Store, payload: dict[str, object], said: str
) -> None:
    with pytest.raises(StoreError) as caught:
        store.accept("Ev1", THREAD, payload, at=1.0)
    assert str(caught.value).startswith(said)
    assert store.accept("Ev1", THREAD, {}, at=1.0)


def test_any_text_comes_back_as_it_went_in(store: Store) -> None:
    payload = {"text": "naïve \0 \ud800 “quoted” 🍵 \\u0000 <!channel>", "\0": ["\udfff"]}
    assert store.accept("Ev1", THREAD, payload, at=1.0)
    job = a_job(store)
    assert job.payload == payload
    store.finish(job, at=2.0, dialogue=payload, outgoing=[Outgoing("m", payload)])
    talk = store.dialogue(THREAD)
    assert talk is not None
    assert (talk.dialogue, talk.turns, talk.at) == (payload, 1, 2.0)
    assert a_delivery(store, at=100.0).messages[0].body == payload


def test_a_thread_is_known_from_its_first_event_on_and_as_long_as_it_has_a_dialogue(store: Store) -> None:
    assert not store.knows(THREAD)
    store.accept("Ev1", THREAD, {}, at=0.0)
    assert store.knows(THREAD)
    job = store.claim("w", at=1.0)
    assert isinstance(job, Job)
    assert store.knows(THREAD)
    store.finish(job, at=2.0, dialogue={"pending": "hour"})
    assert store.knows(THREAD)
    assert not store.knows("T/C1/other")


def test_a_thread_in_which_nothing_was_said_back_is_not_known(store: Store) -> None:
    store.accept("Ev1", THREAD, {}, at=0.0)
    job = store.claim("w", at=1.0)
    assert isinstance(job, Job)
    store.finish(job, at=2.0)
    assert not store.knows(THREAD)


def test_a_worker_passes_by_a_thread_that_another_transaction_is_changing(postgres: Cluster) -> None:
    url = postgres.fresh()
    with open_store(url) as store, psycopg.connect(url) as other:
        accepted(store, "Ev1", thread="first")
        accepted(store, "Ev2", thread="second", at=2.0)
        other.execute("SELECT * FROM tutor_threads WHERE thread = 'first' FOR UPDATE")
        with open_store(f"{url}%20-clock_timeout%3D1000") as impatient:
            assert a_job(impatient, "a").event == "Ev2"
            assert impatient.claim("b", at=10.0) is None
        other.rollback()
        assert a_job(store, "b").event == "Ev1"
