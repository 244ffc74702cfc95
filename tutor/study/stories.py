"""Stories: the sample questions of a pack that tell a situation and ask what to do, fit to stand as a stem."""

import re
from collections.abc import Iterator, Sequence

from tutor.model import Entry, Tip, Trap
from tutor.study.leads import sentences
from tutor.study.material import Material, stories

SETTLES = "Which statement settles this?"  #: where somebody claims, doubts or asks something
RIGHTS = "Which statement puts this right?"  #: where something goes wrong
APPLIES = "Which statement applies here?"  #: where all is but told
ENDINGS = (SETTLES, RIGHTS, APPLIES)
_LONGEST = 420  #: characters of a stem
_SHORTEST = 60
_ASKS = re.compile(r"(Which|What|How|Where) (?!(of|statements?|two|three|pair|mark|grade|many|long)\b)")
_MORE = re.compile(r",? and (why|how|what|which|who|when|where|whether|in what|at which)\b[^?]*\?$")
_BIDS = re.compile(
    r"(Choose|Pick|Select|Name|Explain|Describe|Give|State|Identify|Decide|Fill|Complete|Find|Tell|Say)\b"
)
_LISTS = re.compile(
    r"\b(options?|choices|alternatives?|statements?|claims?|true|false|correct|right or|answers?|offer(s|ed)|items?)\b"
    r"|\(1\)|___|[:;][^.]* or ",
    re.I,
)
_DISPUTES = re.compile(
    r"\b(says|said|saying|claim(ed|ing)|argu(es?|ed|ing)|insist(s|ed|ing)?|thinks?|thought|believes?|assum(es?|ed|ing)|"
    r"expect(s|ed|ing)?|object(s|ed) (to|that)|doubt(s|ed)?|disagrees?|unsure|convinced|equates|maintains that|"
    r"declares|suggest(s|ed)|propos(es?|ed)|conclud(es?|ed)|refuses|remarks?|disput(es?|ed)|debat(es?|ed|ing)|whether|"
    r"(wonder(s|ed|ing)?|ask(s|ed|ing)?|know|certain|question)\b[^.]*\b(what|which|how|why|when|where|who|if))\b",
    re.I,
)
_SHOWS = re.compile(r"\b(shows?|presents?|gives|depicts?)\b")
_OPEN = re.compile(
    r"\bor\b[^?]{0,40}\?$"
    r"|\b(explain|contrast|compare|differ|argument|wrong|misunder|error|reasoning)\w*\b[^?]*\?$"
    r"|\b(tell|show|teach)\w* (you|us|them|her|him)\b[^?]*\?$",
    re.I,
)


def told(material: Material, entry: Entry, right: str, most: int) -> Iterator[tuple[int, str]]:
    """Yield up to *most* stories about *entry* that do not name what is *right*, each with its place, from 1.

    The story of a tip ends with its own question. One of something else ends with one that its statement answers as a
    whole, because its own may ask for a part only: which settles what is in dispute, puts right what went wrong in a
    trap, or applies to what is but told.
    """
    names, found = material.names(right), 0
    for place, story in enumerate(stories(material.pack, entry.id), 1):
        stem = _MORE.sub("?", story) if isinstance(entry, Tip) else _settled(story, isinstance(entry, Trap))
        if found < most and _fits(stem) and not names & material.names(stem):
            found += 1
            yield place, stem


def _settled(story: str, wrong: bool) -> str:
    before = [one for one in sentences(story) if not one.endswith("?")]
    asks = any(_BIDS.match(one) for one in before)  # what is asked for was said in another way
    return "" if asks else " ".join([*before, _ending(before, wrong)])


def _ending(before: Sequence[str], wrong: bool) -> str:
    """Return what is asked after the sentences *before*: of a trap something is *wrong*, unless much is but shown."""
    if any(map(_DISPUTES.search, before)):
        return SETTLES
    return RIGHTS if wrong and not any(map(_SHOWS.search, before)) else APPLIES


def _fits(stem: str) -> bool:
    *_, last = sentences(stem) or [""]
    ended = last in ENDINGS
    asks = ended or (_ASKS.match(last) and last.endswith("?") and not _OPEN.search(last))
    bare = stem.removesuffix(last) if ended else stem
    whole = not bare.count('"') % 2 and bare.count("“") == bare.count("”")  # else a question in a quotation is missing
    return bool(asks and whole and _SHORTEST <= len(bare) <= _LONGEST and not _LISTS.search(bare))
