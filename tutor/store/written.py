"""Values as the tables hold them: texts that every database takes, and JSON, both within bounds."""

import json
from datetime import UTC, datetime
from typing import Any

from tutor.errors import StoreError
from tutor.text import LONGEST

LONGEST_ID = 500  #: characters of an id: of an event, thread, person, worker, message or setting
LARGEST = 1_000_000  #: characters of a payload, body, dialogue or setting as JSON
LONGEST_REASON = 3_000  #: characters of a reason; a longer one is cut


def named(said: str, what: str) -> str:
    """Return *said* as it may stand as an id; a StoreError when it is empty, too long or not plain text."""
    if not 0 < len(said) <= LONGEST_ID or not said.isprintable():
        raise StoreError(f"the {what} must be 1 to {LONGEST_ID} printable characters; nothing was saved")
    return said


def plain(said: str | None, longest: int = LONGEST) -> str | None:
    """Return *said* as every database takes it: at most *longest* characters, without NUL and half characters.

    >>> plain("a\\0b", 2)
    'a\\ufffd'
    """
    if said is None:
        return None
    return said[:longest].replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def to_json(value: Any, what: str) -> str:
    """Return *value* as JSON in ASCII; a StoreError when it cannot be, or is too large."""
    try:
        said = json.dumps(value, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError) as error:
        raise StoreError(f"the {what} is no JSON ({error}); nothing was saved") from None
    if len(said) > LARGEST:
        raise StoreError(f"the {what} has {len(said):,} characters; at most {LARGEST:,} are kept")
    return said


def week_of(at: float) -> str:
    """Return the ISO week of a moment, in UTC.

    >>> week_of(0.0), week_of(1_609_459_200.0)
    ('1970-W01', '2020-W53')
    """
    year, week, _ = datetime.fromtimestamp(at, UTC).isocalendar()
    return f"{year:04}-W{week:02}"
