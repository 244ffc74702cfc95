"""An explanation as plain text: aligned columns, no boxes, no colours."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tutor.blame import Part
from tutor.explanation import Amount, Bar, Explanation, Ranked, Signal, Verdict
from tutor.render.plain import decimals
from tutor.reply import Decline

_MEANING = {
    "answer": "confidence of the first candidate, from which it is answered",
    "choose": "confidence of a candidate, from which it is offered for choice",
    "clear": "confidence of the first candidate, from which it is answered where a decision is open",
    "decide": "share of the likeliest decision, from which it is asked about",
    "ask": "that share beside the likeliest topic, from which it is asked about",
    "known": "share of known words, below which they are to blame for a decline",
}
_STRONGEST = 5  #: words told of a candidate
_LEAST = 0.005  #: a weight that would be shown as nothing

_BOUNDS = {"<": "(start)", ">": "(end)"}  #: of the question, as stems

_Row = Sequence[str]


def explained(told: Explanation) -> str:
    """Return *told* as text; that of a question which was not read is one line."""
    if not told.words:
        return Decline((), told.verdict.reason or "empty").text
    parts = ["\n".join(_facts(told)), _bars(told.bars), _candidates(told.candidates)]
    parts += ["\n".join(_reasons(number, one)) for number, one in enumerate(told.candidates, start=1)]
    shares = [(f"{share.kind} {share.name}", decimals(share.share)) for share in told.shares]
    parts += [_table(("not an entry", "share"), shares)] if shares else []
    return "\n\n".join([*parts, _signals(told.signals)])


def _facts(told: Explanation) -> Iterator[str]:
    facts = {
        "words": " ".join(word.read for word in told.words),
        "repaired": ", ".join(f"{word.said} → {word.read}" for word in told.words if word.said != word.read),
        "unknown": ", ".join(dict.fromkeys(word.said for word in told.words if not word.known)),
        "names": ", ".join(f"{name.term} ({' '.join(name.words)})" for name in told.names),
        "slots": ", ".join(f"{slot} = {value}" for slot, value in told.slots.items()),
        "amounts": ", ".join(map(_amount, told.amounts)),
        "form": ", ".join(told.forms),
        "verdict": _verdict(told.verdict),
        "confidence": decimals(told.verdict.confidence),
        "answerable": f"{decimals(told.answerable)} (likeliest topic {decimals(told.inside)}, "
        f"no topic {decimals(told.outside)})",
    }
    yield from (f"{name:<10}  {said or '–'}" for name, said in facts.items() if said or name in ("names", "slots"))


def _amount(amount: Amount) -> str:
    if amount.high is None:
        return f"{amount.said} = {amount.low:,g} {amount.unit} or more"
    least = "" if amount.low == amount.high else f"{amount.low:,g} to "
    return f"{amount.said} = {least}{amount.high:,g} {amount.unit}"


def _verdict(verdict: Verdict) -> str:
    match verdict.reply:
        case "answer":
            by = f" by the decision {verdict.decision}" if verdict.decision else ""
            return f"answers {verdict.entry}{by}"
        case "ask":
            return f"asks for {verdict.slot} of the decision {verdict.decision}"
        case "choose":
            return f"offers a choice of {', '.join(verdict.offered)}"
        case "decline":
            return f"declines: {verdict.reason}"
        case _:
            return f"small talk: {verdict.talk}" if verdict.talk else "a word about the dialogue"


def _bars(bars: Iterable[Bar]) -> str:
    rows = [
        (bar.name, decimals(bar.bar), decimals(bar.value), "reached" if bar.met else "missed", _MEANING[bar.name])
        for bar in bars
    ]
    return _table(("bar", "at", "here", "", "what is compared"), rows, left=(0, 3, 4))


def _candidates(candidates: Sequence[Ranked]) -> str:
    members = [vote.member for vote in candidates[0].votes]
    heads = ("", "candidate", "confidence", "score", *(f"{member} (rank)" for member in members), "topic", "its share")
    rows = [
        (
            str(number), one.entry, decimals(one.confidence), f"{one.score:.2f}",
            *(f"{vote.score:.2f} ({vote.rank})" for vote in one.votes), one.topic, decimals(one.topic_share),
        )
        for number, one in enumerate(candidates, start=1)
    ]  # fmt: skip
    return _table(heads, rows, left=(0, 1, 4 + len(members)))


def _reasons(number: int, one: Ranked) -> Iterator[str]:
    yield f"{number}  {one.entry}: {one.title}"
    yield f"   words    {_words(one.words) or '–'}"
    yield f"   for      {_parts(one.strongest) or '–'}"
    yield f"   against  {_parts(one.against) or '–'}"


def _words(weights: Mapping[str, float]) -> str:
    strongest = sorted(weights.items(), key=lambda said: -abs(said[1]))[:_STRONGEST]
    return ", ".join(f"{word} {weight:+.2f}" for word, weight in strongest if abs(weight) >= _LEAST)


def _parts(parts: Iterable[Part]) -> str:
    told = (part for part in parts if abs(part.weight) >= _LEAST)
    return ", ".join(f"{part.block} “{_feature(part)}” {part.weight:+.2f}" for part in told)


def _feature(part: Part) -> str:
    if part.block in ("letters", "name"):
        return part.feature
    return " ".join(_BOUNDS.get(stem, stem) for stem in part.feature.split(" "))


def _signals(signals: Iterable[Signal]) -> str:
    rows = [(one.name, f"{one.value:.2f}", f"{one.answerable:+.2f}", f"{one.right:+.2f}") for one in signals]
    return _table(("signal", "value", "answerable", "first right"), rows)


def _table(heads: _Row, rows: Sequence[_Row], *, left: Sequence[int] = (0,)) -> str:
    """Return lines of aligned columns: those numbered *left* begin alike, the others end alike."""
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    return "\n".join(
        "  ".join(
            f"{said:<{width}}" if at in left else f"{said:>{width}}"
            for at, (said, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (heads, *rows)
    )
