"""Papers: the questions of a mock exam, its domains in proportion, and how long it lasts."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tutor.model import Domain, Exam
from tutor.study.drawing import draw
from tutor.study.exercise import Exercise, drawn
from tutor.subject import Pack


@dataclass(frozen=True, slots=True)
class Paper:
    """The *exercises* of a mock exam, the domain of each, and the *minutes* it may take."""

    exercises: tuple[Exercise, ...]
    domains: tuple[str, ...]
    minutes: int
    seed: int


def paper(pack: Pack, exercises: Sequence[Exercise], seed: int, questions: int | None = None) -> Paper:
    """Return a mock exam of *questions*, as many as the real one has where none are said, in an order by *seed*.

    A shorter one has domains and minutes in proportion. A ValueError where the pack prepares for no exam, or where no
    question is asked for.
    """
    if (exam := pack.about.exam) is None:
        raise ValueError("the pack prepares for no exam")
    asked = exam.questions if questions is None else questions
    if asked < 1:
        raise ValueError("an exam asks one question or more")
    taken = [
        (one, name)
        for name, share in shares(exam, asked).items()
        for one in _of(exam.domains[name], exercises, share, seed)
    ]
    taken.sort(key=lambda pair: drawn(str(seed), "place", pair[0].id))
    minutes = max(1, math.ceil(exam.minutes * len(taken) / exam.questions))
    return Paper(tuple(one for one, _ in taken), tuple(name for _, name in taken), minutes, seed)


def shares(exam: Exam, questions: int) -> dict[str, int]:
    """Return how many of *questions* each domain gets, by the largest remainder."""
    total = sum(domain.weight for domain in exam.domains.values())
    exact = {name: questions * domain.weight / total for name, domain in exam.domains.items()}
    whole = {name: math.floor(share) for name, share in exact.items()}
    ranked = sorted(exact, key=lambda name: whole[name] - exact[name])
    return {name: whole[name] + (name in ranked[: questions - sum(whole.values())]) for name in exact}


def _of(domain: Domain, exercises: Sequence[Exercise], count: int, seed: int) -> tuple[Exercise, ...]:
    return draw(exercises, count, seed, topics=domain.topics)
