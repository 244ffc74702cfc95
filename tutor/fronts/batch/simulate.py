"""Files of simulated learners: read, sent through the tutor, and used to find what no test would miss."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from tutor import ablation
from tutor.ablation import Ablation
from tutor.errors import Fault
from tutor.evaluation import read_gold
from tutor.folder import bounded_bytes
from tutor.fronts.batch.readers import whole
from tutor.learner import LearnerError, Roll, must_fit, read_learners
from tutor.pack import load_pack
from tutor.simulation import Simulated, simulate_all
from tutor.tutor import Tutor

MOST_FILES = 500

Told = Callable[[str], None]


def load_learners(paths: Iterable[Path]) -> Roll:
    """Return the learners in files and folders of YAML; a LearnerError names every fault of them."""
    found = {str(path): path for named in paths for path in _files(named)}
    if len(found) > MOST_FILES:
        raise LearnerError(
            [Fault(next(iter(found)), None, "", f"{len(found)} files", f"at most {MOST_FILES} are read")]
        )
    return read_learners({name: _bytes(path) for name, path in found.items()})


def simulate(load: Callable[[], Tutor], paths: Sequence[Path]) -> list[Simulated]:
    """Return how the dialogue of every learner in *paths* goes; the tutor is loaded once the files have been read."""
    roll = load_learners(paths)
    tutor = load()
    must_fit(roll, tutor.pack)
    return simulate_all(roll.learners, tutor.respond, tutor.pack)


def ablate(
    load: Callable[[], Tutor], folder: Path, *, questions: Sequence[Path], learners: Sequence[Path], told: Told
) -> Ablation:
    """Return what the *questions* with gold and the *learners* would not miss of the pack in *folder*.

    *load* gives the tutor of the same folder; the files are read before. *told* hears of progress.
    """
    golds = [read_gold(columns, number) for path in questions for number, columns in whole(path)]
    roll = load_learners(learners) if learners else Roll({}, {})
    pack = load_pack(folder)
    must_fit(roll, pack)
    tutor = load()
    return ablation.ablate(pack, tutor.weights, golds, simulate_all(roll.learners, tutor.respond, pack), told)


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    inside = sorted(file for file in path.rglob("*.y*ml") if file.suffix in (".yaml", ".yml") and file.is_file())
    if not inside:
        raise LearnerError([Fault(str(path), None, "", "holds no file of learners", "their names end in .yaml")])
    yield from inside


def _bytes(path: Path) -> bytes:
    try:
        return bounded_bytes(path)
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
        raise LearnerError([Fault(str(path), None, "", problem, "name a file of learners")]) from None
