"""Replays as plain text: which transcripts go as written, and a unified diff of every turn that does not."""

from collections.abc import Iterator, Sequence
from difflib import unified_diff

from tutor.replay import Replay
from tutor.transcript import compared
from tutor.yaml_text import visible

_LONGEST = 80  #: characters of a title, or of what was said


def told(replays: Sequence[Replay]) -> str:
    """Return a line for each transcript, the differences below it, and how many there are at the end."""
    different = sum(not done.same for done in replays)
    lines = [line for number, done in enumerate(replays, start=1) for line in _lines(number, done)]
    count = f"{len(replays)} transcript{'s' * (len(replays) != 1)}, "
    return "\n".join([*lines, count + (f"{different} different" if different else "all the same")])


def _lines(number: int, done: Replay) -> Iterator[str]:
    title = _short(done.transcript.title) or f"transcript {number}"
    yield f"{'same' if done.same else 'different'}: {title}"
    if not done.transcript.is_about(done.pack):
        yield f"  recorded with {_short(done.transcript.pack)}, replayed with {done.pack}"
    for turn in done.different:
        yield from _difference(turn, done)
    if done.error:
        yield f"  ended at {visible(done.error)}"


def _difference(number: int, done: Replay) -> Iterator[str]:
    expected, today = done.transcript.turns[number - 1], done.turns[number - 1]
    before, after = ([visible(line) for line in lines] for lines in compared(expected, today))
    yield f"  turn {number}: {_short(expected.say)}"
    yield from unified_diff(before, after, "written", "today", lineterm="")


def _short(said: str) -> str:
    shown = visible(" ".join(said.split()))
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"
