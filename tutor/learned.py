"""A pack and the weights learned from it: shipped, or taken from the cache, or learned and kept."""

import contextlib
import os
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from tutor.compiled import pack_from_json, pack_to_json
from tutor.folder import digest, read_files
from tutor.subject import Pack
from tutor.weights import Weights, load_weights

_LEARNERS = (
    "calibrating", "confidence", "corpus", "features", "fitting", "forms", "mixing", "scoring", "terms", "text",
    "training", "weights",
)  # fmt: skip
_HEARERS = ("meaning", "meaning_training")  #: besides the learners, of replies
_CHOOSERS = (
    "choosing", "choosing_training", "claims", "claims_training", "evidence", "item", "negation", "options",
    "statements", "wording",
)  # fmt: skip
_READERS = ("bounds", "compiled", "files", "folder", "model", "pack", "schema", "subject")
_KEPT = 6  #: files of weights that stay in a cache folder
FIRST = "first use of this pack: learning it takes a minute or two"
SHIPPED = "learned.weights"  #: beside the bundled pack, in the wheel


def learned(folder: Path, cache_folder: Path, told: Callable[[str], None]) -> tuple[Pack, Weights]:
    """Return the pack in *folder* and its weights; *told* hears of it when they must be learned first.

    What is learned lies in *cache_folder*, one file for each hash of the pack's content and of the code that learns; a
    damaged or foreign file is replaced. A pack that teaches what another one has taught takes over its weights: an
    edited slot, rule or citation costs no learning. A cache that cannot be written is done without.
    """
    content = read_files(folder)
    key = key_of(digest(content))
    path = cache_folder / f"{key}.weights"
    found = _kept(folder / SHIPPED, key) or _kept(path, key)
    if found:
        _touch(path)
        return found
    from tutor.pack import read_pack

    pack, _ = read_pack(content)
    weights = _adopted(pack, key, [folder / SHIPPED, *_all_in(cache_folder)])
    if not weights:
        told(f"{path} is damaged or foreign, so the pack is learned again" if _there(path) else FIRST)
        weights = _train(pack, key, told)
    try:
        weights.save(path)
    except OSError:
        told("the cache folder cannot be written, so this will be learned again next time")
    else:
        _forget(cache_folder)
    return pack.without_examples(), weights


def key_of(content: str) -> str:
    """Return the key under which weights are kept: a hash of a pack's *content* hash and of the code that learns."""
    return sha256(f"{content} {_code(_LEARNERS + _HEARERS + _CHOOSERS + _READERS)}".encode()).hexdigest()[:32]


def _adopted(pack: Pack, key: str, paths: Iterable[Path]) -> Weights | None:
    """Return the first weights of *paths* that were learned from what *pack* teaches, made its own."""
    lesson = _lesson(pack)
    for weights in map(load_weights, paths):
        if weights and weights.lesson == lesson:
            extra, meanings = pack_to_json(pack.without_examples()), _meanings(pack, weights.meanings)
            return weights.moved_to(key, extra=extra.encode(), meanings=meanings, choices=_choices(pack, weights))
    return None


def _lesson(pack: Pack) -> str:
    from tutor.training import lesson_of

    return f"{lesson_of(pack)} {_code(_LEARNERS)}"


def _meanings(pack: Pack, kept: Weights | None = None) -> bytes:
    """Return the weights by which replies are understood: those *kept*, where the pack still teaches the same."""
    from tutor.meaning_training import learn_meanings, lesson_of

    lesson = f"{lesson_of(pack)} {_code(_LEARNERS + _HEARERS)}"
    return bytes(kept.raw) if kept and kept.key == lesson else learn_meanings(pack, lesson)


def _train(pack: Pack, key: str, told: Callable[[str], None]) -> Weights:
    from tutor.training import Label, train

    label = Label(key, _lesson(pack), pack_to_json(pack.without_examples()), _meanings(pack))
    weights = train(pack, told, label=label)
    return weights.moved_to(key, choices=_choices(pack, weights))


def _choices(pack: Pack, weights: Weights) -> bytes:
    """Return what is learned of items with the help of *weights*: what they hold, where it was taught by the same."""
    from tutor.choosing import chooser_from
    from tutor.choosing_training import learn_choices, lesson_of

    lesson = sha256(f"{lesson_of(pack)} {_lesson(pack)} {_code(_CHOOSERS)}".encode()).hexdigest()
    kept = chooser_from(weights.choices)
    return weights.choices.encode() if kept and kept.lesson == lesson else learn_choices(pack, weights, lesson).encode()


def _kept(path: Path, key: str) -> tuple[Pack, Weights] | None:
    weights = load_weights(path, key=key)
    try:
        return (pack_from_json(weights.text("extra")), weights) if weights else None
    except ValueError:
        return None


def _there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _touch(path: Path) -> None:
    """Note that the file was used, so that others are forgotten before it."""
    with contextlib.suppress(OSError):
        os.utime(path)


def _forget(folder: Path) -> None:
    """Delete all files of weights in *folder* but those that were written or used last."""
    for path in _all_in(folder)[_KEPT:]:
        with contextlib.suppress(OSError):
            path.unlink()


def _all_in(folder: Path) -> list[Path]:
    """Return the files of weights in *folder*, the last used first; none when it cannot be looked into."""
    try:
        return sorted(folder.glob("*.weights"), key=_used, reverse=True)
    except OSError:
        return []


def _used(path: Path) -> float:
    """Return when *path* was written or used last; the beginning of time when another process has deleted it."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


@cache
def _code(names: Sequence[str]) -> str:
    sha = sha256()
    for name in names:
        sha.update((Path(__file__).parent / f"{name}.py").read_bytes())
    return sha.hexdigest()
