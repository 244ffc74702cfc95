"""Targets: files that appear whole or not at all, packed where their name says so, and what is written as it comes."""

import contextlib
import gzip
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from tutor.draft import drafted
from tutor.errors import BatchError
from tutor.fronts.batch.extras import needing


@contextlib.contextmanager
def opened(target: str, packing: str = "", folder: Path | None = None) -> Iterator[BinaryIO]:
    """Open *target* for bytes, packed on their way; "-" is standard output. A file appears at the end.

    Until then it lies in *folder*, which must be on the same disk, or else beside the target. A BatchError when it
    cannot be written; a broken pipe is left to the caller.
    """
    try:
        with _stream(target, folder) as stream, _packed(stream, packing, target) as packed:
            yield packed
    except BrokenPipeError:
        raise
    except OSError as error:
        raise BatchError(f"{target}: cannot be written: {error.strerror}") from None


def write_text(path: Path, text: str) -> None:
    """Write *text* into the file *path*, whole or not at all; a BatchError when it cannot be."""
    may_write(path)
    with opened(str(path)) as stream:
        stream.write(text.encode("utf-8", errors="replace"))


def may_write(path: Path) -> None:
    """Raise a BatchError when *path* is a folder or its folder does not exist."""
    if path.is_dir():
        raise BatchError(f"{path}: is a folder; name a file in it")
    if not path.parent.is_dir():
        raise BatchError(f"{path}: there is no folder {path.parent}")


def special(target: str) -> bool:
    """Return whether *target* is there and neither a file nor a folder: a pipe, a terminal, /dev/null."""
    path = Path(target)
    return path.exists() and not path.is_file() and not path.is_dir()


@contextlib.contextmanager
def _stream(target: str, folder: Path | None) -> Iterator[BinaryIO]:
    if target == "-":
        yield sys.stdout.buffer
        sys.stdout.flush()
        return
    with drafted(Path(target), folder=folder) as stream:
        yield stream


@contextlib.contextmanager
def _packed(stream: BinaryIO, packing: str, target: str) -> Iterator[BinaryIO]:
    """Yield a stream that packs into *stream*: without time or name, so that equal rows give equal bytes."""
    match packing:
        case ".gz":
            with gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0) as packed:
                yield cast("BinaryIO", packed)
        case ".zst":
            with needing("zstandard", target):
                import zstandard
            with zstandard.ZstdCompressor().stream_writer(stream, closefd=False) as packing_stream:
                yield cast("BinaryIO", packing_stream)
        case _:
            yield stream
