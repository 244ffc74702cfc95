"""Metrics for Prometheus: what came, what was answered and how fast, what was posted, and what waits."""

from tutor.fronts.slack.posting import Later, Outcome, Refused, Sent
from tutor.store import Store

_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Metrics:
    """Counts for one process, in a registry of their own."""

    def __init__(self, store: Store) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

        self._all = CollectorRegistry()
        self._accepted = Counter("tutor_events", "Events that were accepted.", ["kind"], registry=self._all)
        self._again = Counter("tutor_repeated_events", "Events that came once more.", ["kind"], registry=self._all)
        self._answered = Counter("tutor_replies", "Replies, by kind.", ["kind", "reply"], registry=self._all)
        self._seconds = Histogram(
            "tutor_answer_seconds", "Work on one event, without the post.", buckets=_BOUNDS, registry=self._all
        )
        self._posted = Counter("tutor_posts", "Calls of Slack's API.", ["method", "outcome"], registry=self._all)
        self._limited = Counter("tutor_rate_limited", "Calls that Slack put off by a 429.", registry=self._all)
        waiting = Gauge("tutor_waiting", "Events that wait to be answered.", registry=self._all)
        waiting.set_function(lambda: float(store.backlog().waiting))
        unsent = Gauge("tutor_unsent", "Messages that wait to be sent.", registry=self._all)
        unsent.set_function(lambda: float(store.backlog().unsent))

    def accepted(self, kind: str, *, again: bool) -> None:
        """Count an event of a *kind* that came, *again* or for the first time."""
        (self._again if again else self._accepted).labels(kind).inc()

    def answered(self, kind: str, reply: str, seconds: float) -> None:
        """Count a *reply* to an event of a *kind*."""
        self._answered.labels(kind, reply).inc()
        self._seconds.observe(seconds)

    def posted(self, method: str, outcome: Outcome) -> None:
        """Count a call with its *outcome*."""
        match outcome:
            case Sent():
                self._posted.labels(method, "sent").inc()
            case Refused():
                self._posted.labels(method, "refused").inc()
            case Later(reason=reason):
                self._posted.labels(method, "later").inc()
                self._limited.inc(reason == "ratelimited")

    def page(self) -> tuple[bytes, str]:
        """Return all metrics as Prometheus reads them, and the type of that text."""
        from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

        return generate_latest(self._all), CONTENT_TYPE_LATEST
