"""A transcript: one dialogue written down, with whole replies as a record, or with facts of them as expectations."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from tutor.bounds import Before, Bounds
from tutor.draft import drafted
from tutor.errors import DialogueError, Fault
from tutor.folder import LARGEST, bounded_bytes
from tutor.model import Noun
from tutor.reply import Reply
from tutor.text import LONGEST
from tutor.yaml_text import block, scalar, visible

if TYPE_CHECKING:
    from tutor.marked import Marked

VERSION: Literal[1] = 1  #: of the format
_FACTS = ("reply", "entry", "slot")
_LONGEST = 1_000  #: characters of a fault that are told: a file may hold endless keys


class TranscriptError(DialogueError):
    """A file of transcripts that cannot be read or written; *faults* holds all that is wrong in it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        first, others = visible(str(self.faults[0])), len(self.faults) - 1
        more = f" (and {others} more fault{'s' * (others > 1)})" if others else ""
        super().__init__((first if len(first) <= _LONGEST else first[:_LONGEST] + "…") + more)


def _one_is_a_list(raw: Any) -> Any:
    return [raw] if isinstance(raw, str) else raw


def _without_last_break(raw: Any) -> Any:
    return raw.removesuffix("\n") if isinstance(raw, str) else raw


Kind = Literal["answer", "ask", "choose", "decline", "chat"]
Phrases = Annotated[tuple[str, ...], Before(_one_is_a_list)]
Whole = Annotated[str, Before(_without_last_break)]  #: a text to the letter; the line break that ends a block is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange(Noun):
    """What is said in one turn, with values of slots *known* beside it, and the reply to it.

    Of the reply it gives the kind, the entry or slot, the whole *text*, phrases that the text *has* and phrases that
    it is *without*; what is not given may be anything. Phrases are found in any layout.
    """

    say: str
    known: dict[Annotated[str, Bounds(least=1, most=60)], str] = field(default_factory=dict)
    reply: Kind | None = None
    entry: str | None = None
    slot: str | None = None
    text: Whole | None = None
    has: Phrases = ()
    without: Phrases = ()

    def met_by(self, today: "Exchange") -> bool:
        """Say whether the recorded exchange *today* is as expected here."""
        facts = all(getattr(self, name) in (None, getattr(today, name)) for name in (*_FACTS, "text"))
        return facts and not self.missed_in(today.text or "")

    def missed_in(self, text: str) -> tuple[str, ...]:
        """Return the phrases that *text*, in any layout, lacks or has against what is expected."""
        return (
            *(phrase for phrase in self.has if not _shown(phrase, text)),
            *(phrase for phrase in self.without if _shown(phrase, text)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript(Noun):
    """A dialogue from its beginning. *pack* is the stamp of a pack, or the beginning of one, such as its name alone."""

    transcript: Literal[1] = VERSION
    pack: str = ""
    title: str = ""
    turns: tuple[Exchange, ...]

    def is_about(self, stamp: str) -> bool:
        """Say whether the pack with this *stamp* is the one recorded, as far as the transcript tells.

        >>> Transcript(pack="tea 1", turns=()).is_about("tea 1 0123456789ab")
        True
        """
        named = self.pack.split()
        return stamp.split()[: len(named)] == named


def recorded(said: str, reply: Reply, known: Mapping[str, str] | None = None) -> Exchange:
    """Return the exchange in which *said* got *reply*, whole. Words too long to be read are cut, and still too long."""
    facts = {name: getattr(reply, name, None) for name in _FACTS}
    return Exchange(say=said[: LONGEST + 1], known=dict(known or {}), text=reply.text, **facts)  # type: ignore[arg-type]


def renewed(expected: Exchange, today: Exchange) -> Exchange:
    """Return *expected* as it is met by *today*: the same facts and phrases, but the whole text where phrases failed.

    Where nothing was expected, all of *today* is.
    """
    if expected == Exchange(say=expected.say, known=expected.known):
        return replace(today, say=expected.say)
    missed = expected.missed_in(today.text or "")
    return replace(
        expected,
        **{name: getattr(today, name) for name in _FACTS},
        text=None if expected.text is None and not missed else today.text,
        has=tuple(phrase for phrase in expected.has if phrase not in missed),
        without=tuple(phrase for phrase in expected.without if phrase not in missed),
    )


def compared(expected: Exchange, today: Exchange) -> tuple[list[str], list[str]]:
    """Return what is expected and what is said *today*, line by line; where a phrase failed, with the text."""
    text = today.text or ""
    missed = expected.missed_in(text)
    facts = [name for name in _FACTS if getattr(expected, name) is not None]
    phrases = [("has", phrase) for phrase in expected.has] + [("without", phrase) for phrase in expected.without]
    before = [f"{name}: {getattr(expected, name)}" for name in facts] + [f"{name}: {said}" for name, said in phrases]
    after = [f"{name}: {getattr(today, name) or 'none'}" for name in facts]
    after += [f"{name}: {said}" for name, said in phrases if said not in missed]
    before += [] if expected.text is None else expected.text.split("\n")
    after += [] if expected.text is None and not missed else text.split("\n")
    return before, after


def load_transcripts(path: Path) -> tuple[Transcript, ...]:
    """Return the transcripts in the file *path*; a TranscriptError names its faults with their lines."""
    try:
        return read_transcripts(str(path), bounded_bytes(path))
    except OSError as error:
        raise TranscriptError([Fault(str(path), None, "", f"cannot be read: {error.strerror}")]) from None


def read_transcripts(file: str, raw: bytes) -> tuple[Transcript, ...]:
    """Return the transcripts that *raw* holds, one in each YAML document; *file* is its name in errors.

    A document that does not say its version or pack has those of the one before.
    """
    from tutor.marked import read_documents

    documents, faults = read_documents(file, raw)
    found = []
    for marked, data in _inherited(documents):
        made = _read(marked, data)
        if isinstance(made, Transcript):
            found.append(made)
        else:
            faults += made
    if faults:
        raise TranscriptError(sorted(faults, key=lambda fault: fault.problem == "is missing"))  # may be misspelt above
    return tuple(found)


def save_transcripts(path: Path, transcripts: Sequence[Transcript]) -> None:
    """Write *transcripts* into the file *path*, whole or not at all; a new file is for its owner's eyes alone."""
    _save(path, written(transcripts))


def written(transcripts: Sequence[Transcript]) -> str:
    """Return *transcripts* as YAML, from which `read_transcripts` makes the same again.

    >>> print(written([Transcript(title="Hello", turns=(Exchange(say="hello", reply="chat", has=("Ask",)),))]), end="")
    transcript: 1
    title: Hello
    turns:
      - say: hello
        reply: chat
        has: Ask
    """
    packs = [None, *(transcript.pack for transcript in transcripts)]
    return "---\n".join(
        _head(transcript, before) + _body("".join(map(_turn, transcript.turns)))
        for transcript, before in zip(transcripts, packs, strict=False)
    )


class Recording:
    """A file of transcripts of its own, which is whole after every turn."""

    def __init__(self, path: Path, pack: str) -> None:
        may_record(path)
        self._path, self._head, self._turns = path, _head(Transcript(pack=pack, turns=()), None), ""
        _save(path, self._head + _body(self._turns))

    def add(self, said: str, reply: Reply, known: Mapping[str, str] | None = None) -> None:
        """Write down one more turn."""
        self._turns += _turn(recorded(said, reply, known))
        _save(self._path, self._head + _body(self._turns))

    def begin(self, pack: str) -> None:
        """Let the next turns be a transcript of their own, about the pack stamped *pack*."""
        head = _head(Transcript(pack=pack, turns=()), "")
        self._head, self._turns = f"{self._head}{_body(self._turns)}---\n{head}", ""


def may_record(path: Path) -> None:
    """Raise a TranscriptError when *path* is there already, or its folder is not."""
    if path.exists() or path.is_symlink():
        raise TranscriptError([Fault(str(path), None, "", "is there already", "name a new file")])
    if not path.parent.is_dir():
        raise TranscriptError([Fault(str(path), None, "", f"there is no folder {path.parent}", "make it first")])


def _shown(phrase: str, text: str) -> bool:
    return " ".join(phrase.split()) in " ".join(text.split())


def _inherited(documents: Sequence["Marked"]) -> Iterator[tuple["Marked", Any]]:
    before: dict[str, Any] = {}
    for marked in documents:
        data = {**before, **marked.data} if isinstance(marked.data, dict) else marked.data
        yield marked, data
        if isinstance(data, dict):
            before = {name: data[name] for name in ("transcript", "pack") if name in data}


def _read(marked: "Marked", data: Any) -> Transcript | list[Fault]:
    from pydantic import ValidationError

    from tutor.findings import findings
    from tutor.schema import validate

    version = data.get("transcript") if isinstance(data, dict) else VERSION
    if type(version) is not int or version != VERSION:
        problem = "is missing" if version is None else f"version {version} is not known"
        instead = f"write transcript: {VERSION}" if version is None else f"this tutor reads version {VERSION}"
        return [Fault(marked.file, marked.line(("transcript",)), "transcript", problem, instead)]
    try:
        return validate(Transcript, data)
    except ValidationError as error:
        return findings(marked, Transcript, error)


def _head(transcript: Transcript, before: str | None) -> str:
    """Return how the document of *transcript* begins; *before* is the pack of the document before, if there is one."""
    lines = [] if before is not None else [f"transcript: {VERSION}"]
    lines += [f"pack: {scalar(transcript.pack)}"] if transcript.pack != (before or "") else []
    lines += [f"title: {scalar(transcript.title)}"] if transcript.title else []
    return "".join(f"{line}\n" for line in lines)


def _body(turns: str) -> str:
    return f"turns:\n{turns}" if turns else "turns: []\n"


def _turn(turn: Exchange) -> str:
    lines = [f"say: {block(turn.say, 6, '|-')}"]
    if turn.known:
        lines += ["known:", *(f"  {scalar(slot)}: {scalar(value)}" for slot, value in turn.known.items())]
    lines += [f"{name}: {scalar(said)}" for name in _FACTS if (said := getattr(turn, name)) is not None]
    if turn.text is not None:
        ended = turn.text + "\n" if turn.text.endswith("\n") else turn.text
        lines.append(f"text: {block(ended, 6, '|')}")
    lines += [*_phrases("has", turn.has), *_phrases("without", turn.without)]
    return "  - " + "\n    ".join(lines) + "\n"


def _phrases(name: str, phrases: Sequence[str]) -> list[str]:
    if len(phrases) == 1:
        return [f"{name}: {scalar(phrases[0])}"]
    return [f"{name}:", *(f"  - {scalar(phrase)}" for phrase in phrases)] if phrases else []


def _save(path: Path, text: str) -> None:
    raw = text.encode()
    if len(raw) > LARGEST:
        raise TranscriptError([Fault(str(path), None, "", "is full", f"a file holds {LARGEST} bytes; begin another")])
    try:
        _replace(path, raw)
    except OSError as error:
        raise TranscriptError([Fault(str(path), None, "", f"cannot be written: {error.strerror}")]) from None


def _replace(path: Path, raw: bytes) -> None:
    """Put *raw* in the place of the file *path* at once, with the rights it had; a new one is its owner's alone."""
    with drafted(path, rights=path.stat().st_mode & 0o777 if path.exists() else 0o600) as file:
        file.write(raw)
