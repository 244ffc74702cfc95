"""The command about studying: a quiz in the midst of the dialogue."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tutor.fronts.shell.quizzing import begun
from tutor.fronts.shell.told import Told

if TYPE_CHECKING:
    from tutor.fronts.shell.session import Session
    from tutor.study.exercise import Exercise
    from tutor.study.wish import Wish
    from tutor.subject import Pack


def quiz(session: "Session", argument: str) -> Told:
    """Begin a quiz about what *argument* says, or about anything."""
    from tutor.study.wanted import quiz_wanted
    from tutor.study.wish import Wish

    about = quiz_wanted(f"quiz {argument}")  # as in /quiz me on drift
    return start(session, Wish(about if about is not None else argument, seed=session.study.seed()))


def start(session: "Session", wish: "Wish") -> Told:
    """Begin the quiz that *wish* asks for; a StudyError where it comes to nothing."""
    from tutor.study.wish import topics_of

    tutor = session.ready()
    topics_of(tutor, wish)  # a topic that there is not is said before the questions are made
    if session.made is None or session.made[0].digest != tutor.pack.digest:
        session.made = _made(session)
    session.quizzing, told = begun(tutor, *session.made, session.study, wish)
    return told


def _made(session: "Session") -> "tuple[Pack, Sequence[Exercise]]":
    """Return the pack on disk, with its examples, and the exercises that it gives."""
    from tutor.pack import load_pack
    from tutor.study.making import exercises

    session.told("making the questions")
    pack = load_pack(session.folder)
    return pack, exercises(pack)


def taken(session: "Session", line: str) -> Told | None:
    """Return what *line* comes to in a quiz, or as a wish for one; None where it is neither."""
    from tutor.study.wanted import quiz_wanted

    if session.quizzing:
        told = session.quizzing.take(line)
        if session.quizzing.over:
            session.quizzing = None
            told = replace(told, left=session.wished is not None)
        return told
    about = quiz_wanted(line)
    return None if about is None else quiz(session, about)


def subjects(session: "Session") -> Iterable[tuple[str, str]]:
    """Return what a quiz may be about: parts of what was answered, and the topics."""
    aims = [("weak spots", "what you do not know well"), ("mistakes", "wrong last"), ("confusions", "mixed up")]
    return [*aims, *session.pack.topics.items()] if session.pack else aims
