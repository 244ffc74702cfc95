"""A long soak: random dialogues with the tutor, every turn checked as in tests/test_soak.py.

python -m benchmarks.soak --turns 1000000 --seed 7
"""

import argparse
import random
import string
import time

from tests.test_soak import lead, sayings
from tutor import Tutor

_TURNS = 20  #: in one dialogue
_NOISE = string.printable + "äß€中🙂\u200b\u0301"


def main() -> None:
    """Lead dialogues until there were enough turns; the first that goes wrong ends it with what was said."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--turns", type=int, default=200_000, help="how many turns in all")
    parser.add_argument("--seed", type=int, default=1, help="which dialogues")
    parser.add_argument("--pack", help="another pack than the bundled one")
    arguments = parser.parse_args()
    tutor, draw, began = Tutor.load(arguments.pack), random.Random(arguments.seed), time.perf_counter()
    said = sayings(tutor)
    for count in range(0, arguments.turns, _TURNS):
        turns = [draw.choice(said) if draw.random() < 0.9 else noise(draw) for _ in range(_TURNS)]
        try:
            lead(tutor, turns)
        except BaseException:
            print(f"after {count} turns, in the dialogue {turns}")
            raise
    spent = time.perf_counter() - began
    print(
        f"{arguments.turns} turns in {spent:.0f} s, {1000 * spent / arguments.turns:.2f} ms a turn; nothing went wrong"
    )


def noise(draw: random.Random) -> str:
    """Return up to two hundred characters of anything."""
    return "".join(draw.choices(_NOISE, k=draw.randrange(200)))


if __name__ == "__main__":
    main()
