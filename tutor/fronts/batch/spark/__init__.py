"""Batches past one machine: Apache Spark answers, in a notebook or job by `answer`, for the command by `run`."""

from tutor.fronts.batch.spark.frames import answer
from tutor.fronts.batch.spark.run import Wishes, run

__all__ = ["Wishes", "answer", "run"]
