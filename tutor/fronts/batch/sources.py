"""Sources: files of questions as bytes and as text, unpacked, their encoding found out."""

import codecs
import contextlib
import gzip
import io
import re
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from tutor.errors import BatchError
from tutor.fronts.batch.extras import needing
from tutor.fronts.batch.signature import must_be_marked, must_be_text
from tutor.fronts.batch.temporary import kept_for

PACKINGS = (".gz", ".zst")

_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}  #: those that begin like another come first
UNREADABLE = "\udc80"  #: stands for bytes that are no character of the encoding
_FORGIVING = "tutor-unreadable"
_CHUNK = 1 << 20
_HEAD = 1 << 12  #: bytes that tell what a file is
_WIDE = ("utf-16", "utf-32")  #: encodings that say by a mark which byte of a character comes first
_UNDEFINED = frozenset(b"\x81\x8d\x8f\x90\x9d")  #: bytes that cp1252 has no character for
_FOREIGN = re.compile(rb"[\x80-\xff]{4,}")  #: so many accents in a row are another alphabet
_ASCII = bytes(range(128))
_LITTLE = 0.1  #: share of bytes beyond ASCII that western text stays under

codecs.register_error(_FORGIVING, lambda error: (UNREADABLE, cast("UnicodeDecodeError", error).end))

Told = Callable[[str], None]


@dataclass(frozen=True)
class Source:
    """A file of questions: where it lies, what people call it, how it is packed, what rows *need*.

    *role* is what the needed column is to the tutor, None where no other one can be named for it. *encoding* is the one
    that is given. With *raw*, an apostrophe before a formula is part of a cell. *told* hears of an encoding that was
    guessed.
    """

    path: Path
    called: str
    packing: str = ""
    encoding: str | None = None
    needs: str = "question"
    role: str | None = None
    raw: bool = False
    told: Told = lambda _: None


@contextlib.contextmanager
def at_rest(path: Path) -> Iterator[Path]:
    """Yield *path*, or, for "-" and what can be read only once, a copy of all it gives, kept until the end."""
    if str(path) != "-" and (path.is_file() or path.is_dir() or not path.exists()):
        yield path
        return
    with contextlib.ExitStack() as stack:
        what = "standard input" if str(path) == "-" else str(path)
        given = sys.stdin.buffer if str(path) == "-" else stack.enter_context(path.open("rb"))
        with kept_for(what):
            kept = stack.enter_context(tempfile.TemporaryDirectory())
        copy = Path(kept) / f"copy{''.join(path.suffixes)}"
        _copy(given, copy, what)
        yield copy


def _copy(given: BinaryIO, copy: Path, what: str) -> None:
    with kept_for(what), copy.open("wb") as kept:
        while chunk := _read(given, what):
            kept.write(chunk)


def _read(given: BinaryIO, what: str) -> bytes:
    try:
        return given.read(_CHUNK)
    except OSError as error:
        raise BatchError(f"{what}: cannot be read: {error.strerror}") from None


@contextlib.contextmanager
def bytes_of(source: Source) -> Iterator[BinaryIO]:
    """Open *source* for its bytes, unpacked."""
    with contextlib.ExitStack() as stack:
        raw = stack.enter_context(source.path.open("rb"))
        match source.packing:
            case ".gz":
                yield stack.enter_context(cast("BinaryIO", gzip.GzipFile(fileobj=raw)))
            case ".zst":
                with needing("zstandard", source.called):
                    import zstandard
                yield stack.enter_context(zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True))
            case _:
                yield raw


@contextlib.contextmanager
def text_of(source: Source, *, legacy: bool = True) -> Iterator[TextIO]:
    """Open *source* for its text, line ends as they are, without a byte order mark; see `unreadable`.

    Without *legacy* it is one of the Unicode encodings, or the one that is given. A BatchError where it looks like no
    text, or lacks the mark that its encoding needs.
    """
    with bytes_of(source) as raw:
        head = raw.read(_HEAD)
    mark, marked = _mark(head)
    must_be_text(head, source.called)
    if source.encoding:
        _must_fit(source, marked, head)
    elif not marked:
        must_be_marked(head, source.called)
    encoding = source.encoding or marked or (_guessed(source) if legacy else "utf-8")
    with bytes_of(source) as raw:
        if mark and codecs.lookup(encoding).name == marked:
            raw.read(len(mark))
        buffered = io.BufferedReader(cast("io.RawIOBase", raw), _CHUNK)
        yield io.TextIOWrapper(buffered, encoding=encoding, errors=_FORGIVING, newline="")


