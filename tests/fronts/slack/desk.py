"""A desk for tests: one thread of one channel, without Slack; what is said and pressed, and what comes of it."""

from dataclasses import dataclass, field, replace
from typing import Any
from zlib import crc32

from tutor import Tutor
from tutor.fronts.slack.answered import Answered
from tutor.fronts.slack.answering import Asked, said
from tutor.fronts.slack.call import Call
from tutor.fronts.slack.heard import Heard
from tutor.fronts.slack.kept import Kept
from tutor.fronts.slack.pressing import pressed
from tutor.fronts.slack.settings import Settings

SAID = Heard("said", "e", "T1/C1/1.0", "T1", "C1", "U1", 1.0, post_in="1.0")
PRESSED = replace(
    SAID, kind="pressed", event="p", at=2.0, message="2.0", reply_url="https://hooks.example.org/1", trigger="7.8"
)


@dataclass
class Desk:
    """Keeps what is kept between two events."""

    tutor: Tutor
    settings: Settings = field(default_factory=Settings)
    choices: dict[str, Any] = field(default_factory=dict)
    kept: Kept = field(default_factory=Kept)
    last: Answered = field(default_factory=Answered)

    def says(self, text: str, **fields: Any) -> Answered:
        """Return what comes of *text*, said in the thread unless *fields* say otherwise."""
        return self._after(said(self.tutor, self._asked(replace(SAID, text=text, **fields)), self.settings))

    def presses(self, button: str, *, of: Call | None = None, **fields: Any) -> Answered:
        """Return what comes of pressing a *button*, by what it shows, under the message that call *of* posts."""
        posted = of or self.calls[-1]
        element = buttons(posted)[button]
        shown = {name: posted.arguments[name] for name in ("text", "blocks")}
        ts = posted.arguments.get("ts") or f"{crc32(str(shown).encode())}.0"
        heard = replace(PRESSED, action=element["action_id"], value=element["value"], shown=shown, message=ts)
        return self._after(pressed(self.tutor, self._asked(replace(heard, **fields)), self.settings))

    @property
    def calls(self) -> list[Call]:
        """What is called after the last event."""
        return [told.call for told in self.last.told]

    @property
    def methods(self) -> list[str]:
        """The methods that are called after the last event."""
        return [call.method for call in self.calls]

    @property
    def texts(self) -> list[str]:
        """The texts that are posted after the last event."""
        return [call.arguments["text"] for call in self.calls]

    def _asked(self, heard: Heard) -> Asked:
        return Asked(heard, self.kept, self.choices, lambda number: f"m.{number}")

    def _after(self, answered: Answered) -> Answered:
        self.kept, self.last = Kept.from_dict((answered.kept or self.kept).to_dict()), answered
        return answered


def buttons(call: Call) -> dict[str, dict[str, Any]]:
    """Return the buttons of a posted message by what they show."""
    rows = [block["elements"] for block in call.arguments["blocks"] if block["type"] == "actions"]
    return {element["text"]["text"]: element for row in rows for element in row}


def names(call: Call) -> list[str]:
    """Return the ids of the blocks of a posted message, without their numbers."""
    return [block["block_id"].rsplit("-", 1)[0] for block in call.arguments["blocks"]]
