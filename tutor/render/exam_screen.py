"""A mock exam on a terminal's whole screen, as lines of styled pieces that fit its size."""

from collections.abc import Iterator, Sequence

from tutor.render.wrapped import Piece, cells, shown, wrapped
from tutor.study.certainty import CERTAINTIES
from tutor.study.mock_exam import MockExam, Sheet

Line = list[Piece]

SOON = 300.0  #: seconds before the end from which the clock warns
KEYS = (
    ("1 2 3 …, or a b c …", "choose"),
    ("s u g", "say that you are sure, unsure, or guess"),
    ("Up, Down, Enter", "mark a choice and take it"),
    ("Enter, Right, n", "the next question"),
    ("Left", "the question before"),
    ("f", "flag the question, or take the flag away"),
    ("x", "take the answer back"),
    ("o, Tab", "the overview of all questions; Enter opens one"),
    ("Page Up, Page Down", "move the text where it is longer than the screen"),
    ("h", "hand in, after one more question"),
    ("p, Ctrl-C, Ctrl-D", "pause and leave; tutor exam goes on"),
)
_WIDEST = 100
_MARK = "›"


def clock(seconds: float) -> str:
    """Return a time as hours, minutes and seconds.

    >>> clock(5025.4), clock(59)
    ('1:23:45', '0:00:59')
    """
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def head(exam: MockExam, left: float, width: int) -> Line:
    """Return the line at the top: which question, how many are answered and flagged, the time that is left.

    Where it is narrow, the time stays longest.
    """
    time = f"{clock(left)} left "
    said = next((one for one in _stand(exam) if cells(one) + 1 + cells(time) <= width), "")
    room = max(0, width - cells(said) - cells(time))
    return [
        Piece("class:exam.head", said),
        Piece("class:exam.head", " " * room),
        Piece("class:exam.head class:exam.soon" if left <= SOON else "class:exam.head", time),
    ]


def _stand(exam: MockExam) -> Iterator[str]:
    """Yield where *exam* stands, shorter each time."""
    number, count = exam.place + 1, len(exam.exercises)
    parts = [f" Question {number} of {count}", f"{count - len(exam.left_open)} answered"]
    parts += [f"{len(exam.flagged)} flagged"] if exam.flagged else []
    yield from (" · ".join(parts[:most]) for most in range(len(parts), 0, -1))
    yield from (f" {number} of {count}", f" {number}/{count}")


def question(exam: MockExam, topic: str, marked: int | None, width: int) -> list[Line]:
    """Return the open question, its choices, and how sure one is of the answer."""
    width, sheet = min(width, _WIDEST), exam.sheet
    lines: list[Line] = [_aside(topic, "  ⚑ flagged" if sheet.flagged else ""), []]
    lines += _wrapped("class:question", exam.open.stem, width)
    lines.append([])
    for place, choice in enumerate(exam.open.choices):
        lines += _choice(place, choice.text, chosen=place == sheet.place, marked=place == marked, width=width)
    return [*lines, [], _sure(sheet)]


def overview(exam: MockExam, marked: int, width: int) -> list[Line]:
    """Return a line for each question: its flag, what was chosen, how sure, and its first words."""
    return [_row(exam, place, sheet, marked=place == marked, width=width) for place, sheet in enumerate(exam.sheets)]


def handing_in(exam: MockExam, width: int) -> list[Line]:
    """Return the last question before an exam is handed in."""
    left, flagged = exam.left_open, exam.flagged
    said = [f"Left open: {_numbers(left)}." if left else "Every question is answered."]
    said += [f"Flagged: {_numbers(flagged)}."] if flagged else []
    lines = [line for text in said for line in _wrapped("class:told", text, min(width, _WIDEST))]
    return [*lines, [], [Piece("class:question", "Hand in for good? y hands in, n goes back.")]]


def keys(width: int) -> list[Line]:
    """Return what each key does."""
    longest = max(cells(key) for key, _ in KEYS)
    rest = [Piece("", " " * (longest + 2))]
    return [
        line
        for key, does in KEYS
        for line in wrapped(
            [Piece("class:told", does)],
            min(width, _WIDEST),
            first=[Piece("class:options.mark", f"{key:<{longest}}  ")],
            rest=rest,
        )
    ]


