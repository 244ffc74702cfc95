"""The commands of the shell: one table, from which help, completion and the pages are made."""

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.errors import DialogueError, PackError, TutorError
from tutor.fronts.shell.loading import Loading, Stopped
from tutor.fronts.shell.session import Told
from tutor.part import Part
from tutor.spelling import did_you_mean
from tutor.text import fold

if TYPE_CHECKING:
    from tutor.fronts.shell.session import Session
    from tutor.subject import Pack
    from tutor.tutor import Tutor

_CALL = re.compile(r"/([a-z]*)(?:\s+(.*))?", re.DOTALL)
Choices = Callable[["Session", str], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class Command:
    """A command: its *name*, what it takes, what it does, and more about it; *choices* are what may be taken.

    *choices* gets the argument as far as it is typed, and gives texts to put in its place, each with a word about it;
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
    except Stopped:
        raise
    except TutorError as error:
        return fault(" ".join(str(error).splitlines()))
    except OSError as error:
        return fault(f"{error.filename or argument}: {error.strerror}")


def fault(said: str) -> Told:
    """Return a line about what went wrong."""
    return Told((Part("fault", said),))


def told(*lines: str) -> Told:
    """Return *lines* that the shell says itself."""
    return Told(tuple(Part("told", line, apart=False) for line in lines))


def _near(name: str) -> str:
    near = did_you_mean(name, COMMANDS)
    return near.replace("mean ", "mean /") if near.startswith("did") else "/help lists them."


def _help(session: "Session", argument: str) -> Told:
    name = argument.removeprefix("/")
    if name and name not in COMMANDS:
        return fault(f"there is no command /{name}; {_near(name)}")
    if name:
        command = COMMANDS[name]
        return told(command.usage, f"{command.about} {command.more}".rstrip())
    rows = tuple(f"{command.usage}: {command.about}" for command in COMMANDS.values())
    keys = tuple(f"{key}: {does}" for key, does in session.keys)
    parts = (Part("told", name="Commands", items=rows), Part("told", name="Keys", items=keys))
    return Told(tuple(part for part in parts if part.items))


def _topics(session: "Session", argument: str) -> Told:
    pack = session.ready().pack
    if not argument:
        counts = {topic: sum(entry.topic == topic for entry in pack.entries.values()) for topic in pack.topics}
        rows = tuple(f"{topic}: {title}, {_count(counts[topic], 'entry')}" for topic, title in pack.topics.items())
        return Told((Part("told", name="Topics", items=rows),))
    topic = next((name for name, title in pack.topics.items() if fold(argument) in (fold(name), fold(title))), None)
    if not topic:
        return fault(f"there is no topic {argument}; {did_you_mean(argument, pack.topics)}")
    rows = tuple(f"{entry.id}: {entry.title}" for entry in pack.entries.values() if entry.topic == topic)
    return Told((Part("told", name=pack.topics[topic], items=rows),))


def _count(number: int, noun: str) -> str:
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number} {noun if number == 1 else plural}"


def _show(session: "Session", argument: str) -> Told:
    tutor = session.ready()
    if not argument:
        return fault("write the id or the title of an entry, for example /show " + next(iter(tutor.pack.entries)))
    titled = (entry.id for entry in tutor.pack.entries.values() if fold(entry.title) == fold(argument))
    entry = argument if argument in tutor.pack.entries else next(titled, None)
    if not entry:
        names = [*tutor.pack.entries, *(one.title for one in tutor.pack.entries.values())]
        return fault(f"there is no entry {argument}; {did_you_mean(argument, names)}")
    reply = tutor.show(entry)
    return Told(tuple(reply.parts), reply)


def _saying(words: str) -> Callable[["Session", str], Told]:
    """Return a command that says *words* to the tutor, and takes nothing."""
    return lambda session, _: session.say(words)


def _set(session: "Session", argument: str) -> Told:
    pack = session.ready().pack
    if not argument:
        return _known(session, pack)
    slot, equals, value = (part.strip() for part in argument.partition("="))
    slots = pack.decisions[session.dialogue.decision].slots if session.dialogue.decision else ()
    if not equals or not slot or not value:
        return fault("write /set SLOT=VALUE" + (f", for example /set {_sample(pack, slots)}" if slots else ""))
    if not slots:
        return fault("no decision is under way; ask first, then set what was understood wrongly")
    if slot in pack.slots and slot not in slots:
        return fault(f"{slot} does not count here; slots of this decision: {', '.join(slots)}")
    return session.say("", {slot: value})


def _sample(pack: "Pack", slots: Iterable[str]) -> str:
    slot = next(iter(slots))
    return f"{slot}={next(iter(pack.slots[slot].values))}"


def _known(session: "Session", pack: "Pack") -> Told:
    dialogue = session.dialogue
    if not dialogue.decision:
        return told("No decision is under way, so nothing is known yet.")
    decision = pack.decisions[dialogue.decision]
    rows = tuple(_value(session, pack, slot) for slot in decision.slots)
    return Told((Part("told", name=decision.title, items=rows),))


def _value(session: "Session", pack: "Pack", slot: str) -> str:
    dialogue = session.dialogue
    value, words = dialogue.values.get(slot), dialogue.words.get(slot)
    said = f", you said “{words}”" if words else ""
    if value:
        return f"{slot}={value}: {pack.slots[slot].values[value].label}{said}"
    open_or_idle = "doesn't matter" if slot in dialogue.filled else "not known"
    return f"{slot}: {open_or_idle}{said}"


def _settable(session: "Session", typed: str) -> Iterable[tuple[str, str]]:
    pack, decision = session.pack, session.dialogue.decision
    if not pack or not decision:
        return ()
    slot, equals, _ = typed.partition("=")
    if equals and slot in pack.decisions[decision].slots:
        return [(f"{slot}={name}", value.label) for name, value in pack.slots[slot].values.items()]
    return [(f"{slot}=", pack.slots[slot].question) for slot in pack.decisions[decision].slots]


def _explain(session: "Session", argument: str) -> Told:
    from tutor.render.explain import explained

    tutor, question = session.ready(), argument or session.question
    if not question:
        return fault("nothing was asked yet; write /explain QUESTION")
    return Told((Part("told", f"“{question}”"), Part("listing", explained(tutor.explain(question)))))


def _save(session: "Session", argument: str) -> Told:
    from tutor.transcript import may_record, save_transcripts

    if not argument:
        return fault("write /save FILE, for example /save dialogue.yaml")
    if not session.transcripts:
        return fault("nothing was said yet that could be saved")
    path = _file(argument)
    may_record(path)
    save_transcripts(path, session.transcripts)
    count = sum(len(one.turns) for one in session.transcripts)
    return told(f"{_count(count, 'turn')} in {path}, which only you may read; /replay {argument} says them again.")


def _file(named: str) -> Path:
    """Return the file that is *named*, from the home folder where that begins with a tilde."""
    return Path(os.path.expanduser(named.replace("\0", "")))  # noqa: PTH111 - no fault where there is no such home


def _replay(session: "Session", argument: str) -> Told:
    from tutor.render.replays import told as shown
    from tutor.replay import replay
    from tutor.transcript import load_transcripts

    if not argument:
        return fault("write /replay FILE, for example /replay dialogue.yaml")
    done = [replay(_unstopped(session), one) for one in load_transcripts(_file(argument))]
    return Told((Part("listing", shown(done)),))


def _unstopped(session: "Session") -> "Tutor":
    """Return the tutor, unless somebody wants to stop."""
    if session.interrupts.asked:
        raise Stopped("stopped")
    return session.ready()


def _pack(session: "Session", argument: str) -> Told:
    if argument == "reload":
        return _reload(session)
    if argument:
        return fault(f"there is no /pack {argument}; write /pack or /pack reload")
    pack = session.ready().pack
    counts = [
        _count(len(pack.entries), "entry"), _count(len(pack.topics), "topic"), _count(len(pack.decisions), "decision"),
        _count(len(pack.slots), "slot"), _count(len(pack.terms), "term"), _count(len(pack.sources), "source"),
    ]  # fmt: skip
    return told(
        f"{pack.about.title}: {pack.about.name} {pack.about.version}, digest {pack.digest[:12]}",
        f"In {session.folder}",
        f"With {', '.join(counts)}",
    )


def _reload(session: "Session") -> Told:
    old = session.ready()
    if session.watch:
        session.watch.look()
    fresh = Loading(session.loading.load)
    try:
        new = fresh.wait(session.told, lambda: session.interrupts.asked)
    except PackError as error:
        first, *others = error.faults
        more = f" (and {_count(len(others), 'more fault')}; tutor check names them all)" if others else ""
        return fault(f"The pack on disk cannot be used, so the old one stays. {first}{more}")
    if new.pack.digest == old.pack.digest:
        return told("The pack on disk is the one in use.")
    session.loading = fresh
    return told(f"{new.pack.stamp} is in use now. {_taken_over(session, new)}")


def _taken_over(session: "Session", tutor: "Tutor") -> str:
    from tutor.dialogue import must_belong

    try:
        must_belong(tutor.pack, session.dialogue)
    except DialogueError as error:
        session.begin(tutor.pack.stamp)
        return f"A new dialogue begins: {error}."
    return "The dialogue goes on." if session.dialogue.decision or session.dialogue.entry else ""


def _theme(session: "Session", argument: str) -> Told:
    from tutor.fronts.shell.theme import THEMES

    if argument:
        session.wish("theme", argument)
    return told(f"The theme is {session.settings.theme}; there are {', '.join(THEMES)}.")


def _settings(session: "Session", argument: str) -> Told:
    if argument:
        name, equals, said = (part.strip() for part in argument.partition("="))
        if not equals or not said:
            return fault("write /settings NAME=VALUE, for example /settings mouse=off")
        session.wish(name, said)
    rows = tuple(f"{name}={_written(value)}" for name, value in asdict(session.settings).items())
    where = f"Settings, in {session.settings_file}" if session.settings_file else "Settings"
    return Told((Part("told", name=where, items=rows),))


def _written(value: str | bool) -> str:
    return value if isinstance(value, str) else "on" if value else "off"


def _quit(session: "Session", argument: str) -> Told:  # noqa: ARG001 - as every command
    return Told(left=True)


def _reloads(session: "Session", typed: str) -> Iterable[tuple[str, str]]:  # noqa: ARG001
    return [("reload", "load it anew from disk")]


def _themes(session: "Session", typed: str) -> Iterable[tuple[str, str]]:  # noqa: ARG001
    from tutor.fronts.shell.theme import THEMES

    return [(name, "") for name in THEMES]


def _wishes(session: "Session", typed: str) -> Iterable[tuple[str, str]]:  # noqa: ARG001
    switches = [name for name, value in asdict(session.settings).items() if isinstance(value, bool)]
    return [(f"{name}={value}", "") for name in switches for value in ("on", "off")]


def _entries(session: "Session", typed: str) -> Iterable[tuple[str, str]]:  # noqa: ARG001
    return [(entry.id, entry.title) for entry in session.pack.entries.values()] if session.pack else ()


def _topic_names(session: "Session", typed: str) -> Iterable[tuple[str, str]]:  # noqa: ARG001
    return session.pack.topics.items() if session.pack else ()


def _names(session: "Session", typed: str) -> Iterable[tuple[str, str]]:  # noqa: ARG001
    return [(name, command.about) for name, command in COMMANDS.items()]


COMMANDS: dict[str, Command] = {
    command.name: command
    for command in (
        Command("help", "[COMMAND]", "say what there is, or more about one command.", "", _help, _names),
        Command("topics", "[TOPIC]", "list the topics, or the entries of one.", "", _topics, _topic_names),
        Command("show", "ENTRY", "show an entry by its id or title.", "", _show, _entries),
        Command("sources", "", "show on what the last answer rests.", "Like saying “sources”.", _saying("sources")),
        Command("why", "", "say why the open question is asked, or repeat the answer.", "Like “why?”.", _saying("why")),
        Command("back", "", "go back one question.", "Like saying “back”.", _saying("back")),
        Command("reset", "", "forget the dialogue and start over.", "Like “start over”.", _saying("start over")),
        Command("set", "[SLOT=VALUE]", "correct what is known, or show it.", "", _set, _settable),
        Command("explain", "[QUESTION]", "explain how a question, or else the last one, is read.", "", _explain),
        Command("save", "FILE", "write the dialogue so far into a new file.", "", _save, "file"),
        Command("replay", "FILE", "say the dialogues in a file again and show what differs.", "", _replay, "file"),
        Command("pack", "[reload]", "say which pack is in use, or load it anew.", "", _pack, _reloads),
        Command("theme", "[NAME]", "choose the colours, or say which there are.", "", _theme, _themes),
        Command(
            "settings", "[NAME=VALUE]", "change a setting and keep it, or show all of them.", "", _settings, _wishes
        ),
        Command("quit", "", "leave.", "Like quit, exit, :q and Ctrl-D.", _quit),
    )
}  #: all commands by their names, in the order of help
