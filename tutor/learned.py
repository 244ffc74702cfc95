"""A pack and the weights learned from it: taken from the cache when it has them, learned and kept when it has not."""

import hashlib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path

from tutor.compiled import pack_from_json, pack_to_json
from tutor.folder import digest, read_files
from tutor.subject import Pack
from tutor.weights import Weights, load_weights

_LEARNERS = (
    "bounds", "compiled", "features", "files", "folder", "forms", "model", "pack", "schema", "scoring", "subject",
    "terms", "text", "training", "weights",
)  # fmt: skip


def learned(folder: Path, cache_folder: Path, told: Callable[[str], None]) -> tuple[Pack, Weights]:
    """Return the pack in *folder* and its weights; *told* hears of it when they must be learned first.

    What is learned lies in *cache_folder* under a hash of the pack's content and of the code that learns. A cache that
    cannot be written is done without.
    """
    content = read_files(folder)
    kept = cache_folder / hashlib.sha256(f"{digest(content)} {_code()}".encode()).hexdigest()[:32]
    found = _kept(kept)
    if found:
        return found
    from tutor.pack import read_pack

    pack, _ = read_pack(content)
    weights = _train(pack, told)
    try:
        weights.save(kept, {"pack.json": pack_to_json(pack.without_examples())})
    except OSError:
        told("the cache folder cannot be written, so this will be learned again next time")
        return pack, weights
    return _kept(kept) or (pack, weights)


def _train(pack: Pack, told: Callable[[str], None]) -> Weights:
    from tutor.training import train

    return train(pack, told)


def _kept(kept: Path) -> tuple[Pack, Weights] | None:
    weights = load_weights(kept)
    try:
        return (pack_from_json((kept / "pack.json").read_text(encoding="utf-8")), weights) if weights else None
    except (OSError, ValueError):
        return None


@cache
def _code() -> str:
    sha = hashlib.sha256()
    for name in _LEARNERS:
        sha.update((files("tutor") / f"{name}.py").read_bytes())
    return sha.hexdigest()
