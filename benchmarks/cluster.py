"""A Spark cluster on this machine: a master and a few workers on loopback, and their executors, to be killed."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import children

_PATIENCE = 30.0  #: seconds in which a process ends that was told to


@dataclass(frozen=True)
class Cluster:
    """A cluster that runs: the address of its master, and the processes of its workers."""

    address: str
    workers: tuple[int, ...]

    def executors(self) -> list[int]:
        """Return the processes in which tasks run."""
        return [child for worker in self.workers for child in children(worker)]

    def kill_an_executor(self) -> None:
        """Kill one of the processes in which tasks run, hard."""
        os.kill(self.executors()[0], signal.SIGKILL)


@contextlib.contextmanager
def cluster(folder: Path, *, workers: int = 2, memory: str = "1g") -> Iterator[Cluster]:
    """Start a master and some *workers* of one core, which work in *folder*, and end them afterwards."""
    import pyspark

    port = _free_port()
    address = f"spark://127.0.0.1:{port}"
    program = str(Path(pyspark.__file__).parent / "bin" / "spark-class")
    at_home = ["--host", "127.0.0.1", "--webui-port", "0"]
    master = [program, "org.apache.spark.deploy.master.Master", *at_home, "--port", str(port)]
    worker = [program, "org.apache.spark.deploy.worker.Worker", *at_home, "--cores", "1", "--memory", memory, address]
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_WORKER_DIR": str(folder)}
    with contextlib.ExitStack() as ending:
        started = [ending.enter_context(_started(command, environment)) for command in (master, *[worker] * workers)]
        yield Cluster(address, tuple(process.pid for process in started[1:]))


@contextlib.contextmanager
def _started(command: list[str], environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(folder: Path, pattern: str, process: "subprocess.Popen[str]") -> None:
    """Wait until there is a file of this *pattern* in *folder* or below, or *process* has ended."""
    while process.poll() is None and not any(folder.rglob(pattern)):
        time.sleep(0.02)
