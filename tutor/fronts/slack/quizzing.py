"""What comes of the events of a quiz: wanted words, and presses of its buttons. Pure.

The buttons carry which exercises a quiz is made of; what was answered is kept in a thread of the store that belongs to
the quiz and to who answers, so that each answer counts once, whatever is pressed or comes twice.
"""

from dataclasses import dataclass, replace

from tutor.errors import DialogueError, StudyError, TutorError
from tutor.fronts.slack.answered import Answered, as_told
from tutor.fronts.slack.answering import Asked
from tutor.fronts.slack.call import Call
from tutor.fronts.slack.exercises import Exercises, seed_of
from tutor.fronts.slack.heard import Heard
from tutor.fronts.slack.kept import Kept
from tutor.fronts.slack.settings import Settings
from tutor.fronts.slack.speaking import call, directly, only_to, update
from tutor.fronts.slack.standing import Standing, played
from tutor.render.quizzed import QUIZ, Quizzed, unquizzed
from tutor.render.slack import Message, note
from tutor.render.slack_quiz import Shown, asking, ended, how_sure, stopped, told
from tutor.study.certainty import CERTAINTIES, Certainty
from tutor.study.exercise import Exercise, drawn
from tutor.study.result import result
from tutor.study.review import reviewed
from tutor.subject import Pack

_SENT = "I have sent you the questions as a direct message."
_LOST = "what you answered in this quiz is not kept any more; ask for a new quiz"
_STRANGE = "this button is of another version; ask for a new quiz"


@dataclass(frozen=True)
class _Table:
    """A quiz on the table: what was *asked* of it, what the button *held*, its *exercises*, and how it stands."""

    asked: Asked
    held: Quizzed
    exercises: tuple[Exercise, ...]
    standing: Standing
    pack: Pack
    helps: tuple[str, ...]

    def shown(self, number: int, *, place: int | None = None, hints: int = 0) -> Shown:
        """Return the exercise with a *number*, with the choice at *place* and so many *hints*."""
        exercise = self.exercises[number]
        carried = replace(self.held, number=number, place=place)
        topic = self.pack.topics.get(exercise.topic, exercise.topic)
        return Shown(exercise, topic, carried, self.helps[:hints], more=hints < len(self.helps))


def wanted(exercises: Exercises, asked: Asked, about: str, settings: Settings) -> Answered:
    """Begin a quiz *about* something with who wants one, in a direct message."""
    heard = asked.heard
    quiz = quiz_of(heard.event)
    try:
        found = exercises.planned(about, asked.reviews(), settings.questions, seed_of(quiz), heard.at)
    except StudyError as error:
        return _refused(asked, error)
    return _begun(exercises, asked, Quizzed(quiz, found, about=about))


def pressed(exercises: Exercises, asked: Asked, settings: Settings) -> Answered:
    """Return what comes of a pressed button of a quiz; what cannot be done any more is told to who pressed it."""
    action = asked.heard.action.removeprefix(f"{QUIZ}_")
    try:
        held = unquizzed(asked.heard.value)
        match action:
            case "more":
                return wanted(exercises, asked, held.about, settings)
            case "again":
                return _begun(exercises, asked, replace(held, quiz=quiz_of(asked.heard.event)))
            case _:
                return _at(_table(exercises, asked, held), action)
    except (StudyError, DialogueError) as error:
        return _refused(asked, error)


