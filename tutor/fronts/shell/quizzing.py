"""A quiz within the shell: each line is a choice, how sure one is, or a wish; the options are those of the exercise."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from tutor.errors import StudyError, TutorError
from tutor.fronts.shell.told import Told
from tutor.part import Part
from tutor.study.certainty import CERTAINTIES, Certainty
from tutor.study.log import Log, Unkept

if TYPE_CHECKING:
    from tutor.study.answered import Answered
    from tutor.study.exercise import Exercise
    from tutor.study.quiz import Quiz
    from tutor.study.wish import Wish, Wished
    from tutor.tutor import Tutor

UNREAD = "Say the number of a choice, hint, skip or stop."
_UNSURE = "Say sure, unsure or guess, or back to choose again."
_WISHES = ("hint", "skip", "stop")


@dataclass(frozen=True)
class Study:
    """What a quiz needs of the world: the log, the clock (aware, in UTC), the zone of the learner, and a seed."""

    log: Log = field(default_factory=Unkept)
    now: Callable[[], datetime] = lambda: datetime.min
    zone: Callable[[], tzinfo] = lambda: _UTC
    seed: Callable[[], int] = lambda: 0


@dataclass
class Quizzing:
    """A quiz under way; *place* is the choice that waits for how sure one is, *last* what was answered before."""

    tutor: "Tutor"
    quiz: "Quiz"
    study: Study
    about: str = ""
    place: int | None = None
    last: "Exercise | None" = None

    @property
    def over(self) -> bool:
        """Whether no question is left."""
        return self.quiz.open is None

    def labels(self) -> tuple[list[str], tuple[str, ...]]:
        """Return what can be chosen by its number at this moment, and what else can be said."""
        if self.quiz.open is None:
            return [], ()
        if self.place is not None:
            from tutor.render.exercises import SURENESS

            return [SURENESS[certainty] for certainty in CERTAINTIES], ("back",)
        return [choice.text for choice in self.quiz.open.choices], _WISHES

    def asked(self) -> Iterator[Part]:
        """Yield what is asked at this moment."""
        from tutor.render.exercises import asked, how_sure

        if (exercise := self.quiz.open) is None:
            return
        if self.place is None:
            number = len(self.quiz.answers) + 1
            yield from asked(self.tutor.pack, exercise, number, len(self.quiz.exercises))
        else:
            yield from how_sure(exercise, self.place)

    def take(self, line: str) -> Told:
        """Take a *line* of the learner."""
        from tutor.study.said import Chosen, read_said

        if (exercise := self.quiz.open) is None:
            return Told()
        if self.place is not None:
            return self._sure(line, self.place)
        match read_said(line, exercise):
            case Chosen(place, None):
                self.place = place
                return Told(tuple(self.asked()))
            case Chosen(place, certainty) if certainty:
                return self._answer(place, certainty)
            case "hint":
                return self._hint(exercise)
            case "skip":
                return self._answer(None, "guess")
            case "stop":
                return self.stop()
            case "why" if self.last:
                return self._why(self.last)
            case _:
                return Told((Part("told", UNREAD),))

    def stop(self) -> Told:
        """End the quiz here."""
        from dataclasses import replace

        self.quiz = replace(self.quiz, exercises=self.quiz.exercises[: len(self.quiz.answers)])
        return Told(tuple(self.summary()))

    def summary(self) -> Iterator[Part]:
        """Yield what came of the quiz."""
        from tutor.render.results import summary
        from tutor.study.result import result

        yield from summary(result(self.tutor.pack, self.quiz.exercises, self.quiz.answers))

    def _sure(self, line: str, place: int) -> Told:
        from tutor.study.said import Chosen, read_certainty, read_said

        assert self.quiz.open
        if certainty := read_certainty(line):
            return self._answer(place, certainty)
        match read_said(line, self.quiz.open):
            case "back":
                self.place = None
                return Told(tuple(self.asked()))
            case "stop":
                return self.stop()
            case Chosen(place, certainty) if certainty:
                return self._answer(place, certainty)
        return Told((Part("told", _UNSURE),))

    def _answer(self, place: int | None, certainty: Certainty) -> Told:
        from tutor.render.exercises import feedback
        from tutor.study.quiz import answer

        exercise = self.quiz.open
        assert exercise
        self.quiz, given = answer(self.quiz, place, certainty, self.study.now())
        self.place, self.last = None, exercise
        said = [*self._kept(given), *feedback(self.tutor.pack, exercise, given)]
        return Told((*said, *(self.summary() if self.over else self.asked())))

    def _kept(self, given: "Answered") -> Iterator[Part]:
        from tutor.study.review import reviewed

        try:
            self.study.log.note(reviewed(self.tutor.pack, given))
        except TutorError as error:
            yield Part("fault", f"Not kept: {error}")

    def _hint(self, exercise: "Exercise") -> Told:
        from tutor.render.exercises import hint
        from tutor.study.hints import hints
        from tutor.study.quiz import hinted

        ladder = hints(self.tutor.pack, exercise)
        self.quiz, said = hinted(self.quiz, ladder)
        if said is None:
            return Told((Part("told", "There is no further hint."),))
        return Told((hint(said, self.quiz.hints, len(ladder)),))

    def _why(self, exercise: "Exercise") -> Told:
        from tutor.render.exercises import reasons

        return Told((*reasons(exercise), *self.asked()))


def begun(tutor: "Tutor", study: Study, wish: "Wish") -> Quizzing:
    """Return the quiz that *wish* comes to; a StudyError where it comes to nothing."""
    from tutor.study.making import exercises
    from tutor.study.wish import quiz_of

    try:
        reviews: Sequence[object] = study.log.reviews(tutor.pack.about.name)
    except TutorError as error:
        raise StudyError(f"what you answered before cannot be read: {error}") from None
    wished: Wished = quiz_of(tutor, wish, exercises(tutor.pack), reviews, study.now(), study.zone())
    return Quizzing(tutor, wished.quiz, study, wished.about)


def opened(quizzing: Quizzing, seed: int) -> Iterator[Part]:
    """Yield how a quiz begins."""
    count = len(quizzing.quiz.exercises)
    questions = "1 question" if count == 1 else f"{count} questions"
    about = f" about {quizzing.about}" if quizzing.about else ""
    yield Part("told", f"A quiz of {questions}{about} (seed {seed}). Answer by number; hint, skip and stop do so.")
    yield from quizzing.asked()
