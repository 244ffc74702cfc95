"""The line below the prompt: what the tutor knows, how much may still be asked, and which keys help."""

from collections.abc import Callable, Iterator

from prompt_toolkit.formatted_text import fragment_list_width
from prompt_toolkit.formatted_text.base import OneStyleAndTextTuple, StyleAndTextTuples
from prompt_toolkit.mouse_events import MouseEvent, MouseEventType

from tutor.fronts.shell.quizzing import Quizzing
from tutor.fronts.shell.session import Session

_LABEL, _WORDS = 28, 16  #: characters that are shown of a label, and of the learner's words
_HINTS = ("F1 help", "Ctrl-D leave")
_IN_DECISION = ("Esc back", "F2 correct")
_IN_QUIZ, _HOW_SURE = ("hint, skip, stop",), ("back, stop",)

Piece = list[OneStyleAndTextTuple]


def toolbar(session: Session, width: int, *, correct: Callable[[str], None], hint: str = "") -> StyleAndTextTuples:
    """Return the toolbar as fragments that fit *width*; *correct* gets the slot whose value is clicked.

    A *hint* about what just happened takes the place of the keys.
    """
    step = session.loading.step if session.loading.under_way else ""
    if step:
        return [("class:toolbar", f" {_short(f'{step} … you can type already', width - 1)}")]
    known = _joined(_quizzed(session) if session.quizzing else _known(session, correct))
    asked = session.pack and session.dialogue.asked
    steps = _steps(session.quizzing) if session.quizzing else _IN_DECISION if asked else ()
    hints = (hint,) if hint else (*steps, *_HINTS)
    said = known or [("class:toolbar", session.pack.about.title if session.pack else "")]
    said = [("class:toolbar", " "), *(_fitting(said, width - 2))]
    room = width - fragment_list_width(said) - 1
    fitting = _hints(hints, room)
    return [*said, ("class:toolbar", " " * max(room - len(fitting), 1)), ("class:toolbar.keys", fitting)]


def _steps(quizzing: Quizzing) -> tuple[str, ...]:
    return _IN_QUIZ if quizzing.place is None else _HOW_SURE


def _quizzed(session: Session) -> Iterator[Piece]:
    assert session.quizzing
    quiz = session.quizzing.quiz
    done, right = len(quiz.answers), sum(given.right for given in quiz.answers)
    yield [("class:toolbar.slot", "Question "), ("class:toolbar.value", f"{done + 1} of {len(quiz.exercises)}")]
    yield [("class:toolbar.slot", f"{right} right")]


def _known(session: Session, correct: Callable[[str], None]) -> Iterator[Piece]:
    from tutor.reply import named

    dialogue, pack = session.dialogue, session.pack
    if not pack or not dialogue.decision:
        return
    for slot in pack.decisions[dialogue.decision].slots:
        value, words = dialogue.values.get(slot), dialogue.words.get(slot, "")
        if slot not in dialogue.filled:
            continue
        label = pack.slots[slot].values[value].label if value else "doesn't matter"
        said = f" “{_short(words, _WORDS)}”" if words and words.casefold() != label.casefold() else ""
        click = _clicked(slot, correct)
        yield [
            ("class:toolbar.slot", f"{named(slot)} = ", click),
            ("class:toolbar.value", _short(label, _LABEL), click),
            ("class:toolbar.words", said, click),
        ]
    if dialogue.pending:
        yield [("class:toolbar.slot", f"{named(dialogue.pending)} ?")]
        left = f"at most {session.at_most} questions" if session.at_most > 1 else "the last question"
        yield [("class:toolbar", left)]


def _clicked(slot: str, correct: Callable[[str], None]) -> Callable[[MouseEvent], object]:
    def click(event: MouseEvent) -> object:
        if event.event_type != MouseEventType.MOUSE_UP:
            return NotImplemented
        correct(slot)
        return None

    return click


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _joined(pieces: Iterator[Piece]) -> Piece:
    said: Piece = []
    for piece in pieces:
        said += [("class:toolbar", " · "), *piece] if said else piece
    return said


def _fitting(said: Piece, width: int) -> Piece:
    """Return *said* cut to *width* columns."""
    kept: Piece = []
    for piece in said:
        room = width - fragment_list_width(kept)
        if fragment_list_width([piece]) > room:
            return [*kept, (piece[0], _short(piece[1], max(room, 1)), *piece[2:])]
        kept.append(piece)
    return kept


def _hints(hints: tuple[str, ...], room: int) -> str:
    """Return as many of the *hints* as there is *room* for."""
    shown = list(hints)
    while shown and len(" · ".join(shown)) + 1 > room:
        shown.pop(0)
    return " · ".join(shown)
