"""One call of Slack's API, prepared and kept until it is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Method = Literal["chat.postMessage", "chat.update", "chat.postEphemeral", "views.open", "views.publish", "respond"]


@dataclass(frozen=True)
class Call:
    """A *method* with its *arguments*; "respond" sends them to the address *url* that came with a command or press.

    *otherwise* is called where Slack refuses this one for good. *after* is the ts from which a message is looked for,
    where it is not known whether it was posted.
    """

    method: Method
    arguments: Mapping[str, Any]
    url: str | None = None
    after: str = "0"
    otherwise: "Call | None" = None

    def to_dict(self) -> dict[str, Any]:
        """Return this as JSON can hold it."""
        said = {"method": self.method, "arguments": dict(self.arguments), "url": self.url, "after": self.after}
        return said | ({"otherwise": self.otherwise.to_dict()} if self.otherwise else {})

    @classmethod
    def from_dict(cls, saved: Mapping[str, Any]) -> "Call":
        """Return what *to_dict* saved."""
        other = saved.get("otherwise")
        return cls(
            saved["method"],
            saved["arguments"],
            saved.get("url"),
            saved.get("after", "0"),
            cls.from_dict(other) if other else None,
        )
