"""Stories: the sample questions of a pack that tell a situation and ask what to do, fit to stand as a stem."""

import re
from collections.abc import Iterator

from tutor.model import Entry, Tip
from tutor.study.leads import sentences
from tutor.study.material import Material, stories

SETTLES = "Which statement settles this?"
_LONGEST = 420  #: characters of a stem
_SHORTEST = 60
_ASKS = re.compile(r"(Which|What|How|Where) (?!(of|statements?|two|three|pair|mark|grade|many|long)\b)")
_MORE = re.compile(r",? and (why|how|what|which|who|when|where|whether|in what|at which)\b[^?]*\?$")
_BIDS = re.compile(
    r"(Choose|Pick|Select|Name|Explain|Describe|Give|State|Identify|Decide|Fill|Complete|Find|Tell|Say)\b"
)
_LISTS = re.compile(
    r"\b(options?|choices|alternatives?|statements?|claims?|true|false|correct|right or|answers?|offers|items?)\b"
    r"|\(1\)|___|[:;][^.]* or ",
    re.I,
)
_OPEN = re.compile(
    r"\bor\b[^?]{0,40}\?$"
    r"|\b(explain|contrast|compare|differ|argument|wrong|misunder|error|reasoning)\w*\b[^?]*\?$",
    re.I,
)


def told(material: Material, entry: Entry, right: str, most: int) -> Iterator[tuple[int, str]]:
    """Yield up to *most* stories about *entry* that do not name what is *right*, each with its place, from 1.

    The story of a tip ends with its own question. One of something else asks which statement settles it, because its
    own question may ask for a part of the statement only.
    """
    names, found = material.names(right), 0
    for place, story in enumerate(stories(material.pack, entry.id), 1):
        stem = _MORE.sub("?", story) if isinstance(entry, Tip) else _settled(story)
        if found < most and _fits(stem) and not names & material.names(stem):
            found += 1
            yield place, stem


def _settled(story: str) -> str:
    before = [one for one in sentences(story) if not one.endswith("?")]
    asks = any(_BIDS.match(one) for one in before)  # what is asked for was said in another way
    return "" if asks else " ".join([*before, SETTLES])


def _fits(stem: str) -> bool:
    *_, last = sentences(stem) or [""]
    asks = last == SETTLES or (_ASKS.match(last) and last.endswith("?") and not _OPEN.search(last))
    bare = stem.removesuffix(SETTLES)
    return bool(asks and _SHORTEST <= len(bare) <= _LONGEST and not _LISTS.search(bare))
