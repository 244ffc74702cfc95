"""What a front does with a store, in short: to claim, to answer, to send; and all that is in one."""

from sqlalchemy import create_engine, inspect, text

from tutor.store import Delivery, Job, Outgoing, Store
from tutor.store.inbox import MOST_CLAIMS

THREAD = "T1/C1/100.1"


def a_job(store: Store, worker: str = "w", at: float = 10.0) -> Job:
    """Claim what must be a job."""
    claimed = store.claim(worker, at=at)
    assert isinstance(claimed, Job)
    return claimed


def a_delivery(store: Store, worker: str = "w", at: float = 10.0) -> Delivery:
    """Claim what must be a delivery."""
    claimed = store.claim(worker, at=at)
    assert isinstance(claimed, Delivery)
    return claimed


def accepted(store: Store, *events: str, thread: str = THREAD, person: str = "U1", at: float = 1.0) -> None:
    """Accept *events*, a second apart, from *at* on."""
    for number, event in enumerate(events):
        assert store.accept(event, thread, {"text": f"text of {event}"}, at=at + number, person=person)


def answered(store: Store, job: Job, *texts: str, at: float = 11.0, **about: str) -> Delivery:
    """Finish *job* with a message for each of *texts*; return what is to be sent."""
    outgoing = [Outgoing(job.message(number), {"text": text}, **about) for number, text in enumerate(texts)]
    delivery = store.finish(job, at=at, dialogue={"last": job.event}, outgoing=outgoing)
    assert delivery is not None
    return delivery


def deliver(store: Store, delivery: Delivery) -> None:
    """Send every message of *delivery*."""
    for message in delivery.messages:
        store.sent(delivery.hold, message.id, f"ts of {message.id}")


def give_up(store: Store, at: float) -> None:
    """Have the event that waits longest end one worker after the other, until it is given up."""
    for number in range(MOST_CLAIMS + 1):
        store.claim("w", at=at + number / 1000, lease=0.0001)


def work_off(store: Store, at: float = 100.0) -> list[str]:
    """Do all that is due; return the events and messages in the order in which they were done."""
    done = []
    while claimed := store.claim("w", at=at):
        if isinstance(claimed, Job):
            done.append(claimed.event)
            claimed = answered(store, claimed, at=at)
        done += [message.id for message in claimed.messages]
        deliver(store, claimed)
    return done


def everything(url: str) -> str:
    """Return every value of every table as one text."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        rows = [row for name in tables for row in connection.execute(text(f'SELECT * FROM "{name}"'))]  # noqa: S608
    engine.dispose()
    return "\n".join(map(str, rows))
