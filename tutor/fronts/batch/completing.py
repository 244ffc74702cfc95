"""What completes rows that leave a slot open: answers given later by id, and values assumed for all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tutor.errors import BatchError, SlotError
from tutor.fronts.batch.readers import Reading, read_records
from tutor.fronts.batch.record import Record, id_text
from tutor.row import Asked, Row
from tutor.slots import reading
from tutor.spelling import did_you_mean
from tutor.step import known_values
from tutor.subject import Pack

MOST_ANSWERS = 1_000_000


@dataclass(frozen=True)
class Completing:
    """Values of slots that rows do not say themselves: *answers* by the id of a row, and what is *assumed* for all."""

    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    assumed: Mapping[str, str] = field(default_factory=dict)


def read_assumed(pack: Pack, said: Iterable[str]) -> dict[str, str]:
    """Return SLOT=VALUE pairs, both as ids; a BatchError for what is none, or unknown, or says two values."""
    assumed: dict[str, str] = {}
    for pair in said:
        slot, sign, value = pair.partition("=")
        if not (slot and sign and value):
            raise BatchError(f"--assume {pair}: write SLOT=VALUE")
        known = _ids(pack, {slot: value}, f"--assume {pair}")
        if assumed.get(slot, known[slot]) != known[slot]:
            raise BatchError(f"--assume {pair}: {slot} is assumed to be {assumed[slot]} already")
        assumed.update(known)
    return assumed


def read_answers(pack: Pack, path: Path, how: Reading) -> dict[str, dict[str, str]]:
    """Return the values of slots in the file *path* by the id of the row they complete.

    A BatchError names the first row that cannot be used; one without id or without values says nothing.
    """
    answers: dict[str, dict[str, str]] = {}
    seen = False
    for record in read_records(path, replace(how, needs="id", fixed=True)):
        if record.fault:
            raise BatchError(f"{path}: {record.fault}")
        seen = seen or not pack.slots.keys().isdisjoint(record.columns)
        row_id, given = id_text(record.columns.get("id")), _given(pack, path, record)
        if not row_id or not given:
            continue
        before = answers.setdefault(row_id, {})
        for slot, value in given.items():
            if before.setdefault(slot, value) != value:
                raise BatchError(f"{path}: row {record.number}: {slot} of {row_id} is {before[slot]} already")
        if len(answers) > MOST_ANSWERS:
            raise BatchError(f"{path}: more than {MOST_ANSWERS} answers")
    if not seen:
        raise BatchError(f"{path}: has no column of a slot; {did_you_mean('', pack.slots)}")
    return answers


def _given(pack: Pack, path: Path, record: Record) -> dict[str, str]:
    given = {name: value for name, value in record.columns.items() if name in pack.slots and value not in (None, "")}
    for name, value in given.items():
        if not isinstance(value, str):
            raise BatchError(f"{path}: row {record.number}: the value of {name} is not text")
    return _ids(pack, given, f"{path}: row {record.number}")


def _ids(pack: Pack, known: Mapping[str, str], where: str) -> dict[str, str]:
    try:
        return known_values(pack, known)
    except SlotError as error:
        raise BatchError(f"{where}: {error}") from None


def completed(pack: Pack, asked: Asked, completing: Completing) -> Asked:
    """Return *asked* with the values that were answered for its id; a SlotError where it says otherwise itself."""
    given = completing.answers.get(asked.id or "")
    if not given:
        return asked
    own = known_values(pack, asked.known)
    for slot, value in given.items():
        if own.get(slot, value) != value:
            raise SlotError(f"the answers say {slot}={value}, the row says {own[slot]}")
    return replace(asked, known={**given, **own})


def still_open(pack: Pack, asked: Asked, row: Row, completing: Completing) -> Asked | None:
    """Return *asked* with what is assumed for the slots that its conditional *row* needs, None where nothing is.

    What the question denies is not assumed.
    """
    wanted = {slot: completing.assumed[slot] for slot in row.needs if slot in completing.assumed}
    if not wanted or row.status != "conditional":
        return None
    denied = reading(asked.question, {slot: pack.slots[slot] for slot in wanted}).denied
    given = {slot: value for slot, value in wanted.items() if value not in denied.get(slot, ())}
    return replace(asked, known={**asked.known, **given}) if given else None
