"""What the public benchmarks must reach, and what others publish about them; all in per cent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_LARSON = "Larson et al. 2019"  # An Evaluation Dataset for Intent Classification and Out-of-Scope Prediction, EMNLP

#: task -> measure -> the least that the tutor must reach
FLOORS: dict[str, dict[str, float]] = {
    "CLINC150": {"accuracy": 93.0},
    "CLINC150 out of scope": {"accuracy": 91.0, "recall": 75.0},
    "CLINC150 ten-shot": {"accuracy": 83.0},
    "BANKING77": {"accuracy": 91.5},
    "BANKING77 ten-shot": {"accuracy": 78.0},
}


@dataclass(frozen=True)
class Published:
    """What *source* says of a *system* on CLINC150: in-scope accuracy, rejections counted wrong, and recall outside."""

    system: str
    accuracy: float
    recall: float
    source: str


PUBLISHED = (
    Published("Rasa", 91.5, 45.3, _LARSON),
    Published("Dialogflow", 91.7, 14.0, _LARSON),
    Published("BERT", 96.9, 40.3, _LARSON),
    Published("MLP on USE", 93.5, 47.4, _LARSON),
)


def floor(task: str, measure: str) -> float | None:
    """Return what *measure* of *task* must reach, None where nothing is asked of it."""
    return FLOORS[task].get(measure)


def kept(task: str, measure: str, ours: float) -> str:
    """Say whether *ours* keeps the floor.

    >>> kept("BANKING77", "accuracy", 91.4), kept("CLINC150 out of scope", "AUROC", 96.0)
    ('missed', '')
    """
    least = floor(task, measure)
    return "" if least is None else "kept" if ours >= least else "missed"


def beside(ours: Mapping[str, float]) -> Iterator[dict[str, Any]]:
    """Yield a row for each system on what is outside of CLINC150, *ours* (measure -> value) first."""
    yield {"system": "tutor", "accuracy": ours["accuracy"], "recall": ours["recall"], "source": "this run"}
    for said in PUBLISHED:
        yield {"system": said.system, "accuracy": said.accuracy, "recall": said.recall, "source": said.source}
