"""The exercises of a pack, and which of them somebody is asked."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from threading import Lock

from tutor.errors import StudyError
from tutor.study.exercise import Exercise, drawn
from tutor.study.review import Review
from tutor.subject import Pack
from tutor.tutor import Tutor

_GONE = "the questions are not the same any more; ask for a new quiz"


class Exercises:
    """The exercises that a tutor's pack makes. Making them costs seconds, and happens when they are first needed.

    Safe to share between threads.
    """

    def __init__(self, tutor: Tutor, pack: Pack | None = None) -> None:
        """Make ready for *pack*: that of *tutor*, with its examples. Without it there are fewer exercises."""
        self._tutor = tutor
        self.pack = pack or tutor.pack
        self._made: Mapping[str, Exercise] | None = None
        self._making = Lock()

    def all(self) -> Mapping[str, Exercise]:
        """Return all of them, by their ids."""
        from tutor.study.making import exercises

        with self._making:
            if self._made is None:
                self._made = {exercise.id: exercise for exercise in exercises(self.pack)}
            return self._made

    def of(self, names: Sequence[str], quiz: str) -> tuple[Exercise, ...]:
        """Return the exercises of a *quiz* by their ids, shuffled as they were shown; a StudyError when one is gone."""
        known = self.all()
        if not all(name in known for name in names):
            raise StudyError(_GONE)
        return tuple(known[name].shuffled(seed_of(quiz)) for name in names)

    def hints(self, exercise: Exercise) -> tuple[str, ...]:
        """Return what helps with *exercise*, from little to much."""
        from tutor.study.hints import hints

        return hints(self.pack, exercise)

    def planned(self, about: str, reviews: Sequence[Review], count: int, seed: int, at: float) -> tuple[str, ...]:
        """Return the ids of at most *count* exercises *about* something, for who gave the answers *reviews*.

        Without words it is whatever does most good; *at* is now, in seconds since the epoch. A StudyError says why
        there are none.
        """
        from tutor.study.memory import remember
        from tutor.study.planning import plan
        from tutor.study.wanted import aim_of

        aim = aim_of(about) if about else None
        chosen = list(self.all().values()) if aim or not about else self._about(about)
        memory = remember(self.pack, reviews, datetime.fromtimestamp(at, UTC))
        found = plan(chosen, memory, count, seed, UTC, aim)
        if not found:
            raise StudyError("there is nothing of that kind yet; ask for a quiz on a topic first")
        return tuple(exercise.id for exercise in found)

    def _about(self, about: str) -> list[Exercise]:
        from tutor.study.wanted import topics_for

        topics = topics_for(self._tutor, about)
        found = [exercise for exercise in self.all().values() if exercise.topic in topics]
        if not found:
            titles = ", ".join(self.pack.topics.values())
            raise StudyError(f"I have no questions about that. Topics are: {titles}")
        return found

    def of_the_day(self, place: str, day: int) -> str:
        """Return the id of the exercise for a *day* (counted from any other) in a *place*; each comes once in turn.

        A StudyError when there are none.
        """
        order = sorted(self.all(), key=lambda name: drawn(place, name))
        if not order:
            raise StudyError("this pack makes no questions")
        return order[day % len(order)]


def seed_of(quiz: str) -> int:
    """Return the seed that a *quiz* is made with.

    >>> seed_of("a1") == seed_of("a1"), seed_of("a1") == seed_of("a2")
    (True, False)
    """
    return int(drawn(quiz)[:8], 16)
