"""What came of a quiz or mock exam: the score by domain and topic, how well one knew what one knew, what to study."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from tutor.study.answered import Answered
from tutor.study.certainty import CERTAINTIES, Certainty, mark
from tutor.study.exercise import Exercise
from tutor.study.mock_exam import MockExam
from tutor.subject import Pack

Reason = Literal["sure and wrong", "wrong", "left open", "guessed"]
Judged = Literal["too sure", "about right", "surer than you think"]

_PAYS: Mapping[Certainty, tuple[float, float]] = {"sure": (0.8, 1.0), "unsure": (2 / 3, 0.8), "guess": (0.0, 2 / 3)}
_FEW = 3  #: answers below which nothing is said of them
_REASONS: tuple[Reason, ...] = ("sure and wrong", "wrong", "left open", "guessed")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many questions were asked, answered and answered right, and the points of certainty-based marking."""

    asked: int
    answered: int
    right: int
    marks: int

    @property
    def share(self) -> float:
        """The share of right answers among all that was asked, from 0 to 1; 0 where nothing was."""
        return self.right / self.asked if self.asked else 0.0

    @property
    def most(self) -> int:
        """The points of one who is sure and right each time."""
        return self.asked * mark(True, "sure")


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of one domain or topic, with its title."""

    id: str
    title: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Sureness:
    """How often an answer of this *certainty* was right; *pays* is the share from and up to which it earns most."""

    certainty: Certainty
    count: int
    right: int
    pays: tuple[float, float]

    @property
    def share(self) -> float:
        """The share of right answers, from 0 to 1; 0 where there is none."""
        return self.right / self.count if self.count else 0.0

    @property
    def judged(self) -> Judged | None:
        """What is to be learned of it; None of too few answers."""
        if self.count < _FEW:
            return None
        least, most = self.pays
        return "too sure" if self.share < least else "surer than you think" if self.share > most else "about right"


@dataclass(frozen=True, slots=True)
class ToStudy:
    """An entry to read again, and the gravest reason for it."""

    entry: str
    title: str
    topic: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Marked:
    """A question as it was answered: its *number* from 1, and the *place* of the choice, None where there is none."""

    number: int
    exercise: Exercise
    answered: Answered
    place: int | None

    @property
    def reason(self) -> Reason | None:
        """Why its entry is to be read again; None where it need not be."""
        if self.place is None:
            return "left open"
        if not self.answered.right:
            return "sure and wrong" if self.answered.certainty == "sure" else "wrong"
        return "guessed" if self.answered.certainty == "guess" else None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it all. *topics* and *study* have first what needs most; *passed* is None where no mark is set."""

    whole: Tally
    domains: tuple[Group, ...]
    topics: tuple[Group, ...]
    sureness: tuple[Sureness, ...]
    study: tuple[ToStudy, ...]
    questions: tuple[Marked, ...]
    pass_mark: float | None = None

    @property
    def passed(self) -> bool | None:
        """Whether the share of right answers reaches the pass mark."""
        return None if self.pass_mark is None else self.whole.share >= self.pass_mark

    @property
    def rated(self) -> bool:
        """Whether it was ever said how sure one was; without that, points mean nothing."""
        return any(one.count for one in self.sureness)

    @property
    def wrong(self) -> tuple[Marked, ...]:
        """The questions that were not answered right."""
        return tuple(question for question in self.questions if not question.answered.right)


def result(
    pack: Pack, exercises: Sequence[Exercise], answers: Sequence[Answered], domains: Sequence[str] = ()
) -> Result:
    """Return what came of *answers* to *exercises*, one each; *domains* name the domain of each, where there are some.

    Exercises without an answer, as of a quiz that was left, do not count.
    """
    questions = tuple(
        Marked(number, exercise, given, _place(exercise, given))
        for number, (exercise, given) in enumerate(zip(exercises, answers, strict=False), start=1)
    )
    titles = {name: domain.title for name, domain in pack.about.exam.domains.items()} if pack.about.exam else {}
    of_domain = dict(zip((question.number for question in questions), domains, strict=False))
    topics = _groups(((question.exercise.topic, question) for question in questions), pack.topics)
    return Result(
        _tally(questions),
        _groups(((of_domain[one.number], one) for one in questions if one.number in of_domain), titles),
        tuple(sorted(topics, key=lambda group: (group.tally.share, -group.tally.asked))),
        tuple(_sureness(questions, certainty) for certainty in CERTAINTIES),
        _to_study(pack, questions),
        questions,
    )


def exam_result(pack: Pack, exam: MockExam) -> Result:
    """Return what came of *exam*."""
    said = result(pack, exam.exercises, exam.answers(), exam.domains)
    about = pack.about.exam
    unsaid = {number for number, sheet in enumerate(exam.sheets, start=1) if sheet.certainty is None}
    told = [question for question in said.questions if question.number not in unsaid]
    return replace(
        said,
        sureness=tuple(_sureness(told, certainty) for certainty in CERTAINTIES),
        pass_mark=about.pass_mark if about else None,
    )


def _place(exercise: Exercise, given: Answered) -> int | None:
    texts = [choice.text for choice in exercise.choices]
    return texts.index(given.chosen) if given.chosen in texts else None


def _tally(questions: Sequence[Marked]) -> Tally:
    answered = [question.answered for question in questions if question.place is not None]
    marks = sum(mark(given.right, given.certainty) for given in answered)
    return Tally(len(questions), len(answered), sum(given.right for given in answered), marks)


def _groups(named: Iterable[tuple[str, Marked]], titles: Mapping[str, str]) -> tuple[Group, ...]:
    """Return a group for each name, in the order of *titles*."""
    places = {name: place for place, name in enumerate(titles)}
    ordered = sorted(named, key=lambda pair: (places.get(pair[0], len(places)), pair[0]))
    return tuple(
        Group(name, titles.get(name, name), _tally([question for _, question in pairs]))
        for name, pairs in groupby(ordered, key=lambda pair: pair[0])
    )


def _sureness(questions: Iterable[Marked], certainty: Certainty) -> Sureness:
    given = [one.answered for one in questions if one.place is not None and one.answered.certainty == certainty]
    return Sureness(certainty, len(given), sum(one.right for one in given), _PAYS[certainty])


def _to_study(pack: Pack, questions: Iterable[Marked]) -> tuple[ToStudy, ...]:
    """Return the entries to read again, each once, the gravest first."""
    due = sorted(
        ((reason, one) for one in questions if (reason := one.reason)),
        key=lambda pair: (_REASONS.index(pair[0]), pair[1].number),
    )
    first: dict[str, ToStudy] = {}
    for reason, question in due:
        entry, topic = question.exercise.entry, question.exercise.topic
        title = pack.entries[entry].title if entry in pack.entries else entry
        first.setdefault(entry, ToStudy(entry, title, pack.topics.get(topic, topic), reason))
    return tuple(first.values())
