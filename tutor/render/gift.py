"""GIFT, the question format of Moodle: exercises as a bank of questions, and how any text is written in it."""

import re
from collections.abc import Iterable

from tutor.study.exercise import Choice, Exercise

_SPECIAL = re.compile(r"[\\~=#{}:]")


def escaped(text: str) -> str:
    r"""Return *text* on one line, with a backslash before what has a meaning.

    >>> escaped("a=b\n{c}")
    'a\\=b\\n\\{c\\}'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return _SPECIAL.sub(r"\\\g<0>", lines).replace("\n", r"\n")


def bank(title: str, exercises: Iterable[Exercise]) -> str:
    """Return *exercises* as a question bank called *title*: a category for each topic, feedback for each choice."""
    parts, topic = [f"// {' '.join(title.split())}\n"], None
    for exercise in sorted(exercises, key=lambda one: one.topic):
        if exercise.topic != topic:
            topic = exercise.topic
            parts.append(f"$CATEGORY: {' '.join(title.split())}/{topic}\n")
        parts.append(_question(exercise))
    return "\n".join(parts)


def _question(exercise: Exercise) -> str:
    shown = exercise.shuffled(0)
    lines = "".join(map(_choice, shown.choices))
    rests = "; ".join(f"{cited.title}, {cited.lines}" for cited in shown.sources)
    general = f"\t####{escaped(f'{shown.decides} ({rests})')}\n"
    return f"::{escaped(shown.key)}::[plain]{escaped(shown.stem)}{{\n{lines}{general}}}\n"


def _choice(choice: Choice) -> str:
    sign = "=" if choice.right else "~"
    weight = ("%100%" if choice.right else "%0%") if choice.text.lstrip().startswith(("%", "[")) else ""
    return f"\t{sign}{weight}{escaped(choice.text)}#{escaped(choice.why)}\n"
