"""A PostgreSQL server of our own for tests: made in a temporary folder, reached by a socket in it, gone at the end."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

USER = "postgres"  #: of the system, when the tests run as root, which the server refuses
_SETTINGS = ("listen_addresses=", "fsync=off", "full_page_writes=off", "max_connections=200", "log_min_messages=fatal")


@dataclass(frozen=True)
class Cluster:
    """A server that runs, reached by the socket in *folder*; its superuser is tutor, with *password*."""

    folder: Path
    password: str

    def url(self, name: str = "postgres", *, password: str | None = None) -> str:
        """Return the URL of the database called *name*."""
        return f"postgresql://tutor:{password or self.password}@/{name}?host={self.folder}"

    def fresh(self) -> str:
        """Make a schema, which is quicker than a database; return the URL that leads to it."""
        name = self._make("SCHEMA")
        return f"{self.url()}&options=-csearch_path%3D{name}"

    def database(self) -> str:
        """Make a database; return its URL."""
        return self.url(self._make("DATABASE"))

    def _make(self, what: str) -> str:
        name = f"test_{secrets.token_hex(8)}"
        self.run(f"CREATE {what} {name}")
        return name

    def run(self, statement: str) -> None:
        """Run one statement."""
        import psycopg

        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement.encode())

    def start(self) -> None:
        """Start the server, and wait until it can be reached."""
        self._control("start", "-l", str(self.folder / "log"), "-o", _options(self.folder))

    def stop(self) -> None:
        """Stop the server, breaking every connection."""
        self._control("stop", "-m", "immediate")

    def _control(self, *arguments: str) -> None:
        _run(["pg_ctl", "-D", str(self.folder / "data"), "-w", *arguments])


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest where there are several; None where there is none."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name))
    return kept[-1].parent if kept else None


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Start a server, and stop it at the end, whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="tutor-pg-", dir="/tmp"))  # short: so must a socket's path be
    made = Cluster(folder, secrets.token_urlsafe(12))
    try:
        _make(made)
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make(made: Cluster) -> None:
    secret = made.folder / "password"
    secret.write_text(made.password, encoding="utf-8")
    if os.geteuid() == 0:
        shutil.chown(made.folder, USER)
        shutil.chown(secret, USER)
    options = ["--auth=scram-sha-256", "--username=tutor", "--encoding=UTF8", "--locale=C", "--no-sync"]
    _run(["initdb", "-D", str(made.folder / "data"), f"--pwfile={secret}", *options])


def _options(folder: Path) -> str:
    return f"-k {folder} " + " ".join(f"-c {setting}" for setting in _SETTINGS)


def _run(command: Sequence[str]) -> None:
    home = programs()
    assert home
    full = [str(home / command[0]), *command[1:]]
    full = ["runuser", "-u", USER, "--", *full] if os.geteuid() == 0 else full
    subprocess.run(full, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
