"""What came from Slack, as data that the store keeps until it is answered."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

Kind = Literal["said", "command", "shortcut", "pressed", "reason", "home", "daily"]


@dataclass(frozen=True)
class Heard:
    """One event that is for the tutor.

    *event* is the id under which a repeat of it is known, *thread* the key of the dialogue it belongs to, *at* Slack's
    time of it. *post_in* is the ts of the thread to answer in; None where the answer stands beside. *flow* is the key
    of the dialogue that a thread in a direct message goes on from. *addressed* is whether it was said to the tutor.
    *reply_url* is where an answer that only this *user* sees is sent; *only_me* that the answer must go there.

    For a press: *action* and *value* of the button, *message* the ts of what it stands under, *shown* its text and
    blocks. *trigger* opens a dialog, for three seconds.
    """

    kind: Kind
    event: str
    thread: str
    team: str
    channel: str
    user: str
    at: float
    text: str = ""
    post_in: str | None = None
    flow: str | None = None
    addressed: bool = True
    reply_url: str | None = None
    only_me: bool = False
    action: str = ""
    value: str = ""
    message: str | None = None
    shown: Mapping[str, Any] | None = None
    trigger: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return this as JSON can hold it, without what is not there."""
        said = {part.name: getattr(self, part.name) for part in fields(self)}
        return {name: value for name, value in said.items() if value is not None}

    @classmethod
    def from_dict(cls, saved: Mapping[str, Any]) -> "Heard":
        """Return what *to_dict* saved; names of another version are left out."""
        known = {part.name for part in fields(cls)}
        return cls(**{name: value for name, value in saved.items() if name in known})
