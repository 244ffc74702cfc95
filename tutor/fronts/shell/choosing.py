"""The live list: what can be chosen, shown above the line, marked by arrows, taken by Enter or by a click."""

from collections.abc import Callable
from textwrap import wrap

from prompt_toolkit.application import get_app
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text.base import OneStyleAndTextTuple, StyleAndTextTuples
from prompt_toolkit.layout import ConditionalContainer, Container, FormattedTextControl, Window
from prompt_toolkit.mouse_events import MouseEvent, MouseEventType

from tutor.fronts.shell.session import Offer, Session
from tutor.moves import read_number
from tutor.text import fold

_LONGEST = 250  #: characters of words that may be those of an offer
_MARK, _SPACE = "› ", "  "


class Choosing:
    """The offers that are open beside the line that is typed; *marked* is the one that the arrows are at."""

    def __init__(self, session: Session, take: Callable[[str], None]) -> None:
        """Let *take* be called with what is said by a click."""
        self._session, self._take = session, take
        self.marked: int | None = None
        self.offers: tuple[Offer, ...] = ()

    def open(self) -> None:
        """Begin anew, with what can be chosen now."""
        self.offers, self.marked = self._session.offers(), None

    def move(self, by: int) -> None:
        """Move the mark *by* so many offers, around the ends."""
        first = 0 if by > 0 else len(self.offers) - 1
        self.marked = first if self.marked is None else (self.marked + by) % len(self.offers)

    @property
    def said(self) -> str:
        """What is said by taking the marked offer; nothing without one."""
        return "" if self.marked is None else self.offers[self.marked].said

    def window(self, typed: Callable[[], str], width: Callable[[], int]) -> Container:
        """Return the list as a window of its own, to stand above the line; within the prompt it hears no click."""

        def lines() -> StyleAndTextTuples:
            return self.lines(typed(), width())[:-1]  # the last line needs no end

        shown = Window(FormattedTextControl(lines), dont_extend_height=True)
        return ConditionalContainer(shown, Condition(lambda: bool(lines())))

    def lines(self, typed: str, width: int) -> StyleAndTextTuples:
        """Return the list as fragments; once the line is done, the offer that was *typed* is marked."""
        done = get_app().is_done
        comes_again = done and not _left() and (not typed.strip() or typed.startswith("/"))
        if not self.offers or comes_again:
            return []
        at = chosen(typed, self.offers) if done else None if typed else self.marked
        shown: StyleAndTextTuples = []
        for number, offer in enumerate(self.offers):
            if offer.number or not done or number == at:
                shown += self._line(offer, width, marked=number == at)
        return shown

    def _line(self, offer: Offer, width: int, *, marked: bool) -> list[OneStyleAndTextTuple]:
        mark = _MARK if marked else _SPACE
        head = f"{mark}{offer.number}. " if offer.number else f"{mark}   "
        kind = "class:options" if offer.number else "class:options.hint"
        style = "class:options.chosen" if marked else kind
        first, *others = wrap(offer.label, max(width - len(head) - 1, 10)) or [""]
        said: list[OneStyleAndTextTuple] = [(f"class:options.mark {style}" if marked else "class:options.mark", head)]
        said += [(style, "\n".join([first, *(" " * len(head) + line for line in others)])), ("", "\n")]
        return [(one[0], one[1], self._clicked(offer)) for one in said]

    def _clicked(self, offer: Offer) -> Callable[[MouseEvent], object]:
        def click(event: MouseEvent) -> object:
            if event.event_type != MouseEventType.MOUSE_UP:
                return NotImplemented
            self._take(offer.said)
            return None

        return click


def _left() -> bool:
    """Say whether the line ended without one to come."""
    future = get_app().future
    return future is not None and future.done() and future.exception() is not None


def chosen(typed: str, offers: tuple[Offer, ...]) -> int | None:
    """Return the place of the offer that *typed* takes by its number, its label or what is said for it."""
    if len(typed) > _LONGEST:
        return None
    numbered = [offer for offer in offers if offer.number]
    number = read_number(typed, len(numbered))
    if number:
        return number - 1
    said = fold(typed)
    return next((at for at, offer in enumerate(offers) if said in (fold(offer.label), fold(offer.said))), None)
