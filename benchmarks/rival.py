"""The tutor beside a neural rival that learns from the same examples: `python -m benchmarks.rival FILE…`."""

import argparse
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.contenders import Performance, alone
from benchmarks.encoder import Encoder, Learned, learn
from benchmarks.questions import Ranked, read_golds, scored
from benchmarks.tables import number, table
from tutor.evaluation import Gold
from tutor.folder import bundled
from tutor.pack import load_pack
from tutor.subject import Pack
from tutor.training import examples_of

COSTS = {"ms/question": 1, "start s": 1, "MB resident": 0}  #: and the digits they are shown with


def main() -> None:
    """Print the table, or JSON."""
    asked = _arguments()
    pack = load_pack(asked.pack or bundled())
    files = {path.name: read_golds(path) for path in asked.files}
    questions = [gold.question for golds in files.values() for gold in golds]
    learned = _learned(pack, asked.strength)
    measured = {
        "tutor": alone("tutor", str(asked.pack) if asked.pack else None, questions),
        "rival": _rival(learned, questions),
    }
    topic_of = {name: entry.topic for name, entry in pack.entries.items()}
    rows = [row for name, performance in measured.items() for row in _rows(name, performance, files, topic_of)]
    report = {"rival's C": learned.strength, "rows": rows}
    print(
        json.dumps(report, indent=2)
        if asked.as_json
        else f"rival's C: {learned.strength:g}\n\n{table(rows, digits=COSTS)}"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rival", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a .jsonl of questions with gold")
    parser.add_argument("--pack", type=Path, metavar="FOLDER", help="another pack than the bundled one")
    parser.add_argument("--strength", type=float, metavar="C", help="the rival's C, instead of cross-validation")
    parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON")
    return parser.parse_args()


def _learned(pack: Pack, strength: float | None) -> Learned:
    taught = list(examples_of(pack))
    texts, classes = [one.text for one in taught], [one.entry or one.group for one in taught]
    return learn(Encoder().encode(texts), classes, strength)


def _rival(learned: Learned, questions: Sequence[str]) -> Performance:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "learned.npz"
        learned.save(path)
        return alone("rival", str(path), questions)


def _rows(
    name: str, performance: Performance, files: Mapping[str, Sequence[Gold]], topic_of: Mapping[str, str]
) -> Iterable[dict[str, Any]]:
    """Yield a row for each file and each measure of confidence."""
    costs = dict(zip(COSTS, (performance.milliseconds, performance.start, performance.megabytes), strict=True))
    start = 0
    for file, golds in files.items():
        opinions = performance.opinions[start : start + len(golds)]
        start += len(golds)
        for measure in opinions[0].confidences:
            ranked = [Ranked(tuple(opinion.entries), opinion.confidences[measure]) for opinion in opinions]
            scores = {metric: number(value) for metric, value in scored(golds, ranked, topic_of).items()}
            yield {"file": file, "router": name, "confidence": measure, **scores, **costs}


if __name__ == "__main__":
    main()
