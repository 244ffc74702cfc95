"""The tutor as an MLflow model, for real: it loads, predicts, is served and runs on Spark."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from tests.conftest import TEA
from tutor import Tutor
from tutor.cli import main
from tutor.errors import BatchError
from tutor.fronts.batch.pyfunc import export
from tutor.row import FIELDS

if TYPE_CHECKING:
    import pandas as pd

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::UserWarning:mlflow.types.type_hints"),
]

SENCHA, WHICH = "What temperature does sencha need?", "Which tea should I brew?"
QUIET = {**os.environ, "MLFLOW_DISABLE_TELEMETRY": "true", "MLFLOW_TRACKING_URI": "sqlite://"}


@pytest.fixture(scope="module")
def model(tea: Tutor, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "tea-model"
    export(tea, folder)
    return folder


def loaded(model: Path) -> Any:
    import mlflow.pyfunc

    return mlflow.pyfunc.load_model(str(model))


def rows(told: "pd.DataFrame") -> list[dict[str, Any]]:
    return list(told.to_dict("records"))


def test_a_model_is_a_folder_of_code_weights_and_what_they_need(model: Path, tea: Tutor) -> None:
    import yaml

    about = yaml.safe_load((model / "MLmodel").read_text())
    needs = [line.partition("==")[0] for line in (model / "requirements.txt").read_text().splitlines()]
    assert needs == ["mlflow-skinny", "numpy", "pandas", "platformdirs", "pystemmer", "rapidfuzz", "scipy"]
    assert about["metadata"] == {"pack": tea.pack.stamp}
    assert about["flavors"]["python_function"]["artifacts"]["weights"]["path"] == "artifacts/tutor.weights"
    assert (model / "code" / "tutor" / "tutor.py").is_file()
    assert not list(model.rglob("*.pkl"))
    assert sorted(path.name for path in model.parent.iterdir()) == ["tea-model"]


def test_a_loaded_model_answers_as_the_tutor_does(model: Path, tea: Tutor) -> None:
    import pandas as pd

    asked = pd.DataFrame(
        {"question": [SENCHA, WHICH, WHICH, ""], "hour": [None, "night", "noon", None], "id": list("abcd")}
    )
    told = loaded(model).predict(asked)
    assert list(told.columns) == list(FIELDS)
    first, second, third, fourth = rows(told)
    assert first == tea.answer_row(SENCHA, row_id="a").to_dict()
    assert second == tea.answer_row(WHICH, row_id="b", known={"hour": "night"}).to_dict()
    assert (third["status"], third["error"]) == ("error", "row 3: slot hour has no value noon; known: morning, night")
    assert fourth["status"] == "declined"


def test_a_table_keeps_its_index_and_may_have_nothing_but_questions(model: Path) -> None:
    import pandas as pd

    told = loaded(model).predict(pd.DataFrame({"question": [SENCHA, "hello"]}, index=[7, 3]))
    assert list(told.index) == [7, 3]
    assert list(told["status"]) == ["answered", "declined"]


def test_a_table_without_questions_is_refused_by_the_signature(model: Path) -> None:
    import pandas as pd
    from mlflow.exceptions import MlflowException

    with pytest.raises(MlflowException, match="missing inputs \\['question'\\]"):
        loaded(model).predict(pd.DataFrame({"qestion": [SENCHA]}))


def test_another_process_needs_nothing_but_the_folder(model: Path, tmp_path: Path) -> None:
    code = (
        "import sys, pandas, mlflow.pyfunc; model = mlflow.pyfunc.load_model(sys.argv[1]); "
        "print(model.predict(pandas.DataFrame({'question': [sys.argv[2]]}))['entry'][0]); "
        "import tutor; print(tutor.__file__)"
    )
    environment = {name: value for name, value in QUIET.items() if name != "PYTHONPATH"}
    ran = subprocess.run(
        [sys.executable, "-c", code, str(model), SENCHA], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    entry, file = ran.stdout.splitlines()[-2:]
    assert entry == "fact.green-tea"
    assert file.startswith(str(model / "code"))


def asked(port: int, question: str) -> Any:
    body = json.dumps({"dataframe_records": [{"question": question}]}).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}/invocations", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
        return json.loads(response.read())["predictions"]


@pytest.fixture
def served(model: Path) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = [sys.executable, "-m", "uvicorn", "mlflow.pyfunc.scoring_server.app:app", "--host", "127.0.0.1"]
    environment = {**QUIET, "__pyfunc_model_path__": str(model)}
    process = subprocess.Popen([*server, "--port", str(port)], env=environment, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/ping", timeout=5)
                break
            except (urllib.error.URLError, ConnectionError):
                assert process.poll() is None
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def test_a_served_model_answers_over_http(served: int, tea: Tutor) -> None:
    (row,) = asked(served, SENCHA)
    assert row == json.loads(json.dumps(tea.answer_row(SENCHA).to_dict()))


def test_a_model_runs_on_spark(model: Path) -> None:
    import mlflow.pyfunc
    from pyspark.sql import functions as sql

    from tutor.fronts.batch.spark.session import session

    with session("local[2]") as spark:
        answer = mlflow.pyfunc.spark_udf(
            spark, str(model), result_type="status string, entry string, confidence double", env_manager="local"
        )
        frame = spark.createDataFrame([(1, SENCHA), (2, "capital of Peru")], "id int, question string")
        told = frame.withColumn("row", answer(sql.struct("question"))).select("id", "row.*").orderBy("id").collect()
    assert [(row["id"], row["status"], row["entry"]) for row in told] == [
        (1, "answered", "fact.green-tea"),
        (2, "declined", None),
    ]
    assert told[0]["confidence"] > 0.5


def test_nobody_is_told_that_a_model_was_made(model: Path) -> None:
    from mlflow.telemetry import get_telemetry_client

    assert model.exists()
    assert get_telemetry_client() is None


def test_a_folder_that_is_there_is_not_written_over(model: Path, tea: Tutor) -> None:
    with pytest.raises(BatchError) as error:
        export(tea, model)
    assert str(error.value) == f"{model}: is there already; name a new folder"


def test_a_place_that_cannot_be_written_is_one_clear_error_and_leaves_nothing(tea: Tutor, tmp_path: Path) -> None:
    with pytest.raises(BatchError) as error:
        export(tea, tmp_path / "nowhere" / "model")
    assert str(error.value) == f"{tmp_path}/nowhere/model: cannot be written: No such file or directory"
    assert list(tmp_path.iterdir()) == []


def test_the_command_exports(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["export", "mlflow", str(tmp_path / "model"), "--pack", str(TEA)])
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (0, f"{tmp_path}/model: an MLflow model")
    assert (tmp_path / "model" / "MLmodel").is_file()
