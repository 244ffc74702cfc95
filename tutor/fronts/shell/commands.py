"""The commands of the shell: one table, from which help, completion and the pages are made."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.errors import TutorError
from tutor.fronts.shell.about_dialogue import explain, replay, save, saying, set_slot, settable
from tutor.fronts.shell.about_pack import entries, pack, reloads, show, topic_names, topics
from tutor.fronts.shell.about_settings import settings, theme, themes, wishes
from tutor.fronts.shell.about_study import quiz, subjects
from tutor.fronts.shell.told import Told, fault, told
from tutor.part import Part
from tutor.spelling import did_you_mean

if TYPE_CHECKING:
    from tutor.fronts.shell.session import Session

_CALL = re.compile(r"/([a-z]*)(?:\s+(.*))?", re.DOTALL)
Choices = Callable[["Session"], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class Command:
    """A command: its *name*, what it takes, what it does, and more about it; *choices* are what may be taken.

    *choices* are texts, each with a word about it; where one ends with "=", those that go on so are for the step after.
    "file" stands for names of files.
    """

    name: str
    takes: str
    about: str
    more: str
    run: Callable[["Session", str], Told]
    choices: Choices | str | None = None

    @property
    def usage(self) -> str:
        """How it is written."""
        return f"/{self.name} {self.takes}".rstrip()


def run(session: "Session", line: str) -> Told | None:
    """Return what the command in *line* comes to; None when there is no command in it."""
    match = _CALL.fullmatch(line.rstrip())
    if not match:
        return None
    name, argument = match[1] or "help", (match[2] or "").strip()
    if name not in COMMANDS:
        return fault(f"there is no command /{name}; {_near(name)} A question may begin with a space.")
    try:
        return COMMANDS[name].run(session, argument)
    except TutorError as error:
        return fault(" ".join(str(error).splitlines()))
    except OSError as error:
        return fault(f"{error.filename or argument}: {error.strerror}")


def _near(name: str) -> str:
    near = did_you_mean(name, COMMANDS)
    return near.replace("mean ", "mean /") if near.startswith("did") else "/help lists them."


def _help(session: "Session", argument: str) -> Told:
    name = argument.removeprefix("/")
    if name and name not in COMMANDS:
        return fault(f"there is no command /{name}; {_near(name)}")
    if name:
        command = COMMANDS[name]
        return told(command.usage, f"{command.about[0].upper()}{command.about[1:]} {command.more}")
    rows = tuple(f"{command.usage}: {command.about}" for command in COMMANDS.values())
    keys = tuple(f"{key}: {does}" for key, does in session.keys)
    parts = (Part("told", name="Commands", items=rows), Part("told", name="Keys", items=keys))
    return Told(tuple(part for part in parts if part.items))


def _names(_: "Session") -> Iterable[tuple[str, str]]:
    return [(name, command.about) for name, command in COMMANDS.items()]


def _quit(*_: object) -> Told:
    return Told(left=True)


# fmt: off
COMMANDS: dict[str, Command] = {
    command.name: command
    for command in (
        Command("help", "[COMMAND]", "say what there is, or more about one command.",
                "Like F1.", _help, _names),
        Command("topics", "[TOPIC]", "list the topics, or the entries of one.",
                "A topic goes by its id or its title.", topics, topic_names),
        Command("show", "ENTRY", "show an entry by its id or title.",
                "The dialogue stays as it is.", show, entries),
        Command("sources", "", "show on what the last answer rests.",
                "Like saying “sources”.", saying("sources")),
        Command("why", "", "say why the open question is asked, or repeat the answer.",
                "Like saying “why?”.", saying("why")),
        Command("back", "", "go back one question.",
                "Like saying “back”, or Esc on an empty line.", saying("back")),
        Command("reset", "", "forget the dialogue and start over.",
                "Like saying “start over”.", saying("start over")),
        Command("set", "[SLOT=VALUE]", "correct what is known, or show it.",
                "The slot is one of the decision under way, the value one of its ids or labels. The reply says what "
                "changed, what still counts and what no longer does.", set_slot, settable),
        Command("explain", "[QUESTION]", "explain how a question, or else the last one, is read.",
                "It shows which words count, what was compared, and what spoke for and against the nearest entries.",
                explain),
        Command("quiz", "[WORDS]", "ask you questions, about a topic or anything.",
                "In words: “quiz me on …”, “quiz me on my weak spots”. Answer by number, say how sure you are; hint, "
                "skip, why and stop do what they say.",
                quiz, subjects),
        Command("save", "FILE", "write the dialogue so far into a new file.",
                "Only you may read it; /replay and tutor replay say it again.", save, "file"),
        Command("replay", "FILE", "say the dialogues in a file again and show what differs.",
                "Your own dialogue stays as it is.", replay, "file"),
        Command("pack", "[reload]", "say which pack is in use, or load it anew.",
                "/pack reload takes up what has changed on disk. The dialogue goes on if it still fits. A pack with "
                "faults is not taken up.", pack, reloads),
        Command("theme", "[NAME]", "choose the colours, or say which there are.",
                "The choice is kept.", theme, themes),
        Command("settings", "[NAME=VALUE]", "change a setting and keep it, or show all of them.",
                "A value is on or off, or the name of a theme.", settings, wishes),
        Command("quit", "", "leave.",
                "Like quit, exit, :q, or Ctrl-D on an empty line.", _quit),
    )
}  #: all commands by their names, in the order of help
# fmt: on
