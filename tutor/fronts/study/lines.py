"""A mock exam line by line: for a screen reader, a pipe, and terminals that can nothing else."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from tutor.fronts.study.sitting import Sitting
from tutor.part import Part, text_of
from tutor.render.exam_screen import clock
from tutor.render.plain import wrapped
from tutor.study.mock_exam import MockExam, Step, be_sure, choose, flag, go, handed_in, looked
from tutor.study.said import Chosen, read_certainty, read_said
from tutor.text import fold

HELP = (
    "Say the number or letter of a choice, with sure, unsure or guess behind it if you like. next or an empty line "
    "goes on, back goes back, go 7 goes to question 7, flag flags it, clear takes the answer back, overview lists all "
    "questions, time says how much is left, hand in ends the exam, pause leaves it for later."
)
_GO = re.compile(r"(?:go|go to|question|goto|open)\s+(?:question )?(\d{1,3})", re.IGNORECASE)
_YES, _NO = ("yes", "y"), ("no", "n", "")
_TURNS = {"next": 1, "n": 1, "": 1, "back": -1, "previous": -1}
_PAUSES = ("pause", "p", "stop", "quit", "exit", "leave")
_HANDS_IN = ("hand in", "submit", "h", "finish", "hand it in")
Say = Callable[[str], None]


def sit(sitting: Sitting, lines: Iterable[str], say: Say, width: int | None = None) -> None:
    """Take *lines* until the exam is handed in, its time is over, or somebody pauses it or the lines end."""

    def tell(parts: Iterable[Part]) -> None:
        say(wrapped(text_of(parts), width) + "\n")

    sitting.begin()
    tell([*_asked(sitting), Part("told", "help says what can be said.")])
    asking = False
    for line in lines:
        sitting.do(looked)
        said = fold(line)
        if sitting.exam.over or (not asking and said in _PAUSES):
            break
        if asking and said in _YES:
            sitting.do(handed_in)
            break
        back, asking = asking and said in _NO, not asking and said in _HANDS_IN
        tell(_handing_in(sitting.exam) if asking else _asked(sitting) if back else _taken(sitting, line, said))
        if sitting.exam.over:
            break
    sitting.pause()


def _taken(sitting: Sitting, line: str, said: str) -> Iterator[Part]:
    """Yield what *line* comes to."""
    exam = sitting.exam
    if said in _TURNS and line.strip() != "?":
        yield from _turned(sitting, exam.place + _TURNS[said])
    elif match := _GO.fullmatch(line.strip()):
        yield from _turned(sitting, int(match[1]) - 1)
    elif said == "help" or line.strip() == "?":
        yield Part("told", HELP)
    elif said in ("overview", "review", "o"):
        yield Part("listing", "\n".join(_overview(exam)))
    elif said in ("time", "t"):
        yield Part("told", f"{clock(sitting.left)} left.")
    elif said in ("again", "repeat"):
        yield from _asked(sitting)
    else:
        yield from _stepped(sitting, line, said)


def _stepped(sitting: Sitting, line: str, said: str) -> Iterator[Part]:
    steps: dict[str, Step] = {
        "flag": flag,
        "f": flag,
        "clear": partial(choose, place=None),
        "x": partial(choose, place=None),
    }
    chosen, certainty = read_said(line, sitting.exam.open), read_certainty(line)
    if said in steps:
        sitting.do(steps[said])
    elif isinstance(chosen, Chosen):
        sitting.do(partial(choose, place=chosen.place))
        if chosen.certainty:
            sitting.do(partial(be_sure, certainty=chosen.certainty))
    elif certainty and sitting.exam.sheet.place is not None:
        sitting.do(partial(be_sure, certainty=certainty))
    else:
        yield Part("told", f"That is no choice. {HELP}")
        return
    yield Part("told", "Time is over." if sitting.exam.over else _stands(sitting.exam))


def _turned(sitting: Sitting, place: int) -> Iterator[Part]:
    before = sitting.exam.place
    sitting.do(partial(go, place=place))
    if sitting.exam.over:
        yield Part("told", "Time is over.")
    elif sitting.exam.place == before:
        yield Part("told", "There is no such question; hand in ends the exam, overview lists what is open.")
    else:
        yield from _asked(sitting)


def _asked(sitting: Sitting) -> Iterator[Part]:
    exam = sitting.exam
    topic = sitting.pack.topics.get(exam.open.topic, exam.open.topic)
    yield Part("told", f"Question {exam.place + 1} of {len(exam.exercises)}, {topic}. {clock(sitting.left)} left.")
    yield Part("question", exam.open.stem, apart=False)
    yield Part("options", items=tuple(choice.text for choice in exam.open.choices), apart=False)
    if exam.sheet.place is not None or exam.sheet.flagged:
        yield Part("told", _stands(exam), apart=False)


def _handing_in(exam: MockExam) -> Iterator[Part]:
    left = ", ".join(str(place + 1) for place in exam.left_open)
    yield Part("told", f"Left open: {left}." if left else "Every question is answered.")
    yield Part("question", "Hand in for good? yes hands in; anything else goes on.", apart=False)


def _stands(exam: MockExam) -> str:
    sheet = exam.sheet
    chosen = "left open" if sheet.place is None else f"answer {sheet.place + 1}"
    return ", ".join(
        [f"Question {exam.place + 1}: {chosen}", *([sheet.certainty] if sheet.certainty else [])]
        + (["flagged"] if sheet.flagged else [])
    )


def _overview(exam: MockExam) -> Iterator[str]:
    for place, sheet in enumerate(exam.sheets):
        chosen = "open" if sheet.place is None else f"answer {sheet.place + 1}"
        marks = [chosen, *([sheet.certainty] if sheet.certainty else []), *(["flagged"] if sheet.flagged else [])]
        yield f"{place + 1}: {', '.join(marks)}"
