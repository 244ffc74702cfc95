"""Shipping: what a tutor knows, and where it is missing its code, on the way to Spark's workers, once a session."""

import zipfile
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tutor.tutor import Tutor

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_FIXED = (1980, 1, 1, 0, 0, 0)  #: the date of all files of code, so that equal code gives equal bytes


def ship(spark: "SparkSession", tutor: Tutor, *, code: bool) -> str:
    """Let the workers of *spark* have the weights of *tutor*, and with *code* this package; return the file's name."""
    weights = kept_folder() / f"tutor-{tutor.weights.key}-{_digest(bytes(tutor.weights.raw))}.weights"
    if not weights.exists():
        tutor.save(weights)
    spark.addArtifacts(str(weights), file=True)
    if code:
        spark.addArtifacts(str(_zipped(kept_folder())), pyfile=True)
    return weights.name


@cache
def _kept() -> "TemporaryDirectory[str]":
    return TemporaryDirectory(prefix="tutor-spark-")


def kept_folder() -> Path:
    """Return a folder for what workers fetch whenever they begin: it is there until this process ends."""
    return Path(_kept().name)


def _zipped(folder: Path) -> Path:
    """Return a zip of this package's code in *folder*."""
    package = Path(str(files("tutor")))
    content = {path.relative_to(package.parent).as_posix(): path.read_bytes() for path in sorted(package.rglob("*.py"))}
    digest = _digest(b"".join(name.encode() + code for name, code in content.items()))
    zipped = folder / f"tutor-{digest}.zip"
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, code in content.items():
            archive.writestr(zipfile.ZipInfo(name, _FIXED), code)
    return zipped


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=6).hexdigest()
