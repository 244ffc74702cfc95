"""What was typed, kept for the next time: a file of one JSON text a line, which several shells may write at once."""

import contextlib
import errno
import json
import os
import stat
import time
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from pathlib import Path

from prompt_toolkit.history import History as PromptHistory

from tutor.kept import make_private, write_private
from tutor.text import LONGEST

try:
    import fcntl
except ImportError:  # Windows has no such locks; there a line typed while another shell trims may be lost
    fcntl = None  # type: ignore[assignment]

LARGEST = 2 * 1024 * 1024  #: bytes of the file; of a larger one the end is read, and it is trimmed
MOST = 5_000  #: lines that trimming leaves
_DUE = 6_000  #: lines from which on it is trimmed
_PATIENCE = 2.0  #: seconds to wait for another shell that trims


class History(PromptHistory):
    """The lines of all shells that share the file *path*; another shell's are there from the next prompt on.

    A line of white space is not kept, nor in the file one that is longer than the tutor reads. Where nothing can be
    kept, lines stay in memory, and *tell* hears why, once, in one line.
    """

    def __init__(self, path: Path, *, tell: Callable[[str], None] = lambda _: None) -> None:
        super().__init__()
        self._path, self._tell = path, tell
        self._lines: list[str] = []  # oldest first
        self._unkept: list[str] = []  # those of them that are in no file
        self._end, self._last = 0, b""  # how far the file was read, and what stood there last
        self._writes = True

    async def load(self) -> AsyncGenerator[str, None]:
        """Yield every line, the newest first, after a look whether other shells have added some."""
        self._refresh()
        for line in self.load_history_strings():
            yield line

    def load_history_strings(self) -> list[str]:
        """Return the lines read so far, the newest first, and but once where one stands several times in a row."""
        return _without_repeats(reversed(self._lines))

    def get_strings(self) -> list[str]:
        """Return the same, the oldest first."""
        return self.load_history_strings()[::-1]

    def append_string(self, string: str) -> None:
        """Keep *string*."""
        if not string.strip():
            return
        kept = self._stored(string)
        self._refresh()
        if not (kept and self._writes):
            self._lines.append(string)
            self._unkept.append(string)

    def store_string(self, string: str) -> None:
        """Write *string* to the file, where that can be done."""
        self._stored(string)

    def _stored(self, string: str) -> bool:
        if not self._writes or len(string) > LONGEST:
            return False
        try:
            append(self._path, written(string))
        except OSError as error:
            self._give_up(error)
        return self._writes

    def _give_up(self, error: OSError) -> None:
        self._writes = False
        self._tell(f"{self._path}: {error.strerror}; what you type is not kept for the next time")

    def _refresh(self) -> None:
        try:
            if self._writes:
                self._look()
                return
        except OSError as error:
            self._give_up(error)
        if not self._lines:
            with contextlib.suppress(OSError):
                self._look(os.O_RDONLY)

    def _look(self, how: int = os.O_RDWR | os.O_CREAT) -> None:
        """Read what was added to the file; trim it when that is due, and read it again."""
        with _opened(self._path, how) as handle:
            self._read(handle)
        if self._writes and (self._end > LARGEST or len(self._lines) - len(self._unkept) > _DUE):
            with contextlib.suppress(BlockingIOError):  # the next one will do it
                trim(self._path)
            with _opened(self._path, how) as handle:
                self._read(handle)

    def _read(self, handle: int) -> None:
        size = os.fstat(handle).st_size
        start = self._end - len(self._last)
        known = 0 < self._end <= size <= start + LARGEST and _between(handle, start, self._end) == self._last
        if known:
            raw = _between(handle, self._end, size)
        else:  # it was not read before, or it is another one now
            self._lines, self._last = [*self._unkept], b""
            raw = _newest(handle, LARGEST)
        whole = raw[: raw.rfind(b"\n") + 1]
        found = list(read_lines(whole))
        if whole and not found and not known:
            raise OSError(errno.EINVAL, "is no history of the tutor", str(self._path))
        self._lines += found
        self._end = size - len(raw) + len(whole)
        self._last = whole[whole.rfind(b"\n", 0, -1) + 1 :] or self._last


