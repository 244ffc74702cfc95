"""What each part of the router is worth, by learning without it: `python -m benchmarks.ablation FILE…`."""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.questions import Ranked, read_golds, scored
from benchmarks.tables import number, table
from tutor import training
from tutor.evaluation import Gold
from tutor.features import WEIGHTS
from tutor.fitting import MEMBERS
from tutor.folder import bundled
from tutor.mixing import Mix
from tutor.model import Examples
from tutor.pack import load_pack
from tutor.router import Router
from tutor.subject import Pack
from tutor.text import clean
from tutor.weights import Weights

_ALL = "all"
_FAINTEST = 1e-6  #: what a block counts that is left out: zero would leave its length without a sense


@dataclass(frozen=True)
class Variant:
    """A pack that is changed, blocks of features that weigh otherwise, and a mix that is changed."""

    pack: Callable[[Pack], Pack] = lambda pack: pack
    blocks: Mapping[str, float] | None = None
    mix: Callable[[Mix], Mix] = lambda mix: mix


@dataclass(frozen=True)
class Fitted:
    """What the whole pack learned from questions held out; the variants take it over."""

    mix: Mix
    calibration: dict[str, dict[str, float]]


def main() -> None:
    """Print the table, or JSON."""
    asked = _arguments()
    pack = load_pack(asked.pack or bundled())
    files = {path.name: read_golds(path) for path in asked.files}
    fitted = fit(pack)
    rows = [row for name in asked.only or VARIANTS for row in rows_of(name, pack, fitted, files)]
    print(json.dumps({"rows": rows}, indent=2) if asked.as_json else table(rows))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ablation", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a .jsonl of questions with gold")
    parser.add_argument("--pack", type=Path, metavar="FOLDER", help="another pack than the bundled one")
    parser.add_argument("--only", action="append", choices=VARIANTS, metavar="NAME", help="; ".join(VARIANTS))
    parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON")
    return parser.parse_args()


def fit(pack: Pack) -> Fitted:
    """Return the mix and the calibration that *pack* learns: what takes three quarters of a training."""
    kept: list[Fitted] = []
    with _calibrating(lambda learning, promises: _noted(kept, *_CALIBRATED(learning, promises))):
        training.train(pack)
    return kept[0]


def learn(variant: Variant, pack: Pack, fitted: Fitted) -> Weights:
    """Return what *variant* of *pack* learns under the mix and the calibration *fitted*."""
    mix = variant.mix(fitted.mix)
    with _weighing(variant.blocks or {}), _calibrating(lambda *_: (mix, fitted.calibration)):
        return training.train(variant.pack(pack))


def rows_of(name: str, pack: Pack, fitted: Fitted, files: Mapping[str, Sequence[Gold]]) -> Iterator[dict[str, Any]]:
    """Yield a row of the variant *name* for each of the *files*."""
    variant = VARIANTS[name]
    topic_of = {entry: said.topic for entry, said in pack.entries.items()}
    weights = learn(variant, pack, fitted)
    with _weighing(variant.blocks or {}):
        router = Router(weights)
        for file, golds in files.items():
            said = scored(golds, [_ranked(router, gold.question) for gold in golds], topic_of)
            yield {"variant": name, "file": file, **{metric: number(value) for metric, value in said.items()}}


def _ranked(router: Router, question: str) -> Ranked:
    entries = router.route(clean(question)).entries
    return Ranked(tuple(entry for entry, _ in entries), entries[0][1])


_CALIBRATED = training._calibrated


def _noted(kept: list[Fitted], mix: Mix, calibration: dict[str, dict[str, float]]) -> tuple[Any, Any]:
    kept.append(Fitted(mix, calibration))
    return mix, calibration


@contextmanager
def _calibrating(calibrated: Callable[..., tuple[Any, Any]]) -> Iterator[None]:
    """Let training find its mix and its calibration by *calibrated*."""
    training._calibrated = calibrated
    try:
        yield
    finally:
        training._calibrated = _CALIBRATED


@contextmanager
def _weighing(blocks: Mapping[str, float]) -> Iterator[None]:
    """Let *blocks* count what they say instead of what `features` says."""
    before = dict(WEIGHTS)
    WEIGHTS.update(blocks)
    try:
        yield
    finally:
        WEIGHTS.update(before)


def _alone(member: str, mix: Mix) -> Mix:
    return replace(mix, entries=_only(member, mix.entries), groups=_only(member, mix.groups))


def _only(member: str, counts: Mapping[str, float]) -> dict[str, float]:
    """Return *counts* with those of the other members nought; what is left counts twice, so that sums stay alike."""
    return {name: 2 * count if name == member else 0.0 for name, count in counts.items()}


def _half(examples: Examples) -> Examples:
    return Examples(
        short=examples.short[::2],
        scenario=examples.scenario[::2],
        symptom=examples.symptom[::2],
        keywords=examples.keywords[::2],
        belief=examples.belief[::2],
    )


def _halved(pack: Pack) -> Pack:
    return replace(pack, examples={name: _half(examples) for name, examples in pack.examples.items()})


VARIANTS: dict[str, Variant] = {
    _ALL: Variant(),
    **{f"without {block}": Variant(blocks={block: _FAINTEST}) for block in WEIGHTS},
    **{f"{member} alone": Variant(mix=partial(_alone, member)) for member in MEMBERS},
    "without the topic": Variant(mix=lambda mix: replace(mix, topic=0.0)),
    "without what is outside": Variant(pack=lambda pack: replace(pack, outside={})),
    "without terms": Variant(pack=lambda pack: replace(pack, terms=())),
    "half the examples": Variant(pack=_halved),
}


if __name__ == "__main__":
    main()
