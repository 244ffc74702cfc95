"""The Java that Spark runs on: there and new enough, or one line that says how to get it."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from tutor.errors import BatchError

LEAST = 17
_HOW = (
    f"install a Java {LEAST} runtime, for example with apt-get install openjdk-{LEAST}-jre-headless, "
    "and let JAVA_HOME or PATH lead to it"
)
_VERSION = re.compile(r'version "(?:1\.)?(\d+)')
_PATIENCE = 60.0  #: seconds in which Java says its version


def must_have_java() -> None:
    """Raise a BatchError where there is no Java that Spark can run on."""
    java = _java()
    if java is None:
        raise BatchError(f"Spark needs Java, and there is none; {_HOW}")
    version = _version(java)
    if version is not None and version < LEAST:
        raise BatchError(f"Spark needs Java {LEAST}, and {java} is Java {version}; {_HOW}")


def _java() -> str | None:
    """Return the Java that Spark would start: that of JAVA_HOME, or else the first on PATH."""
    home = os.environ.get("JAVA_HOME")
    if home:
        java = Path(home) / "bin" / "java"
        return str(java) if os.access(java, os.X_OK) else None
    return shutil.which("java")


def _version(java: str) -> int | None:
    """Return the version of *java*, None where it does not tell."""
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=_PATIENCE)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = _VERSION.search(told.stderr + told.stdout)
    return int(found[1]) if found else None
