"""The question of the day: what a command wants, and when a question is due, in every time zone."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.errors import SlackError
from tutor.fronts.slack.daily import GRACE, Daily, Wish, fell_due, wish

BERLIN = Daily("02:30", "Europe/Berlin")


def moment(text: str) -> float:
    """Return a time in UTC as seconds since the epoch."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("daily on", Daily("09:00", "UTC", weekdays=False, since=5.0)),
        ("daily on 9:05", Daily("09:05", "UTC", weekdays=False, since=5.0)),
        (
            "Daily on at 23:59 America/Argentina/Buenos_Aires",
            Daily("23:59", "America/Argentina/Buenos_Aires", since=5.0),
        ),
        ("daily question on 09:00 weekdays", Daily("09:00", "UTC", weekdays=True, since=5.0)),
        ("daily on 09:00 etc/gmt+5 weekdays", Daily("09:00", "Etc/GMT+5", weekdays=True, since=5.0)),
        ("daily on Europe/Berlin", Daily("09:00", "Europe/Berlin", since=5.0)),
        (" daily OFF ", "off"),
        ("daily", "state"),
        ("daily question", "state"),
        ("daily jobs or streaming?", None),
        ("Which daily rollout?", None),
        ("dailyon", None),
        ("", None),
    ],
)
def test_what_a_command_wants_is_read(text: str, wanted: Daily | Wish | None) -> None:
    assert wish(text, 5.0) == wanted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("daily on 24:00", "24:00 is no time of the day; "),
        ("daily on 9:60", "9:60 is no time of the day; "),
        ("daily on 09:00 Europe/Berln", "there is no time zone Europe/Berln; did you mean Europe/Berlin? "),
        ("daily on 09:00 ../etc/passwd", "this does not say when; "),
        ("daily on 09:00 Europe/Berlin sundays", "this does not say when; "),
        ("daily off now", "this does not say when; "),
        ("daily on " + "9" * 5000, "this does not say when; "),
    ],
)
def test_what_cannot_be_read_is_told_with_an_example(text: str, said: str) -> None:
    with pytest.raises(SlackError) as caught:
        wish(text, 0.0)
    assert str(caught.value) == f"{said}write for example: daily on 09:00 Europe/Berlin weekdays; or: daily off"


@given(st.text(max_size=60), st.sampled_from(["", "daily ", "daily on ", "daily on 09:00 "]))
def test_any_text_is_read_or_refused_in_one_line(text: str, before: str) -> None:
    with suppress(SlackError):
        assert wish(before + text, 0.0) is None or text or before


@pytest.mark.parametrize(
    ("daily", "now", "day"),
    [
        (Daily("09:00"), "2026-11-28 08:59:59", None),
        (Daily("09:00"), "2026-11-28 09:00:00", "2026-11-28"),
        (Daily("09:00"), "2026-11-28 12:59:59", "2026-11-28"),
        (Daily("09:00"), "2026-11-28 13:00:00", None),
        (Daily("23:30"), "2026-11-29 01:00:00", "2026-11-28"),
        (Daily("23:30", weekdays=True), "2026-11-28 01:00:00", "2026-11-27"),
        (Daily("09:00", weekdays=True), "2026-11-28 09:00:00", None),
        (Daily("09:00", weekdays=True), "2026-11-30 09:00:00", "2026-11-30"),
        (Daily("09:00", "Asia/Tokyo"), "2026-11-28 00:00:00", "2026-11-28"),
        (Daily("09:00", since=moment("2026-11-28 09:00:00")), "2026-11-28 09:00:00", None),
        (Daily("09:00", since=moment("2026-11-28 08:59:59")), "2026-11-28 09:00:00", "2026-11-28"),
    ],
)
def test_a_question_is_due_from_its_time_on_for_four_hours(daily: Daily, now: str, day: str | None) -> None:
    due = daily.due(moment(now))
    assert (str(due[0]) if due else None) == day


@pytest.mark.parametrize(
    ("day", "at"),
    [("2026-03-28", "01:30"), ("2026-03-29", "01:30"), ("2026-03-30", "00:30"), ("2026-10-25", "00:30")],
    ids=["winter", "a time that does not exist", "summer", "a time that comes twice"],
)
def test_there_is_one_time_a_day_where_clocks_change(day: str, at: str) -> None:
    due = BERLIN.due(moment(f"{day} 03:00"))
    assert due is not None
    assert (str(due[0]), due[1]) == (day, moment(f"{day} {at}"))


@given(
    at=st.times().map(lambda time: time.strftime("%H:%M")),
    zone=st.sampled_from(
        ["UTC", "Europe/Berlin", "Pacific/Apia", "Asia/Kathmandu", "America/New_York", "Pacific/Chatham"]
    ),
    begun=st.floats(1e6, 4e9),
)
def test_every_day_has_its_question_wherever_one_looks_from(at: str, zone: str, begun: float) -> None:
    daily = Daily(at, zone)
    found = [daily.due(begun + hours * 3600.0) for hours in range(72)]
    days = sorted({due for due in found if due})
    assert 3 <= len(days) <= 4
    assert len({day for day, _ in days}) == len(days)
    assert all(due[1] <= begun + hours * 3600.0 < due[1] + GRACE for hours, due in enumerate(found) if due)


def test_what_is_due_is_the_same_for_each_replica_and_another_for_each_channel_and_day() -> None:
    chosen: dict[str, Any] = {f"T1/C{number}": Daily("09:00").to_dict() for number in range(3)}
    today, tomorrow = moment("2026-11-28 09:00"), moment("2026-11-29 09:00")
    one, other = list(fell_due(chosen, today)), list(fell_due(chosen, today + 3600))
    assert one == other
    assert [(heard.team, heard.channel, heard.thread, heard.at) for heard in one] == [
        ("T1", f"C{number}", f"T1/C{number}/daily", today) for number in range(3)
    ]
    events = [heard.event for heard in (*one, *fell_due(chosen, tomorrow))]
    assert len(set(events)) == 6
    assert list(fell_due(chosen, today - 1)) == []
