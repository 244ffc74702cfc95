"""Progress is counted by the learner's own days, and mastery only by what is known."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.study.learners import BLACK, CUP, GREEN, TOPICS, WHITE, answered, day, left_open, log, pack_of
from tutor.study.answered import Answered
from tutor.study.memory import remember
from tutor.study.progress import Confusion, Mastery, Progress, progress

PACK = pack_of()
BERLIN = ZoneInfo("Europe/Berlin")


def found(*answers: Answered, at: float = 0) -> Progress:
    return progress(PACK, TOPICS, remember(PACK, log(*answers), day(at)), UTC)


def test_before_the_first_answer_nothing_is_mastered_and_nothing_due() -> None:
    assert found() == Progress(
        day=date(2026, 3, 2),
        mastery=0,
        topics=(Mastery("leaves", "Leaves", 3, 0, 0, 0), Mastery("cups", "Cups", 1, 0, 0, 0)),
        answers=0,
        today=0,
        due=0,
        forecast=(0,) * 14,
        streak=0,
        certain={"sure": (0, 0), "unsure": (0, 0), "guess": (0, 0)},
        confused=(),
        gone=(),
        renewed=(),
    )


def test_what_was_wrong_or_guessed_last_is_seen_but_not_mastered() -> None:
    leaves, cups = found(answered(BLACK), answered(GREEN, right=False), answered(CUP, certainty="guess")).topics
    assert (leaves.seen, round(leaves.mastery, 3)) == (2, 0.333)
    assert (cups.seen, cups.mastery) == (1, 0)


def test_mastery_fades() -> None:
    faded = [found(answered(CUP), at=days).topics[1].mastery for days in (0, 2, 30, 300)]
    assert [round(mastery, 2) for mastery in faded] == [1.0, 0.91, 0.67, 0.47]


def test_entries_that_nothing_asks_about_do_not_count_against_mastery() -> None:
    one = progress(PACK, {BLACK}, remember(PACK, log(answered(BLACK)), day(0)), UTC)
    assert (one.mastery, one.topics) == (1, (Mastery("leaves", "Leaves", 1, 1, 0, 1),))
    assert progress(PACK, (), remember(PACK, (), day(0)), UTC).mastery == 0


def test_the_forecast_puts_what_is_overdue_on_today() -> None:
    forecast = found(answered(BLACK, right=False), answered(GREEN), answered(WHITE, 9, right=False), at=9).forecast
    assert forecast == (2, 1, *[0] * 12)


def test_pairs_that_were_confused_are_due_as_well() -> None:
    here = found(answered(GREEN, confused=BLACK), at=1)
    assert (here.due, here.topics[0].due) == (2, 1)
    assert [(one.entries, one.answers, one.wrong) for one in here.confused] == [((BLACK, GREEN), 1, 1)]
    assert isinstance(here.confused[0], Confusion)


@pytest.mark.parametrize(
    ("days", "today", "length"),
    [((), 5, 0), ((5,), 5, 1), ((4,), 5, 1), ((3,), 5, 0), ((3, 4, 5), 5, 3), ((1, 3, 4, 4.1), 5, 2)],
)
def test_a_streak_goes_back_from_today_or_from_yesterday(days: tuple[float, ...], today: int, length: int) -> None:
    assert found(*(answered(BLACK, at) for at in days), at=today).streak == length


def test_a_streak_goes_by_the_days_of_the_learner_over_a_change_of_the_clock() -> None:
    late = [datetime(2026, 3, 28, 22, 30, tzinfo=UTC), datetime(2026, 3, 29, 22, 30, tzinfo=UTC)]
    answers = [answered(BLACK, (at - day(0)).total_seconds() / 86_400) for at in late]
    memory = remember(PACK, log(*answers), late[1])
    assert progress(PACK, TOPICS, memory, UTC).streak == 2
    assert progress(PACK, TOPICS, memory, BERLIN).streak == 1  # 23:30 in winter, and 0:30 two days later in summer


def test_certainty_is_told_beside_how_often_it_was_right() -> None:
    here = found(answered(BLACK), answered(GREEN, right=False), answered(CUP, certainty="guess"), left_open(WHITE))
    assert here.certain == {"sure": (2, 1), "unsure": (0, 0), "guess": (1, 1)}
    assert (here.answers, here.today) == (4, 4)
