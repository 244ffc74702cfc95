"""The plain loop: lines in, plain text out, without an escape code."""

from collections.abc import Callable, Iterable, Iterator

from tutor.fronts.shell.interrupts import Interrupts
from tutor.fronts.shell.session import PROMPT, Session
from tutor.part import Part, text_of
from tutor.render.plain import wrapped


def converse(session: Session, lines: Iterable[str], say: Callable[[str], None], *, width: int | None = None) -> int:
    """Take the *lines* of one learner until they end or one leaves; return how many came to anything."""
    answered = 0
    for line in lines:
        told = session.take(line)
        if told.parts:
            answered += 1
            say(plain_parts(told.parts, width) + "\n")
        if told.left:
            break
    return answered


def plain_parts(parts: Iterable[Part], width: int | None) -> str:
    """Return *parts* as text, wrapped at *width* but for listings."""
    parts = tuple(parts)
    if any(part.role == "listing" for part in parts):
        return text_of(parts)
    return wrapped(text_of(parts), width)


def typed(read: Callable[[str], str], interrupts: Interrupts, dropped: Callable[[], None]) -> Iterator[str]:
    """Yield what is typed at the prompt until the end of input; *dropped* hears that an interrupt drops a line."""
    while interrupts.ending is None:
        interrupts.stop = False
        try:
            with interrupts.raised():
                line = read(PROMPT)
        except KeyboardInterrupt:
            dropped()
            continue
        except EOFError:
            return
        yield line


def piped(stream: Iterable[str]) -> Iterator[str]:
    """Yield the lines of *stream*."""
    yield from stream