def of_the_day(exercises: Exercises, asked: Asked) -> Answered:
    """Put the question of the day to a channel; nothing where the pack makes none."""
    heard = asked.heard
    name = exercises.of_the_day(heard.thread, int(heard.at // 86_400))
    if name is None:
        return Answered()
    table = _table(exercises, asked, Quizzed(quiz_of(heard.event), (name,)))
    return Answered(told=as_told([call(heard, asking(replace(table.shown(0), daily=True)))]))


def quiz_of(event: str) -> str:
    """Return the id of the quiz that an *event* begins."""
    return drawn(event)[:12]


def _begun(exercises: Exercises, asked: Asked, held: Quizzed) -> Answered:
    """Ask the first question in a direct message, and say so where that is elsewhere."""
    first = asking(_table(exercises, asked, held).shown(0))
    if _is_here(asked):
        return Answered(told=as_told([call(asked.heard, first)]))
    sent = [only_to(_beside(asked.heard), note(_SENT))] if asked.heard.channel else []
    return Answered(told=as_told([directly(asked.heard, first), *sent]))


def _table(exercises: Exercises, asked: Asked, held: Quizzed) -> _Table:
    found = exercises.of(held.exercises, held.quiz)
    if held.number >= len(found):
        raise StudyError(_STRANGE)
    if held.place is not None and held.place >= len(found[held.number].choices):
        raise StudyError(_STRANGE)
    standing = asked.kept.standing or Standing()
    return _Table(asked, held, found, standing, exercises.pack, exercises.hints(found[held.number]))


def _at(table: _Table, action: str) -> Answered:
    """Return what an *action* leads to at the exercise it belongs to, which may be answered, open, or yet to come."""
    number, done = table.held.number, len(table.standing.given)
    if number < done:
        return _showing(table, _told(table, number))
    if table.standing.stopped:
        return _showing(table, stopped(table.shown(number)))
    if number > done:
        raise StudyError(_LOST)
    match action.split("_"):
        case ["choose", _] if table.held.place is not None:
            return _showing(table, how_sure(table.shown(number, place=table.held.place, hints=table.standing.hints)))
        case ["back"]:
            return _showing(table, asking(table.shown(number, hints=table.standing.hints)))
        case ["hint"]:
            return _hinted(table)
        case ["skip"]:
            return _answered(table, None, "guess")
        case [certainty] if certainty in CERTAINTIES and table.held.place is not None:
            return _answered(table, table.held.place, certainty)
        case ["stop"]:
            return _stopped(table)
        case _:
            raise StudyError(_STRANGE)


def _hinted(table: _Table) -> Answered:
    standing = replace(table.standing, hints=min(table.standing.hints + 1, len(table.helps)))
    return _showing(table, asking(table.shown(table.held.number, hints=standing.hints)), standing)


def _answered(table: _Table, place: int | None, certainty: Certainty) -> Answered:
    """Keep the answer, say what was right, and ask the next question, or say how the quiz went."""
    standing = table.standing.after(place, certainty, table.asked.heard.at)
    after = replace(table, standing=standing)
    number = table.held.number
    said = _showing(after, _told(after, number), standing)
    answer = played(after.exercises, standing).answers[number]
    return replace(said, told=(*said.told, *as_told(_next(after))), answers=(reviewed(table.pack, answer),))


def _next(table: _Table) -> list[Call]:
    """Return what follows an answer; nothing but in direct messages, since all else would be seen by others."""
    number, heard = len(table.standing.given), table.asked.heard
    if not _is_here(table.asked):
        return []
    return [call(heard, asking(table.shown(number)) if number < len(table.exercises) else _ended(table))]


def _stopped(table: _Table) -> Answered:
    standing = replace(table.standing, stopped=True)
    said = _showing(table, stopped(table.shown(table.held.number)), standing)
    ends = [call(table.asked.heard, _ended(table))] if standing.given and _is_here(table.asked) else []
    return replace(said, told=(*said.told, *as_told(ends)))


def _told(table: _Table, number: int) -> Message:
    given = played(table.exercises, table.standing).answers[number]
    place = table.standing.given[number].place
    return told(table.pack, table.shown(number), given, place, _dialogue(table.asked))


def _ended(table: _Table) -> Message:
    answers = played(table.exercises, table.standing).answers
    return ended(result(table.pack, table.exercises, answers), table.held, _dialogue(table.asked))


def _showing(table: _Table, message: Message, standing: Standing | None = None) -> Answered:
    """Show *message* in place of the one whose button was pressed; where others see that one, beside it."""
    heard = table.asked.heard
    mine = heard.only_me or heard.channel.startswith("D")
    shown = update(heard, message) if mine else only_to(_beside(heard), message)
    return Answered(kept=Kept(standing=standing) if standing else None, told=as_told([shown]))


def _is_here(asked: Asked) -> bool:
    """Whether what was heard comes from the direct messages with the tutor."""
    heard = asked.heard
    return heard.channel.startswith("D") and not heard.only_me and heard.kind in ("said", "pressed")


def _refused(asked: Asked, error: TutorError) -> Answered:
    """Tell who asked, and nobody else, why there is no quiz."""
    heard, said = asked.heard, str(error)
    message = note(f"{said[0].upper()}{said[1:]}.")
    if _is_here(asked):
        return Answered(told=as_told([call(heard, message)]))
    return Answered(told=as_told([only_to(_beside(heard), message) if heard.channel else directly(heard, message)]))


def _beside(heard: Heard) -> Heard:
    """Return *heard* as answered beside it, where it opens a thread: nobody sees what only they see in a closed one."""
    said = heard.kind == "said" and heard.post_in is not None and float(heard.post_in) == heard.at
    return replace(heard, post_in=None) if said or heard.post_in == heard.message else heard


def _dialogue(asked: Asked) -> str:
    """Return the thread of the dialogue in which more can be read."""
    heard = asked.heard
    flow = f"{heard.team}/{heard.channel}"
    return flow if heard.channel.startswith("D") and not heard.only_me else f"{flow}/{heard.user}"
