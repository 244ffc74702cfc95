"""From one event to what comes of it: said words, commands, shortcuts. Pure; presses are in `pressing`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tutor.dialogue import Dialogue, Turn
from tutor.errors import DialogueError
from tutor.fronts.slack.answered import Answered, Vote, as_told
from tutor.fronts.slack.call import Call
from tutor.fronts.slack.heard import Heard
from tutor.fronts.slack.kept import Kept
from tutor.fronts.slack.settings import Settings
from tutor.fronts.slack.speaking import call, tell
from tutor.render.slack_views import help_text, home
from tutor.reply import Decline, Reply
from tutor.store.turns import count_of, missed_by
from tutor.study.review import Review
from tutor.tutor import Tutor

_HELP = ("", "help", "?")
_QUESTION = 1000  #: characters kept of a question


@dataclass(frozen=True)
class Asked:
    """One event on the desk: what was *heard*, what is *kept* of its thread, and the *choices* of who said it.

    *named* gives the id of each outgoing message by its number, *reviews* what they answered in quizzes, and *place*
    the settings of the channel.
    """

    heard: Heard
    kept: Kept
    choices: Mapping[str, Any]
    named: Callable[[int], str]
    reviews: Callable[[], Sequence[Review]] = tuple
    place: Callable[[], Mapping[str, Any]] = dict

    @property
    def private(self) -> bool:
        """Whether the user wants to be the only one to see the answer."""
        return bool(self.choices.get("private"))


def said(tutor: Tutor, asked: Asked, settings: Settings) -> Answered:
    """Answer what was said, typed as a command, or taken up by the shortcut."""
    heard = asked.heard
    if heard.kind == "command" and heard.text.casefold() in _HELP:
        return Answered(told=as_told([call(heard, help_text(tutor.pack, settings.command))]))
    turn = respond(tutor, heard.text, asked.kept.dialogue)
    if _is_none_of_our_business(asked, turn.reply):
        return Answered()
    return answered(tutor, asked, turn, settings, question=heard.text if turn.candidates else "")


def _is_none_of_our_business(asked: Asked, reply: Reply) -> bool:
    """Whether nobody asked the tutor, and it has nothing to say: people talk with each other in its thread."""
    heard = asked.heard
    listening = heard.addressed or asked.kept.dialogue.pending or "?" in heard.text
    return isinstance(reply, Decline) and not listening


def respond(tutor: Tutor, text: str, dialogue: Dialogue) -> Turn:
    """Return the turn that *text* makes of *dialogue*; of a new one where that does not go with the pack any more."""
    try:
        return tutor.respond(text, dialogue)
    except DialogueError:
        return tutor.respond(text)


def answered(
    tutor: Tutor, asked: Asked, turn: Turn, settings: Settings, *, question: str, pressed: str = ""
) -> Answered:
    """Return what comes of *turn*; *question* is what was asked, where it is a question of its own."""
    about = (question or asked.kept.question)[:_QUESTION]
    told = tell(asked.heard, turn, about, asked.named, settings, private=asked.private)
    return Answered(
        kept=Kept(turn.dialogue, about, pressed),
        told=tuple(told),
        count=count_of(tutor.pack, asked.kept.dialogue, turn),
        missed=missed_by(about, turn, at=asked.heard.at),
    )


def at_home(tutor: Tutor, heard: Heard, choices: Mapping[str, Any], settings: Settings, told: str = "") -> Call:
    """Return the call that shows the home of the app to who looks at it."""
    view = home(tutor.pack, choices, command=settings.command, told=told)
    return Call("views.publish", {"user_id": heard.user, "view": view})


def reasoned(heard: Heard) -> Answered:
    """Note why an answer did not help."""
    return Answered(noted=Vote(heard.value, helpful=False, reason=heard.text or None))
