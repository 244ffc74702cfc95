"""The trained numbers: one file of plain arrays and JSON that cannot carry code, read in place without numpy."""

import json
import mmap
import os
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any
from zlib import crc32

from tutor.draft import drafted

_MAGIC = b"tutor weights 2\n"
_ALIGNED = 8
_TABLE = (("starts", "I"), ("columns", "H"), ("values", "b"), ("scales", "f"), ("intercepts", "d"))
LARGEST = 2**31  #: bytes of a file of weights; a larger one is not read


@dataclass(frozen=True)
class Table:
    """A sparse table of weights with a row a feature and a column a class.

    Row *n* has the columns and values from *starts*[n] up to *starts*[n + 1]; a value counts *scales*[n] times.
    *intercepts* holds one number a class.
    """

    starts: Sequence[int]
    columns: Sequence[int]
    values: Sequence[int]
    scales: Sequence[float]
    intercepts: Sequence[float]


@dataclass(frozen=True)
class Classes:
    """What a text can be about: the *entries*, then the *groups* (topics, decisions, small talk, what is outside).

    *group_of* numbers the group of each entry.
    """

    entries: tuple[str, ...]
    groups: tuple[str, ...]
    group_of: tuple[int, ...]

    @cached_property
    def kinds(self) -> dict[str, tuple[tuple[str, int], ...]]:
        """The groups of each kind (topic, decision, talk, outside): the rest of the name, and the number."""
        kinds: dict[str, list[tuple[str, int]]] = {}
        for number, group in enumerate(self.groups):
            kind, _, name = group.partition(" ")
            kinds.setdefault(kind, []).append((name, number))
        return {kind: tuple(named) for kind, named in kinds.items()}

    @cached_property
    def numbers(self) -> dict[str, tuple[int, ...]]:
        """The numbers of the groups of each kind."""
        return {kind: tuple(number for _, number in named) for kind, named in self.kinds.items()}


@dataclass(frozen=True)
class Weights:
    """What training learns from a pack, as one run of bytes (*raw*) and views into it.

    *idf* has a number for each feature. *merged* is what answers questions, *members* are the
    parts it was put together from. *calibration* holds the fitted numbers of `confidence`, by part and name.
    *lesson* is the hash of all that was taught, *key* that of the whole pack.
    """

    raw: bytes | mmap.mmap = field(repr=False)
    key: str
    lesson: str
    classes: Classes
    calibration: Mapping[str, Mapping[str, float]]
    sections: Mapping[str, Sequence[Any]] = field(repr=False)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Weights) and self.raw[:] == other.raw[:]

    def __hash__(self) -> int:
        return hash(self.key)

    @cached_property
    def idf(self) -> Sequence[float]:
        """How telling each feature is."""
        return self._view("idf")

    @cached_property
    def merged(self) -> Table:
        """The table that answers questions."""
        return self._table("merged")

    @cached_property
    def members(self) -> dict[str, Table]:
        """The tables that *merged* was put together from, by name."""
        names = [name.partition(".")[0] for name in self.sections if name.endswith(".starts")]
        return {name: self._table(name) for name in names if name != "merged"}

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All words seen in training, the most frequent first."""
        return tuple(self.text("words").split("\n")) if self.sections["words"][2] else ()

    @cached_property
    def meanings(self) -> "Weights | None":
        """The weights by which replies are understood, where the pack has any."""
        return read_weights(bytes(self._view("meanings"))) if self.sections["meanings"][2] else None

    @cached_property
    def hashes(self) -> Sequence[int]:
        return self._view("hashes")

    def row(self, feature: str) -> int:
        """Return the row of a *feature* ("block feature"), or -1 when it was not learned."""
        wanted = hashed(feature)
        found = bisect_left(self.hashes, wanted)
        return found if found < len(self.hashes) and self.hashes[found] == wanted else -1

    def text(self, name: str) -> str:
        """Return the text in the section *name*."""
        return bytes(self._view(name)).decode()

    @cached_property
    def choices(self) -> str:
        """What was learned of multiple-choice items, as JSON; empty where nothing was."""
        return self.text("choices") if "choices" in self.sections else ""

    def moved_to(self, key: str, **others: bytes) -> "Weights":
        """Return the same weights under *key*, with the bytes of *others*, such as "extra", for the sections so named.

        That is for another pack that teaches the same, and for what is learned with the help of the weights.
        """
        header = _header(self.raw) or {}
        about = {name: said for name, said in header.items() if name not in ("order", "sections")}
        parts = {name: (kind, bytes(self._view(name))) for name, (kind, _, _, _) in self.sections.items()}
        parts.update({name: ("B", content) for name, content in others.items()})
        moved = read_weights(packed({**about, "key": key}, parts))
        if moved is None:
            raise AssertionError("weights just packed cannot be read")
        return moved

    def save(self, path: Path) -> None:
        """Write the weights to *path*, which appears whole or, on failure, not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with drafted(path, prefix=".draft-", rights=0o644) as file:  # others may read what is beside a pack
            file.write(self.raw)

    def _table(self, name: str) -> Table:
        return Table(**{part: self._view(f"{name}.{part}") for part, _ in _TABLE})

    def _view(self, name: str) -> memoryview:
        kind, start, count, _ = self.sections[name]
        return memoryview(self.raw)[start : start + count * array(kind).itemsize].cast("B").cast(kind)


