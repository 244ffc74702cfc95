"""Whatever happens in whatever order, a thread has one holder, no job is done twice, and nothing is lost."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from tests.postgres import Cluster
from tutor.store import Delivery, Hold, Job, Outgoing, Store, open_store

LEASE = 10.0
THREADS = ("a", "b", "c")
WORKERS = ("w1", "w2", "w3")


@dataclass
class Item:
    """An event or a message as the model has it."""

    name: str
    due: float
    handed: bool = False
    unsure: bool = False


@dataclass
class Thread:
    """A thread as the model has it: what waits in it, and who holds it."""

    events: list[Item] = field(default_factory=list)
    messages: list[Item] = field(default_factory=list)
    hold: Hold | None = None
    done: list[str] = field(default_factory=list)

    @property
    def due(self) -> float | None:
        waiting = self.messages or self.events
        return waiting[0].due if waiting else None

    def is_free(self, now: float) -> bool:
        return self.hold is None or self.hold.until <= now

    def counts(self, hold: Hold) -> bool:
        return self.hold is not None and (self.hold.token, self.hold.worker) == (hold.token, hold.worker)


class Machine(RuleBasedStateMachine):
    """A store and a model of it, to which the same happens."""

    def __init__(self, fresh: Callable[[], str]) -> None:
        super().__init__()
        self.store: Store = open_store(fresh())
        self.threads = {name: Thread() for name in THREADS}
        self.now = 0.0
        self.accepted: dict[str, str] = {}
        self.given_up: set[str] = set()
        self.sent: list[str] = []
        self.jobs: list[Job] = []
        self.deliveries: list[Delivery] = []
        self.finished: list[str] = []

    @rule(seconds=st.sampled_from([0.5, 1.0, LEASE / 2, LEASE, 3 * LEASE]))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds

    @rule(thread=st.sampled_from(THREADS), number=st.integers(0, 11))
    def an_event_comes(self, thread: str, number: int) -> None:
        event = f"Ev{number}"
        assert self.store.accept(event, thread, {"text": event}, at=self.now, person="U1") is (
            event not in self.accepted
        )
        if event not in self.accepted:
            self.accepted[event] = thread
            self.threads[thread].events.append(Item(event, self.now))

    @rule(worker=st.sampled_from(WORKERS))
    def a_worker_claims(self, worker: str) -> None:
        free = {
            name: thread.due
            for name, thread in self.threads.items()
            if thread.due is not None and thread.due <= self.now and thread.is_free(self.now)
        }
        claimed = self.store.claim(worker, at=self.now, lease=LEASE)
        if claimed is None:
            assert not free
            return
        assert free[claimed.thread] == min(free.values())
        thread = self.threads[claimed.thread]
        thread.hold = claimed.hold
        if isinstance(claimed, Job):
            assert not thread.messages
            assert claimed.event == thread.events[0].name
            assert claimed.dialogue == ({"done": thread.done} if thread.done else None)
            self.jobs.append(claimed)
        else:
            self._handed(thread, claimed)

    def _handed(self, thread: Thread, delivery: Delivery) -> None:
        for item in thread.messages:
            item.unsure, item.handed = item.unsure or item.handed, True
        told = [(message.id, message.unsure) for message in delivery.messages]
        assert told == [(item.name, item.unsure) for item in thread.messages]
        if delivery.messages:
            self.deliveries.append(delivery)

    @precondition(lambda self: self.jobs)
    @rule(data=st.data(), count=st.integers(0, 2))
    def a_job_is_finished(self, data: st.DataObject, count: int) -> None:
        job = data.draw(st.sampled_from(self.jobs[-3:]))
        thread = self.threads[job.thread]
        outgoing = [Outgoing(job.message(number), {"number": number}) for number in range(count)]
        dialogue = {"done": [*thread.done, job.event]}
        delivery = self.store.finish(job, at=self.now, dialogue=dialogue, outgoing=outgoing, lease=LEASE)
        if not thread.counts(job.hold) or job.event in self.finished:
            assert delivery is None
            return
        assert delivery is not None
        assert thread.events.pop(0).name == job.event
        self.finished.append(job.event)
        thread.done.append(job.event)
        self._goes_out(thread, delivery, outgoing)

    def _goes_out(self, thread: Thread, delivery: Delivery, outgoing: list[Outgoing]) -> None:
        thread.messages += [Item(message.id, self.now) for message in outgoing]
        thread.hold = delivery.hold if thread.messages else None
        self._handed(thread, delivery)

    @precondition(lambda self: self.deliveries)
    @rule(data=st.data())
    def a_message_is_sent(self, data: st.DataObject) -> None:
        delivery = data.draw(st.sampled_from(self.deliveries[-3:]))
        message = data.draw(st.sampled_from(delivery.messages))
        thread = self.threads[delivery.thread]
        self.store.sent(delivery.hold, message.id, "ts")
        before = len(thread.messages)
        thread.messages = [item for item in thread.messages if item.name != message.id]
        self.sent += [message.id] * (before - len(thread.messages))
        self.given_up.discard(message.id)
        if thread.counts(delivery.hold) and not thread.messages:
            thread.hold = None

    @precondition(lambda self: self.deliveries)
    @rule(data=st.data(), later=st.sampled_from([None, 0.0, 5.0]), unsure=st.booleans())
    def a_message_is_put_off(self, data: st.DataObject, later: float | None, unsure: bool) -> None:
        delivery = data.draw(st.sampled_from(self.deliveries[-3:]))
        message = data.draw(st.sampled_from(delivery.messages))
        thread = self.threads[delivery.thread]
        retry_at = None if later is None else self.now + later
        self.store.put_off(delivery.hold, message.id, "reason", retry_at=retry_at, unsure=unsure)
        if not thread.counts(delivery.hold):
            return
        thread.hold = None
        for item in thread.messages:
            item.handed = False
            if item.name == message.id:
                item.unsure, item.due = unsure, self.now if retry_at is None else retry_at
                if retry_at is None:
                    self.given_up.add(item.name)
        thread.messages = [item for item in thread.messages if item.name not in self.given_up]

    @precondition(lambda self: self.jobs or self.deliveries)
    @rule(data=st.data())
    def a_hold_is_renewed(self, data: st.DataObject) -> None:
        held = self._held(data)
        thread = self.threads[held.thread]
        renewed = self.store.renew(held.hold, at=self.now, lease=LEASE)
        assert (renewed is not None) is thread.counts(held.hold)
        if renewed:
            thread.hold = renewed

    def _held(self, data: st.DataObject) -> Job | Delivery:
        held: list[Job | Delivery] = [*self.jobs[-3:], *self.deliveries[-3:]]
        return data.draw(st.sampled_from(held))

    @rule()
    def what_is_due_is_known(self) -> None:
        times = [
            max(thread.due, thread.hold.until if thread.hold else 0.0)
            for thread in self.threads.values()
            if thread.due is not None
        ]
        assert self.store.due() == (min(times) if times else None)
        backlog = self.store.backlog()
        assert backlog.waiting == sum(len(thread.events) for thread in self.threads.values())
        assert backlog.unsent == sum(len(thread.messages) for thread in self.threads.values())
        assert backlog.given_up == len(self.given_up)

    def teardown(self) -> None:
        """Work off all that is left: nothing is lost, nothing was done twice, and all is done in order."""
        try:
            self.now += 1000.0
            for _ in range(200):
                if not (claimed := self.store.claim("last", at=self.now)):
                    break
                if isinstance(claimed, Job):
                    self.finished.append(claimed.event)
                    self.store.finish(claimed, at=self.now)
                else:
                    self.sent += [message.id for message in claimed.messages]
                    for message in claimed.messages:
                        self.store.sent(claimed.hold, message.id, "ts")
            assert sorted([*self.finished, *self.given_up & set(self.accepted)]) == sorted(self.accepted)
            assert len(self.sent) == len(set(self.sent))
            for name in THREADS:
                came = [event for event, thread in self.accepted.items() if thread == name and event in self.finished]
                assert [event for event in self.finished if self.accepted[event] == name] == came
        finally:
            self.store.close()


def run(fresh: Callable[[], str], examples: int) -> None:
    bounds = settings(
        max_examples=examples, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(lambda: Machine(fresh), settings=bounds)  # type: ignore[arg-type]


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory, where the system has one: thousands of writes need no disk here."""
    shared = Path("/dev/shm")  # noqa: S108
    with TemporaryDirectory(dir=shared if shared.is_dir() else tmp_path) as folder:
        yield Path(folder)


def test_the_store_does_as_the_model_does_on_sqlite(memory: Path) -> None:
    run(lambda: f"{mkdtemp(dir=memory)}/store.db", 60)


def test_the_store_does_as_the_model_does_on_postgresql(postgres: Cluster) -> None:
    run(postgres.fresh, 15)
