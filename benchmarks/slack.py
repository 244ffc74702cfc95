"""The Slack bot under load and under fire, against the fake Slack of the tests, on this machine alone.

python -m benchmarks.slack --messages 10000 --threads 500 --kills 20

Two runs, each with a store of its own. Load: every thread is opened in the same instant, then messages come at a steady
rate, each into a thread that waits for none, some of the events twice. Fire: messages come while the bot is killed
(kill -9) at random moments and started again. Each ends once every message is answered, or fails when one stays
unanswered for a minute or is answered twice.
"""

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from benchmarks.tables import table
from tests.postgres import cluster
from tests.slack.bot import Bot, as_its_manifest_says
from tests.slack.courier import Delivery
from tests.slack.fake import FakeSlack
from tests.slack.message import Json, Message
from tests.slack.people import Person
from tests.slack.troubles import Limited, Reset, Slow, Status
from tests.test_soak import sayings
from tutor import Tutor

_STUCK = 60.0  #: seconds without any answer after which something is lost
_LATEST = 2.0  #: seconds after which an event that comes twice has come again
_CHANNELS = 50
_MIB = 1024
_FAILING = 0.02  #: share of the posts that meet each kind of trouble, in the run under fire
_P99 = "p99, ms"


def main() -> None:
    """Run both, and print what came of them."""
    asked = _arguments()
    tutor = Tutor.load(asked.pack, told=lambda step: print(f"learning first: {step}", file=sys.stderr))
    words = [text for text in sayings(tutor) if text.strip()]
    rows = []
    if asked.messages:
        rows += load(asked, words)
    if asked.kills:
        rows += fire(asked, words)
    print(json.dumps(dict(rows), indent=2) if asked.json else table([{"what": a, "measured": b} for a, b in rows]))
    if asked.messages and asked.fail_over is not None and dict(rows)[_P99] > asked.fail_over:
        sys.exit(f"{_P99} is over {asked.fail_over:g}")


def _arguments() -> Any:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.slack", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--messages", type=int, default=10_000, help="in the run under load; 0 leaves it out")
    parser.add_argument("--threads", type=int, default=500, help="opened in the same instant")
    parser.add_argument("--rate", type=float, default=40.0, help="messages a second after that")
    parser.add_argument("--redelivered", type=float, default=0.1, help="share of the messages whose events come twice")
    parser.add_argument("--kills", type=int, default=20, help="in the run under fire; 0 leaves it out")
    parser.add_argument("--replicas", type=int, default=1, help="bot processes at once")
    parser.add_argument("--store", choices=["sqlite", "postgresql"], default="sqlite", help="both are on disk")
    parser.add_argument("--http", action="store_true", help="over HTTP instead of Socket Mode (one replica)")
    parser.add_argument("--pack", type=Path, help="another pack than the bundled one")
    parser.add_argument("--seed", type=int, default=1, help="which words, threads and moments")
    parser.add_argument("--fail-over", type=float, metavar="MS", help="exit with 1 where the p99 is longer")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


