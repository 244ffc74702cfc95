"""The learner's own log: a store in a file that only they may read, opened when it is first needed."""

from collections.abc import Callable, Sequence
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING

from tutor.errors import StoreError
from tutor.kept import ANSWERS

if TYPE_CHECKING:
    from tutor.store import Store
    from tutor.study.review import Review

ME = "me"


class OwnLog:
    """The answers and mock exams of the person who runs the tutor; *tell* hears, in one line, of a damaged answer."""

    def __init__(self, tell: Callable[[str], None] = lambda _: None) -> None:
        self._tell = tell

    @property
    def begun(self) -> bool:
        """Whether anything was kept yet."""
        return ANSWERS.path.exists()

    @cached_property
    def store(self) -> "Store":
        """The store; a StoreError says in one line why it cannot be opened."""
        from tutor.store.opening import open_store

        return open_store(str(ANSWERS.path), extra="study")

    def reviews(self, pack: str) -> "Sequence[Review]":
        """Return what was answered before about the pack called *pack*; where nothing was, no file is made."""
        if find_spec("sqlalchemy") is None:
            raise StoreError("the package sqlalchemy is missing; pip install 'scenario-tutor[study]'")
        if not self.begun:
            return ()
        return self.store.studied.reviews(ME, pack, tell=lambda said: self._tell(f"{ANSWERS.path}: {said}"))

    def note(self, review: "Review") -> None:
        """Keep a new answer."""
        self.store.studied.note(ME, review)
