"""The log as a quiz needs it: what was answered before, and a place for each new answer."""

from collections.abc import Sequence
from typing import Protocol

from tutor.study.review import Review


class Log(Protocol):
    """Where answers are kept."""

    def reviews(self, pack: str) -> Sequence[Review]:
        """Return what was answered before about the pack called *pack*."""

    def note(self, review: Review) -> None:
        """Keep a new answer; a StoreError when it cannot be kept."""


class Unkept:
    """A log that ends with the program."""

    def __init__(self) -> None:
        self._reviews: list[Review] = []

    def reviews(self, pack: str) -> Sequence[Review]:
        """Return what was answered since the beginning."""
        return [review for review in self._reviews if review.pack == pack]

    def note(self, review: Review) -> None:
        """Keep a new answer until the end."""
        self._reviews.append(review)
