"""The session: Spark started for one batch, on a master that the command names, and ended with it."""

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tutor.errors import BatchError
from tutor.fronts.batch.spark.java import must_have_java
from tutor.fronts.batch.spark.shipping import kept_folder

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_LONGEST = 300  #: characters of what Spark complains about that are shown
_LOOPBACK = ("127.", "localhost", "[::1]")
_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "10000",
    "spark.sql.session.timeZone": "UTC",
    "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "true",
}
_SILENT = """rootLogger.level = off
rootLogger.appenderRef.stderr.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
logger.gateway.name = org.apache.spark.api.python.PythonGatewayServer
logger.gateway.level = off
"""  #: with an appender, or else Spark takes it for no configuration at all


@contextlib.contextmanager
def session(master: str) -> Iterator["SparkSession"]:
    """Yield a session on *master*, stopped at the end; a BatchError where Spark, its Java or the master is missing.

    On this machine nothing listens beyond loopback.
    """
    must_have_java()
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise BatchError("Spark is not installed; pip install 'scenario-tutor[spark]'") from None
    if running := SparkSession.getActiveSession():
        yield running  # somebody else's: a notebook's, for example
        return
    builder = SparkSession.builder.master(master).appName("tutor batch")
    for name, value in {**_SETTINGS, **_silence(), **_at_home(master)}.items():
        builder = builder.config(name, value)
    try:
        spark = builder.getOrCreate()
    except (PySparkException, Py4JError, RuntimeError) as error:
        raise BatchError(f"--master {master}: {_first_line(error)}") from None
    try:
        yield spark
    finally:
        spark.stop()


def _at_home(master: str) -> dict[str, str]:
    """Return what holds where the *master* is on this machine: loopback alone, and this Python."""
    host = master.partition("://")[2]
    if not (master.startswith("local") or host.startswith(_LOOPBACK)):
        return {}
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    return {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}


def _silence() -> dict[str, str]:
    """Return what keeps Spark's own log from the terminal, unless somebody configures Spark."""
    if "SPARK_CONF_DIR" in os.environ:
        return {}
    said = kept_folder() / "log4j2.properties"
    said.write_text(_SILENT, encoding="utf-8")
    return {"spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={said.as_uri()}"}


def _first_line(error: Exception) -> str:
    """Return what is wrong in one line: what Java says of it, where it comes from there."""
    java = getattr(error, "java_exception", None)
    said = str(java.getMessage() or java) if java is not None else str(error)
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[0][:_LONGEST] if lines else type(error).__name__


@contextlib.contextmanager
def clear_errors() -> Iterator[None]:
    """Turn what Spark complains about into a BatchError of one line."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise BatchError(f"Spark: {_first_line(error)}") from None
