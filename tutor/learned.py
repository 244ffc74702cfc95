"""A pack and the weights learned from it: taken from the cache when it has them, learned and kept when it has not."""

import hashlib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from tutor.pack import Pack, digest, read_files, read_pack
from tutor.weights import Weights, load_weights

_LEARNERS = ("features", "forms", "model", "pack", "scoring", "terms", "text", "training", "weights")


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
    pack, _ = read_pack(content)
    weights = _train(pack, told)
    try:
        weights.save(kept, {"pack.json": pack.without_examples().model_dump_json(by_alias=True)})
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
        return (Pack.model_validate_json((kept / "pack.json").read_bytes()), weights) if weights else None
    except (OSError, ValidationError):
        return None


@cache
def _code() -> str:
    sha = hashlib.sha256()
    for name in _LEARNERS:
        sha.update((files("tutor") / f"{name}.py").read_bytes())
    return sha.hexdigest()
