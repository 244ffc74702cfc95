"""The shell: lines in, replies out, one dialogue."""

from collections.abc import Callable, Iterable, Iterator

from tutor.dialogue import Dialogue
from tutor.render.plain import plain
from tutor.reply import Reply
from tutor.tutor import Tutor

PROMPT = "you> "
_LEAVING = ("quit", "exit", ":q", "/quit")


def converse(
    tutor: Tutor,
    lines: Iterator[str],
    say: Callable[[str], None],
    *,
    width: int | None = None,
    record: Callable[[str, Reply], None] | None = None,
) -> int:
    """Answer the *lines* of one learner until they end or one leaves; return how many were answered.

    *record* hears of each turn, the words and the reply, before it is said.
    """
    dialogue, answered = Dialogue(), 0
    for line in lines:
        if line.strip().casefold() in _LEAVING:
            break
        if line.strip():
            turn = tutor.respond(line := line.rstrip("\r\n"), dialogue)
            dialogue, answered = turn.dialogue, answered + 1
            if record:
                record(line, turn.reply)
            say(plain(turn.reply, width=width) + "\n")
    return answered


def typed(read: Callable[[str], str]) -> Iterator[str]:
    """Yield what is typed at the prompt until the end of input; an interrupt drops the line."""
    while True:
        try:
            yield read(PROMPT)
        except KeyboardInterrupt:
            continue
        except EOFError:
            return


def piped(stream: Iterable[str]) -> Iterator[str]:
    """Yield the lines of *stream*."""
    yield from stream
