"""What was typed, kept for the next time: an append-only file that several shells share."""

import contextlib
import json
import os
import stat
import time
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from pathlib import Path

from prompt_toolkit.history import History as PromptHistory

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

LARGEST = 2 * 1024 * 1024  #: bytes of the file; a larger one is trimmed
MOST = 5_000  #: lines that are left after trimming, at most
LONGEST = 64 * 1024  #: bytes of one line in the file; a longer one is not kept
_PATIENCE = 2.0  #: seconds to wait for another shell that trims


class History(PromptHistory):
    """Lines of all shells that share the file *path*, the newest first; lines that cannot be kept stay in memory.

    *tell* hears, once, in one line, why nothing more is kept.
    """

    def __init__(self, path: Path, *, tell: Callable[[str], None] = lambda _: None) -> None:
        super().__init__()
        self._path, self._tell = path, tell
        self._lines: list[str] = []  # those of the file, oldest first
        self._end = 0  # bytes of the file that were read
        self._inode = 0
        self._own: list[str] = []  # those that are not in the file
        self._broken = False

    async def load(self) -> AsyncGenerator[str, None]:
        """Yield the lines, newest first, those of other shells included."""
        self._refresh()
        for line in self.load_history_strings():
            yield line

    def load_history_strings(self) -> Iterable[str]:
        """Return the lines read so far, newest first, each once where it stands several times in a row."""
        return _without_repeats(reversed(self._lines + self._own))

    def get_strings(self) -> list[str]:
        """Return the lines read so far, oldest first."""
        return self._lines + self._own

    def append_string(self, string: str) -> None:
        """Keep *string*."""
        if not string.strip():
            return
        if self._broken or not self._stored(string):
            self._own.append(string)
        self._refresh()

    def store_string(self, string: str) -> None:
        """Write *string* to the file."""
        self._stored(string)

    def _stored(self, string: str) -> bool:
        line = (json.dumps(string, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")
        if len(line) > LONGEST:
            return False
        with self._guarded():
            append(self._path, line)
            return True
        return False

    def _refresh(self) -> None:
        if self._broken:
            return
        with self._guarded():
            handle = _opened(self._path)
            try:
                self._read(handle)
            finally:
                os.close(handle)
            if self._end > LARGEST:
                trim(self._path)

    def _read(self, handle: int) -> None:
        found = os.fstat(handle)
        if found.st_ino != self._inode or found.st_size < self._end:
            self._inode, self._lines, self._end = found.st_ino, [], max(0, found.st_size - LARGEST)
        os.lseek(handle, self._end, os.SEEK_SET)
        raw = _all_of(handle)
        whole = raw[: raw.rfind(b"\n") + 1]
        self._lines += read_lines(whole)
        self._end += len(whole)

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if not self._broken:
                self._broken = True
                self._tell(f"{self._path}: {error.strerror}; what you type is not kept for the next time")


def append(path: Path, line: bytes) -> None:
    """Add *line*, which ends itself, to the file *path* in one write; other shells may do the same at any time."""
    handle = _locked(path, shared=True)
    try:
        if os.write(handle, line) < len(line):
            raise OSError(28, os.strerror(28), str(path))
    finally:
        os.close(handle)


def trim(path: Path) -> None:
    """Leave the newest lines of the file *path*, at most 5,000 and three quarters of its largest size."""
    import tempfile

    handle = _locked(path, shared=False)
    try:
        os.lseek(handle, max(0, os.fstat(handle).st_size - LARGEST * 3 // 4), os.SEEK_SET)
        lines = [json.dumps(line, ensure_ascii=False) for line in read_lines(_all_of(handle))][-MOST:]
        raw = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass")
        draft, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
        try:
            with os.fdopen(draft, "wb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    finally:
        os.close(handle)


def read_lines(raw: bytes) -> Iterator[str]:
    """Yield the lines that *raw* holds; what is damaged or foreign is passed over."""
    for line in raw.split(b"\n"):
        with contextlib.suppress(ValueError, RecursionError):
            said = json.loads(line.decode("utf-8", "surrogatepass"))
            if isinstance(said, str):
                yield said


def _opened(path: Path) -> int:
    """Return a descriptor of the file *path*, made for the person alone, that appends."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT
    for name in ("O_NOFOLLOW", "O_CLOEXEC", "O_NONBLOCK", "O_BINARY"):
        flags |= getattr(os, name, 0)
    handle = os.open(path, flags, 0o600)
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(22, "is no plain file", str(path))
        if stat.S_IMODE(found.st_mode) & 0o077 and os.name == "posix":
            os.fchmod(handle, 0o600)
    except OSError:
        os.close(handle)
        raise
    return handle


def _locked(path: Path, *, shared: bool) -> int:
    """Return a descriptor of the file that is called *path*, locked against others that trim."""
    while True:
        handle = _opened(path)
        _lock(handle, shared=shared)
        with contextlib.suppress(OSError):
            if os.path.samestat(os.fstat(handle), os.stat(path)):
                return handle
        os.close(handle)


def _lock(handle: int, *, shared: bool) -> None:
    if not fcntl:
        return
    kind = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(handle, kind)
            return
        except BlockingIOError:
            if time.monotonic() > until:
                return
            time.sleep(0.01)


def _all_of(handle: int) -> bytes:
    parts = []
    while part := os.read(handle, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def _without_repeats(lines: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if not kept or kept[-1] != line:
            kept.append(line)
    return kept
