"""The part of the store that learners fill: what they answered, and the mock exams that they sit."""

from collections.abc import Callable, Sequence

from tutor.store import exams, reviews
from tutor.store.database import Database
from tutor.store.values import Json, SavedExam
from tutor.store.written import named, to_json
from tutor.study.review import Review


class Studied:
    """Answers and mock exams by person and pack. `Store.studied` is it, and says what holds for every method.

    An answer is kept once `note` returns. An exam is saved as often as anything changes; of two programs that go on
    with the same one, the later to save is told that it is not up to date.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, person: str, review: Review, *, key: str | None = None) -> bool:
        """Keep what *person* answered; False when it is kept already under *key*, where there is one."""
        who = named(person, "person")
        with self._database.writing() as connection:
            return reviews.add(connection, who, review, None if key is None else named(key, "key"))

    def reviews(self, person: str, pack: str, *, tell: Callable[[str], None] = lambda _: None) -> list[Review]:
        """Return all that *person* answered about the pack called *pack*, in the order in which it came.

        A damaged answer is left out; *tell* hears of each, in one line.
        """
        with self._database.reading() as connection:
            return reviews.listed(connection, person, pack, tell)

    def begin_exam(self, person: str, pack: str, state: Json, *, at: float) -> SavedExam | None:
        """Save a new exam of *person* on the pack called *pack*; None when one is open already."""
        who, said = named(person, "person"), to_json(state, "exam")
        with self._database.writing() as connection:
            return exams.begin(connection, who, pack, said, at)

    def save_exam(self, exam: SavedExam, state: Json, *, at: float) -> SavedExam | None:
        """Save *state* as how *exam* stands now, and return it so; None when it was saved elsewhere or is over."""
        said = to_json(state, "exam")
        with self._database.writing() as connection:
            return exams.save(connection, exam, said, at, finished=False)

    def hand_in(self, exam: SavedExam, state: Json, answers: Sequence[Review], *, at: float) -> SavedExam | None:
        """Save *state* for good and keep the *answers*, both or nothing; None as `save_exam` has it."""
        said = to_json(state, "exam")
        with self._database.writing() as connection:
            if (saved := exams.save(connection, exam, said, at, finished=True)) is not None:
                reviews.add_all(connection, exam.person, answers, f"exam.{exam.number}")
            return saved

    def drop_exam(self, exam: SavedExam) -> bool:
        """Delete an *exam* that is open; False when it was saved elsewhere or is over."""
        with self._database.writing() as connection:
            return exams.drop(connection, exam)

    def unfinished_exam(self, person: str, pack: str) -> SavedExam | None:
        """Return the exam that *person* has not handed in; None when there is none."""
        with self._database.reading() as connection:
            return exams.unfinished(connection, person, pack)

    def finished_exams(self, person: str, pack: str) -> list[SavedExam]:
        """Return the exams that *person* handed in, oldest first."""
        with self._database.reading() as connection:
            return exams.finished(connection, person, pack)
