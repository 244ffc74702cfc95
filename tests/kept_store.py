"""A store as a study group fills it in two weeks: questions declined, answered and voted on."""

from tests.store.rounds import a_job
from tutor.store import Count, Missed, Outgoing, open_store

NOVEMBER = 1_793_491_200.0  # 2026-11-01, a Sunday
DAY = 86_400.0

ASKED = [
    (1, "What is the price of bone china?"),
    (3, "bone china price"),
    (4, "price of a bone china cup"),
    (9, "Who won the match?"),
]


def keep(path: str) -> None:
    """Make the store at *path*."""
    with open_store(path) as store:
        for number, (day, text) in enumerate(ASKED):
            at = NOVEMBER + day * DAY
            assert store.accept(f"Ev{number}", f"T/C/{number}", {}, at=at, person="U0123456789")
            missed = Missed(text, "declined", (), None, at)
            store.finish(a_job(store, at=at), at=at, missed=missed, count=Count(None, "decline", question=True))
        for number, helpful in enumerate([True, True, False], start=len(ASKED)):
            at = NOVEMBER + number * DAY
            assert store.accept(f"Ev{number}", f"T/C/{number}", {}, at=at, person="U0123456789")
            job = a_job(store, at=at)
            message = Outgoing(job.message(0), {}, "fact.green-tea", "leaves", "How hot must water be for green tea?")
            count = Count("leaves", "answer", question=True, answered=True)
            delivery = store.finish(job, at=at, outgoing=[message], count=count)
            assert delivery
            store.sent(delivery.hold, message.id, f"{number}.0")
            assert store.vote(message.id, "U0123456789", helpful=helpful, at=at)
