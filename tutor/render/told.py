"""A row of a batch in words, for people: its question, options, answer and what that rests on, part by part."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tutor.reply import Decline, Reason, Way, named
from tutor.row import Row
from tutor.text import LONGEST

RIGHT = "right"
_NEAR = 0.005  #: confidence below which an entry is not near at all


@dataclass(frozen=True)
class Verdict:
    """What is said of one option: right, tempting or wrong, why, and the entry that says so."""

    verdict: str
    because: str = ""
    entry: str | None = None


def options_of(row: Row) -> list[str]:
    """Return the options of *row* as texts, none where it has none."""
    options = row.passed.get("options")
    return [str(option) for option in options] if isinstance(options, list) else []


def key_of(row: Row) -> list[int]:
    """Return the options that are right as the file itself has it (its column correct), none where it does not say."""
    key, count = row.passed.get("correct"), len(options_of(row))
    if not isinstance(key, list) or not all(isinstance(place, int) and 0 <= place < count for place in key):
        return []
    return sorted(set(key))


def verdicts(row: Row) -> Mapping[int, Verdict]:
    """Return what is said of the options of *row*, by their places from 0."""
    said: Sequence[Any] = getattr(row, "verdicts", ())
    whole = {
        place: Verdict(one.verdict, getattr(one, "because", "") or "", getattr(one, "entry", None))
        for place, one in enumerate(said)
    }
    return whole or {place: Verdict(RIGHT, row.answer or "", row.entry) for place in row.choice or ()}


def feedback(verdict: Verdict) -> str:
    """Return a *verdict* in one line.

    >>> feedback(Verdict("wrong", "It keeps you awake.", "fact.caffeine"))
    'Wrong: It keeps you awake. (fact.caffeine)'
    """
    said = verdict.verdict.capitalize() + (f": {verdict.because}" if verdict.because else "")
    return f"{said} ({verdict.entry})" if verdict.entry else said


def because(row: Row) -> str:
    """Return what decided, as "slot: value" pairs."""
    return "; ".join(f"{named(slot)}: {value}" for slot, value in row.because.items())


def cases(row: Row) -> list[tuple[str, str, str]]:
    """Return how a conditional answer turns out: under which values, by which title, with which answer if another."""
    return [(_when(way), _titled(way), "" if way.answer == row.answer else way.answer) for way in row.branches]


def _when(way: Way) -> str:
    return way.told or ", ".join(f"{named(slot)}: {value}" for slot, value in way.when.items())


def _titled(way: Way) -> str:
    return f"{way.verdict}: {way.title}" if way.verdict and not way.title.startswith(way.verdict) else way.title


def sources(row: Row) -> list[tuple[str, str | None]]:
    """Return what the answer rests on: titles with their lines, each with its address where it has one."""
    return [
        (f"{cited.title}, {'line' if cited.lines.isdigit() else 'lines'} {cited.lines}", _web(cited.url))
        for cited in row.citations
    ]


def nearest(row: Row) -> list[tuple[str, float]]:
    """Return the titles that come near a question without an answer, the nearest first, with their confidence."""
    if row.status not in ("choose", "declined"):
        return []
    return [(one.title, one.confidence) for one in row.candidates if one.confidence >= _NEAR]


def declined(row: Row) -> str | None:
    """Return what the reply says in place of an answer, None where there is one, or another reason for none.

    A row keeps no reason. One that was not read, empty or too long, has no candidates.
    """
    if row.status != "declined" or row.answer:
        return None
    unread: Reason = "too-long" if len(row.question) > LONGEST else "empty"
    return Decline((), "out-of-scope" if row.candidates else unread).text


def summary(row: Row) -> str:
    """Return the answer of *row* with what it rests on, as a few lines of plain text."""
    return "\n".join(_summary(row))


def _summary(row: Row) -> Iterator[str]:
    if row.error:
        yield f"Error: {row.error}"
    if row.status in ("choose", "declined"):
        yield "Not answered." if row.status == "declined" else "Not settled; several entries are close."
    if row.title:
        yield row.title
    if row.answer:
        yield row.answer
    if row.because:
        yield f"Because {because(row)}."
    for when, title, answer in cases(row):
        yield f"- {when}: {title}. {answer}".rstrip()
    for title, _ in sources(row):
        yield f"Source: {title}"


def _web(url: str | None) -> str | None:
    return url if url and url.startswith(("https://", "http://")) else None
