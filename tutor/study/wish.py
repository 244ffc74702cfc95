"""The wish for a quiz: about what, how many questions, by which seed; and the quiz that comes of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from tutor.errors import StudyError
from tutor.spelling import did_you_mean
from tutor.study.drawing import draw
from tutor.study.exercise import Exercise
from tutor.study.quiz import Quiz
from tutor.study.review import Review
from tutor.study.wanted import Aim, aim_of, topics_for
from tutor.subject import Pack
from tutor.text import fold
from tutor.tutor import Tutor

COUNT, MOST = 10, 200  #: questions of a quiz where nobody says how many, and at most
_AIMED: dict[Aim, str] = {
    "weak": "what you do not know well yet", "confused": "what you mixed up", "wrong": "what you got wrong",
}  # fmt: skip
_NOTHING: dict[Aim, str] = {
    "weak": "nothing that you answered so far is weak",
    "confused": "you mixed nothing up so far",
    "wrong": "there is nothing that you got wrong last",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """A quiz that is wanted: about *words* or *topics* (ids or titles) or an *aim*, or about anything."""

    words: str = ""
    topics: tuple[str, ...] = ()
    aim: Aim | None = None
    count: int = COUNT
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Wished:
    """The quiz that came of a wish, and what it is *about*, in words."""

    quiz: Quiz
    about: str


def quiz_of(
    tutor: Tutor, wish: Wish, exercises: Sequence[Exercise], reviews: Iterable[Review], at: datetime, zone: tzinfo
) -> Wished:
    """Return the quiz that *wish* comes to, of *exercises* and by what was answered before.

    A StudyError says what to write instead where it comes to nothing.
    """
    aim = wish.aim or aim_of(wish.words)
    topics = topics_of(tutor, wish)
    some = [exercise for exercise in exercises if not topics or exercise.topic in topics]
    about = ", ".join([*([_AIMED[aim]] if aim else []), *(tutor.pack.topics[topic] for topic in topics)])
    if not some:
        raise StudyError(f"there are no exercises about {about or 'this pack'}")
    planned = _planned(tutor.pack, some, wish, aim, reviews, at, zone)
    if not planned:
        raise StudyError(f"{_NOTHING[aim]}; a quiz without that wish asks about what is new" if aim else "no exercises")
    return Wished(Quiz(planned), about)


def topics_of(tutor: Tutor, wish: Wish) -> tuple[str, ...]:
    """Return the topics that *wish* is about, none for all; a StudyError where there is no such topic."""
    named = tuple(_named(tutor.pack, name) for name in wish.topics)
    if not wish.words or (not wish.aim and aim_of(wish.words)):
        return named
    found = topics_for(tutor, wish.words)
    if not found:
        raise StudyError(f"no topic here is about “{wish.words}”; {_near(tutor.pack, wish.words)}")
    return tuple(topic for topic in found if not named or topic in named)


def _planned(
    pack: Pack,
    exercises: Sequence[Exercise],
    wish: Wish,
    aim: Aim | None,
    reviews: Iterable[Review],
    at: datetime,
    zone: tzinfo,
) -> tuple[Exercise, ...]:
    count = min(max(wish.count, 1), MOST)
    try:
        from tutor.study.memory import remember
        from tutor.study.planning import plan
    except ModuleNotFoundError as error:
        if aim:
            raise StudyError(f"the package {error.name} is missing; pip install 'scenario-tutor[study]'") from None
        return draw(exercises, count, wish.seed)
    return plan(exercises, remember(pack, reviews, at), count, wish.seed, zone, aim)


def _named(pack: Pack, name: str) -> str:
    found = next((topic for topic, title in pack.topics.items() if fold(name) in (fold(topic), fold(title))), None)
    if found is None:
        raise StudyError(f"there is no topic {name}; {_near(pack, name)}")
    return found


def _near(pack: Pack, said: str) -> str:
    near = did_you_mean(said, [*pack.topics, *pack.topics.values()])
    return near if near.startswith("did") else "tutor topics lists what there is"