def _mark(head: bytes) -> tuple[bytes, str | None]:
    return next(((mark, name) for mark, name in _MARKS.items() if head.startswith(mark)), (b"", None))


def _must_fit(source: Source, marked: str | None, head: bytes) -> None:
    """Raise a BatchError where the encoding that is given begins with a mark and the file does not."""
    name = codecs.lookup(source.encoding or "").name
    if name in _WIDE and head and not (marked or "").startswith(name):
        raise BatchError(
            f"{source.called}: does not begin with the byte order mark of {name.upper()}; it is in another encoding, "
            f"or say --encoding {name}-le or {name}-be"
        )


def _guessed(source: Source) -> str:
    """Return the encoding of a file without a mark: UTF-8 where it can be, else Windows' Latin-1 where that is likely.

    A few bytes that are no characters in a text that is UTF-8 elsewhere, or plain ASCII, are faults of their rows.
    """
    if _is_utf8(source):
        return "utf-8"
    seen = _Seen()
    with bytes_of(source) as raw:
        decoder = codecs.getincrementaldecoder("utf-8")(errors="ignore")
        for chunk in iter(lambda: raw.read(_CHUNK), b""):
            seen.add(chunk, decoder.decode(chunk))
    if seen.western:
        source.told(f"{source.called}: not UTF-8, read as Windows Latin-1 (cp1252); --encoding NAME names another")
        return "cp1252"
    if seen.foreign_alphabet:
        raise BatchError(f"{source.called}: is not UTF-8; say what it is, for example --encoding cp1251")
    return "utf-8"


def _is_utf8(source: Source) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with bytes_of(source) as raw:
        try:
            for chunk in iter(lambda: raw.read(_CHUNK), b""):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


@dataclass
class _Seen:
    """What the bytes of a text tell about its encoding."""

    total: int = 0
    high: int = 0
    in_utf8: int = 0
    in_runs: int = 0
    undefined: bool = False

    def add(self, chunk: bytes, decoded: str) -> None:
        high = chunk.translate(None, _ASCII)
        self.total += len(chunk)
        self.high += len(high)
        self.in_utf8 += sum(len(char.encode()) for char in decoded if char > "\x7f")
        self.in_runs += sum(len(run[0]) for run in _FOREIGN.finditer(chunk))
        self.undefined = self.undefined or not _UNDEFINED.isdisjoint(high)

    @property
    def western(self) -> bool:
        return not self.undefined and self.in_utf8 * 2 < self.high and self.in_runs * 3 <= self.high

    @property
    def foreign_alphabet(self) -> bool:
        return self.in_utf8 * 2 < self.high and self.high > _LITTLE * self.total


def faults_of(source: Source) -> tuple[type[Exception], ...]:
    """Return what is raised when the bytes of *source* cannot be read or unpacked."""
    if source.packing != ".zst" or "zstandard" not in sys.modules:
        return (OSError, EOFError, zlib.error)
    import zstandard

    return (OSError, EOFError, zstandard.ZstdError)


def unreadable(text: str) -> bool:
    """Return whether *text* holds bytes that were no characters."""
    return not text.isascii() and UNREADABLE in text


def known_encoding(name: str) -> str:
    """Return *name* when text can be read in it; a BatchError otherwise."""
    try:
        found = codecs.lookup(name)
        if not found._is_text_encoding:
            raise LookupError
        if found.name not in _WIDE:
            codecs.getincrementaldecoder(name)(_FORGIVING).decode(b"question\n\xff\n")
    except (LookupError, ValueError, TypeError):
        raise BatchError(f"there is no encoding {name}; try utf-8, utf-16, cp1252 or latin-1") from None
    return name
