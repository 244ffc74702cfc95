"""The transcripts in tests/dialogues/*.yaml, to be replayed through the core and through fronts."""

from pathlib import Path

from tutor.transcript import Transcript, load_transcripts

FOLDER = Path(__file__).parent / "dialogues"


def transcripts(pack: str) -> list[Transcript]:
    """Return the transcripts about *pack*, in the order of the files."""
    found = [transcript for path in sorted(FOLDER.glob("*.yaml")) for transcript in load_transcripts(path)]
    return [transcript for transcript in found if transcript.pack == pack]