def hashed(feature: str) -> int:
    """Return the 64 bits under which a feature is kept."""
    return int.from_bytes(blake2b(feature.encode(), digest_size=8).digest(), "little")


def packed(about: Mapping[str, Any], parts: Mapping[str, tuple[str, bytes]]) -> bytes:
    """Return a file of weights: *about* as its header, and *parts*: section name -> (array type, bytes)."""
    sections: dict[str, list[Any]] = {}
    body = bytearray()
    for name, (kind, content) in parts.items():
        padded = content + bytes(-len(content) % _ALIGNED)
        sections[name] = [kind, len(body), len(content) // array(kind).itemsize, crc32(padded)]
        body += padded
    header = json.dumps({**about, "order": sys.byteorder, "sections": sections}, ensure_ascii=False).encode()
    header += b" " * (-(len(_MAGIC) + 16 + len(header)) % _ALIGNED)
    front = len(header).to_bytes(8, "little") + crc32(header).to_bytes(8, "little")
    return _MAGIC + front + header + bytes(body)


def table_parts(name: str, arrays: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, bytes]]]:
    """Yield the sections of a table from arrays that can give their bytes."""
    for part, kind in _TABLE:
        yield f"{name}.{part}", (kind, arrays[part].tobytes())


def read_weights(raw: bytes | mmap.mmap, *, key: str | None = None) -> Weights | None:
    """Return the weights that *raw* holds; None when they are damaged, foreign, or not those of *key*."""
    header = _header(raw)
    if not header or (key is not None and header["key"] != key):
        return None
    start = _end_of_header(raw)
    sections = {name: (kind, start + at, count, crc) for name, (kind, at, count, crc) in header["sections"].items()}
    if not all(_whole(raw, *section) for section in sections.values()):
        return None
    return Weights(
        raw=raw,
        key=header["key"],
        lesson=header["lesson"],
        classes=Classes(tuple(header["entries"]), tuple(header["groups"]), tuple(header["group_of"])),
        calibration=header["calibration"],
        sections=sections,
    )


def load_weights(path: Path, *, key: str | None = None) -> Weights | None:
    """Return the weights in the file *path*, left on disk until used; None when absent, damaged or not of *key*."""
    try:
        with path.open("rb") as file:
            if not len(_MAGIC) < os.fstat(file.fileno()).st_size <= LARGEST:
                return None
            return read_weights(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), key=key)
    except OSError:
        return None


def _header(raw: bytes | mmap.mmap) -> dict[str, Any] | None:
    front = len(_MAGIC) + 16
    if raw[: len(_MAGIC)] != _MAGIC or len(raw) < front:
        return None
    header = raw[front : _end_of_header(raw)]
    if not header or crc32(header) != int.from_bytes(raw[len(_MAGIC) + 8 : front], "little"):
        return None
    said: dict[str, Any] = json.loads(header)
    return said if said["order"] == sys.byteorder else None


def _end_of_header(raw: bytes | mmap.mmap) -> int:
    return len(_MAGIC) + 16 + int.from_bytes(raw[len(_MAGIC) : len(_MAGIC) + 8], "little")


def _whole(raw: bytes | mmap.mmap, kind: str, start: int, count: int, crc: int) -> bool:
    end = start + count * array(kind).itemsize
    end += -end % _ALIGNED
    return end <= len(raw) and crc32(memoryview(raw)[start:end]) == crc
