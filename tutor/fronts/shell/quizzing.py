"""A quiz within the shell: each line is a choice, how sure one is, or a wish; the options are those of the exercise."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from tutor.errors import TutorError
from tutor.fronts.shell.told import Told
from tutor.here import now, zone
from tutor.part import Part
from tutor.study.certainty import CERTAINTIES, Certainty
from tutor.study.log import Log, Unkept
from tutor.text import fold

if TYPE_CHECKING:
    from tutor.study.answered import Answered
    from tutor.study.exercise import Exercise
    from tutor.study.quiz import Quiz
    from tutor.study.review import Review
    from tutor.study.wish import Wish
    from tutor.subject import Pack
    from tutor.tutor import Tutor

UNREAD = "Say the number of a choice, hint, skip or stop."
_UNSURE = "Say sure, unsure or guess, or back to choose again."
_WISHES = ("hint", "skip", "stop")


def _any_seed() -> int:
    return secrets.randbelow(1_000_000)


@dataclass(frozen=True)
class Study:
    """What a quiz needs of the world: the log, the clock (in UTC), the learner's time zone, and a seed."""

    log: Log = field(default_factory=Unkept)
    now: Callable[[], datetime] = now
    zone: Callable[[], tzinfo] = zone
    seed: Callable[[], int] = _any_seed


@dataclass
class Quizzing:
    """A quiz under way; *place* is the choice that waits for how sure one is, *last* what was answered before."""

    pack: "Pack"
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
            yield from asked(self.pack, exercise, number, len(self.quiz.exercises))
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
            case "again":
                return Told(tuple(self.asked()))
            case _:
                return Told((Part("told", UNREAD),))

    def stop(self) -> Told:
        """End the quiz here."""
        self.quiz = replace(self.quiz, exercises=self.quiz.exercises[: len(self.quiz.answers)])
        return Told(tuple(self.summary()))

    def summary(self) -> Iterator[Part]:
        """Yield what came of the quiz."""
        from tutor.render.results import summary
        from tutor.study.result import result

        yield from summary(result(self.pack, self.quiz.exercises, self.quiz.answers))

    def _sure(self, line: str, place: int) -> Told:
        from tutor.study.said import Chosen, read_certainty, read_said

        assert self.quiz.open
        labels = dict(zip(map(fold, self.labels()[0]), CERTAINTIES, strict=True))
        if certainty := read_certainty(line) or labels.get(fold(line)):
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
        said = [*self._kept(given), *feedback(self.pack, exercise, given)]
        return Told((*said, *(self.summary() if self.over else self.asked())))

    def _kept(self, given: "Answered") -> Iterator[Part]:
        from tutor.study.review import reviewed

        try:
            self.study.log.note(reviewed(self.pack, given))
        except TutorError as error:
            yield Part("fault", f"Not kept: {error}")

    def _hint(self, exercise: "Exercise") -> Told:
        from tutor.render.exercises import hint
        from tutor.study.hints import hints
        from tutor.study.quiz import hinted

        ladder = hints(self.pack, exercise)
        self.quiz, said = hinted(self.quiz, ladder)
        if said is None:
            return Told((Part("told", "There is no further hint."),))
        return Told((hint(said, self.quiz.hints, len(ladder)),))

    def _why(self, exercise: "Exercise") -> Told:
        from tutor.render.exercises import reasons

        return Told((*reasons(exercise), *self.asked()))


def begun(
    tutor: "Tutor", pack: "Pack", exercises: "Sequence[Exercise]", study: Study, wish: "Wish"
) -> tuple[Quizzing, Told]:
    """Return the quiz that *wish* comes to, by *exercises* of *pack*, and how it begins.

    A StudyError where it comes to nothing. Where the log cannot be read, nothing is kept, and that is said.
    """
    from tutor.study.wish import quiz_of

    fault: list[Part] = []
    reviews: Sequence[Review] = ()
    try:
        reviews = study.log.reviews(pack.about.name)
    except TutorError as error:
        fault = [Part("fault", f"What you answer will not be kept: {error}")]
        study = replace(study, log=Unkept())
    wished = quiz_of(tutor, wish, exercises, reviews, study.now(), study.zone())
    quizzing = Quizzing(pack, wished.quiz, study, wished.about)
    return quizzing, Told((*fault, *_opened(quizzing, wish.seed)))


def _opened(quizzing: Quizzing, seed: int) -> Iterator[Part]:
    count = len(quizzing.quiz.exercises)
    questions = "1 question" if count == 1 else f"{count} questions"
    about = f" about {quizzing.about}" if quizzing.about else ""
    yield Part(
        "told", f"A quiz of {questions}{about}; seed {seed}. Answer by number; hint, skip and stop do what they say."
    )
    yield from quizzing.asked()
