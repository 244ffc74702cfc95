"""A session: one learner's dialogue, what was said in it, and what each line comes to; it knows no terminal."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tutor.errors import TutorError
from tutor.fronts.shell.interrupts import Interrupts
from tutor.fronts.shell.loading import Loading, Stopped
from tutor.fronts.shell.quizzing import Quizzing, Study
from tutor.fronts.shell.settings import Settings, keep, value_of
from tutor.fronts.shell.told import Told
from tutor.fronts.shell.watch import Watch
from tutor.moves import read_move
from tutor.part import Part

if TYPE_CHECKING:  # what the tutor needs is imported with it, so that the prompt need not wait
    from tutor.dialogue import Dialogue
    from tutor.reply import Reply
    from tutor.study.exercise import Exercise
    from tutor.study.wish import Wish
    from tutor.subject import Pack
    from tutor.transcript import Exchange, Recording, Transcript
    from tutor.tutor import Tutor

PROMPT = "you> "
_LEAVING = ("quit", "exit", ":q")
_UNDECIDED = ("don't know", "doesn't matter")
_UNWANTED = ("none of these",)


@dataclass(frozen=True)
class Offer:
    """Something that can be chosen: how it is shown, what is said by choosing it, and its number, if it has one."""

    label: str
    said: str
    number: int | None = None


@dataclass
class Session:
    """One learner's dialogue with the tutor that *loading* brings from *folder*; *told* hears of what takes long.

    Every turn is written down in *record*, if it is given. *settings* are kept in *settings_file*. *watch* notices that
    the pack changes on disk, *interrupts* that what takes long is to stop. *keys* are the rows that help shows of a
    keyboard, *faults* what went wrong beside the dialogue and was not told yet. *fresh* is a tutor that is to take the
    place of the first. *study* is what quizzes need of the world, *quizzing* the one under way; where one is *wished*
    for, the session is that and nothing else. *made* are the exercises, once some were asked for. *at_most* is how many
    questions may follow, *question* the last one that was asked.
    """

    loading: Loading
    folder: Path
    fresh: Loading | None = None
    told: Callable[[str], None] = lambda _: None
    record: Path | None = None
    settings: Settings = field(default_factory=Settings)
    settings_file: Path | None = None
    watch: Watch | None = None
    interrupts: Interrupts = field(default_factory=Interrupts)
    keys: tuple[tuple[str, str], ...] = ()
    faults: list[str] = field(default_factory=list)
    study: Study = field(default_factory=Study)
    quizzing: Quizzing | None = None
    wished: "Wish | None" = None
    made: "tuple[Pack, Sequence[Exercise]] | None" = None
    at_most: int = 0
    question: str = ""
    _dialogue: "Dialogue | None" = None
    _said: "list[tuple[str, list[Exchange]]]" = field(default_factory=list)
    _recording: "Recording | None" = None

    @property
    def dialogue(self) -> "Dialogue":
        """The dialogue as it stands."""
        from tutor.dialogue import Dialogue

        return self._dialogue or Dialogue()

    @property
    def pack(self) -> "Pack | None":
        """The pack, once it is loaded."""
        return self.loading.tutor.pack if self.loading.tutor else None

    @property
    def is_loading(self) -> bool:
        """Whether a thread loads a tutor at this moment."""
        return any(one.under_way for one in (self.loading, self.fresh) if one)

    @property
    def transcripts(self) -> "list[Transcript]":
        """What was said so far: a transcript for each pack and each new beginning."""
        from tutor.transcript import Transcript

        return [Transcript(pack=stamp, turns=tuple(turns)) for stamp, turns in self._said if turns]

    def ready(self) -> "Tutor":
        """Return the tutor, waiting for it where it is not there yet."""
        from tutor.transcript import Recording

        tutor = self.loading.wait(self.told, lambda: self.interrupts.asked)
        if not self._said:
            self._said.append((tutor.pack.stamp, []))
            self._recording = Recording(self.record, tutor.pack.stamp) if self.record else None
        return tutor

    def greeted(self, hello: str) -> Told:
        """Return how the session begins: with *hello*, or with the quiz that is wished for.

        A StudyError where that comes to nothing.
        """
        from tutor.fronts.shell.about_study import start

        return start(self, self.wished) if self.wished else Told((Part("told", hello), *self.noticed()))

    def take(self, line: str) -> Told:
        """Take a *line*: a command, a word to leave, or words for the tutor; an empty one comes to nothing."""
        from tutor.fronts.shell.commands import run

        line = line.rstrip("\r\n")
        if line.strip().casefold() in _LEAVING:
            return Told(left=True)
        if not line.strip():
            return Told()
        try:
            told = run(self, line) or self._studied(line) or self.say(line)
        except Stopped:
            told = Told((Part("told", "Stopped."),))
        return replace(told, parts=(*self.noticed(), *told.parts))

    def _studied(self, line: str) -> Told | None:
        from tutor.fronts.shell.about_study import taken

        try:
            return taken(self, line)
        except TutorError as error:
            return Told((Part("fault", " ".join(str(error).splitlines())),))

    def say(self, words: str, known: Mapping[str, str] | None = None) -> Told:
        """Say *words* to the tutor, with values of slots that are *known* beside them."""
        from tutor.reply import Ask

        turn = self.ready().respond(words, self.dialogue, known=known)
        self._dialogue = turn.dialogue
        self.at_most = turn.reply.at_most if isinstance(turn.reply, Ask) else self.at_most
        self.question = words if turn.candidates or not self.question else self.question
        return Told((*self._keep(words, turn.reply, known), *turn.reply.parts), turn.reply)

    def wish(self, name: str, said: str) -> None:
        """Change the setting *name* to what *said* means, and keep it; a SettingsError says what it can be."""
        value: Any = value_of(name, said)
        if self.settings_file:
            keep(self.settings_file, name, value)
        self.settings = replace(self.settings, **{name: value})

    def begin(self, stamp: str) -> None:
        """Begin a new dialogue, about the pack stamped *stamp*, and a new transcript with it."""
        self._dialogue = None
        self._said.append((stamp, []))
        if self._recording:
            self._recording.begin(stamp)

    def offers(self) -> tuple[Offer, ...]:
        """Return what can be chosen at this moment: the options of the open question, or the entries offered."""
        if not self.pack:
            return ()
        if self.quizzing:
            return tuple(_offers(*self.quizzing.labels()))
        if self.dialogue.pending:
            labels = [value.label for value in self.pack.slots[self.dialogue.pending].values.values()]
            return tuple(_offers(labels, _UNDECIDED))
        return tuple(_offers([self.pack.entries[entry].title for entry in self.dialogue.offered], _UNWANTED))

    def noticed(self) -> Iterator[Part]:
        """Yield what happened beside the dialogue, once: a fault, or that the pack has changed on disk."""
        faults, self.faults[:] = [*self.faults], []
        yield from (Part("fault", fault) for fault in faults)
        if self.watch and self.pack and self.watch.changed(self.pack.digest):
            yield Part("note", "The pack has changed on disk; /pack reload takes it up.")

    def _keep(self, words: str, reply: "Reply", known: Mapping[str, str] | None) -> Iterator[Part]:
        from tutor.transcript import recorded

        self._said[-1][1].append(recorded(words, reply, known))
        try:
            if self._recording:
                self._recording.add(words, reply, known)
        except TutorError as error:
            yield Part("fault", f"Not written down: {error}")


def _offers(labels: list[str], others: tuple[str, ...]) -> Iterator[Offer]:
    for number, label in enumerate(labels, start=1):
        yield Offer(label, str(number) if read_move(label) else label, number)
    if labels:
        yield from (Offer(said, said) for said in others)
