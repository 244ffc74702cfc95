"""The tutor as an MLflow model: a folder that MLflow loads, serves and hands to Spark."""

from tutor.fronts.batch.pyfunc.export import export

__all__ = ["export"]
