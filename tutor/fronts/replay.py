"""Replaying a file of transcripts, and writing it anew."""

from collections.abc import Callable
from pathlib import Path

from tutor.replay import Replay, replay
from tutor.transcript import load_transcripts, save_transcripts
from tutor.tutor import Tutor


def replay_file(load: Callable[[], Tutor], path: Path) -> list[Replay]:
    """Replay every transcript in the file *path*; the tutor is loaded once the file has been read."""
    transcripts = load_transcripts(path)
    tutor = load()
    return [replay(tutor, transcript) for transcript in transcripts]


def update_file(path: Path, replays: list[Replay]) -> bool:
    """Write the file *path* as its *replays* went, unless one ended early or nothing is new; say whether it was."""
    if any(done.error for done in replays):
        return False
    new = [done.renewed() for done in replays]
    if new == [done.transcript for done in replays]:
        return False
    save_transcripts(path, new)
    return True
