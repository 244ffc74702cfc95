"""The store: all that must survive a restart, in one database, for any number of threads, processes and replicas."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from sqlalchemy import Connection, column, table, update

from tutor.store import (
    counted,
    dialogues,
    feedback,
    forgetting,
    inbox,
    leftovers,
    outbox,
    reviews,
    settings,
    threads,
    unanswered,
)
from tutor.store.database import Database
from tutor.store.studied import Studied
from tutor.store.tables import VERSION_TABLE
from tutor.store.values import (
    LEASE,
    Backlog,
    Count,
    Delivery,
    GivenUp,
    Hold,
    Job,
    Json,
    Kind,
    Line,
    Missed,
    Outgoing,
    Owner,
    Post,
    Talk,
)
from tutor.store.written import LONGEST_REASON, named, plain, to_json
from tutor.study.review import Review


class Store:
    """Events that came, messages that go, dialogues, votes, counts, settings, answers. `open_store` makes one.

    Safe to share between threads; several processes may open the same database. Every method is one transaction, or
    none: after a StoreError nothing of it is saved, and it can be tried again.

    A worker's round, which is all that a front needs:

        match store.claim(worker, at=now()):
            case Job() as job:
                delivery = store.finish(job, at=now(), dialogue=…, outgoing=[…], count=…)
            case Delivery() as delivery:
                …                                      # left over from a crash or a post that failed
            case None:
                …                                      # sleep until store.due(), or something is accepted
        for message in delivery.messages:              # finish gives None when the hold was lost: drop it all
            store.sent(delivery.hold, message.id, post(message))
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.studied = Studied(database)  #: what learners answered, and their mock exams

    # -- what came -----------------------------------------------------------------------------------------------------

    def accept(self, event: str, thread: str, payload: Json, *, at: float, person: str | None = None) -> bool:
        """Write down an *event* of *thread* before it is acknowledged; False when it was known already.

        *person* is who sent it, so that it can be forgotten. The payload is deleted when the event is handled.
        """
        said = to_json(payload, "payload")
        who = None if person is None else named(person, "person")
        with self._database.writing() as connection:
            return inbox.accept(connection, named(event, "event"), named(thread, "thread"), said, at, who)

    def claim(self, worker: str, *, at: float, lease: float = LEASE) -> Job | Delivery | None:
        """Hold the thread that waits longest and that nobody holds, for *lease* seconds; return what is to be done.

        A thread's unsent messages come first, as a Delivery; then its oldest event, as a Job. None: nothing is due.
        *worker* must be unique among all processes, and do one thing at a time. Replicas' clocks must agree to well
        within a lease.
        """
        named(worker, "worker")
        with self._database.writing() as connection:
            while taken := threads.take(connection, worker, at, at + lease):
                if messages := outbox.hand_out(connection, taken.hold.thread):
                    return Delivery(taken.hold.thread, messages, taken.hold)
                if job := inbox.first(connection, taken):
                    return job
                threads.let_go(connection, taken.hold.thread)
        return None

    def renew(self, hold: Hold, *, at: float, lease: float = LEASE) -> Hold | None:
        """Hold on for *lease* seconds from *at*; None when the hold was lost."""
        with self._database.writing() as connection:
            return threads.hold_on(connection, hold, at + lease) if threads.lock(connection, hold) else None

    def finish(
        self,
        job: Job,
        *,
        at: float,
        dialogue: Json | None = None,
        outgoing: Sequence[Outgoing] = (),
        count: Count | None = None,
        missed: Missed | None = None,
        answers: Sequence[Review] = (),
        lease: float = LEASE,
    ) -> Delivery | None:
        """Mark the event of *job* as handled and save all that came of it, in one transaction.

        *dialogue* of None leaves the one that is saved; *answers* are what the person answered. The delivery holds the
        thread until its messages are sent; without any it is free at once. None when the hold was lost: then nothing
        is saved.
        """
        saved = {} if dialogue is None else {"dialogue": to_json(dialogue, "dialogue"), "turns": job.turns + 1}
        with self._database.writing() as connection:
            if not threads.lock(connection, job.hold) or not inbox.handled(connection, job.event):
                return None
            if count:
                counted.add(connection, count, at)
            if missed:
                unanswered.add(connection, missed, person=job.person)
            if answers:
                reviews.add_all(connection, named(job.person or "", "person"), answers, job.event)
            return _delivery(connection, job, outgoing, at, lease, talked_at=at, **saved)

    # -- what goes -----------------------------------------------------------------------------------------------------

    def sent(self, hold: Hold, message: str, ts: str | None) -> None:
        """Write down that *message* was sent, and how the surface calls it; its body is deleted.

        It counts even when the hold was lost. After the last message of the thread the hold ends.
        """
        with self._database.writing() as connection:
            counts = threads.lock(connection, hold)
            outbox.sent(connection, message, plain(ts))
            if counts and not outbox.waiting(connection, hold.thread):
                threads.let_go(connection, hold.thread)
            else:
                threads.note_due(connection, hold.thread)

    def put_off(self, hold: Hold, message: str, reason: str, *, retry_at: float | None, unsure: bool) -> None:
        """Write down that *message* was not sent, to be tried again from *retry_at*, or given up when that is None.

        *unsure* says that it may have been sent all the same (a timeout), and is told to whoever sends it next. The
        hold ends; the messages after it wait with it, or come next when it is given up.
        """
        with self._database.writing() as connection:
            if not threads.lock(connection, hold):
                return
            outbox.put_off(connection, message, plain(reason, LONGEST_REASON), retry_at, unsure=unsure)
            outbox.untried(connection, hold.thread)
            threads.let_go(connection, hold.thread)

    def post(self, message: str) -> Post | None:
        """Return what is known of a message by its id."""
        with self._database.reading() as connection:
            return outbox.post(connection, message)

    # -- how it stands -------------------------------------------------------------------------------------------------

    def due(self) -> float | None:
        """Return from when on `claim` has something to give, which may be past; None when nothing waits."""
        with self._database.reading() as connection:
            return threads.next_due(connection)

    def backlog(self) -> Backlog:
        """Return how much waits to be answered and sent."""
        with self._database.reading() as connection:
            return leftovers.backlog(connection)

    def given_up(self) -> list[GivenUp]:
        """Return what was given up, oldest first."""
        with self._database.reading() as connection:
            return leftovers.given_up(connection)

    def revive(self, given_up: GivenUp, *, at: float) -> bool:
        """Take up again what was given up; False when it is not there any more."""
        with self._database.writing() as connection:
            return leftovers.revive(connection, given_up, at)

    def ping(self) -> None:
        """Raise a StoreError when the database cannot be read and written now."""
        with self._database.writing() as connection:
            written = table(VERSION_TABLE, column("version_num"))
            connection.execute(update(written).values(version_num=written.c.version_num))

    # -- dialogues, votes, unanswered questions, counts, settings ------------------------------------------------------

    def dialogue(self, thread: str) -> Talk | None:
        """Return the dialogue of *thread*; None when there is none (yet, or any more)."""
        with self._database.reading() as connection:
            return dialogues.saved(connection, thread)

    def knows(self, thread: str) -> bool:
        """Say whether *thread* has a dialogue, or an event that waits to be answered."""
        with self._database.reading() as connection:
            return dialogues.known(connection, thread)

    def vote(self, message: str, person: str, *, helpful: bool, at: float, reason: str | None = None) -> bool:
        """Note what *person* thinks of *message*; a later vote replaces an earlier one, and keeps no old reason.

        A question whose answer is voted down is listed by `missed`. False when there is no such message any more.
        """
        who, why = named(person, "person"), plain(reason, LONGEST_REASON)
        with self._database.writing() as connection:
            return feedback.vote(connection, message, who, helpful=helpful, reason=why, at=at)

    def missed(self, *, since: float | None = None) -> list[Missed]:
        """Return the questions that were declined or voted down, oldest first."""
        with self._database.reading() as connection:
            return unanswered.listed(connection, since)

    def stats(self, *, since: float | None = None) -> list[Line]:
        """Return the counts by week and topic, from the week of *since* on, in the order of both."""
        with self._database.reading() as connection:
            return counted.lines(connection, since)

    def settings(self, owner: Owner, name: str) -> dict[str, Any]:
        """Return the settings of a person or channel called *name*; empty where none were chosen."""
        with self._database.reading() as connection:
            return settings.chosen(connection, owner, name)

    def having(self, owner: Owner, key: str) -> dict[str, Any]:
        """Return what all persons or channels chose for the setting *key*, by their names."""
        with self._database.reading() as connection:
            return settings.having(connection, owner, key)

    def choose(self, owner: Owner, name: str, values: Mapping[str, Any]) -> None:
        """Set *values* of a person or channel called *name*; None takes one back, the others stay."""
        with self._database.writing() as connection:
            settings.choose(connection, owner, named(name, owner), values)

    # -- letting go ----------------------------------------------------------------------------------------------------

    def expire(self, kind: Kind, *, before: float) -> int:
        """Delete what is older than *before*; return how many.

        dialogues: saved dialogues and the messages that can be voted on, unless something waits in the thread; events:
        ids of handled ones, and what was given up; feedback and counts go by whole weeks; answers: all of those who
        have answered nothing since.
        """
        with self._database.writing() as connection:
            return forgetting.expire(connection, kind, before)

    def forget(self, person: str) -> int:
        """Delete all about *person*; return how many rows were deleted or made anonymous.

        The threads in which the person spoke lose their dialogue and what is unsent; what others asked there waits on.
        Votes stay as counts, without who, why and on which message.
        """
        who = named(person, "person")
        with self._database.writing() as connection:
            rows = forgetting.forget(connection, who)
        self._database.wipe()
        return rows

    def close(self) -> None:
        """Close every connection."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _delivery(
    connection: Connection, job: Job, outgoing: Sequence[Outgoing], at: float, lease: float, **saved: Any
) -> Delivery:
    """Put *outgoing* into the outbox and hand it out with what waits there already; without any, let the thread go."""
    outbox.add(connection, job, outgoing, at)
    messages = outbox.hand_out(connection, job.thread)
    if not messages:
        threads.let_go(connection, job.thread, **saved)
        return Delivery(job.thread, (), job.hold)
    return Delivery(job.thread, messages, threads.hold_on(connection, job.hold, at + lease, **saved))
