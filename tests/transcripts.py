"""Transcripts: dialogues written out in tests/dialogues/*.yaml, to be replayed through the core and through fronts."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "dialogues"


@dataclass(frozen=True)
class Expected:
    """What is expected of one reply: its kind, its entry or slot, and a phrase that its text has or has not."""

    reply: str
    entry: str | None = None
    slot: str | None = None
    text: str = ""
    without: str | None = None

    def met_by(self, reply: dict[str, Any]) -> bool:
        """Say whether *reply*, as to_dict gives it, is as expected."""
        return (
            reply["reply"] == self.reply
            and reply.get("entry") == self.entry
            and reply.get("slot") == self.slot
            and self.shown_in(reply["text"])
        )

    def shown_in(self, text: str) -> bool:
        """Say whether *text*, in any layout, has the phrase expected and not the other one."""
        said = " ".join(text.split())
        return self.text in said and (self.without is None or self.without not in said)


@dataclass(frozen=True)
class Transcript:
    """One dialogue: the pack it is about, its title, and what is said and expected, turn by turn."""

    pack: str
    title: str
    turns: tuple[tuple[str, Expected], ...]


def transcripts(pack: str) -> Iterator[Transcript]:
    """Yield the transcripts about *pack*, in the order of the files."""
    for path in sorted(FOLDER.glob("*.yaml")):
        held = yaml.safe_load(path.read_text(encoding="utf-8"))
        for title, turns in held["transcripts"].items() if held["pack"] == pack else ():
            yield Transcript(pack, title, tuple((turn["say"], Expected(**turn["expect"])) for turn in turns))
