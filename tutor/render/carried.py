"""What a button carries, so that it works after any time: the dialogue it belongs to, and what pressing it means."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tutor.dialogue import Dialogue
from tutor.errors import DialogueError

MOST = 2000  #: characters that Slack lets a button carry
_TEXTS = ("thread", "slot", "value", "entry", "message")
_FRESH = Dialogue().to_dict()


@dataclass(frozen=True)
class Carried:
    """A *thread*, the *dialogue* as it stood, and what is picked: a *value* of a *slot*, or an *entry*.

    A value None is "not known". *message* is the id of the message that is voted on.
    """

    thread: str
    dialogue: Dialogue = Dialogue()  # noqa: RUF009 - frozen
    slot: str | None = None
    value: str | None = None
    entry: str | None = None
    message: str | None = None

    def packed(self) -> str:
        """Return this as text of at most 2000 characters; the learner's own words are left out where they are many."""
        short = replace(self, dialogue=replace(self.dialogue, words={}))
        bare = replace(self, dialogue=Dialogue())
        return next(said for one in (self, short, bare) if len(said := _json(one)) <= MOST)


def unpacked(text: str) -> Carried:
    """Return what *text*, the value of a button, carries; a DialogueError when it is none of ours.

    >>> unpacked(Carried("T1/C1/1.0", slot="hour", value="night").packed()).value
    'night'
    """
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise _strange() from None
    if not isinstance(said, dict) or not all(isinstance(said.get(name, ""), str) for name in _TEXTS):
        raise _strange()
    kept = said.get("dialogue", {})
    dialogue = Dialogue.from_dict({**_FRESH, **kept} if isinstance(kept, dict) else {})
    return Carried(**{"thread": "", **{name: said[name] for name in _TEXTS if name in said}}, dialogue=dialogue)


def _strange() -> DialogueError:
    return DialogueError("this button is of another version; ask again")


def _json(carried: Carried) -> str:
    kept = {name: said for name, said in carried.dialogue.to_dict().items() if said != _FRESH[name]}
    texts: Mapping[str, Any] = {name: text for name in _TEXTS if (text := getattr(carried, name))}
    return json.dumps({**texts, **({"dialogue": kept} if kept else {})}, ensure_ascii=False, separators=(",", ":"))