class Crowd:
    """People who talk with the bot, each in a thread of one's own, and what the bot says to each."""

    def __init__(self, slack: FakeSlack, words: Sequence[str], draw: random.Random, redelivered: float) -> None:
        self._slack, self._words, self._draw, self._redelivered = slack, words, draw, redelivered
        self._tell, slack.workspace.announce = slack.workspace.announce, self._heard
        self.changed = threading.Condition()
        self._people: dict[str, Person] = {}
        self._opened: dict[str, Message] = {}
        self._waiting: dict[str, float] = {}
        self.free: list[str] = []
        self.seconds: list[float] = []
        self.said: Counter[str] = Counter()
        self.answered: Counter[str] = Counter()
        self.repeats = 0

    def opens(self, count: int) -> None:
        """Open so many threads in one instant."""
        for number in range(count):
            person = self._slack.person(f"p{number}")
            opened = self._says(person, f"c{number % _CHANNELS}", None)
            self._people[opened.ts] = person

    def goes_on(self) -> bool:
        """Say one more thing in a thread that waits for nothing; return whether there was one."""
        with self.changed:
            if not self.free:
                return False
            at = self._draw.randrange(len(self.free))
            self.free[at], self.free[-1] = self.free[-1], self.free[at]
            key = self.free.pop()
        self._says(self._people[key], "", self._opened[key])
        return True

    def _says(self, person: Person, channel: str, thread: Message | None) -> Message:
        deliveries = self._slack.courier.deliveries
        first, began = len(deliveries), time.monotonic()
        with self.changed:  # no answer is taken up before the question is written down
            said = person.says(f"@tutor {self._draw.choice(self._words)}", channel, thread)
            self._opened.setdefault(said.thread, said)
            self._waiting[said.thread] = began
            self.said[said.thread] += 1
        if self._draw.random() < self._redelivered:
            self._repeat([one for one in deliveries[first:] if one.payload["event"].get("ts") == said.ts])
        return said

    def _repeat(self, events: list[Delivery]) -> None:
        """Bring *events* once more, at some moment of the next two seconds."""
        self.repeats += 1
        for event in events:
            wait = self._draw.random() * _LATEST
            self._slack.loop.call_soon_threadsafe(
                self._slack.loop.call_later, wait, self._slack.courier.send_again, event
            )

    def _heard(self, message: Message, before: Json | None) -> None:
        self._tell(message, before)
        if message.bot != self._slack.app.bot or before:
            return
        with self.changed:
            key = message.thread
            self.answered[key] += 1
            if began := self._waiting.pop(key, 0.0):
                self.seconds.append(message.at - began)
                self.free.append(key)
            self.changed.notify_all()

    def settle(self) -> None:
        """Wait until nobody waits for an answer, and all repeats have come; fail when nothing has come for a minute."""
        with self.changed:
            while self._waiting:
                if not self.changed.wait(_STUCK):
                    raise SystemExit(f"{len(self._waiting)} messages are without an answer after {_STUCK} s")
        time.sleep(_LATEST)
        self._slack.quiet()
        time.sleep(1)  # for an answer that should not come

    def faults(self) -> list[str]:
        """Return what is not as it should be: threads with too many or too few answers, mistakes, repeated ids."""
        wrong = [f"{key}: {count} said, {self.answered[key]} answered" for key, count in self.said.items()
                 if count != self.answered[key]]  # fmt: skip
        posted = [one for held in self._slack.workspace.messages.values() for one in held.values() if one.bot]
        ids = Counter(json.dumps(one.metadata) for one in posted)
        return [
            *wrong,
            *(f"posted twice: {name}" for name, count in ids.items() if count > 1),
            *map(str, self._slack.workspace.mistakes),
        ]


def load(asked: Any, words: Sequence[str]) -> list[tuple[str, Any]]:
    """Measure how soon messages are answered, and how much memory that takes."""
    with _setting(asked) as (slack, bots):
        crowd = Crowd(slack, words, random.Random(asked.seed), asked.redelivered)
        crowd.opens(asked.threads)
        crowd.settle()
        burst, memory = max(crowd.seconds), [_memory(bots)]
        crowd.seconds.clear()
        for done in _arrivals(asked.messages - asked.threads, asked.rate):
            while not crowd.goes_on():
                time.sleep(0.001)
            if done % 1000 == 0:
                memory.append(_memory(bots))
                print(f"{done} said, {len(crowd.seconds)} answered, {memory[-1]:.0f} MiB", file=sys.stderr)
        crowd.settle()
        memory.append(_memory(bots))
        _must_be_faultless(crowd)
        return [*_pace(asked, crowd, burst), *_sizes(memory)]


