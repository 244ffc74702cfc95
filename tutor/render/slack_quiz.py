"""A quiz as Slack messages: a question with its buttons, how sure one is, what was right and why, and the end."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tutor.part import Part
from tutor.render.buttons import READ, Button, are_numbered, rows
from tutor.render.carried import Carried
from tutor.render.exercises import rests
from tutor.render.quizzed import QUIZ, Quizzed
from tutor.render.slack import Message, of_parts
from tutor.study.answered import Answered
from tutor.study.certainty import CERTAINTIES, Certainty, mark
from tutor.study.exercise import Exercise
from tutor.study.result import Result, Sureness
from tutor.subject import Pack

_SURE: Mapping[Certainty, str] = {"sure": "Sure", "unsure": "Not sure", "guess": "A guess"}
_WERE: Mapping[Certainty, str] = {"sure": "sure", "unsure": "not sure", "guess": "guessing"}
_MOST = 5  #: entries to look at again that are offered at the end


@dataclass(frozen=True)
class Shown:
    """An *exercise* as it is shown: the title of its *topic*, what its buttons carry, and the *hints* given so far.

    *more* is whether there is another hint; *daily* whether it stands in a channel, as the question of a day.
    """

    exercise: Exercise
    topic: str
    carried: Quizzed
    hints: tuple[str, ...] = ()
    more: bool = True
    daily: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """What there is to choose from."""
        return tuple(choice.text for choice in self.exercise.choices)


def asking(shown: Shown) -> Message:
    """Return the question, with a button for each choice and those that help."""
    private = [Part("stakes", "Only you see what you press and what comes of it.")] if shown.daily else []
    parts = [*_stem(shown), Part("options", items=shown.texts, apart=False), *_hints(shown), *private]
    return of_parts(parts, [*rows([*_choices(shown)], "choices"), *rows([*_helps(shown)], "helps")])


def how_sure(shown: Shown) -> Message:
    """Return the question with the choice that was made, and buttons that say how sure of it one is."""
    place = shown.carried.place
    chosen = [f"{'➤ ' if at == place else ''}{at + 1}. {text}" for at, text in enumerate(shown.texts)]
    parts = [*_stem(shown), Part("verdicts", items=tuple(chosen), apart=False), *_hints(shown)]
    parts.append(Part("note", "How sure are you? Less sure costs less where it is wrong, and earns less."))
    sure = [
        Button(f"{QUIZ}_{certainty}", _SURE[certainty], f"{_SURE[certainty]}: {_stakes(certainty)}", shown.carried)
        for certainty in CERTAINTIES
    ]
    back = Button(f"{QUIZ}_back", "Choose again", "Choose again", replace(shown.carried, place=None))
    return of_parts(parts, rows([*sure, back], "sure"))


def told(pack: Pack, shown: Shown, answered: Answered, place: int | None, thread: str) -> Message:
    """Return what was right and why, for each choice, which fact decides, and where that stands.

    A button shows all of the entry, in the dialogue of *thread*.
    """
    exercise = shown.exercise
    whys = [
        Part("why", choice.why, f"{_verdict(choice.right, at == place)}{at + 1}. {choice.text}")
        for at, choice in enumerate(exercise.choices)
    ]
    decides = [] if any(exercise.decides in why.text for why in whys) else [exercise.decides]
    parts = [
        Part("title", _marked(answered)),
        *_stem(shown, told=True),
        *whys,
        *(Part("decides", fact, "What decides") for fact in decides),
        *rests(pack, exercise),
    ]
    more = _look(1, "Read more", pack.entries[exercise.entry].title, exercise.entry, thread)
    return of_parts(parts, rows([more], "more"))


def ended(came: Result, carried: Quizzed, thread: str) -> Message:
    """Return what *came* of a quiz. The wrong ones can be asked again, and new ones.

    What should be read again can be, in the dialogue of *thread*.
    """
    whole, study = came.whole, came.study[:_MOST]
    parts = [
        Part("title", f"{whole.right} of {whole.asked} right"),
        Part("chat", f"{_signed(whole.marks)} of {whole.most}, by how sure you were."),
        Part("verdicts", name="How sure you were", items=tuple(map(_sureness, filter(_said, came.sureness)))),
    ]
    if study:
        listed = tuple(f"{number}. {one.title} ({one.reason})" for number, one in enumerate(study, start=1))
        parts.append(Part("verdicts", name="Worth another look", items=listed))
    looked = [
        _look(number, f"Read {number}", one.title, one.entry, thread) for number, one in enumerate(study, start=1)
    ]
    return of_parts(parts, [*rows(looked, "look"), *rows([*_next(came, carried)], "next")])


def stopped(shown: Shown) -> Message:
    """Return the question that was open when a quiz was stopped."""
    return of_parts([*_stem(shown), Part("note", "Stopped here.")])


def begin(label: str, about: str, quiz: str) -> Button:
    """Return the button that begins a new quiz about something."""
    return Button(f"{QUIZ}_more", label, label, Quizzed(quiz, about=about))


def _stem(shown: Shown, *, told: bool = False) -> list[Part]:
    """Return the question; what it is about only once that is *told*, since it may be a hint."""
    count = len(shown.carried.exercises)
    number = f"Question {shown.carried.number + 1} of {count}" if count > 1 else "Question"
    head = "Question of the day" if shown.daily else number
    return [Part("note", f"{head} · {shown.topic}" if told else head), Part("question", shown.exercise.stem)]


def _hints(shown: Shown) -> Iterator[Part]:
    return (Part("pointing", hint, f"Hint {number}") for number, hint in enumerate(shown.hints, start=1))


def _choices(shown: Shown) -> Iterator[Button]:
    numbered = are_numbered(shown.texts)
    for place, text in enumerate(shown.texts):
        label, carried = str(place + 1) if numbered else text, replace(shown.carried, place=place)
        yield Button(f"{QUIZ}_choose_{place + 1}", label, f"{place + 1}. {text}", carried)


def _helps(shown: Shown) -> Iterator[Button]:
    if shown.more:
        yield Button(f"{QUIZ}_hint", "Hint", "Show a hint", shown.carried)
    yield Button(f"{QUIZ}_skip", "Don't know", "I don't know; show me the answer", shown.carried)
    if len(shown.carried.exercises) > 1:
        yield Button(f"{QUIZ}_stop", "Stop", "Stop the quiz here", shown.carried)


def _look(number: int, label: str, title: str, entry: str, thread: str) -> Button:
    return Button(f"{READ}_{number}", label, f"{label}: {title}", Carried(thread, entry=entry))


def _next(came: Result, carried: Quizzed) -> Iterator[Button]:
    if came.wrong:
        wrong = tuple(question.exercise.id for question in came.wrong)
        again = Quizzed(carried.quiz, wrong, about=carried.about)
        yield Button(f"{QUIZ}_again", "Ask the wrong ones again", "Ask what was wrong again", again)
    yield begin("Another quiz", carried.about, carried.quiz)


def _verdict(right: bool, chosen: bool) -> str:
    return ("✓ " if right else "✗ " if chosen else "") + ("Your choice: " if chosen else "")


def _marked(answered: Answered) -> str:
    if answered.chosen is None:
        return "Left open: 0 points"
    points = mark(answered.right, answered.certainty)
    verdict = "Right" if answered.right else "Not right"
    return f"{verdict}, and you were {_WERE[answered.certainty]}: {_signed(points)}"


def _stakes(certainty: Certainty) -> str:
    return f"{_signed(mark(True, certainty))} where it is right, {_signed(mark(False, certainty))} where it is not"


def _signed(points: int) -> str:
    said = f"{points:+d}".replace("-", "−") if points else "0"
    return f"{said} point{'' if abs(points) == 1 else 's'}"


def _said(sureness: Sureness) -> bool:
    return sureness.count > 0


def _sureness(one: Sureness) -> str:
    judged = f": {one.judged}" if one.judged else ""
    return f"{_SURE[one.certainty]}: {one.right} of {one.count} right{judged}"
