"""A pack several times as large as another, its copies in made-up words: `python -m benchmarks.large FOLDER`."""

import argparse
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.pseudo import Renamer, Vocabulary, known_words
from tutor.folder import bundled, read_files
from tutor.forms import _FORM_OF

_UNITS = (
    "rows row records record users events ms millisecond milliseconds second seconds minute minutes hour hours day "
    "days week weeks "
    "kb mb gb tb gigabyte gigabytes terabyte terabytes thousand million millions billion billions percent"
)  #: what the grammar of amounts reads
_SHORTENED = "don doesn didn isn aren wasn weren won wouldn couldn shouldn hasn haven ll re ve"
_AS_IT_IS = frozenset(("citations", "references", "kind", "unit", "small", "large"))
_IDS = frozenset(("id", "topic", "see_also", "agrees_with", "overview", "outcome", "slots"))

Raw = Any  #: what YAML holds


@dataclass(frozen=True)
class Copy:
    """One copy of a pack: the first keeps all ids and words, the others have a number in ids and words of their own."""

    number: int
    renamer: Renamer

    def name(self, name: str) -> str:
        """Return the id *name* as this copy has it."""
        return name if self.number == 1 else f"{name}-{self.number}"

    def named(self, raw: Mapping[str, Raw]) -> dict[str, Raw]:
        """Return *raw*, whose keys are ids, as this copy has it."""
        return {self.name(key): self.all(value) for key, value in raw.items()}

    def all(self, raw: Raw, key: str = "") -> Raw:
        """Return what stands below *key* as this copy has it."""
        match raw:
            case _ if self.number == 1 or key in _AS_IT_IS:
                return raw
            case dict() if key in ("intents", "decisions"):
                return self.named(raw)
            case dict() if key == "when":
                return {self.name(slot): values for slot, values in raw.items()}
            case dict() if key == "signs":
                return {self.renamer.rename(side): self.all(signs) for side, signs in raw.items()}
            case dict():
                return {inner: self.all(value, inner) for inner, value in raw.items()}
            case list():
                return [self.all(value, key) for value in raw]
            case str():
                return self.name(raw) if key in _IDS else self.renamer.rename(raw)
            case _:
                return raw


def main() -> None:
    """Write the pack and say how many files it has."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where to write; must be empty or absent")
    parser.add_argument("--pack", type=Path, metavar="FOLDER", help="the pack to copy instead of the bundled one")
    parser.add_argument("--times", type=int, default=10, help="how many times as large")
    parser.add_argument("--examples", type=int, default=40, help="about how many examples an entry keeps")
    parser.add_argument("--seed", type=int, default=1, help="which words are made up")
    asked = parser.parse_args()
    if asked.folder.exists() and any(asked.folder.iterdir()):
        parser.error(f"{asked.folder} is not empty")
    count = write(asked.pack or bundled(), asked.folder, times=asked.times, examples=asked.examples, seed=asked.seed)
    print(f"{count} files in {asked.folder}")


def write(source: Path, target: Path, *, times: int, examples: int = 40, seed: int = 1) -> int:
    """Write the pack in *source*, *times* as large, into *target*; return the number of files.

    Each entry keeps about so many *examples*, evenly over the styles. Small talk, replies, sources and what is outside
    stay as they are. The same arguments give the same files.
    """
    files = enlarged(read_files(source), times=times, examples=examples, seed=seed)
    for name, content in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return len(files)


def enlarged(files: Mapping[str, bytes], *, times: int, examples: int, seed: int) -> dict[str, bytes]:
    """Return the pack *files* of a pack *times* as large."""
    raws = {name: yaml.load(content, yaml.CSafeLoader) for name, content in files.items()}
    vocabulary, kept = Vocabulary(known_words(_texts(raws)), seed), frame_words()
    copies = [Copy(number, vocabulary.renamer(kept)) for number in range(1, times + 1)]
    merged = {name: _MERGED[name](raw, copies) for name, raw in raws.items() if name in _MERGED}
    copied = {
        f"{folder}/{copy.name(stem)}.yaml": copy.all(_fewer(raw, examples))
        for name, raw in raws.items()
        for folder, stem in [_parted(name)]
        if _is_copied(name)
        for copy in copies
    }
    return {**files, **{name: _dumped(raw) for name, raw in (merged | copied).items()}}


def frame_words() -> frozenset[str]:
    """Return the words that copies share: stop words, the frames of questions, and units."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    frames = re.findall(r"[a-z]+", " ".join(_FORM_OF))
    return frozenset((*ENGLISH_STOP_WORDS, *frames, *_UNITS.split(), *_SHORTENED.split()))


def _parted(name: str) -> tuple[str, str]:
    folder, _, file = name.rpartition("/")
    return folder, file.rpartition(".")[0]


def _is_copied(name: str) -> bool:
    folder, stem = _parted(name)
    single = ("talk", "outside", "decisions", "replies")
    return folder in ("knowledge/topics", "knowledge/decisions") or (folder == "intents" and stem not in single)


def _fewer(raw: Raw, examples: int) -> Raw:
    """Return a file of questions with about so many *examples* an entry; other files as they are."""
    if "intents" not in raw:
        return raw
    fewer = {
        entry: {style: asked[: max(1, examples // len(styles))] for style, asked in styles.items()}
        for entry, styles in raw["intents"].items()
    }
    return {**raw, "intents": fewer}


def _about(raw: Raw, copies: list[Copy]) -> Raw:
    return {**raw, "name": f"{raw['name']}-x{len(copies)}"}


def _terms(raw: Raw, copies: list[Copy]) -> Raw:
    terms = [copy.all(term) for copy in copies for term in raw["terms"]]
    return {"terms": list({term["name"]: term for term in terms}.values())}


def _slots(raw: Raw, copies: list[Copy]) -> Raw:
    return {"slots": {name: slot for copy in copies for name, slot in copy.named(raw["slots"]).items()}}


def _openings(raw: Raw, copies: list[Copy]) -> Raw:
    return {"decisions": {name: asked for copy in copies for name, asked in copy.named(raw["decisions"]).items()}}


_MERGED = {
    "knowledge/pack.yaml": _about,
    "knowledge/terms.yaml": _terms,
    "knowledge/slots.yaml": _slots,
    "intents/decisions.yaml": _openings,
}


def _texts(raw: Raw) -> Iterator[str]:
    match raw:
        case str():
            yield raw
        case dict() | list():
            for value in raw.values() if isinstance(raw, dict) else raw:
                yield from _texts(value)


def _dumped(raw: Raw) -> bytes:
    said: bytes = yaml.dump(raw, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, encoding="utf-8")
    return said


if __name__ == "__main__":
    main()
