"""Making: all exercises of a pack, always the same and in the same order."""

from tutor.study.decisions import from_decisions
from tutor.study.exercise import Exercise
from tutor.study.facts import from_facts
from tutor.study.material import Material
from tutor.study.pairs import from_pairs
from tutor.study.tips import from_stories, from_tips
from tutor.study.traps import from_traps
from tutor.subject import Pack

_MAKERS = (from_tips, from_traps, from_pairs, from_decisions, from_facts, from_stories)


def exercises(pack: Pack) -> tuple[Exercise, ...]:
    """Return the exercises that *pack* gives, no two alike."""
    material = Material(pack)
    every = (exercise for make in _MAKERS for exercise in make(material))
    return tuple({exercise.id: exercise for exercise in every if len(exercise.choices) > 1}.values())
