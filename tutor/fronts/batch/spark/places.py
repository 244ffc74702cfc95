"""Places: folders that Spark can reach, on whatever file system, through Hadoop's own way to files."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@dataclass(frozen=True)
class Found:
    """A file: its path, its size in bytes, and when it was written, in milliseconds."""

    path: str
    size: int
    written: int


class Place:
    """A folder or file of a file system that Spark reaches."""

    def __init__(self, spark: "SparkSession", path: str) -> None:
        self._spark, self.path = spark, path
        hadoop = self._hadoop
        self._at = hadoop.fs.Path(path)
        self._system = self._at.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration())

    @property
    def _hadoop(self) -> Any:
        return self._spark.sparkContext._jvm.org.apache.hadoop  # type: ignore[union-attr]

    def __truediv__(self, name: str) -> "Place":
        return Place(self._spark, f"{self.path.rstrip('/')}/{name}")

    def exists(self) -> bool:
        """Say whether there is anything here."""
        return bool(self._system.exists(self._at))

    def is_file(self) -> bool:
        """Say whether a file is here."""
        return bool(self.exists() and self._system.getFileStatus(self._at).isFile())

    def names(self) -> list[str]:
        """Return the names in this folder, in alphabetical order; none when there is no such folder."""
        if not self.exists():
            return []
        return sorted(status.getPath().getName() for status in self._system.listStatus(self._at))

    def files(self) -> Iterator[Found]:
        """Yield the files here and below, in the order of their paths, but for those that Spark takes for hidden."""
        if self.is_file():
            yield _found(self._system.getFileStatus(self._at))
            return
        inside = (status for status in self._system.listStatus(self._at))
        for status in sorted(inside, key=lambda one: str(one.getPath())):
            if status.getPath().getName().startswith(("_", ".")):
                continue
            if status.isFile():
                yield _found(status)
            else:
                yield from Place(self._spark, str(status.getPath())).files()

    def read(self) -> dict[str, Any] | None:
        """Return the JSON in this file, None when there is none."""
        if not self.exists():
            return None
        stream = self._system.open(self._at)
        try:
            said: dict[str, Any] = json.loads(bytes(stream.readAllBytes()))
        except ValueError:
            return None
        finally:
            stream.close()
        return said

    def write(self, said: dict[str, Any]) -> None:
        """Write JSON into this file, which is there whole or as before."""
        draft = Place(self._spark, f"{self.path}.draft")
        stream = draft._system.create(draft._at, True)
        try:
            stream.write(bytearray(json.dumps(said, indent=2).encode()))
        finally:
            stream.close()
        options = self._spark.sparkContext._gateway.new_array(self._hadoop.fs.Options.Rename, 1)  # type: ignore[union-attr]
        options[0] = self._hadoop.fs.Options.Rename.OVERWRITE
        context = self._hadoop.fs.FileContext.getFileContext(
            self._at.toUri(), self._spark.sparkContext._jsc.hadoopConfiguration()
        )  # fmt: skip
        context.rename(context.makeQualified(draft._at), context.makeQualified(self._at), options)

    def begin(self) -> None:
        """Make this folder, empty."""
        self.delete()
        self._system.mkdirs(self._at)

    def move(self, target: "Place") -> None:
        """Move what is here to *target*."""
        if not self._system.rename(self._at, target._at):
            raise OSError(f"{self.path}: cannot be moved to {target.path}")

    def delete(self) -> None:
        """Take away what is here, with all below it."""
        self._system.delete(self._at, True)


def _found(status: Any) -> Found:
    return Found(str(status.getPath()), int(status.getLen()), int(status.getModificationTime()))
