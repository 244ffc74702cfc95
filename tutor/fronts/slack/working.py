"""Working off what was accepted: threads that claim it, answer it, and post what comes of it."""

import logging
import os
import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from threading import Event, Thread
from traceback import format_tb

from tutor.errors import StoreError, TutorError
from tutor.fronts.slack import daily, quizzing
from tutor.fronts.slack.answered import Answered, Choice, Forget, Vote, as_told
from tutor.fronts.slack.answering import Asked, at_home, reasoned, said
from tutor.fronts.slack.calendar import Calendar
from tutor.fronts.slack.exercises import Exercises
from tutor.fronts.slack.heard import Heard
from tutor.fronts.slack.kept import Kept
from tutor.fronts.slack.posting import Later, Outcome, Posting, Refused, Sent
from tutor.fronts.slack.pressing import pressed
from tutor.fronts.slack.settings import Settings
from tutor.fronts.slack.speaking import call
from tutor.fronts.slack.tidying import Tidying
from tutor.fronts.slack.watching import Watch
from tutor.fronts.slack.wishing import wished
from tutor.render.quizzed import QUIZ
from tutor.render.slack import note
from tutor.store import Delivery, Job, Message, Outgoing, Store
from tutor.study.wanted import quiz_wanted
from tutor.tutor import Tutor

_LOG = logging.getLogger("tutor.slack")
_SORRY = "Something went wrong with this one; whoever looks after me can see it in the log. Please ask again."
_SLOW = 5.0  #: seconds to wait after a fault of the store


