"""What is looked at during a mock exam, and what each key does: state in, state out, no terminal."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from tutor.study.certainty import Certainty
from tutor.study.mock_exam import MockExam, Step, be_sure, choose, flag, go, handed_in

Mode = Literal["question", "overview", "handing in", "help"]
_SURE: dict[str, Certainty] = {"s": "sure", "u": "unsure", "g": "guess"}
_LETTERS = "abcde"  #: for choices, as papers have them


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at: the *mode*, the choice or question that is *marked*, and the first line shown, *top*.

    *follow* moves the text so that what is marked is seen.
    *step* is what the key that was pressed last does to the exam; *leaving* asks to pause it and leave.
    """

    mode: Mode = "question"
    marked: int | None = None
    top: int = 0
    follow: bool = True
    step: Step | None = None
    leaving: bool = False


def pressed(view: View, exam: MockExam, key: str) -> View:
    """Return the view after *key*, by its name in prompt_toolkit; its *step* is to be taken then."""
    view = replace(view, step=None)
    if key in ("p", "c-c", "c-d", "c-q"):
        return replace(view, leaving=True)
    if key in ("pageup", "pagedown"):
        return replace(view, top=max(0, view.top + (8 if key == "pagedown" else -8)), follow=False)
    view = replace(view, follow=True)
    match view.mode:
        case "question":
            return _in_question(view, exam, key)
        case "overview":
            return _in_overview(view, exam, key)
        case "handing in":
            return _handing_in(view, key)
        case "help":
            return View()


def _in_question(view: View, exam: MockExam, key: str) -> View:
    place = _place(key, len(exam.open.choices))
    if place is not None:
        return replace(view, step=partial(choose, place=place), marked=place)
    if key in _SURE:
        return replace(view, step=partial(be_sure, certainty=_SURE[key]))
    match key:
        case "up" | "down":
            return replace(view, marked=_moved(view.marked, 1 if key == "down" else -1, len(exam.open.choices)))
        case "enter" | " " if view.marked is not None and view.marked != exam.sheet.place:
            return replace(view, step=partial(choose, place=view.marked))
        case "enter" | "right" | "n" if exam.place == len(exam.exercises) - 1:
            return View("overview", exam.place)
        case "enter" | "right" | "n":
            return View(step=partial(go, place=exam.place + 1))
        case "left":
            return View(step=partial(go, place=exam.place - 1))
        case "f":
            return replace(view, step=flag)
        case "x" | "delete" | "backspace":
            return replace(view, step=partial(choose, place=None), marked=None)
        case "o" | "tab":
            return View("overview", exam.place)
        case "h":
            return View("handing in")
        case "?" | "f1":
            return View("help")
    return view


def _in_overview(view: View, exam: MockExam, key: str) -> View:
    at = view.marked if view.marked is not None else exam.place
    match key:
        case "up" | "down":
            return replace(view, marked=_moved(at, 1 if key == "down" else -1, len(exam.exercises)))
        case "home" | "end":
            return replace(view, marked=0 if key == "home" else len(exam.exercises) - 1)
        case "enter" | " " | "right":
            return View(step=partial(go, place=at))
        case "o" | "tab" | "escape" | "left":
            return View()
        case "h":
            return View("handing in")
        case "?" | "f1":
            return View("help")
    return view


def _handing_in(view: View, key: str) -> View:
    if key == "y":
        return View(step=handed_in)
    return View("overview") if key in ("n", "escape", "o", "enter", "left") else view


def _moved(at: int | None, by: int, count: int) -> int:
    """Return the place *by* further, around the ends."""
    return (0 if by > 0 else count - 1) if at is None else (at + by) % count


def _place(key: str, count: int) -> int | None:
    at = int(key) - 1 if key.isdecimal() and key.isascii() else _LETTERS.find(key) if len(key) == 1 else -1
    return at if 0 <= at < count else None
