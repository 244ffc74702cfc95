"""Commands about the pack: topics, entries, and which pack is in use."""

from collections.abc import Iterable, Sized
from typing import TYPE_CHECKING

from tutor.errors import DialogueError, PackError
from tutor.fronts.shell.loading import Loading
from tutor.fronts.shell.told import Told, counted, fault, listed, short, told
from tutor.spelling import did_you_mean
from tutor.text import fold

if TYPE_CHECKING:
    from tutor.fronts.shell.session import Session
    from tutor.tutor import Tutor


def topics(session: "Session", argument: str) -> Told:
    """List the topics, or the entries of one by its id or title."""
    pack = session.ready().pack
    if not argument:
        counts = {topic: sum(entry.topic == topic for entry in pack.entries.values()) for topic in pack.topics}
        rows = (f"{topic}: {title}, {counted(counts[topic], 'entry')}" for topic, title in pack.topics.items())
        return listed("Topics", rows)
    topic = next((name for name, title in pack.topics.items() if fold(argument) in (fold(name), fold(title))), None)
    if not topic:
        return fault(f"there is no topic {short(argument)}; {did_you_mean(argument, pack.topics)}")
    return listed(
        pack.topics[topic],
        (f"{entry.id}: {entry.title}" for entry in pack.entries.values() if entry.topic == topic),
    )


def show(session: "Session", argument: str) -> Told:
    """Show an entry by its id or its title."""
    tutor = session.ready()
    if not argument:
        return fault("write the id or the title of an entry, for example /show " + next(iter(tutor.pack.entries)))
    titled = (entry.id for entry in tutor.pack.entries.values() if fold(entry.title) == fold(argument))
    entry = argument if argument in tutor.pack.entries else next(titled, None)
    if not entry:
        names = [*tutor.pack.entries, *(one.title for one in tutor.pack.entries.values())]
        return fault(f"there is no entry {short(argument)}; {did_you_mean(argument, names)}")
    reply = tutor.show(entry)
    return Told(tuple(reply.parts), reply)


def pack(session: "Session", argument: str) -> Told:
    """Say which pack is in use, or load it anew."""
    if argument == "reload":
        return _reload(session)
    if argument:
        return fault(f"there is no /pack {short(argument)}; write /pack or /pack reload")
    pack = session.ready().pack
    held: dict[str, Sized] = {
        "entry": pack.entries, "topic": pack.topics, "decision": pack.decisions, "slot": pack.slots, "term": pack.terms,
        "source": pack.sources,
    }  # fmt: skip
    return told(
        f"{pack.about.title}: {pack.about.name} {pack.about.version}, digest {pack.digest[:12]}",
        f"In {session.folder}",
        "With " + ", ".join(counted(len(nouns), name) for name, nouns in held.items()),
    )


def _reload(session: "Session") -> Told:
    old = session.ready()
    if session.watch:
        session.watch.look()
    session.fresh = fresh = Loading(session.loading.load)
    try:
        new = fresh.wait(session.told, lambda: session.interrupts.asked)
    except PackError as error:
        first, *others = error.faults
        more = f" (and {counted(len(others), 'more fault')}; tutor check names them all)" if others else ""
        return fault(f"The pack on disk cannot be used, so the old one stays. {first}{more}")
    if new.pack.digest == old.pack.digest:
        return told("The pack on disk is the one in use.")
    session.loading = fresh
    return told(f"{new.pack.stamp} is in use now. {_taken_over(session, new)}".strip())


def _taken_over(session: "Session", tutor: "Tutor") -> str:
    from tutor.dialogue import must_belong

    try:
        must_belong(tutor.pack, session.dialogue)
    except DialogueError as error:
        session.begin(tutor.pack.stamp)
        return f"A new dialogue begins: {error}."
    return "The dialogue goes on." if session.dialogue.decision or session.dialogue.entry else ""


def entries(session: "Session") -> Iterable[tuple[str, str]]:
    """Return the ids of the entries, with their titles."""
    return [(entry.id, entry.title) for entry in session.pack.entries.values()] if session.pack else ()


def topic_names(session: "Session") -> Iterable[tuple[str, str]]:
    """Return the ids of the topics, with their titles."""
    return session.pack.topics.items() if session.pack else ()


def reloads(_: "Session") -> Iterable[tuple[str, str]]:
    """Return what /pack takes."""
    return [("reload", "load it anew from disk")]
