"""An LLM-free scenario tutor: asks what it must know, answers with citations."""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from tutor.dialogue import Dialogue, Turn
    from tutor.errors import BatchError, DialogueError, EntryError, Fault, PackError, SlotError, TutorError
    from tutor.explanation import Explanation
    from tutor.reply import (
        Answer,
        Ask,
        Candidate,
        Chat,
        Choose,
        Cited,
        Decline,
        Flip,
        Option,
        Page,
        Reply,
        Way,
        Weighed,
    )
    from tutor.row import Row
    from tutor.tutor import Tutor

_HOMES = {
    "Answer": "reply", "Ask": "reply", "BatchError": "errors", "Candidate": "reply", "Chat": "reply", "Choose": "reply",
    "Cited": "reply", "Decline": "reply", "Dialogue": "dialogue", "DialogueError": "errors", "EntryError": "errors",
    "Explanation": "explanation", "Fault": "errors", "Flip": "reply", "Option": "reply", "PackError": "errors",
    "Page": "reply", "Reply": "reply", "Row": "row", "SlotError": "errors", "Turn": "dialogue", "Tutor": "tutor",
    "TutorError": "errors", "Way": "reply", "Weighed": "reply",
}  # fmt: skip

__all__ = [
    "Answer", "Ask", "BatchError", "Candidate", "Chat", "Choose", "Cited", "Decline", "Dialogue", "DialogueError",
    "EntryError", "Explanation", "Fault", "Flip", "Option", "PackError", "Page", "Reply", "Row", "SlotError", "Turn",
    "Tutor", "TutorError", "Way", "Weighed", "__version__",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that importing the package costs nothing."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'tutor' has no attribute {name!r}")
    return getattr(import_module(f"tutor.{_HOMES[name]}"), name)
