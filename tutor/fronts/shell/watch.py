"""Whether the pack on disk is still the one in use: file times first, then the content."""

from pathlib import Path

from tutor.errors import PackError
from tutor.folder import digest, read_files

_Times = dict[str, tuple[int, int]]


class Watch:
    """Watches the files of the pack in *folder*, from the moment it is first looked at."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._times: _Times | None = None

    def look(self) -> bool:
        """Look at the file times; say whether they are others than at the last look."""
        before, self._times = self._times, _times(self.folder)
        return before not in (None, self._times)

    def changed(self, known: str) -> bool:
        """Say whether the pack no longer has the digest *known*; each change on disk is told once."""
        if not self.look():
            return False
        try:
            return digest(read_files(self.folder)) != known
        except PackError:
            return True


def _times(folder: Path) -> _Times:
    """Return time and size of every file of the pack."""
    found: _Times = {}
    for top in ("knowledge", "intents"):
        for path in (folder / top).rglob("*.y*ml"):
            try:
                held = path.stat()
            except OSError:
                continue
            found[str(path)] = (held.st_mtime_ns, held.st_size)
    return found
