"""What is kept of one thread between two events: the dialogue, what it is about, and the button pressed last."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tutor.dialogue import Dialogue
from tutor.errors import DialogueError
from tutor.fronts.slack.standing import Standing


@dataclass(frozen=True)
class Kept:
    """The *dialogue* of a thread, the *question* that it is about, and the button that was *pressed* last.

    In a quiz *standing* is how it stands; all else is empty there.
    """

    dialogue: Dialogue = field(default_factory=Dialogue)
    question: str = ""
    pressed: str = ""
    standing: Standing | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return this as JSON can hold it."""
        if self.standing:
            return {"standing": self.standing.to_dict()}
        return {"dialogue": self.dialogue.to_dict(), "question": self.question, "pressed": self.pressed}

    @classmethod
    def from_dict(cls, saved: Mapping[str, Any] | None) -> "Kept":
        """Return what *to_dict* saved; a fresh one for None, and for a dialogue that this version cannot read."""
        if saved is None:
            return cls()
        if "standing" in saved:
            return cls(standing=Standing.from_dict(saved["standing"]))
        try:
            dialogue = Dialogue.from_dict(saved.get("dialogue", {}))
        except DialogueError:
            dialogue = Dialogue()
        return cls(dialogue, str(saved.get("question", "")), str(saved.get("pressed", "")))
