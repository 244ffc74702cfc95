"""A bot process: `tutor slack`, started as a user starts it, against the fake."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, ClassVar, Self

from tests.conftest import TEA
from tests.slack.app import App, installed
from tests.slack.fake import FakeSlack
from tests.slack.workspace import PATIENCE
from tutor import Tutor

_ROOT = Path(__file__).parents[2]


class Bot:
    """One process of `tutor slack` on the tea pack; *folder* gets its store, unless another is named, and its log."""

    cache: ClassVar[Path | None] = None  #: where all of them keep what they learn; None for the user's own cache

    def __init__(
        self, slack: FakeSlack, folder: Path, *arguments: str, store: str = "", pack: Path | None = TEA
    ) -> None:
        self.slack, self.store = slack, store or str(folder / "store.db")
        self._log = folder / f"log-{len(list(folder.glob('log-*')))}.jsonl"
        chosen = ["--pack", str(pack)] if pack else []
        self._command = [sys.executable, "-m", "tutor", "slack", *chosen, "--store", self.store, *arguments]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        """Start the process and wait until it listens; over HTTP the fake sends to it from then on."""
        before = len(self.logged("running"))
        self.begin()
        self.until(lambda: len(self.logged("running")) > before, "running")
        if "--http" in self._command:
            self.slack.over_http(f"http://{self.address()}/slack/events")
        return self

    def begin(self) -> None:
        """Start the process, and do not wait."""
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command, stdout=log, stderr=log, cwd=_ROOT, env=_environment() | self.slack.environment()
            )

    def until(self, true: Any, what: str) -> None:
        """Wait until *true* gives something true; fail when the process ends or it takes too long."""
        limit = time.monotonic() + PATIENCE
        while not true():
            assert self.process
            assert self.process.poll() is None, f"the bot ended: {self.log()}"
            assert time.monotonic() < limit, f"waited in vain for {what}: {self.log()}"
            time.sleep(0.02)

    def address(self) -> str:
        """Return the host and port where it listens for all that it was given the same HOST:PORT for."""
        self.until(lambda: self.logged("listening"), "listening")
        return str(self.logged("listening")[-1]["address"])

    def kill(self) -> None:
        """End the process as a crash does, at once."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Tell the process to end, and return its exit code."""
        return self._end(signal.SIGTERM)

    def signal(self, number: int) -> None:
        """Send a signal, such as SIGSTOP, to the process."""
        assert self.process
        self.process.send_signal(number)

    def _end(self, number: int) -> int:
        assert self.process
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def log(self) -> str:
        """Return what the process has written."""
        return self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""

    def logged(self, said: str) -> list[dict[str, Any]]:
        """Return the lines of the log that say *said*."""
        lines = [
            json.loads(line)
            for line in self.log().splitlines(keepends=True)
            if line.startswith("{") and line[-1] == "\n"
        ]
        return [line for line in lines if line["said"] == said]

    def must_have_been_discreet(self, *words: str) -> None:
        """Fail when the log holds a secret, one of the *words* that somebody said, or a traceback."""
        log, app = self.log(), self.slack.app
        assert self.logged("running")
        for hidden in (app.bot_token, app.app_token, app.signing_secret, *words, "Traceback"):
            assert hidden not in log

    def __enter__(self) -> Self:
        try:
            return self.start()
        except BaseException:
            self.kill()
            raise

    def __exit__(self, *_: object) -> None:
        self._end(signal.SIGKILL)


def _environment() -> dict[str, str]:
    return os.environ | ({"XDG_CACHE_HOME": str(Bot.cache)} if Bot.cache else {})


def knows(learned: Tutor) -> None:
    """Let every bot have what is *learned*, so that it need not learn it again."""
    assert Bot.cache
    folder = Bot.cache / "scenario-tutor"
    folder.mkdir(exist_ok=True)
    learned.save(folder / f"{learned.weights.key}.weights")


def tutor(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command `tutor` to its end."""
    command = [sys.executable, "-m", "tutor", *arguments]
    return subprocess.run(
        command,
        cwd=_ROOT,
        env=_environment() | environment,
        text=True,
        capture_output=True,
        timeout=2 * PATIENCE,
        check=False,
    )


def as_its_manifest_says() -> App:
    """Return the app that somebody gets who pastes what `tutor slack manifest` prints."""
    done = tutor("slack", "manifest", "--json")
    assert done.returncode == 0, done.stderr
    return installed(json.loads(done.stdout))
