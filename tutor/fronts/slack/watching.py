"""What is counted while the tutor runs: questions, replies, times, posts."""

from typing import Protocol

from tutor.fronts.slack.posting import Outcome


class Watch(Protocol):
    """Who wants to know what happens."""

    def accepted(self, kind: str, *, again: bool) -> None:
        """An event of a *kind* came; *again* for one that was known already."""

    def answered(self, kind: str, reply: str, seconds: float) -> None:
        """An event of a *kind* was answered by a *reply*, in so many *seconds* of work."""

    def posted(self, method: str, outcome: Outcome) -> None:
        """A call of Slack's API had an *outcome*."""


class Unwatched:
    """Nobody."""

    def accepted(self, kind: str, *, again: bool) -> None:
        """Count nothing."""

    def answered(self, kind: str, reply: str, seconds: float) -> None:
        """Count nothing."""

    def posted(self, method: str, outcome: Outcome) -> None:
        """Count nothing."""
