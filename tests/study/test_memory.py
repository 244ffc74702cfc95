"""What is remembered follows from the log alone, whatever was answered and whenever."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from fsrs import Rating
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.study.learners import BLACK, CUP, GREEN, TOPICS, WHITE, answered, day, left_open, log, pack_of
from tutor.study.answered import Answered
from tutor.study.certainty import CERTAINTIES, Certainty
from tutor.study.memory import Memory, rating, remember
from tutor.study.review import Review

PACK = pack_of()
BERLIN = ZoneInfo("Europe/Berlin")


def due(memory: Memory) -> list[tuple[str, ...]]:
    return [item.entries for item in memory.due(UTC)]


def due_on(*answers: Answered, entry: str = BLACK) -> int:
    """Return after how many days *entry* comes again."""
    return round((remember(PACK, log(*answers), day(100)).items[entry,].due - day(0)) / timedelta(days=1))


@pytest.mark.parametrize(
    ("right", "certainty", "hints", "told"),
    [
        (True, "sure", 0, Rating.Good),
        (True, "unsure", 0, Rating.Hard),
        (True, "guess", 0, Rating.Hard),
        (True, "sure", 1, Rating.Hard),
        (False, "sure", 0, Rating.Again),
        (False, "guess", 2, Rating.Again),
    ],
)
def test_fsrs_is_told_how_sure_a_right_answer_was(right: bool, certainty: Certainty, hints: int, told: Rating) -> None:
    assert rating(answered(BLACK, right=right, certainty=certainty, hints=hints)) is told


def test_the_surer_a_right_answer_the_later_it_comes_again() -> None:
    after = [
        due_on(answered(BLACK, right=False)),
        due_on(answered(BLACK, certainty="unsure")),
        due_on(answered(BLACK)),
        due_on(answered(BLACK), answered(BLACK, 2)),
        due_on(answered(BLACK), answered(BLACK, 2), answered(BLACK, 13)),
    ]
    assert after == [1, 1, 2, 13, 59]


def test_what_is_forgotten_comes_again_soon() -> None:
    assert due_on(answered(BLACK), answered(BLACK, 2), answered(BLACK, 13, right=False)) == 15


def test_nothing_is_due_before_its_day_and_what_is_due_the_longest_comes_first() -> None:
    given = log(answered(BLACK), answered(GREEN, right=False), answered(WHITE, 0.5))
    assert due(remember(PACK, given, day(0.4))) == []
    assert due(remember(PACK, given, day(1))) == [(GREEN,)]
    assert due(remember(PACK, given, day(4))) == [(GREEN,), (BLACK,), (WHITE,)]


def test_a_day_is_a_day_where_the_learner_is() -> None:
    memory = remember(PACK, log(answered(BLACK, right=False)), datetime(2026, 3, 2, 23, 30, tzinfo=UTC))
    assert memory.due(UTC) == []
    assert [item.entries for item in memory.due(BERLIN)] == [(BLACK,)]


def test_a_pair_that_was_confused_is_remembered_as_one_more_thing() -> None:
    memory = remember(PACK, log(answered(GREEN, confused=BLACK), answered(WHITE, beside=(CUP,))), day(0))
    assert set(memory.items) == {(GREEN,), (WHITE,), (BLACK, GREEN)}
    assert [item.entries for item in memory.confused()] == [(BLACK, GREEN)]


def test_who_guessed_wrong_confused_nothing_unless_it_is_a_pair_already() -> None:
    guess = answered(GREEN, 1, confused=BLACK, certainty="guess")
    assert set(remember(PACK, log(guess), day(2)).items) == {(GREEN,)}
    pair = remember(PACK, log(answered(GREEN, confused=BLACK), guess), day(2)).items[BLACK, GREEN]
    assert (pair.answers, pair.wrong) == (2, 2)


def test_who_confuses_two_comes_back_to_the_pair_while_an_entry_that_is_not_due_keeps_its_day() -> None:
    known = [answered(GREEN), answered(GREEN, 2)]
    before = remember(PACK, log(*known), day(3)).items[GREEN,]
    items = remember(PACK, log(*known, answered(GREEN, 3, confused=BLACK)), day(3)).items
    assert items[GREEN,].due == before.due == day(13)
    assert (items[GREEN,].known, items[GREEN,].wrong) == (False, 1)
    assert items[BLACK, GREEN].due == day(4)


def test_an_entry_that_is_confused_when_it_is_due_does_not_stay_due() -> None:
    items = remember(PACK, log(answered(GREEN), answered(GREEN, 5, confused=BLACK)), day(5)).items
    assert items[GREEN,].due == items[BLACK, GREEN].due == day(6)


def test_an_entry_that_was_confused_when_it_was_first_met_comes_again_as_what_was_wrong() -> None:
    items = remember(PACK, log(answered(GREEN, confused=BLACK)), day(0)).items
    assert items[GREEN,].due == items[BLACK, GREEN].due == day(1)


def test_telling_the_two_apart_counts_for_the_pair_from_either_side() -> None:
    first = answered(GREEN, confused=BLACK)
    again = [answered(BLACK, 1, beside=(GREEN, WHITE)), answered(GREEN, 2, beside=(BLACK,), certainty="guess")]
    pair = remember(PACK, log(first, *again), day(3)).items[BLACK, GREEN]
    assert (pair.answers, pair.wrong, pair.last) == (3, 1, again[1])


def test_another_mistake_says_nothing_about_a_pair() -> None:
    first, other = answered(GREEN, confused=BLACK), answered(GREEN, 1, confused=WHITE, beside=(BLACK, WHITE))
    items = remember(PACK, log(first, other), day(2)).items
    assert (items[BLACK, GREEN].answers, items[GREEN, WHITE].answers) == (1, 1)


def test_a_question_left_open_is_in_the_log_and_changes_nothing_else() -> None:
    memory = remember(PACK, log(left_open(BLACK)), day(5))
    assert (len(memory.answers), memory.items, memory.renewed) == (1, {}, ())


def test_what_was_wrong_or_guessed_last_is_weak_and_so_is_what_fades() -> None:
    given = log(answered(BLACK), answered(GREEN, 30, right=False), answered(WHITE, 30, certainty="guess"))
    given += log(answered(CUP, 30))
    assert [item.entries for item in remember(PACK, given, day(30)).weak()] == [(GREEN,), (WHITE,), (BLACK,)]


def test_an_edited_wording_keeps_the_schedule() -> None:
    before = log(answered(BLACK), answered(BLACK, 2))
    entries = {name: replace(entry, title="Other", answer="Other words.") for name, entry in PACK.entries.items()}
    edited = replace(PACK, entries=entries)
    assert remember(edited, before, day(3)).items == remember(PACK, before, day(3)).items


def test_a_raised_revision_begins_anew_and_says_so_until_it_is_answered() -> None:
    newer = pack_of({BLACK: 2})
    before = log(answered(BLACK), answered(BLACK, 2), answered(GREEN, 2, confused=BLACK))
    memory = remember(newer, before, day(3))
    assert (set(memory.items), memory.renewed) == ({(GREEN,)}, (BLACK,))
    after = remember(newer, [*before, *log(answered(BLACK, 3), pack=newer)], day(3))
    assert (after.items[BLACK,].answers, after.renewed) == (1, ())


def test_an_entry_that_is_gone_from_the_pack_is_skipped_and_told() -> None:
    given = log(answered(BLACK), answered(GREEN, confused=BLACK), answered(WHITE, confused=GREEN))
    memory = remember(pack_of(without=BLACK), given, day(9))
    assert memory.gone == (BLACK,)
    assert set(memory.items) == {(GREEN,), (WHITE,), (GREEN, WHITE)}


def test_an_answer_from_a_clock_that_was_ahead_counts_as_given_now() -> None:
    ahead = remember(PACK, log(answered(BLACK, 9_999, right=False)), day(1))
    assert ahead.items[BLACK,].due == day(2)


_ANSWERS = st.builds(
    answered,
    st.sampled_from(sorted(TOPICS)),
    st.floats(-1000, 1000),
    right=st.booleans(),
    certainty=st.sampled_from(CERTAINTIES),
    confused=st.none() | st.sampled_from(sorted(TOPICS)),
    beside=st.lists(st.sampled_from(sorted(TOPICS)), max_size=3, unique=True).map(tuple),
    hints=st.integers(0, 3),
).filter(lambda one: one.entry != one.confused and one.entry not in one.beside)
_LOGS = st.lists(_ANSWERS, max_size=40).map(lambda answers: log(*answers))


@settings(deadline=None)
@given(_LOGS, st.floats(-2000, 2000))
def test_whatever_was_answered_and_whenever_the_schedule_is_sane(given: list[Review], now: float) -> None:
    at = day(now)
    memory = remember(PACK, given, at)
    assert len(memory.answers) == len(given)
    for key, item in memory.items.items():
        assert list(key) == sorted(set(key))
        assert 0 <= item.wrong <= item.answers <= len(given)
        assert item.last.at <= at
        assert item.card.last_review is not None
        assert item.card.last_review <= item.last.at
        assert timedelta(days=1) <= item.due - item.card.last_review <= timedelta(days=365)
        chances = [item.recall(at + timedelta(days=days)) for days in (0, 1, 30, 1000)]
        assert all(0 < chance <= 1 for chance in chances)
        assert chances == sorted(chances, reverse=True)


@settings(deadline=None)
@given(_LOGS.flatmap(lambda given: st.tuples(st.just(given), st.permutations(given))))
def test_the_same_log_gives_the_same_memory_in_whatever_order_it_is_read(
    logs: tuple[list[Review], list[Review]],
) -> None:
    assume(len({review.answered.at for review in logs[0]}) == len(logs[0]))
    first, second = (remember(PACK, log, day(2000)) for log in logs)
    assert first == second


@settings(deadline=None)
@given(_LOGS, st.integers(0, 40))
def test_more_answers_change_only_what_they_are_about(given: list[Review], some: int) -> None:
    ordered = sorted(given, key=lambda review: review.answered.at)
    first, then = ordered[:some], ordered[some:]
    touched = {review.answered.entry for review in then}
    before, after = remember(PACK, first, day(2000)), remember(PACK, ordered, day(2000))
    for key, item in before.items.items():
        if not touched & set(key):
            assert after.items[key] == item
