"""A multiple-choice item: its stem, its options, and how many of them are sought, read from one pasted text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from tutor.text import clean, words

MOST = 12  #: options of one item
_FEWEST = 2
_READINGS = 8  #: runs of labels that are tried
_EDGE = " \t\n*_>"

_LABEL = r"(?P<open>[(\[]?)(?P<label>[A-La-l]|1[0-2]|[1-9])(?P<shut>[.):\]])"
_BULLET = r"[-*•–◦]\s+"
_BOX = r"\[[ xX✓]?\]\s+"
_HEAD = re.compile(rf"^[ >]*(?:{_BULLET})?(?:{_BOX})?(?:\*\*|__)?{_LABEL}(?:\*\*|__)?(?: +|$)", re.MULTILINE)
_INLINE = re.compile(rf"(?<![^\s,;|?.:!)]){_LABEL} +")
_PLAIN = re.compile(rf"^[ >]*(?:{_BULLET}(?:{_BOX})?|{_BOX})(?=\S)", re.MULTILINE)
_PARAGRAPH = re.compile(r"\n *\n")

_HEADING = re.compile(
    r"^(?:#+ *)?\**(?:(?:question|item|problem|q) *#?\d*|\d{1,4}(?=[.):])) *[.):]+\** *", re.IGNORECASE
)
_LEAD_IN = re.compile(r"\s*\b(?:answer |possible )?(?:options|choices|answers) *:\**$", re.IGNORECASE)
_GIVEN_AWAY = re.compile(r"\s*(?:[(\[{*]+\s*(?:correct|right)(?: answer)?\s*[)\]}*]+|[✓✔✅←].*)$", re.IGNORECASE)
_KEYS = (
    re.compile(
        r"^[ >*_#]*(?:(?:the )?(?:correct |right |suggested |my )?"
        r"(?:answers?|ans|solution|key|explanation|rationale|discussion|references?)"
        r"(?: key| is| are|\(s\))?[*_]* *[:=]|(?:show|reveal) (?:the |suggested )?answer)",
        re.MULTILINE | re.IGNORECASE,
    ),
    re.compile(r"[\s(\[](?:[Cc]orrect |[Rr]ight )?(?:[Aa]nswers?|ANSWERS?|[Aa]ns)(?: is)? *[:=] *[(\[]?[A-L](?![a-z])"),
)

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_NUMBER = rf"(?P<number>{'|'.join(_NUMBERS)}|[1-6])"
_STATED = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"\b(?:select|choose|pick|mark|tick|check|name|identify|give)\W+"
        rf"(?:(?:the|any|exactly|only|best|correct|right|most|appropriate)\W+)*{_NUMBER}\b(?!\s*[-%]|\.\d)",
        rf"\b(?:which\s+(?:are\s+)?|what\s+)(?:the\s+)?{_NUMBER}\b(?!\s*[-%]|\.\d)",
        rf"\b{_NUMBER}\s+(?:(?:correct|right|best)\s+)?(?:answers?|options?|choices?|responses?|statements?)\s+"
        r"(?:is|are|apply|hold)\b",
    )
)
_ALL_THAT_APPLY = re.compile(
    r"\b(?:all|every\w*|any) (?:(?:of )?(?:the |these )?(?:\w+ )?)?that (?:appl\w+|(?:is|are) (?:true|correct|right))"
    r"|\bone or (?:more|several)\b|\bmultiple (?:answers|options|responses)\b|\b(?:select|choose|check) all\b",
    re.IGNORECASE,
)

_SAME_CLAUSE = r"(?:(?!\b(?:why|because|that|who|if|when|where|although)\b)[^.?!])"
_WRONG_SOUGHT = (
    re.compile(r"\b(?:NOT|EXCEPT|LEAST|NEVER|CANNOT|FALSE|INCORRECT|WRONG)\b"),
    re.compile(
        r"\bexcept(?: for)?[\s:?.…]*$"
        r"|\bleast (?:likely|suitable|appropriate|effective|useful|accurate|recommended|fitting|helpful|true)\b"
        rf"|\b(?:which|what)\b{_SAME_CLAUSE}{{0,80}}\b(?:is|are|was|were|do|does|did|would|will|should|can|could|may|must|has|have)"
        r"(?:\s+(?:not|never)|n['’]t)\b"
        rf"|\bwhich\b(?:\s+\w+\s+(?:that|(?:about|on|of)\s+\w+)\b)?{_SAME_CLAUSE}{{0,90}}\b(?:is|are|was|were)\s+(?:the\s+)?"
        r"(?:incorrect|false|untrue|invalid|inaccurate|wrong|mistaken|unsound)\b(?!\s+with)"
        r"|\b(?:which|what)\b[^.?!]{0,60}\bbe\s+(?:avoided|rejected|a\s+mistake)\b"
        rf"|\bwhich\b{_SAME_CLAUSE}{{0,90}}\bshould\s+(?:\w+\s+){{1,3}}(?:avoid|reject)\b"
        r"|\bwhich\s+(?:\w+\s+){0,3}(?:misdescribes|misstates|misrepresents|contradicts)\b",
        re.IGNORECASE,
    ),
)
_BARE = frozenset(
    "which what of the these this following below above one ones two three all every each any is are was were does do "
    "not no true false right wrong correct incorrect valid invalid best most least statement statements claim claims "
    "sentence sentences option options answer answers choice choices hold holds apply applies that except select "
    "choose pick mark tick here a an and would be it in".split()
)


@dataclass(frozen=True)
class Item:
    """A stem and its options, in order, without their labels."""

    stem: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class _Mark:
    """Where a label stands, where the text after it begins, its place in its alphabet, and how it is written."""

    start: int
    end: int
    place: int
    style: tuple[str, ...]
    heads_line: bool = False


def read_item(raw: str) -> Item | None:
    """Return the item in *raw*, or None where it holds no stem with two or more options after it.

    What comes after the options, such as the answer, is left out.

    >>> read_item("Best tea at night? A) Black B) Herbal")
    Item(stem='Best tea at night?', options=('Black', 'Herbal'))
    """
    text = "\n".join(map(clean, raw.splitlines())).strip()
    items = (_cut(text, marks) for marks in islice(_readings(text), _READINGS))
    return next((item for item in items if item), None)


def wanted(stem: str, count: int) -> int | None:
    """Return how many of *count* options a *stem* seeks: one where it does not say, None for all that apply.

    >>> wanted("Which reasons hold? (Choose TWO.)", 4), wanted("Select all that apply.", 4), wanted("Which one?", 4)
    (2, None, 1)
    """
    if _ALL_THAT_APPLY.search(stem):
        return None
    said = (found["number"].casefold() for form in _STATED for found in form.finditer(stem))
    numbers = (_NUMBERS.get(one) or int(one) for one in said)
    return next((number for number in numbers if number < count), 1)


def seeks_wrong(stem: str) -> bool:
    """Say whether a *stem* seeks what does not hold.

    >>> seeks_wrong("Which tea does NOT wake one up?"), seeks_wrong("Which is at least as strong?")
    (True, False)
    """
    return any(form.search(stem.strip()) for form in _WRONG_SOUGHT)


def is_bare(stem: str) -> bool:
    """Say whether a *stem* asks nothing of its own, so that its options have to say what it is about.

    >>> is_bare("Which TWO statements are correct?"), is_bare("Which statement about tea is correct?")
    (True, False)
    """
    return all(word in _BARE for word in words(clean(stem)))


def unlabelled(options: Sequence[str]) -> tuple[str, ...]:
    """Return *options* without their labels, where all of them carry one and these follow each other.

    >>> unlabelled(["A. Black", "B. Green"]), unlabelled(["A. Black", "Green"])
    (('Black', 'Green'), ('A. Black', 'Green'))
    """
    heads = [_HEAD.match(option) for option in options]
    bare = tuple(option[head.end() :].strip() for option, head in zip(options, heads, strict=True) if head)
    follow = [_place(head["label"]) if head else -1 for head in heads] == list(range(len(options)))
    return bare if follow and len(options) >= _FEWEST and all(bare) else tuple(options)


def _readings(text: str) -> Iterator[Sequence[_Mark]]:
    """Yield the labels that may begin the options, the likeliest reading first."""
    for form in (_HEAD, _INLINE):
        runs = _runs(_mark(found, heads_line=form is _HEAD) for found in form.finditer(text))
        yield from sorted(runs, key=lambda run: (run[0].style[0] == "1", -len(run), -run[-1].start))
    bullets = [_Mark(found.start(), found.end(), 0, ("-",)) for found in _PLAIN.finditer(text)]
    last = list(_last_run(text, bullets))
    if _FEWEST <= len(last) <= MOST:
        yield last


def _mark(found: re.Match[str], *, heads_line: bool) -> _Mark:
    label = found["label"]
    kind = "1" if label.isdigit() else "A" if label.isupper() else "a"
    return _Mark(found.start(), found.end(), _place(label), (kind, found["open"], found["shut"]), heads_line)


def _place(label: str) -> int:
    return int(label) - 1 if label.isdigit() else ord(label.casefold()) - ord("a")


def _runs(marks: Iterable[_Mark]) -> Iterator[Sequence[_Mark]]:
    """Yield the runs of labels of one style that follow each other from the first of their alphabet."""
    begun: dict[tuple[str, ...], list[_Mark]] = {}
    runs: list[list[_Mark]] = []
    for mark in marks:
        if mark.place == 0:
            begun[mark.style] = [mark]
            runs.append(begun[mark.style])
        elif mark.place == len(run := begun.get(mark.style, [])):
            run.append(mark)
    yield from (run for run in runs if len(run) >= _FEWEST)


def _last_run(text: str, bullets: Sequence[_Mark]) -> Iterator[_Mark]:
    """Yield the last *bullets* between which no other paragraph stands."""
    gaps = [text[one.start : after.start].strip() for one, after in pairwise(bullets)]
    cuts = [number for number, gap in enumerate(gaps, start=1) if _PARAGRAPH.search(gap)]
    yield from bullets[max(cuts, default=0) :]


def _cut(text: str, marks: Sequence[_Mark]) -> Item | None:
    """Return the item whose options begin at *marks*; None where no stem or an empty option comes of it."""
    stem = _HEADING.sub("", _LEAD_IN.sub("", text[: marks[0].start].strip(_EDGE)))
    last, *others = _PARAGRAPH.split(_without_key(text[marks[-1].end :]).strip())
    said = [*(text[mark.end : following.start] for mark, following in pairwise(marks)), last]
    options = tuple(map(_line, said))
    asked = "\n".join(part for part in others if part.endswith("?"))
    if not all(options) or _leads_up(options) or not re.search(r"\w\w", stem):
        return None
    if not (asked or _asks(stem) or marks[0].heads_line or len(marks) > _FEWEST):
        return None
    return Item("\n".join(filter(None, (stem.strip(_EDGE), asked))), options)


def _without_key(text: str) -> str:
    """Return *text* up to where the right answer is given away."""
    for form in _KEYS:
        found = form.search(text)
        text = text[: found.start()] if found else text
    return text


def _line(option: str) -> str:
    return _GIVEN_AWAY.sub("", " ".join(option.split())).strip(" ,;|*_")


def _leads_up(options: Sequence[str]) -> bool:
    """Say whether the last of *options* holds the question that a list of facts leads up to."""
    return "?" in options[-1] and not any("?" in option for option in options[:-1])


def _asks(stem: str) -> bool:
    return stem.rstrip(_EDGE).endswith(("?", ":", "...", ")"))
