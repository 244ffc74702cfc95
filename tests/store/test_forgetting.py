"""What is old goes kind by kind; of a forgotten person nothing stays, not even in the bytes of the file."""

import sqlite3
from pathlib import Path

import pytest

from tests.store.rounds import a_delivery, a_job, accepted, answered, deliver, everything, give_up, work_off
from tests.store.studying import review
from tutor.errors import StoreError
from tutor.store import Backlog, Count, Line, Missed, Outgoing, Store, open_store
from tutor.store.values import Kind

DAY = 86_400.0
HER = "U0HERSELF"
WORDS = "a-secret-of-hers"


def question(store: Store, event: str, thread: str, person: str, said: str, at: float = 1.0) -> None:
    """Have *person* ask, and the tutor answer and decline in one, with a message that is sent."""
    assert store.accept(event, thread, {"text": said, "user": person}, at=at, person=person)
    job = a_job(store, at=at)
    delivery = store.finish(
        job,
        at=at,
        dialogue={"words": {"hour": said}},
        outgoing=[Outgoing(job.message(0), {"text": f"You said: {said}"}, "fact.tea", "leaves", said)],
        count=Count("leaves", "answer", question=True, answered=True),
        missed=Missed(said, "declined", (), None, at),
    )
    assert delivery is not None
    deliver(store, delivery)


def full_of_her(store: Store) -> None:
    """Have her leave whatever a person can leave."""
    question(store, "Ev1", "T/D1/1", HER, f"{WORDS} 1")
    store.vote("Ev1.0", HER, helpful=False, at=2.0, reason=f"{WORDS} 2")
    store.choose("person", HER, {"note": f"{WORDS} 3"})
    question(store, "Ev2", "T/C1/1", "U2", "What is tea?", at=3.0)
    store.vote("Ev2.0", HER, helpful=False, at=4.0, reason=f"{WORDS} 4")
    question(store, "Ev3", "T/C1/1", HER, f"{WORDS} 5", at=5.0)
    accepted(store, "Ev4", thread="T/C1/2", person=HER, at=6.0)
    answered(store, a_job(store, at=6.0), f"{WORDS} 6", at=6.0, question=f"{WORDS} 7")
    assert store.accept("Ev5", "T/C1/3", {"text": f"Line\n{HER}: {WORDS} 8"}, at=7.0, person=HER)
    give_up(store, at=7.0)
    assert store.accept("Ev6", "T/C1/4", {"text": f"{WORDS} 9"}, at=8.0, person=HER)
    question(store, "Ev7", "T/C1/5", "U2", f"What would\n{HER}\tsay?", at=7.5)
    assert store.accept("Ev8", "T/C1/7", {"text": f"Ask\n{HER}"}, at=7.6, person="U2")
    give_up(store, at=7.6)
    answer = review(1, f"{WORDS} 10")
    assert store.studied.note(HER, answer)
    for number in range(2):
        exam = store.studied.begin_exam(HER, "tea", {"said": f"{WORDS} 11"}, at=8.0)
        assert exam
        assert number or store.studied.hand_in(exam, {"said": f"{WORDS} 12"}, [answer], at=9.0)


def test_a_person_who_is_forgotten_is_nowhere_any_more(store: Store, url: str) -> None:
    full_of_her(store)
    assert HER in everything(url)
    assert WORDS in everything(url)
    assert store.forget(HER) > 0
    assert HER not in everything(url)
    assert WORDS not in everything(url)
    assert store.forget(HER) == 0


