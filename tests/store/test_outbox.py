"""Messages are sent in order, by whoever holds their thread, and none that may have been sent is sent blindly again."""

import pytest

from tests.store.rounds import THREAD, a_delivery, a_job, accepted, answered, deliver, work_off
from tutor.errors import StoreError
from tutor.store import Backlog, Delivery, GivenUp, Message, Outgoing, Post, Store


def waiting(store: Store, *texts: str) -> Delivery:
    """Answer one event with *texts*; return the delivery."""
    accepted(store, "Ev1")
    return answered(store, a_job(store, "a", at=10.0), *texts, at=11.0)


def test_whoever_finishes_a_job_sends_its_messages_and_holds_the_thread_until_the_last(store: Store) -> None:
    delivery = waiting(store, "one", "two")
    accepted(store, "Ev2", at=12.0)
    assert delivery.messages == (
        Message("Ev1.0", {"text": "one"}, unsure=False, attempt=1),
        Message("Ev1.1", {"text": "two"}, unsure=False, attempt=1),
    )
    assert delivery.hold.until == 71.0
    store.sent(delivery.hold, "Ev1.0", "1.0")
    assert store.claim("b", at=13.0) is None
    store.sent(delivery.hold, "Ev1.1", "1.1")
    assert a_job(store, "b", at=13.0).event == "Ev2"


def test_what_was_sent_is_known_by_its_id(store: Store) -> None:
    accepted(store, "Ev1")
    delivery = answered(store, a_job(store), "one", entry="fact.tea", topic="leaves", question="What is tea?")
    assert store.post("Ev1.0") == Post("Ev1.0", THREAD, None, "fact.tea", "leaves", 11.0)
    deliver(store, delivery)
    assert store.post("Ev1.0") == Post("Ev1.0", THREAD, "ts of Ev1.0", "fact.tea", "leaves", 11.0)
    assert store.post("Ev9.0") is None
    assert store.backlog() == Backlog(waiting=0, unsent=0, given_up=0, oldest=None)


def test_after_a_crash_only_what_may_have_been_sent_is_unsure(store: Store) -> None:
    delivery = waiting(store, "one", "two")
    store.sent(delivery.hold, "Ev1.0", "1.0")
    again = a_delivery(store, "b", at=71.0)
    assert again.messages == (Message("Ev1.1", {"text": "two"}, unsure=True, attempt=2),)
    deliver(store, again)
    assert work_off(store) == []


def test_a_message_that_was_not_sent_comes_again_when_it_is_due_with_those_after_it(store: Store) -> None:
    delivery = waiting(store, "one", "two", "three")
    accepted(store, "Ev2", at=12.0)
    store.sent(delivery.hold, "Ev1.0", "1.0")
    store.put_off(delivery.hold, "Ev1.1", "429", retry_at=30.0, unsure=False)
    assert store.due() == 30.0
    assert store.claim("b", at=29.0) is None
    again = a_delivery(store, "b", at=30.0)
    assert again.messages == (
        Message("Ev1.1", {"text": "two"}, unsure=False, attempt=2),
        Message("Ev1.2", {"text": "three"}, unsure=False, attempt=1),
    )
    deliver(store, again)
    assert work_off(store) == ["Ev2"]


def test_a_message_of_which_nobody_knows_whether_it_was_sent_is_unsure_next_time(store: Store) -> None:
    delivery = waiting(store, "one", "two")
    store.put_off(delivery.hold, "Ev1.0", "timeout", retry_at=30.0, unsure=True)
    again = a_delivery(store, "b", at=30.0)
    assert [message.unsure for message in again.messages] == [True, False]
    store.put_off(again.hold, "Ev1.0", "429", retry_at=40.0, unsure=False)
    assert [message.unsure for message in a_delivery(store, "b", at=40.0).messages] == [False, False]


