"""The question of the day: when a channel wants it, and when it is due. Pure, but for the names of time zones."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from tutor.errors import SlackError
from tutor.fronts.slack.heard import Heard
from tutor.study.exercise import drawn

DAILY = "daily"  #: the setting of a channel
GRACE = 4 * 3600.0  #: seconds after its time that a question is still put, where the tutor was away
_HOW = "write for example: daily on 09:00 Europe/Berlin weekdays; or: daily off"
_ASKED = re.compile(r"daily(?:\s+question)?(?:\s+(?P<rest>.*))?", re.IGNORECASE | re.DOTALL)
_ON = re.compile(
    r"on(?:\s+(?:at\s+)?(?P<at>[0-9]{1,2}:[0-9]{2}))?(?:\s+(?P<zone>[\w+/-]{1,60}?))??(?P<days>\s+weekdays)?",
    re.IGNORECASE,
)

Wish = Literal["off", "state"]


@dataclass(frozen=True)
class Daily:
    """A question *at* a time of the day (HH:MM) in a *zone*, on *weekdays* or all days; *since* when it is wanted."""

    at: str = "09:00"
    zone: str = "UTC"
    weekdays: bool = False
    since: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return this as JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_dict(cls, saved: Mapping[str, Any]) -> "Daily":
        """Return what *to_dict* saved."""
        return cls(saved["at"], saved["zone"], saved["weekdays"], saved["since"])

    def told(self) -> str:
        """Return when it comes, in words.

        >>> Daily("08:30", "Europe/Berlin", weekdays=True).told()
        'from Monday to Friday at 08:30 (Europe/Berlin)'
        """
        return f"{'from Monday to Friday' if self.weekdays else 'every day'} at {self.at} ({self.zone})"

    def due(self, now: float) -> tuple[date, float] | None:
        """Return the day whose question is due *now*, and from when on; None when none is.

        One is due from its time until four hours later, and not if its time was before it was wanted.
        """
        zone = ZoneInfo(self.zone)
        today = datetime.fromtimestamp(now, UTC).astimezone(zone).date()
        for day in (today, today - timedelta(days=1)):
            at = datetime.combine(day, time.fromisoformat(self.at), tzinfo=zone).timestamp()
            if max(self.since, now - GRACE) < at <= now and not (self.weekdays and day.weekday() >= 5):
                return day, at
        return None


def wish(text: str, now: float) -> Daily | Wish | None:
    """Return what the *text* of a command wants of the daily question; None when it is about something else.

    A SlackError says how to write what cannot be read. It counts from *now*, in seconds since the epoch.

    >>> wish("daily on 7:30 europe/berlin", 0.0)
    Daily(at='07:30', zone='Europe/Berlin', weekdays=False, since=0.0)
    >>> wish("daily off", 0.0), wish("daily", 0.0), wish("Is a daily job enough?", 0.0)
    ('off', 'state', None)
    """
    asked = _ASKED.fullmatch(text.strip())
    rest = (asked["rest"] or "").strip() if asked else ""
    if not asked or (rest and not re.match(r"(?:on|off)\b", rest, re.IGNORECASE)):
        return None
    if rest.casefold() == "off" or not rest:
        return "off" if rest else "state"
    return _on(rest, now)


def _on(rest: str, now: float) -> Daily:
    read = _ON.fullmatch(rest)
    if not read:
        raise SlackError(f"this does not say when; {_HOW}")
    return Daily(_at(read["at"] or "09:00"), _zone(read["zone"] or "UTC"), bool(read["days"]), now)


def _at(said: str) -> str:
    hour, minute = map(int, said.split(":"))
    if hour > 23 or minute > 59:
        raise SlackError(f"{said} is no time of the day; {_HOW}")
    return f"{hour:02}:{minute:02}"


def _zone(said: str) -> str:
    from tutor.spelling import nearest

    zones = _zones()
    if name := zones.get(said.casefold()):
        return name
    near = nearest(said.casefold(), zones)
    meant = f"did you mean {zones[near]}? " if near else ""
    raise SlackError(f"there is no time zone {said}; {meant}{_HOW}")


@cache
def _zones() -> Mapping[str, str]:
    return {name.casefold(): name for name in sorted(available_timezones())}


def fell_due(chosen: Mapping[str, Any], now: float) -> Iterator[Heard]:
    """Yield the questions that are due *now*, of the channels that *chose* one; the same for each replica.

    Channels are named as the store names them: team and channel.
    """
    for place, saved in chosen.items():
        due = Daily.from_dict(saved).due(now)
        if due:
            day, at = due
            team, channel = place.split("/")
            event = f"daily-{drawn(place, day.isoformat())[:32]}"
            yield Heard("daily", event, f"{place}/daily", team, channel, "", at)
