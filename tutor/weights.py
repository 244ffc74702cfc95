"""The trained numbers: plain arrays and JSON that cannot carry code, written at once or not at all."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ARRAYS = ("idf", "coefficients", "intercepts")


@dataclass(frozen=True)
class Weights:
    """What training learns from a pack.

    *vocabulary* maps "block feature" to a row. *groups* are the classes of the first stage: topics, decisions, small
    talk and what is outside; *entries* those of the second, each with its group. Coefficients have a row a feature and
    a column a class, groups first (float32). *confidence* holds the calibration: signal -> weight, and "bias". *words*
    are all words seen, the most frequent first.
    """

    vocabulary: Mapping[str, int]
    idf: "NDArray[np.float32]"
    coefficients: "NDArray[np.float32]"
    intercepts: "NDArray[np.float32]"
    groups: tuple[str, ...]
    entries: tuple[str, ...]
    group_of: tuple[int, ...]
    confidence: Mapping[str, float]
    words: tuple[str, ...]

    def save(self, folder: Path, extra: Mapping[str, str]) -> None:
        """Write the weights and *extra* texts into *folder*, which appears whole or, on failure, not at all."""
        import numpy as np

        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".draft-"))
        try:
            for name in _ARRAYS:
                np.save(draft / f"{name}.npy", getattr(self, name), allow_pickle=False)
            (draft / "words.json").write_text(json.dumps(self._words(), ensure_ascii=False), encoding="utf-8")
            for name, text in extra.items():
                (draft / name).write_text(text, encoding="utf-8")
            sums = {path.name: _sum(path) for path in draft.iterdir()}
            (draft / "sums.json").write_text(json.dumps(sums), encoding="utf-8")
            _place(draft, folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def _words(self) -> dict[str, Any]:
        return {
            "vocabulary": sorted(self.vocabulary, key=self.vocabulary.__getitem__),
            "groups": self.groups,
            "entries": self.entries,
            "group_of": self.group_of,
            "confidence": dict(self.confidence),
            "words": self.words,
        }


def load_weights(folder: Path) -> Weights | None:
    """Return the weights in *folder*, coefficients left on disk until used; None where they are absent or damaged."""
    import numpy as np

    try:
        if not _whole(folder):
            return None
        said = json.loads((folder / "words.json").read_text(encoding="utf-8"))
        idf, coefficients, intercepts = (
            np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in _ARRAYS
        )
    except (OSError, ValueError):
        return None
    return Weights(
        vocabulary={name: row for row, name in enumerate(said["vocabulary"])},
        idf=idf,
        coefficients=coefficients,
        intercepts=intercepts,
        groups=tuple(said["groups"]),
        entries=tuple(said["entries"]),
        group_of=tuple(said["group_of"]),
        confidence=said["confidence"],
        words=tuple(said["words"]),
    )


def _whole(folder: Path) -> bool:
    sums = json.loads((folder / "sums.json").read_text(encoding="utf-8"))
    needed = {"words.json", *(f"{name}.npy" for name in _ARRAYS)}
    return isinstance(sums, dict) and needed <= set(sums) and all(_sum(folder / name) == sums[name] for name in sums)


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()


def _place(draft: Path, folder: Path) -> None:
    """Put *draft* where *folder* is to be; another process that was first wins, a damaged one is replaced."""
    if folder.exists() and load_weights(folder) is None:
        shutil.rmtree(folder, ignore_errors=True)
    try:
        draft.replace(folder)
    except OSError:
        if load_weights(folder) is None:
            raise