def foot(mode: str, choices: int, width: int) -> Line:
    """Return the keys that help at this moment, as many as fit, where there are so many *choices*."""
    said = {
        "question": f"1-{choices} choose · s u g how sure · Enter next · f flag · o all · p pause · h hand in · ← back",
        "overview": "Up, Down, Enter open · h hand in · o back · p pause · ? keys",
        "handing in": "y hand in · n back",
        "help": "any key goes back",
    }[mode]
    pieces, fitting = said.split(" · "), ""
    for piece in pieces:
        longer = f"{fitting} · {piece}" if fitting else piece
        if cells(longer) > width - (6 if mode == "question" else 2):
            break
        fitting = longer
    if mode == "question":
        fitting += " · ?"
    return [Piece("class:toolbar.keys", f" {fitting}")]


def seen(lines: Sequence[Line], top: int, height: int) -> int:
    """Return the first of *lines* to show, as near to *top* as can be, so that what is marked is seen whole."""
    at = next((place for place, line in enumerate(lines) if line and line[0].text.startswith(_MARK)), None)
    if at is None:
        return top
    end = next((place for place, line in enumerate(lines[at + 1 :], start=at + 1) if _begins(line)), len(lines))
    return min(at - 1, max(top, end + 1 - height)) if height > 2 else at


def _begins(line: Line) -> bool:
    return not line or line[0].style == "class:options.mark"


def windowed(lines: Sequence[Line], top: int, height: int) -> list[Line]:
    """Return the *lines* that fit into *height* from the line *top* on, and say where there are more."""
    top = min(top, max(0, len(lines) - height))
    seen = list(lines[top : top + height])
    more = len(lines) - top - len(seen)
    if more > 0 and seen:
        seen[-1] = [Piece("class:options.hint", f"… {more + 1} more lines: Page Down")]
    if top > 0 and seen:
        seen[0] = [Piece("class:options.hint", f"… {top + 1} lines above: Page Up")]
    return seen


def _choice(place: int, text: str, *, chosen: bool, marked: bool, width: int) -> Iterator[Line]:
    first = f"{_MARK if marked else ' '} {'(x)' if chosen else '( )'} {place + 1}. "
    style = "class:options.chosen" if chosen else "class:options"
    yield from wrapped(
        [Piece(style, shown(text).replace("\n", " "))],
        width,
        first=[Piece("class:options.mark", first)],
        rest=[Piece("", " " * cells(first))],
    )


def _sure(sheet: Sheet) -> Line:
    if sheet.place is None:
        return [Piece("class:options.hint", "How sure you are can be said once you have chosen.")]
    line = [Piece("class:told", "How sure? ")]
    for certainty in CERTAINTIES:
        mark = "(x)" if sheet.certainty == certainty else "( )"
        style = "class:options.chosen" if sheet.certainty == certainty else "class:options"
        line += [Piece(style, f"{mark} {certainty}"), Piece("", "   ")]
    return line


def _row(exam: MockExam, place: int, sheet: Sheet, *, marked: bool, width: int) -> Line:
    chosen = "-" if sheet.place is None else str(sheet.place + 1)
    sure = sheet.certainty or ""
    begin = f"{_MARK if marked else ' '}{'⚑' if sheet.flagged else ' '}{place + 1:>3}. {chosen:<2} {sure:<7}"
    stem, room = " ".join(shown(exam.exercises[place].stem).split()), max(10, width - cells(begin) - 2)
    short = stem if cells(stem) <= room else f"{stem[: room - 1]}…"
    style = "class:options.chosen" if marked else "class:wrong" if sheet.place is None else "class:options"
    return [Piece(style, f"{begin} {short}")]


def _aside(topic: str, flagged: str) -> Line:
    return [Piece("class:told", topic), Piece("class:wrong", flagged)]


def _wrapped(style: str, text: str, width: int) -> list[Line]:
    return [line for one in shown(text).split("\n") for line in wrapped([Piece(style, one)], width)]


def _numbers(places: Sequence[int]) -> str:
    return ", ".join(str(place + 1) for place in places)
