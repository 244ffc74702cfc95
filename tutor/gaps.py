"""Gaps of a pack: questions that it declined or answered badly, those that ask nearly the same put together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from tutor.clusters import MOST, clusters
from tutor.reply import Candidate
from tutor.router import Router
from tutor.text import clean, fold
from tutor.tutor import Tutor

_NEAREST = 3  #: entries named for a gap


@dataclass(frozen=True)
class Asked:
    """A question as it was asked once: why it counts, and when, in seconds since the epoch."""

    text: str
    why: Literal["declined", "voted-down"]
    at: float


@dataclass(frozen=True)
class Question:
    """A question, however it was spelled: how often it was declined, how often its answer voted down, when last."""

    text: str
    declined: int
    voted_down: int
    last: float

    @property
    def times(self) -> int:
        """How often it was asked."""
        return self.declined + self.voted_down


@dataclass(frozen=True)
class Gap:
    """Questions that ask nearly the same, the most typical first, and the entries nearest to them, best first."""

    questions: tuple[Question, ...]
    nearest: tuple[Candidate, ...]

    @property
    def times(self) -> int:
        """How often they were asked in all."""
        return sum(question.times for question in self.questions)

    @property
    def last(self) -> float:
        """When one was asked last."""
        return max(question.last for question in self.questions)


def gaps(tutor: Tutor, asked: Iterable[Asked]) -> list[Gap]:
    """Return the gaps that *asked* shows, those asked most often first.

    A question that was declined and that *tutor* answers by now is left out. Where there are more different questions
    than can be put together, those asked most often and last are.
    """
    open_ = [question for question in _merged(asked) if question.voted_down or _declines(tutor, question)]
    kept = sorted(open_, key=lambda question: (-question.times, -question.last, question.text))[:MOST]
    found = clusters([question.text for question in kept], Router(tutor.weights))
    made = [_gap(tutor, [kept[number] for number in numbers]) for numbers in found]
    return sorted(made, key=lambda gap: (-gap.times, -gap.last, gap.questions[0].text))


def _merged(asked: Iterable[Asked]) -> list[Question]:
    """Return different questions; spelling that does not matter makes no difference."""
    spelled: defaultdict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        if key := fold(clean(one.text)):
            spelled[key].append(one)
    return [_question(several) for several in spelled.values()]


def _question(asked: Sequence[Asked]) -> Question:
    declined = sum(one.why == "declined" for one in asked)
    return Question(clean(asked[0].text), declined, len(asked) - declined, max(one.at for one in asked))


def _declines(tutor: Tutor, question: Question) -> bool:
    return tutor.answer_row(question.text).status == "declined"


def _gap(tutor: Tutor, questions: Sequence[Question]) -> Gap:
    sums: defaultdict[str, float] = defaultdict(float)
    for question in questions:
        for candidate in tutor.answer_row(question.text).candidates:
            sums[candidate.entry] += candidate.confidence * question.times
    times = sum(question.times for question in questions)
    best = sorted(sums, key=lambda entry: (-sums[entry], entry))[:_NEAREST]
    entries = tutor.pack.entries
    nearest = tuple(Candidate(entry, entries[entry].title, round(sums[entry] / times, 4)) for entry in best)
    return Gap(tuple(questions), nearest)