def written(said: str) -> bytes:
    """Return the line of the file that holds *said*."""
    return f"{json.dumps(said, ensure_ascii=False)}\n".encode("utf-8", "surrogatepass")


def read_lines(raw: bytes) -> Iterator[str]:
    """Yield what the lines *raw* hold; a line that is damaged or foreign is passed over."""
    for line in raw.split(b"\n"):
        with contextlib.suppress(ValueError, RecursionError):
            said = json.loads(line.decode("utf-8", "surrogatepass"))
            if isinstance(said, str):
                yield said


def append(path: Path, line: bytes) -> None:
    """Add *line* to the file *path* by one write, so that nothing that another shell writes comes between."""
    with _locked(path, shared=True) as handle:
        size = os.fstat(handle).st_size
        # A full disk may have cut the line before; while another one is just written, an empty line does no harm.
        line = b"\n" + line if size and _between(handle, size - 1, size) != b"\n" else line
        if os.write(handle, line) < len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))


def trim(path: Path) -> None:
    """Leave the newest lines of the file *path*: at most `MOST`, and three quarters of `LARGEST`, in bytes.

    A BlockingIOError when another shell does not let go of the file.
    """
    with _locked(path, shared=False) as handle:
        lines = list(read_lines(_newest(handle, LARGEST * 3 // 4)))[-MOST:]
        write_private(path, b"".join(map(written, lines)))


@contextlib.contextmanager
def _opened(path: Path, how: int = os.O_RDWR | os.O_CREAT) -> Iterator[int]:
    """Open the file *path*, made for its owner alone, to read and append."""
    if how & os.O_CREAT:
        make_private(path.parent)
    if path.is_symlink():
        raise OSError(errno.ELOOP, "is a link", str(path))
    extra = (getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
    handle = os.open(path, how | os.O_APPEND | sum(extra), 0o600)
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "is no plain file", str(path))
        if mode & 0o077 and how & os.O_CREAT and os.name == "posix":
            os.fchmod(handle, 0o600)
        yield handle
    finally:
        os.close(handle)


@contextlib.contextmanager
def _locked(path: Path, *, shared: bool) -> Iterator[int]:
    """Open the file that is called *path* while nobody trims it; who trims it has it alone."""
    while True:
        with _opened(path) as handle:
            if not _lock(handle, shared=shared) and not shared:
                raise BlockingIOError(errno.EWOULDBLOCK, os.strerror(errno.EWOULDBLOCK), str(path))
            if _is_called(handle, path):  # it may have been trimmed, and so replaced, in between
                yield handle
                return


def _is_called(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _lock(handle: int, *, shared: bool) -> bool:
    """Wait for the lock, but not for ever, as a stopped shell may hold it; say whether nobody else has it."""
    until = time.monotonic() + _PATIENCE
    while fcntl:
        try:
            fcntl.flock(handle, fcntl.LOCK_NB | (fcntl.LOCK_SH if shared else fcntl.LOCK_EX))
        except BlockingIOError:
            if time.monotonic() > until:
                return False
            time.sleep(0.01)
        except OSError:  # some file systems have no locks
            return True
        else:
            return True
    return True


def _newest(handle: int, most: int) -> bytes:
    """Return the lines at the end of a file, at most *most* bytes of them; one that would be cut is left out."""
    size = os.fstat(handle).st_size
    raw = _between(handle, max(0, size - most), size)
    return raw if size <= most else raw[raw.find(b"\n") + 1 :]


def _between(handle: int, start: int, end: int) -> bytes:
    os.lseek(handle, start, os.SEEK_SET)
    parts = []
    while part := os.read(handle, end - start):
        parts.append(part)
        start += len(part)
    return b"".join(parts)


def _without_repeats(lines: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if not kept or kept[-1] != line:
            kept.append(line)
    return kept
