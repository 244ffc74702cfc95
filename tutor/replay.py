"""A replay: a transcript said again to today's tutor, and what has changed."""

import json
from dataclasses import dataclass, replace
from typing import Any

from tutor.dialogue import Dialogue
from tutor.errors import SlotError
from tutor.transcript import Exchange, Transcript, compared, recorded, renewed
from tutor.tutor import Tutor


@dataclass(frozen=True)
class Replay:
    """A *transcript* as it was written, the *turns* as they go today under the pack stamped *pack*.

    An *error* ended the replay before its last turn.
    """

    transcript: Transcript
    pack: str
    turns: tuple[Exchange, ...]
    error: str | None = None

    @property
    def different(self) -> tuple[int, ...]:
        """The numbers, from 1, of the turns that go otherwise than written."""
        pairs = zip(self.transcript.turns, self.turns, strict=False)
        return tuple(number for number, (expected, today) in enumerate(pairs, 1) if not expected.met_by(today))

    @property
    def same(self) -> bool:
        """Whether every turn goes as written."""
        return not self.error and not self.different

    def renewed(self) -> Transcript:
        """Return the transcript as it is met today."""
        known = self.transcript.is_about(self.pack)
        turns = zip(self.transcript.turns, self.turns, strict=True)
        return replace(
            self.transcript,
            pack=self.transcript.pack if known else self.pack,
            turns=tuple(renewed(expected, today) for expected, today in turns),
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the replay as JSON can hold it; of turns that differ, what was expected and what is said today."""
        shown = []
        for number in self.different:
            expected, today = self.transcript.turns[number - 1], self.turns[number - 1]
            before, after = compared(expected, today)
            shown.append({"turn": number, "say": expected.say, "expected": before, "said": after})
        return {
            "title": self.transcript.title,
            "recorded_with": self.transcript.pack,
            "replayed_with": self.pack,
            "same": self.same,
            "turns": len(self.transcript.turns),
            "different": shown,
            "error": self.error,
        }


def replay(tutor: Tutor, transcript: Transcript) -> Replay:
    """Say every turn of *transcript* again; between turns the dialogue goes through JSON, as when a front restarts."""
    dialogue, turns = Dialogue(), list[Exchange]()
    for number, expected in enumerate(transcript.turns, start=1):
        kept = Dialogue.from_dict(json.loads(json.dumps(dialogue.to_dict())))
        try:
            turn = tutor.respond(expected.say, kept, known=expected.known or None)
        except SlotError as error:
            return Replay(transcript, tutor.pack.stamp, tuple(turns), f"turn {number}: {error}")
        dialogue = turn.dialogue
        turns.append(recorded(expected.say, turn.reply, expected.known))
    return Replay(transcript, tutor.pack.stamp, tuple(turns))
