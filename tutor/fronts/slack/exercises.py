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
        from tutor.study.wanted import aim_of, topics_for
        from tutor.study.wish import Wish, quiz_of

        if about and not aim_of(about) and not topics_for(self._tutor, about):
            raise StudyError(f"no topic here is about “{about}”; my Home tab lists the topics")
        wish, now = Wish(about, count=count, seed=seed), datetime.fromtimestamp(at, UTC)
        wished = quiz_of(self._tutor, wish, list(self.all().values()), reviews, now, UTC)
        return tuple(exercise.id for exercise in wished.quiz.exercises)

    def of_the_day(self, place: str, day: int) -> str | None:
        """Return the id of the exercise for a *day* (counted from any other) in a *place*; each comes once in turn.

        None where the pack makes none.
        """
        from tutor.study.drawing import draw

        order = draw(list(self.all().values()), len(self.all()), seed_of(place))
        return order[day % len(order)].id if order else None


def seed_of(quiz: str) -> int:
    """Return the seed that a *quiz* is made with.

    >>> seed_of("a1") == seed_of("a1"), seed_of("a1") == seed_of("a2")
    (True, False)
    """
    return int(drawn(quiz)[:8], 16)
