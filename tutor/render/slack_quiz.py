"""A quiz as Slack messages: a question with its buttons, how sure one is, what was right and why, and the end."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tutor.part import Part
from tutor.render.buttons import READ, Button, are_numbered, rows
from tutor.render.carried import Carried
from tutor.render.quizzed import QUIZ, Quizzed
from tutor.render.slack import Message, of_parts
from tutor.study.answered import Answered
from tutor.study.certainty import CERTAINTIES, Certainty, mark
from tutor.study.exercise import Exercise

_SURE: Mapping[Certainty, str] = {"sure": "Sure", "unsure": "Not sure", "guess": "A guess"}
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


def told(shown: Shown, answered: Answered, place: int | None, entry: str, thread: str) -> Message:
    """Return what was right and why, each with its source; *entry* is the title of what it teaches.

    A button shows all of that entry, in the dialogue of *thread*.
    """
    exercise = shown.exercise
    whys = [
        Part("why", choice.why, f"{_verdict(choice.right, at == place)}{at + 1}. {choice.text}")
        for at, choice in enumerate(exercise.choices)
    ]
    told_already = exercise.decides in {choice.why for choice in exercise.choices}
    parts = [
        Part("title", _marked(answered)),
        *_stem(shown, told=True),
        *whys,
        *([] if told_already else [Part("decides", exercise.decides, "What decides")]),
        *(replace(cited.part, apart=False) for cited in exercise.sources),
    ]
    return of_parts(parts, rows([_look(1, "Read more", entry, exercise.entry, thread)], "more"))


def ended(
    quiz: Sequence[tuple[Exercise, Answered]], titles: Mapping[str, str], carried: Quizzed, thread: str
) -> Message:
    """Return how a *quiz* went; *titles* are those of entries. The wrong ones can be asked again, and new ones.

    What was answered wrong, or guessed, can be read up in the dialogue of *thread*.
    """
    answers = [answered for _, answered in quiz]
    weak = list(dict.fromkeys(one.entry for one in answers if not one.right or one.certainty == "guess"))[:_MOST]
    parts = [
        Part("title", _score(answers)),
        Part("chat", _points(answers)),
        Part("verdicts", name="How sure you were", items=tuple(_calibration(answers))),
    ]
    looked = [
        _look(number, f"Read {number}", titles[entry], entry, thread) for number, entry in enumerate(weak, start=1)
    ]
    if weak:
        listed = tuple(f"{number}. {titles[entry]}" for number, entry in enumerate(weak, start=1))
        parts.append(Part("verdicts", name="Worth another look", items=listed))
    return of_parts(parts, [*rows(looked, "look"), *rows([*_next(quiz, carried)], "next")])


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


def _next(quiz: Sequence[tuple[Exercise, Answered]], carried: Quizzed) -> Iterator[Button]:
    wrong = tuple(exercise.id for exercise, answered in quiz if not answered.right)
    if wrong:
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


_WERE: Mapping[Certainty, str] = {"sure": "sure", "unsure": "not sure", "guess": "guessing"}


def _stakes(certainty: Certainty) -> str:
    return f"{_signed(mark(True, certainty))} where it is right, {_signed(mark(False, certainty))} where it is not"


def _signed(points: int) -> str:
    said = f"{points:+d}".replace("-", "−") if points else "0"
    return f"{said} point{'' if abs(points) == 1 else 's'}"


def _score(answers: Sequence[Answered]) -> str:
    return f"{sum(one.right for one in answers)} of {len(answers)} right"


def _points(answers: Sequence[Answered]) -> str:
    got = sum(mark(one.right, one.certainty) for one in answers if one.chosen is not None)
    return f"{_signed(got)} of {3 * len(answers)}, by how sure you were."


def _calibration(answers: Sequence[Answered]) -> Iterator[str]:
    for certainty in CERTAINTIES:
        said = [one.right for one in answers if one.certainty == certainty and one.chosen is not None]
        if said:
            yield f"{_SURE[certainty]}: {sum(said)} of {len(said)} right"
