"""What a learner answered is kept once and for all, and an exam as it stood last, whoever else writes or is killed."""

import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.rounds import a_job, accepted
from tests.store.studying import PACK, WHO, review
from tutor.errors import StoreError
from tutor.store import Store, open_store
from tutor.store.written import LARGEST
from tutor.study.answered import Answered
from tutor.study.certainty import CERTAINTIES
from tutor.study.review import Review


def terminal(url: str, name: str, count: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.store.studying", url, name, str(count)]
    started = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert started.stdout
    assert started.stdout.readline() == "open\n"
    return started


def begin(*terminals: "subprocess.Popen[str]") -> None:
    for one in terminals:
        assert one.stdin
        one.stdin.write("\n")
        one.stdin.flush()


def names(reviews: Sequence[Review]) -> list[str]:
    return [one.answered.exercise for one in reviews]


def test_an_answer_comes_back_as_it_was_given_and_in_the_order_in_which_it_came(store: Store) -> None:
    at = datetime(2026, 3, 1, 9, 30, 0, 123456, UTC)
    wrong = Answered("e1", "fact.tea", "leaves", "Grün \N{LEAF FLUTTERING IN WIND}", False, "guess", "fact.cup", 2, at,
                     ("fact.cup", "fact.pot"))  # fmt: skip
    told = [Review(wrong, PACK, {"fact.tea": 3, "fact.cup": 1, "fact.pot": 2}), review(1)]
    assert [store.studied.note(WHO, one) for one in told] == [True, True]
    assert store.studied.reviews(WHO, PACK) == told


def test_an_answer_that_comes_again_under_its_key_is_kept_once(store: Store) -> None:
    assert [store.studied.note(WHO, review(number), key="Ev1") for number in (1, 2)] == [True, False]
    assert store.studied.note("other", review(3), key="Ev1")
    assert names(store.studied.reviews(WHO, PACK)) == ["a 1"]


def test_everybody_has_answers_of_their_own_for_each_pack(store: Store) -> None:
    store.studied.note("one", review(1))
    store.studied.note("one", replace(review(2), pack="bread"))
    assert names(store.studied.reviews("one", PACK)) == ["a 1"]
    assert names(store.studied.reviews("one", "bread")) == ["a 2"]
    assert store.studied.reviews("two", PACK) == []


def test_answers_are_kept_with_the_event_that_brought_them_or_not_at_all(store: Store) -> None:
    accepted(store, "Ev1", person="U1")
    job = a_job(store, at=1.0)
    assert store.finish(job, at=2.0, answers=[review(1), review(2)])
    assert store.finish(job, at=3.0, answers=[review(3)]) is None
    assert names(store.studied.reviews("U1", PACK)) == ["a 1", "a 2"]


def test_answers_of_nobody_are_refused_and_the_event_waits_on(store: Store) -> None:
    assert store.accept("Ev1", "T", {}, at=1.0)
    with pytest.raises(StoreError, match="the person must be 1 to 500 printable characters"):
        store.finish(a_job(store), at=2.0, answers=[review(1)])
    assert store.backlog().waiting == 1


@pytest.mark.parametrize(
    "damage",
    ["at = 1e15", "at = -1e15", "at = -1", "at = 9e999", "at = 'noon'", "revisions = '{'", "revisions = '[]'",
     "revisions = 'NaN'", "certainty = 'perhaps'"],
)  # fmt: skip
def test_an_answer_that_is_damaged_is_left_out_and_told(tmp_path: Path, damage: str) -> None:
    told: list[str] = []
    with open_store(str(tmp_path / "store.db")) as store:
        for number in (1, 2, 3):
            store.studied.note(WHO, review(number))
        with closing(sqlite3.connect(tmp_path / "store.db")) as raw, raw:
            raw.execute(f"update tutor_reviews set {damage} where number = 2")  # noqa: S608 - words of this test
        assert names(store.studied.reviews(WHO, PACK, tell=told.append)) == ["a 1", "a 3"]
        assert names(store.studied.reviews(WHO, PACK)) == ["a 1", "a 3"]
    assert told == ["answer 2 is damaged and does not count"]


@pytest.mark.parametrize("state", ["{", "", "[]", "7", "[" * 100_000])
def test_an_exam_that_is_damaged_comes_back_empty_and_can_be_dropped(tmp_path: Path, state: str) -> None:
    with open_store(str(tmp_path / "store.db")) as store:
        assert store.studied.begin_exam(WHO, PACK, {"place": 1}, at=1.0)
        with closing(sqlite3.connect(tmp_path / "store.db")) as raw, raw:
            raw.execute("update tutor_exams set state = ?", (state,))
        waits = store.studied.unfinished_exam(WHO, PACK)
        assert waits is not None
        assert waits.state == {}
        assert store.studied.drop_exam(waits)


def test_an_exam_goes_on_where_it_was_saved_last(store: Store) -> None:
    assert store.studied.unfinished_exam(WHO, PACK) is None
    begun = store.studied.begin_exam(WHO, PACK, {"place": 0}, at=1.0)
    assert begun is not None
    saved = store.studied.save_exam(begun, {"place": 1}, at=2.0)
    assert saved == replace(begun, state={"place": 1}, saves=2, saved=2.0)
    assert store.studied.unfinished_exam(WHO, PACK) == saved


def test_there_is_one_open_exam_a_person_and_pack(store: Store) -> None:
    assert store.studied.begin_exam(WHO, PACK, {}, at=1.0)
    assert store.studied.begin_exam(WHO, PACK, {}, at=2.0) is None
    assert store.studied.begin_exam(WHO, "bread", {}, at=2.0)
    assert store.studied.begin_exam("other", PACK, {}, at=2.0)


def test_of_two_terminals_with_the_same_exam_the_later_hears_that_it_is_behind(store: Store) -> None:
    begun = store.studied.begin_exam(WHO, PACK, {"by": "nobody"}, at=1.0)
    assert begun is not None
    assert store.studied.save_exam(begun, {"by": "one"}, at=2.0)
    assert store.studied.save_exam(begun, {"by": "two"}, at=3.0) is None
    assert store.studied.hand_in(begun, {"by": "two"}, [review(1)], at=3.0) is None
    assert not store.studied.drop_exam(begun)
    left = store.studied.unfinished_exam(WHO, PACK)
    assert left is not None
    assert (left.state, store.studied.reviews(WHO, PACK)) == ({"by": "one"}, [])


def test_an_exam_is_handed_in_once_with_all_its_answers(store: Store) -> None:
    begun = store.studied.begin_exam(WHO, PACK, {}, at=1.0)
    assert begun is not None
    over = store.studied.hand_in(begun, {"over": True}, [review(1), review(2)], at=9.0)
    assert over == replace(begun, state={"over": True}, saves=2, saved=9.0, finished=9.0)
    for late in (begun, over):
        assert store.studied.hand_in(late, {}, [review(3)], at=10.0) is None
        assert store.studied.save_exam(late, {}, at=10.0) is None
        assert not store.studied.drop_exam(late)
    assert names(store.studied.reviews(WHO, PACK)) == ["a 1", "a 2"]
    assert store.studied.unfinished_exam(WHO, PACK) is None
    assert store.studied.finished_exams(WHO, PACK) == [over]
    again = store.studied.begin_exam(WHO, PACK, {}, at=11.0)
    assert again is not None
    assert store.studied.hand_in(again, {}, [review(1)], at=12.0)
    assert len(store.studied.reviews(WHO, PACK)) == 3
    assert [exam.begun for exam in store.studied.finished_exams(WHO, PACK)] == [1.0, 11.0]


def test_an_exam_that_is_dropped_makes_room_for_another(store: Store) -> None:
    begun = store.studied.begin_exam(WHO, PACK, {}, at=1.0)
    assert begun is not None
    assert store.studied.drop_exam(begun)
    assert store.studied.begin_exam(WHO, PACK, {}, at=2.0)


def test_an_exam_that_is_too_large_is_refused_in_one_line(store: Store) -> None:
    assert store.studied.begin_exam(WHO, PACK, {"text": "x" * (LARGEST - 20)}, at=1.0)
    with pytest.raises(StoreError, match="the exam has 1,000,011 characters; at most 1,000,000 are kept"):
        store.studied.begin_exam(WHO, PACK, {"text": "x" * LARGEST}, at=1.0)


def test_two_terminals_at_once_lose_nothing(url: str) -> None:
    with open_store(url) as store, terminal(url, "a", 60) as one, terminal(url, "b", 60) as other:
        begin(one, other)
        assert (one.wait(timeout=120), other.wait(timeout=120)) == (0, 0)
        kept = names(store.studied.reviews(WHO, PACK))
    assert len(kept) == 120
    for name in ("a", "b"):
        assert [said for said in kept if said.startswith(name)] == [f"{name} {number}" for number in range(60)]


def test_a_terminal_that_is_killed_loses_at_most_the_answer_being_typed(url: str) -> None:
    with terminal(url, "a", 100_000) as killed:
        begin(killed)
        assert killed.stdout
        told = [killed.stdout.readline() for _ in range(20)]
        killed.kill()
        told += killed.stdout.readlines()
        killed.wait(timeout=60)
    with open_store(url) as store:
        kept = names(store.studied.reviews(WHO, PACK))
        said = [f"a {line.strip()}" for line in told if line.endswith("\n")]
        assert kept[: len(said)] == said
        assert len(kept) - len(said) in (0, 1)
        assert store.studied.note(WHO, review(1, "after"))


_TEXT = st.text(max_size=40)
_ID = st.text("abc-.\N{SNOWMAN}", min_size=1, max_size=20)
_REVIEWS = st.builds(
    lambda revisions, chosen, right, certainty, hints, at: Review(
        Answered("e", "fact.tea", "leaves", chosen, right, certainty, next(iter(revisions), None), hints, at,
                 tuple(revisions)),
        PACK,
        {"fact.tea": 1, **revisions},
    ),
    st.dictionaries(_ID, st.integers(1, 1000), max_size=4),
    st.none() | _TEXT.filter(lambda text: "\0" not in text and text.encode("utf-8", "replace") == text.encode()),
    st.booleans(),
    st.sampled_from(CERTAINTIES),
    st.integers(0, 9),
    st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC)),
)  # fmt: skip


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_REVIEWS, max_size=5))
def test_any_answers_come_back_as_they_were(tmp_path: Path, told: list[Review]) -> None:
    with open_store(str(tmp_path / "store.db")) as store:
        store.forget(WHO)
        for one in told:
            store.studied.note(WHO, one)
        assert store.studied.reviews(WHO, PACK) == told