def _pace(asked: Any, crowd: Crowd, burst: float) -> Iterator[tuple[str, Any]]:
    taken = sorted(crowd.seconds)
    yield "messages said, and answered exactly once", crowd.said.total()
    yield "messages whose events came twice", crowd.repeats
    yield f"{asked.threads} threads opened in one instant: all answered after, s", round(burst, 2)
    yield "messages a second in that burst", round(asked.threads / burst)
    yield f"then {asked.rate:g} a second: from event to post, p50, ms", round(taken[len(taken) // 2] * 1e3)
    yield _P99, round(taken[int(len(taken) * 0.99)] * 1e3)
    yield "longest, ms", round(taken[-1] * 1e3)


def _sizes(memory: Sequence[float]) -> Iterator[tuple[str, Any]]:
    yield "memory after the burst, MiB a process", round(memory[0])
    yield "memory half way, MiB", round(memory[len(memory) // 2])
    yield "memory at the end, MiB", round(memory[-1])


def fire(asked: Any, words: Sequence[str]) -> list[tuple[str, Any]]:
    """Kill a bot at random moments, start it again, and see that nothing is lost or doubled."""
    draw, began = random.Random(asked.seed), time.monotonic()
    with _setting(asked) as (slack, bots):
        crowd = Crowd(slack, words, random.Random(asked.seed), asked.redelivered)
        _make_trouble(slack, random.Random(asked.seed))
        crowd.opens(asked.threads // 5)
        with _talking(crowd, asked.rate / 2):
            for _ in range(asked.kills):
                time.sleep(draw.uniform(0.05, 2.0))
                bot = draw.choice(bots)
                bot.kill()
                bot.start()
        crowd.settle()
        _must_be_faultless(crowd)
        return [("kills with kill -9, each followed by a start", asked.kills), *_outcome(slack, crowd, began)]


def _outcome(slack: FakeSlack, crowd: Crowd, began: float) -> Iterator[tuple[str, Any]]:
    yield "messages said under fire, and answered exactly once", crowd.said.total()
    yield "posts that Slack made fail", _failed(slack)
    yield "posts looked for because they were in doubt", len(slack.web.called("conversations.replies"))
    yield "longest wait for an answer, s", round(max(crowd.seconds), 1)
    yield "the whole run, s", round(time.monotonic() - began)


def _make_trouble(slack: FakeSlack, draw: random.Random) -> None:
    """Let a few posts fail in every way, and all take longer, so that more are in doubt when the bot is killed."""
    for trouble, after in ((Reset(), True), (Status(500), False), (Limited(1), False)):
        slack.web.troubles.plan(
            "chat.postMessage", trouble, times=10**9, after=after, only=lambda _: draw.random() < _FAILING
        )
    slack.web.troubles.plan("chat.postMessage", Slow(0.05), times=10**9, after=True)


def _failed(slack: FakeSlack) -> int:
    return sum(call.came != "ok" for call in slack.web.called("chat.postMessage"))


@contextmanager
def _talking(crowd: Crowd, rate: float) -> Iterator[None]:
    """Let people go on talking meanwhile, *rate* messages a second."""
    over = threading.Event()

    def talk() -> None:
        while not over.wait(1 / rate):
            crowd.goes_on()

    talking = threading.Thread(target=talk)
    talking.start()
    try:
        yield
    finally:
        over.set()
        talking.join()


@contextmanager
def _setting(asked: Any) -> Iterator[tuple[FakeSlack, list[Bot]]]:
    """Start the fake and the bots; end them whatever happens."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tutor-slack-")))
        store = "" if asked.store == "sqlite" else stack.enter_context(cluster()).fresh()
        slack = stack.enter_context(FakeSlack(as_its_manifest_says()))
        slack.courier.pauses = (0.5,) * 1000
        doors = ("--http", "127.0.0.1:0") if asked.http else ()
        bots = [
            stack.enter_context(Bot(slack, folder, *doors, store=store, pack=asked.pack)) for _ in range(asked.replicas)
        ]
        yield slack, bots


def _arrivals(count: int, rate: float) -> Iterator[int]:
    """Yield the numbers from 1 to *count*, each when its time has come."""
    began = time.monotonic()
    for number in range(1, count + 1):
        time.sleep(max(0.0, began + number / rate - time.monotonic()))
        yield number


def _memory(bots: Sequence[Bot]) -> float:
    """Return the MiB that the largest of the processes holds."""
    sizes = []
    for bot in bots:
        assert bot.process
        lines = Path(f"/proc/{bot.process.pid}/status").read_text(encoding="utf-8").splitlines()
        sizes.append(next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / _MIB)
    return max(sizes)


def _must_be_faultless(crowd: Crowd) -> None:
    if faults := crowd.faults():
        raise SystemExit("\n".join([f"{len(faults)} faults", *faults[:20]]))


if __name__ == "__main__":
    main()
