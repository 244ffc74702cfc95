"""Hints: a ladder from the topic to a choice that falls away, none of which names the answer."""

from tutor.study.exercise import Exercise, drawn
from tutor.subject import Pack


def hints(pack: Pack, exercise: Exercise) -> tuple[str, ...]:
    """Return what helps with *exercise*: its topic, what decides, a choice that is wrong and why."""
    topic = f"It is about this: {pack.topics[exercise.topic]}."
    wrong = min((one for one in exercise.choices if not one.right), key=lambda one: drawn(exercise.id, one.text))
    return topic, f"What decides: {exercise.decides}", f"Not “{wrong.text}”: {wrong.why}"
