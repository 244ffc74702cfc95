"""The model that MLflow loads: questions as a table in, rows as a table out. MLflow runs this file."""

from typing import Any

import pandas as pd  # not only for type checkers: MLflow reads the hints of predict
from mlflow.models import set_model
from mlflow.pyfunc.model import PythonModel

from tutor.fronts.batch.pyfunc.rows import answered
from tutor.tutor import Tutor


class TutorModel(PythonModel):
    """Answers a table of questions by the weights among the model's artifacts."""

    def load_context(self, context: Any) -> None:
        """Load the tutor, once for each process."""
        self._tutor = Tutor.restore(context.artifacts["weights"])

    def predict(self, context: Any, model_input: pd.DataFrame, params: Any = None) -> pd.DataFrame:  # noqa: ARG002
        """Return a row for each question, in order."""
        return answered(self._tutor, model_input)


set_model(TutorModel())