def test_what_is_forgotten_is_gone_from_the_bytes_of_the_file_and_of_its_log(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with open_store(str(path)) as store, open_store(str(path)) as other:
        full_of_her(store)
        other.backlog()
        files = [path, tmp_path / "store.db-wal"]
        assert WORDS.encode() in b"".join(file.read_bytes() for file in files)
        store.forget(HER)
        for file in files:
            assert WORDS.encode() not in file.read_bytes()
            assert HER.encode() not in file.read_bytes()


def test_others_stay_when_a_person_is_forgotten(store: Store) -> None:
    full_of_her(store)
    question(store, "Ev10", "T/C1/6", "U3", "How hot?", at=7.6)
    store.vote("Ev10.0", "U2", helpful=True, at=8.0)
    store.choose("person", "U2", {"note": "kept"})
    store.choose("channel", HER, {"note": "a channel of that name"})
    assert store.studied.note("U2", review(1))
    assert store.studied.begin_exam("U2", "tea", {}, at=1.0)
    assert store.accept("Ev9", "T/C1/1", {"text": "And next?"}, at=9.0, person="U2")
    store.forget(HER)
    assert [missed.text for missed in store.missed()] == ["What is tea?", "What is tea?", "How hot?"]
    assert store.settings("person", "U2") == {"note": "kept"}
    assert store.settings("channel", HER) == {"note": "a channel of that name"}
    assert store.studied.reviews("U2", "tea") == [review(1)]
    assert store.studied.unfinished_exam("U2", "tea") is not None
    assert store.dialogue("T/C1/6") is not None
    assert store.post("Ev2.0") is not None
    assert store.backlog() == Backlog(waiting=1, unsent=0, given_up=0, oldest=9.0)
    job = a_job(store, at=10.0)
    assert (job.event, job.dialogue, job.turns) == ("Ev9", None, 0)


def test_counts_and_votes_stay_without_who(store: Store) -> None:
    full_of_her(store)
    before = store.stats()
    store.forget(HER)
    assert store.stats() == before == [Line("1970-W01", "leaves", 4, 4, 0, 0, 2, {"answer": 4})]


def test_events_of_a_forgotten_person_are_not_taken_for_new(store: Store) -> None:
    full_of_her(store)
    store.forget(HER)
    assert [store.accept(f"Ev{number}", "T/C1/9", {}, at=20.0) for number in range(1, 7)] == [False] * 6
    assert store.due() is None


def test_a_worker_that_is_at_it_when_its_person_is_forgotten_saves_nothing(store: Store, url: str) -> None:
    accepted(store, "Ev1", person=HER)
    job = a_job(store)
    store.forget(HER)
    assert store.finish(job, at=11.0, dialogue={"said": WORDS}, outgoing=[Outgoing("m", {"text": WORDS})]) is None
    assert WORDS not in everything(url)


def test_a_hold_on_a_thread_that_goes_on_is_lost_when_one_of_its_people_is_forgotten(store: Store) -> None:
    accepted(store, "Ev1", person=HER)
    work_off(store)
    accepted(store, "Ev2", person="U2", at=20.0)
    job = a_job(store, "a", at=21.0)
    store.forget(HER)
    assert store.finish(job, at=22.0, dialogue={"said": WORDS}) is None
    again = a_job(store, "b", at=22.0)
    assert (again.event, again.dialogue) == ("Ev2", None)
    assert store.finish(again, at=23.0) is not None


def test_a_person_without_a_name_cannot_be_forgotten(store: Store) -> None:
    full_of_her(store)
    with pytest.raises(StoreError, match="the person must be 1 to 500 printable characters"):
        store.forget("")
    assert store.settings("person", HER)


@pytest.mark.parametrize("person", ["%", "U_", HER[:-1], HER[1:], f"{HER}X"])
def test_a_name_that_nobody_has_forgets_nobody(store: Store, person: str) -> None:
    full_of_her(store)
    before = store.backlog(), store.missed(), store.stats()
    assert store.forget(person) == 0
    assert (store.backlog(), store.missed(), store.stats()) == before


@pytest.mark.parametrize(
    ("kind", "before", "gone"),
    [
        ("dialogues", 10 * DAY, {"dialogues", "posts"}),
        ("events", 10 * DAY, {"seen", "given up"}),
        ("unanswered", 10 * DAY, {"missed"}),
        ("feedback", 10 * DAY, {"votes"}),
        ("counts", 10 * DAY, {"counts"}),
        ("dialogues", 1.0, set()),
        ("events", 1.0, set()),
        ("unanswered", 1.0, set()),
        ("feedback", 3 * DAY, set()),
        ("counts", 3 * DAY, set()),
    ],
)
def test_what_is_old_goes_kind_by_kind(store: Store, kind: Kind, before: float, gone: set[str]) -> None:
    question(store, "Ev1", "old", "U1", "What is tea?", at=1 * DAY)
    store.vote("Ev1.0", "U1", helpful=True, at=1 * DAY)
    assert store.accept("Ev2", "failed", {}, at=1 * DAY)
    give_up(store, at=1 * DAY)
    question(store, "Ev3", "new", "U1", "What is tea?", at=20 * DAY)
    assert (store.expire(kind, before=before) > 0) is bool(gone)
    left = {
        "dialogues": store.dialogue("old"),
        "posts": store.post("Ev1.0"),
        "seen": not store.accept("Ev1", "old", {}, at=21 * DAY),
        "given up": store.given_up(),
        "missed": len(store.missed()) > 1,
        "votes": sum(line.helpful for line in store.stats()),
        "counts": sum(line.answered for line in store.stats()) > 1,
    }
    assert {what for what, there in left.items() if not there} == gone
    assert store.dialogue("new") is not None
    assert store.post("Ev3.0") is not None
    assert not store.accept("Ev3", "new", {}, at=21 * DAY)
    assert store.missed(since=20 * DAY)
    assert store.stats(since=20 * DAY)


def test_a_dialogue_in_which_something_waits_does_not_expire(store: Store) -> None:
    accepted(store, "Ev1", "Ev2")
    deliver(store, answered(store, a_job(store), "one"))
    job = a_job(store)
    store.expire("dialogues", before=100 * DAY)
    assert store.finish(job, at=11.0, outgoing=[Outgoing("m", {})]) is not None
    store.expire("dialogues", before=100 * DAY)
    delivery = a_delivery(store, at=1000.0)
    deliver(store, delivery)
    assert store.dialogue(job.thread) is not None
    assert store.expire("dialogues", before=100 * DAY) > 0
    assert store.dialogue(job.thread) is None


def test_an_event_that_still_waits_is_known_however_old_it_is(store: Store) -> None:
    accepted(store, "Ev1")
    store.expire("events", before=100 * DAY)
    assert not store.accept("Ev1", "T", {}, at=200 * DAY)


def test_deleted_bytes_are_overwritten_even_without_forgetting(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with open_store(str(path)) as store:
        question(store, "Ev1", "T", HER, f"{WORDS} {'x' * 10_000}")
        store.expire("dialogues", before=100 * DAY)
        store.expire("unanswered", before=100 * DAY)
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    assert WORDS.encode() not in path.read_bytes()


def test_answers_go_when_nobody_has_answered_for_long(store: Store) -> None:
    for person, days in (("away", (1, 2)), ("back", (1, 200))):
        for number in days:
            assert store.studied.note(person, review(int(number * DAY)))
    assert store.expire("answers", before=100 * DAY) == 2
    assert [len(store.studied.reviews(person, "tea")) for person in ("away", "back")] == [0, 2]
