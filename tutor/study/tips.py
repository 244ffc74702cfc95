"""Exercises made of tips: a scenario; the right answer among what tempts and the answers of sibling entries."""

from collections.abc import Iterator

from tutor.answers import cited
from tutor.model import Tip
from tutor.study.exercise import Choice, Exercise, drawn
from tutor.study.leads import lead
from tutor.study.siblings import siblings
from tutor.subject import Pack


def from_tips(pack: Pack) -> Iterator[Exercise]:
    """Yield an exercise for every tip of *pack*."""
    for entry in pack.entries.values():
        if isinstance(entry, Tip):
            yield _scenario(pack, entry)


def _scenario(pack: Pack, tip: Tip) -> Exercise:
    tempting = Choice(tip.distractor.option.removesuffix("."), False, tip.distractor.wrong_because, tip.id)
    others = sorted(list(siblings(pack, tip))[:8], key=lambda one: drawn(tip.id, one.id))[:2]
    wrong = [Choice(lead(one.answer), False, f"That answers “{one.title}”.", one.id) for one in others]
    right = Choice(lead(tip.answer), True, tip.why, tip.id)
    stem = f"{tip.scenario} What is the answer?"
    choices = (right, tempting, *wrong)
    return Exercise("tip", tip.id, tip.topic, stem, choices, tip.why, cited(pack, tip), f"{tip.id}/scenario")
