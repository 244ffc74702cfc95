"""Exercises of scenarios and stories: the right answer among what tempts and the answers of sibling entries."""

from collections.abc import Iterator

from tutor.model import Entry, Pair, Tip
from tutor.study.exercise import Choice, Exercise
from tutor.study.exercised import exercised
from tutor.study.leads import MOST, advised, advises, said
from tutor.study.material import Material
from tutor.study.stories import told
from tutor.study.wrong import wrong

_STORIES = 6  #: of one entry at the most
_CHOICES = 4


def from_tips(material: Material) -> Iterator[Exercise]:
    """Yield what the tips of a pack give by their own scenario."""
    for entry in material.entries:
        if isinstance(entry, Tip):
            yield _answered(material, entry, f"{entry.scenario} What is right here?", "scenario")


def from_stories(material: Material) -> Iterator[Exercise]:
    """Yield what the stories give that people tell about tips, traps and facts."""
    for entry in material.entries:
        right = said(entry)
        if not isinstance(entry, Pair) and len(right) <= MOST:
            for number, stem in enumerate(told(material, entry, right, _STORIES), 1):
                yield _answered(material, entry, stem, f"story-{number}")


def _answered(material: Material, entry: Entry, stem: str, part: str) -> Exercise:
    right = said(entry)
    tempting = [_tempting(material, entry, right)] if isinstance(entry, Tip) else []
    taken = [one.text for one in tempting]
    others = wrong(material, entry, right, _answer, _CHOICES - 1 - len(tempting), f"{entry.id}/{part}", *taken)
    return exercised(material.pack, entry, stem, (Choice(right, True, entry.why, entry.id), *tempting, *others), part)


def _tempting(material: Material, tip: Tip, right: str) -> Choice:
    option = tip.distractor.option.removesuffix(".")
    text = advised(material, option) if advises(material, right) else option
    return Choice(text, False, tip.distractor.wrong_because, tip.id)


def _answer(entry: Entry) -> str:
    return "" if isinstance(entry, Pair) else said(entry)