def test_a_message_that_is_given_up_is_shown_to_the_admin_and_lets_the_next_one_pass(store: Store) -> None:
    delivery = waiting(store, "one", "two")
    store.put_off(delivery.hold, "Ev1.0", "channel_not_found", retry_at=None, unsure=False)
    assert work_off(store) == ["Ev1.1"]
    left = GivenUp("message", "Ev1.0", THREAD, 1, "channel_not_found", 11.0)
    assert store.given_up() == [left]
    assert store.backlog() == Backlog(waiting=0, unsent=0, given_up=1, oldest=None)
    assert store.revive(left, at=200.0)
    assert work_off(store, at=200.0) == ["Ev1.0"]


def test_what_a_late_worker_did_send_counts_and_what_it_did_not_does_not(store: Store) -> None:
    late = waiting(store, "one", "two")
    now = a_delivery(store, "b", at=71.0)
    store.put_off(late.hold, "Ev1.1", "late", retry_at=None, unsure=False)
    assert store.given_up() == []
    store.sent(late.hold, "Ev1.0", "late")
    assert store.claim("c", at=72.0) is None
    store.sent(now.hold, "Ev1.0", "again")
    found = store.post("Ev1.0")
    assert found is not None
    assert found.ts == "late"
    store.sent(now.hold, "Ev1.1", "1.1")
    assert store.due() is None


def test_when_a_late_worker_sent_the_last_message_there_is_nothing_left_to_claim(store: Store) -> None:
    late = waiting(store, "one")
    assert store.claim("b", at=71.0) is not None
    store.sent(late.hold, "Ev1.0", "late")
    assert store.claim("c", at=500.0) is None


def test_a_message_that_may_have_been_sent_stays_unsure_while_those_before_it_are_put_off(store: Store) -> None:
    waiting(store, "one", "two")
    again = a_delivery(store, "b", at=71.0)
    store.put_off(again.hold, "Ev1.0", "429", retry_at=80.0, unsure=False)
    assert [message.unsure for message in a_delivery(store, "c", at=80.0).messages] == [False, True]


def test_a_late_worker_that_sends_the_last_message_does_not_end_the_hold_of_another(store: Store) -> None:
    late = waiting(store, "one")
    now = a_delivery(store, "b", at=71.0)
    store.sent(late.hold, "Ev1.0", "late")
    accepted(store, "Ev2", at=72.0)
    assert store.claim("c", at=73.0) is None
    deliver(store, now)
    assert a_job(store, "c", at=73.0).event == "Ev2"


def test_a_message_with_an_id_that_is_still_unsent_replaces_it(store: Store) -> None:
    delivery = waiting(store, "one")
    store.put_off(delivery.hold, "Ev1.0", "gone", retry_at=None, unsure=False)
    accepted(store, "Ev2", at=12.0)
    again = store.finish(a_job(store, at=13.0), at=13.0, outgoing=[Outgoing("Ev1.0", {"text": "anew"}, entry="e")])
    assert again is not None
    assert [message.body for message in again.messages] == [{"text": "anew"}]
    assert store.given_up() == []


@pytest.mark.parametrize(
    ("outgoing", "said"),
    [
        (Outgoing("", {}), "the message must be 1 to 500 printable characters; nothing was saved"),
        (Outgoing("m", {"x": "y" * 1_000_000}), "the message has 1,000,008 characters; at most 1,000,000 are kept"),
    ],
)
def test_a_message_that_cannot_be_kept_is_refused_and_the_job_is_still_there(
    store: Store, outgoing: Outgoing, said: str
) -> None:
    accepted(store, "Ev1")
    job = a_job(store)
    with pytest.raises(StoreError) as caught:
        store.finish(job, at=11.0, dialogue={"saved": True}, outgoing=[Outgoing("ok", {}), outgoing])
    assert str(caught.value) == said
    assert store.dialogue(THREAD) is None
    assert [message.id for message in answered(store, job, "one").messages] == ["Ev1.0"]