class Workers:
    """Threads that answer. Made means not started; `start` and `close` are called once each."""

    def __init__(
        self,
        tutor: Tutor,
        store: Store,
        posting: Posting,
        settings: Settings,
        watch: Watch,
        exercises: Exercises,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._tutor, self._store, self._posting, self._settings = tutor, store, posting, settings
        self._watch, self._clock, self._exercises = watch, clock, exercises
        self._tidying, self._calendar = Tidying(store, settings), Calendar(store)
        self._work, self._closing = Event(), Event()
        name = f"{socket.gethostname()}/{os.getpid()}/{secrets.token_hex(4)}"
        self._threads = [
            Thread(target=self._run, args=(f"{name}/{number}",), name=f"tutor-{number}", daemon=True)
            for number in range(settings.workers)
        ]

    def start(self) -> None:
        """Begin to work, at first on what an earlier run left behind."""
        for thread in self._threads:
            thread.start()
        Thread(target=self._exercises.all, name="tutor-exercises", daemon=True).start()

    def wake(self) -> None:
        """Say that something was accepted."""
        self._work.set()

    def close(self, seconds: float = 20.0) -> bool:
        """Finish what was begun, for at most so many *seconds*, and stop; return whether all was finished.

        What was accepted and not begun waits in the store for the next start.
        """
        self._closing.set()
        self._work.set()
        until = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _run(self, worker: str) -> None:
        while not self._closing.is_set():
            self._work.clear()  # before the look, so that what is accepted from now on wakes somebody
            try:
                self._tidying.tidy(self._clock())
                self._calendar.look(self._clock())
                if not self._once(worker):
                    self._work.wait(self._settings.poll)
            except Exception:  # the one place where a worker survives a fault: a store that is away, or a bug
                _LOG.exception("a worker failed")
                self._closing.wait(_SLOW)

    def _once(self, worker: str) -> bool:
        """Do one thing that is due; return whether there was one."""
        match self._store.claim(worker, at=self._clock(), lease=self._settings.lease):
            case Job() as job:
                delivery = self._answer(job)
            case Delivery() as delivery:
                pass
            case None:
                return False
        if delivery:
            self._deliver(delivery)
        return True

    def _answer(self, job: Job) -> Delivery | None:
        begun = time.perf_counter()
        heard = Heard.from_dict(job.payload)
        done = self._answered(job, heard)
        if isinstance(done.noted, Forget):
            self._forget(heard, done)
            return None
        self._note(heard, done)
        told = [
            Outgoing(job.message(number), one.call.to_dict(), one.entry, one.topic, one.question)
            for number, one in enumerate(done.told)
        ]
        kept = done.kept.to_dict() if done.kept else None
        delivery = self._store.finish(
            job,
            at=self._clock(),
            dialogue=kept,
            outgoing=told,
            count=done.count,
            missed=done.missed,
            answers=done.answers,
            lease=self._settings.lease,
        )
        reply = done.count.reply if done.count else heard.kind
        self._watch.answered(heard.kind, reply, time.perf_counter() - begun)
        _LOG.info("answered", extra={"facts": _told(job, heard, reply, self._settings)})
        return delivery

    def _answered(self, job: Job, heard: Heard) -> Answered:
        """Return what comes of an event; a bug becomes a word of regret, so that the thread goes on."""
        kept = Kept.from_dict(job.dialogue if job.dialogue is not None else self._flow(heard))
        asked = Asked(
            heard,
            kept,
            self._store.settings("person", heard.user),
            job.message,
            partial(self._store.studied.reviews, heard.user, self._exercises.pack.about.name),
            partial(self._store.settings, "channel", f"{heard.team}/{heard.channel}"),
        )
        try:
            return _reply(self._tutor, self._exercises, asked, self._settings)
        except StoreError:
            raise
        except TutorError as error:
            return Answered(told=as_told([call(heard, note(f"{error}."))]))
        except Exception as error:  # a bug; its words may be those of the question, so only its place is told
            place = "".join(format_tb(error.__traceback__))
            facts = {"kind": heard.kind, "error": type(error).__name__, "fault": place}
            _LOG.error("an event could not be answered", extra={"facts": facts})
            sorry = [call(heard, note(_SORRY))] if heard.channel and heard.user else []
            return Answered(told=as_told(sorry))

    def _flow(self, heard: Heard) -> dict[str, object] | None:
        talk = self._store.dialogue(heard.flow) if heard.flow else None
        return dict(talk.dialogue) if talk else None

    def _note(self, heard: Heard, done: Answered) -> None:
        match done.noted:
            case Vote(message, helpful, reason):
                self._store.vote(message, heard.user, helpful=helpful, at=self._clock(), reason=reason)
            case Choice(values, None):
                self._store.choose("person", heard.user, values)
            case Choice(values, str(channel)):
                self._store.choose("channel", channel, values)
            case _:
                pass

    def _forget(self, heard: Heard, done: Answered) -> None:
        """Forget who asks for it, the very press included, and show that it is done; none of it is kept to be sent."""
        count = self._store.forget(heard.user)
        _LOG.info("forgot", extra={"facts": {"count": count}})
        for one in done.told:
            self._posting.post(heard.team, Message(heard.event, one.call.to_dict(), unsure=False, attempt=1))

    def _deliver(self, delivery: Delivery) -> None:
        hold = delivery.hold
        team = delivery.thread.split("/", 1)[0]
        for message in delivery.messages:
            if hold.until - self._clock() < self._settings.lease / 2:
                renewed = self._store.renew(hold, at=self._clock(), lease=self._settings.lease)
                if not renewed:
                    return
                hold = renewed
            outcome = self._posting.post(team, message)
            self._watch.posted(str(message.body.get("method")), outcome)
            if not self._record(replace(delivery, hold=hold), message, outcome):
                return

    def _record(self, delivery: Delivery, message: Message, outcome: Outcome) -> bool:
        """Write down what became of *message*; return whether the next one may follow."""
        match outcome:
            case Sent(ts):
                self._store.sent(delivery.hold, message.id, ts)
                return True
            case Refused(reason) if message.body.get("method") != "chat.postMessage":
                _LOG.warning("refused", extra={"facts": {"method": message.body.get("method"), "reason": reason}})
                self._store.sent(delivery.hold, message.id, None)
                return True
            case Refused(reason):
                _LOG.warning("given up", extra={"facts": {"message": message.id, "reason": reason}})
                self._store.put_off(delivery.hold, message.id, reason, retry_at=None, unsure=False)
            case Later(seconds, reason, unsure):
                _LOG.info("put off", extra={"facts": {"message": message.id, "reason": reason, "seconds": seconds}})
                self._store.put_off(delivery.hold, message.id, reason, retry_at=self._clock() + seconds, unsure=unsure)
        return False


def _reply(tutor: Tutor, exercises: Exercises, asked: Asked, settings: Settings) -> Answered:
    heard = asked.heard
    match heard.kind:
        case "said" | "command" | "shortcut":
            if heard.kind == "command" and (wish := daily.wish(heard.text, heard.at)):
                return wished(asked, wish, settings.command)
            if (about := quiz_wanted(heard.text)) is not None:
                return quizzing.wanted(exercises, asked, about, settings)
            return said(tutor, asked, settings)
        case "pressed" if heard.action.startswith(QUIZ):
            return quizzing.pressed(exercises, asked, settings)
        case "pressed":
            return pressed(tutor, asked, settings)
        case "reason":
            return reasoned(heard)
        case "home":
            return Answered(told=as_told([at_home(tutor, heard, asked.choices, settings)]))
        case "daily":
            return quizzing.of_the_day(exercises, asked)


def _told(job: Job, heard: Heard, reply: str, settings: Settings) -> dict[str, object]:
    told = {"event": job.event, "thread": job.thread, "kind": heard.kind, "reply": reply, "turn": job.turns + 1}
    return told | ({"text": heard.text} if settings.log_text else {})
