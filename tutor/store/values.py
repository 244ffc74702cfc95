"""What the store takes and gives: jobs, deliveries, messages, votes, missed questions, lines of counts.

All times are seconds since the epoch, as `time.time()` has them; the store itself has no clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Json = Mapping[str, Any]  #: what `json.dumps` can write
Why = Literal["declined", "voted-down"]  #: why a question counts as unanswered
Owner = Literal["person", "channel"]  #: whose settings
#: what can be let go, each after its own time
Kind = Literal["dialogues", "events", "unanswered", "feedback", "counts", "answers"]

LEASE = 60.0  #: seconds a worker holds a thread for when it does not say


@dataclass(frozen=True)
class Hold:
    """The right of one *worker* to work on one *thread* until *until*; *token* is new with each hold.

    Whoever is late has lost it: nothing that needs the hold is saved then. Do not post after *until* without `renew`.
    """

    thread: str
    worker: str
    token: int
    until: float


@dataclass(frozen=True)
class Job:
    """An event to be answered, and the thread it stands in, held for whoever claimed it.

    *payload* and *person* are as they were accepted, *at* is when. *attempt* is 1 the first time. *dialogue* is what
    `finish` saved last for the thread, None at its first turn; *turns* counts how often it did.
    """

    event: str
    thread: str
    person: str | None
    payload: Json
    at: float
    attempt: int
    dialogue: Json | None
    turns: int
    hold: Hold

    def message(self, number: int) -> str:
        """Return the id of the outgoing message *number* of this job, the same at every attempt.

        >>> Job("Ev1", "T/C/1", None, {}, 0, 1, None, 0, Hold("T/C/1", "a", 1, 60)).message(0)
        'Ev1.0'
        """
        return f"{self.event}.{number}"


@dataclass(frozen=True)
class Outgoing:
    """A message to be sent: its *id* (`Job.message` makes one) and its *body*, which is for the front to read.

    With *entry*, *topic* and *question* (the learner's words that it answers) it can be voted on; they are kept with
    the dialogue, the body only until it is sent.
    """

    id: str
    body: Json
    entry: str | None = None
    topic: str | None = None
    question: str | None = None


@dataclass(frozen=True)
class Message:
    """A message as it is handed out to be sent; *unsure* when an earlier attempt may have sent it already."""

    id: str
    body: Json
    unsure: bool
    attempt: int


@dataclass(frozen=True)
class Delivery:
    """Messages of one thread, to be sent in this order; the thread is held until the last is `sent` or one `put_off`.

    Without messages there is nothing to do, and the thread is free already.
    """

    thread: str
    messages: tuple[Message, ...]
    hold: Hold


@dataclass(frozen=True)
class Count:
    """What one turn adds to the counts: nothing about who or where.

    *question* says that the words were a question of their own, *answered* that one is settled by an answer now,
    *asked* that the tutor asked back.
    """

    topic: str | None
    reply: str
    question: bool = False
    answered: bool = False
    asked: bool = False


@dataclass(frozen=True)
class Missed:
    """A question without a good answer: its *text*, *why*, the ids of the *nearest* entries (best first), and when."""

    text: str
    why: Why
    nearest: tuple[str, ...]
    topic: str | None
    at: float


@dataclass(frozen=True)
class Post:
    """A message that was or will be sent: *ts* is how the surface calls it, None until it is known to be sent."""

    id: str
    thread: str
    ts: str | None
    entry: str | None
    topic: str | None
    at: float


@dataclass(frozen=True)
class Talk:
    """A dialogue as it was last saved: after how many *turns*, and when."""

    dialogue: Json
    turns: int
    at: float


@dataclass(frozen=True)
class Line:
    """Counts of one *topic* (None where none is known) in one ISO *week* such as 2026-W48.

    *questions* are questions of their own, *answered* those that got an answer, *asked* the clarifying questions that
    the tutor asked, *helpful* and *unhelpful* votes; *replies* counts every kind of reply.
    """

    week: str
    topic: str | None
    questions: int
    answered: int
    asked: int
    helpful: int
    unhelpful: int
    replies: Mapping[str, int]


@dataclass(frozen=True)
class SavedExam:
    """A mock exam of *person* on a *pack* as it was last saved; *saves* counts how often that was.

    *state* is for the front to read. *finished* is when it was handed in, None until then.
    """

    number: int
    person: str
    pack: str
    state: Json
    saves: int
    begun: float
    saved: float
    finished: float | None = None


@dataclass(frozen=True)
class Backlog:
    """How much is to be done: events *waiting*, messages *unsent*, both *given_up*; *oldest* is when the oldest came.

    What was given up counts in neither of the others.
    """

    waiting: int
    unsent: int
    given_up: int
    oldest: float | None


@dataclass(frozen=True)
class GivenUp:
    """An event or message that was given up: its id, its thread, after how many attempts, the last *reason*, and when
    it came; `revive` takes it up again."""

    kind: Literal["event", "message"]
    id: str
    thread: str
    attempts: int
    reason: str
    at: float
