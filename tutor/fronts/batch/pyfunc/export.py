"""Exporting: a folder that MLflow takes for a model, with the tutor's code, its pack and weights, and what it needs."""

import logging
import os
import shutil
import warnings
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tutor.errors import BatchError
from tutor.tutor import Tutor

if TYPE_CHECKING:
    from mlflow.models import ModelSignature

_NEEDS = ("mlflow-skinny", "numpy", "pandas", "platformdirs", "pystemmer", "rapidfuzz", "scipy")  #: to answer
_MODEL = "model.py"
_SETTINGS = {
    "MLFLOW_DISABLE_TELEMETRY": "true",  # before mlflow is imported, which tells its makers otherwise
    "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
}


def export(tutor: Tutor, folder: Path) -> None:
    """Write *tutor* as an MLflow model into the new *folder*, which is there whole or not at all.

    Nothing is asked of the network, and no usage is told to anybody. A BatchError when it cannot be written.
    """
    if folder.exists():
        raise BatchError(f"{folder}: is there already; name a new folder")
    os.environ.update(_SETTINGS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # it advises type hints
        try:
            _write(tutor, folder)
        except ImportError:
            raise BatchError("MLflow is not installed; pip install 'scenario-tutor[mlflow]'") from None
        except OSError as error:
            raise BatchError(f"{folder}: cannot be written: {error.strerror}") from None


def _write(tutor: Tutor, folder: Path) -> None:
    import mlflow.pyfunc
    import pandas as pd

    logging.getLogger("mlflow").setLevel(logging.ERROR)
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as draft:
        made, weights = Path(draft) / "model", Path(draft) / "tutor.weights"
        tutor.save(weights)
        code = _copied(Path(draft) / "code")
        mlflow.pyfunc.save_model(
            made,
            python_model=str(code / "fronts" / "batch" / "pyfunc" / _MODEL),
            artifacts={"weights": str(weights)},
            code_paths=[str(code)],
            pip_requirements=[f"{name}=={version(name)}" for name in _NEEDS],
            signature=_signature(tutor),
            input_example=pd.DataFrame({"question": [tutor.pack.about.sample]}),
            metadata={"pack": tutor.pack.stamp},
        )
        made.rename(folder)


def _copied(folder: Path) -> Path:
    """Return a copy of this package in *folder*: its code alone."""
    package = Path(str(files("tutor")))
    copy = folder / "tutor"
    for path in sorted(package.rglob("*.py")):
        target = copy / path.relative_to(package)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return copy


def _signature(tutor: Tutor) -> "ModelSignature":
    """Return what goes in: a question, and what may come with it."""
    from mlflow.models import ModelSignature
    from mlflow.types import ColSpec, Schema
    from mlflow.types.schema import Array, DataType

    known = [ColSpec("string", name, required=False) for name in ("id", *tutor.pack.slots)]
    options = ColSpec(Array(DataType.string), "options", required=False)
    return ModelSignature(inputs=Schema([ColSpec("string", "question"), *known, options]))
