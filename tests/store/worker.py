"""A replica as a process of its own: `python -m tests.store.worker URL NAME` accepts all events, then works them off.

It begins to work at a line on stdin, and ends when nothing is left. Each thread's dialogue holds the
events in the order in which they were finished.
"""

import sys
import time
from threading import Thread

from tutor.store import Count, Delivery, Job, Outgoing, Store, open_store

EVENTS, THREADS, WORKERS = 500, 50, 3
LEASE = 2.0


def accept_all(store: Store) -> None:
    """Accept every event, as every replica does: each is new to only one of them."""
    for number in range(EVENTS):
        store.accept(f"Ev{number:03}", f"thread {number % THREADS:02}", {"number": number}, at=time.time())


def work(store: Store, name: str) -> None:
    """Claim, answer and send until nothing is left."""
    while store.due() is not None:
        claimed = store.claim(name, at=time.time(), lease=LEASE)
        if claimed is None:
            time.sleep(0.02)
        elif delivery := answer(store, claimed, name) if isinstance(claimed, Job) else claimed:
            for message in delivery.messages:
                store.sent(delivery.hold, message.id, f"{name} {time.time()}")


def answer(store: Store, job: Job, name: str) -> Delivery | None:
    """Finish *job* after a moment of work."""
    time.sleep(0.002)
    done = [*(job.dialogue or {"done": []})["done"], job.event]
    outgoing = [Outgoing(job.message(number), {"text": job.event}) for number in range(2)]
    counted = Count(name.partition(".")[0], "answer", question=True, answered=True)
    return store.finish(job, at=time.time(), dialogue={"done": done}, outgoing=outgoing, count=counted, lease=LEASE)


def main(url: str, name: str) -> None:
    with open_store(url) as store:
        accept_all(store)
        sys.stdout.write("accepted\n")
        sys.stdout.flush()
        sys.stdin.readline()
        workers = [Thread(target=work, args=(store, f"{name}.{number}")) for number in range(WORKERS)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
