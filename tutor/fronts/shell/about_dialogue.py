"""Commands about the dialogue: what is said for a learner, what is known, how it is explained, kept and said again."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.fronts.shell.loading import Stopped
from tutor.fronts.shell.told import Told, counted, fault, listed, short, told
from tutor.part import Part
from tutor.yaml_text import visible

if TYPE_CHECKING:
    from tutor.fronts.shell.session import Session
    from tutor.subject import Pack
    from tutor.tutor import Tutor


def saying(words: str) -> Callable[["Session", str], Told]:
    """Return a command that says *words* to the tutor, and takes nothing."""
    return lambda session, _: session.say(words)


def set_slot(session: "Session", argument: str) -> Told:
    """Correct a value of the decision under way, or show what is known."""
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
    return listed(decision.title, (_value(session, pack, slot) for slot in decision.slots))


def _value(session: "Session", pack: "Pack", slot: str) -> str:
    dialogue = session.dialogue
    value, words = dialogue.values.get(slot), dialogue.words.get(slot)
    said = f", you said “{words}”" if words else ""
    if value:
        return f"{slot}={value}: {pack.slots[slot].values[value].label}{said}"
    open_or_idle = "doesn't matter" if slot in dialogue.filled else "not known"
    return f"{slot}: {open_or_idle}{said}"


def settable(session: "Session") -> Iterator[tuple[str, str]]:
    """Return the slots of the decision under way with their questions, and their values with their labels."""
    pack = session.pack
    if not pack or not session.dialogue.decision:
        return
    for slot in pack.decisions[session.dialogue.decision].slots:
        yield f"{slot}=", pack.slots[slot].question
        yield from ((f"{slot}={name}", value.label) for name, value in pack.slots[slot].values.items())


def explain(session: "Session", argument: str) -> Told:
    """Explain how a question is read."""
    from tutor.render.explain import explained

    tutor, question = session.ready(), argument or session.question
    if not question:
        return fault("nothing was asked yet; write /explain QUESTION")
    return Told((Part("told", f"“{visible(short(question))}”"), Part("listing", explained(tutor.explain(question)))))


def save(session: "Session", argument: str) -> Told:
    """Write the dialogue so far into a new file."""
    from tutor.transcript import may_record, save_transcripts

    if not argument:
        return fault("write /save FILE, for example /save dialogue.yaml")
    if not session.transcripts:
        return fault("nothing was said yet that could be saved")
    path = _file(argument)
    may_record(path)
    save_transcripts(path, session.transcripts)
    count = sum(len(one.turns) for one in session.transcripts)
    return told(f"{counted(count, 'turn')} in {path}, which only you may read; /replay {argument} says them again.")


def _file(named: str) -> Path:
    """Return the file that is *named*, from the home folder where that begins with a tilde."""
    return Path(os.path.expanduser(named.replace("\0", "")))  # noqa: PTH111 - no fault where there is no such home


def replay(session: "Session", argument: str) -> Told:
    """Say the dialogues in a file again, and show what differs."""
    from tutor.render.replays import told as shown
    from tutor.replay import replay as said_again
    from tutor.transcript import load_transcripts

    if not argument:
        return fault("write /replay FILE, for example /replay dialogue.yaml")
    done = [said_again(_unstopped(session), one) for one in load_transcripts(_file(argument))]
    return Told((Part("listing", shown(done)),))


def _unstopped(session: "Session") -> "Tutor":
    """Return the tutor, unless somebody wants to stop."""
    if session.interrupts.asked:
        raise Stopped("stopped")
    return session.ready()
