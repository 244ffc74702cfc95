"""A terminal of a test: it keeps answers one by one, and says so after each."""

import sys
from datetime import UTC, datetime

from tutor.store import open_store
from tutor.study.answered import Answered
from tutor.study.review import Review

WHO = "me"
PACK = "tea"


def review(number: int, name: str = "a") -> Review:
    """Return answer *number* of the terminal called *name*."""
    at = datetime.fromtimestamp(number, UTC)
    answered = Answered(f"{name} {number}", "fact.tea", "leaves", "Oolong", True, "sure", None, 0, at)
    return Review(answered, PACK, {"fact.tea": 1})


def main(url: str, name: str, count: int) -> None:
    """Wait for a line, then keep *count* answers."""
    with open_store(url) as store:
        print("open", flush=True)  # noqa: T201 - how the test hears of it
        sys.stdin.readline()
        for number in range(count):
            store.studied.note(WHO, review(number, name))
            print(number, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
