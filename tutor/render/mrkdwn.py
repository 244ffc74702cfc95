"""Text in Slack's markup: escaped, so that nothing in it calls anybody, and cut at sentences where it is too long."""

import re
from collections.abc import Iterator

_SENTENCE, _WORD = r"(?<=[.!?…])(?=\s)|(?=\n)", r"(?=\s)"
_TOKEN = re.compile(r"&(?:amp|lt|gt);|.", re.DOTALL)


def escaped(text: str) -> str:
    """Return *text* as Slack shows it letter by letter.

    >>> escaped("a < b & <!channel>")
    'a &lt; b &amp; &lt;!channel&gt;'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def is_plain(text: str) -> bool:
    """Whether *text* reads the same with and without escaping, so that it may stand on a button or in a header."""
    return escaped(text) == text


def link(url: str, text: str) -> str:
    """Return *text* as a link to *url*.

    >>> link("https://example.org/?a=1&b=2", "a | b")
    '<https://example.org/?a=1&amp;b=2|a ¦ b>'
    """
    return f"<{escaped(url).replace('|', '%7C')}|{escaped(text).replace('|', '¦')}>"


def bold(text: str) -> str:
    """Return *text*, escaped, in bold; as it is where an asterisk in it would end the bold."""
    return escaped(text) if "*" in text or not text else f"*{escaped(text)}*"


def quoted(text: str) -> str:
    """Return *text*, already escaped, as a quotation."""
    return "\n".join(f"> {line}" for line in text.splitlines())


def pieces(text: str, most: int) -> list[str]:
    """Return escaped *text* in pieces of at most *most* characters, cut between sentences where that is possible.

    Else it is cut between words, and within a word only where one is longer than a piece.

    >>> pieces("One. Two. Three.", 10)
    ['One. Two.', 'Three.']
    """
    held: list[str] = []
    for unit in _units(text, most, (_SENTENCE, _WORD)):
        if held and len(held[-1]) + len(unit) <= most:
            held[-1] += unit
        else:
            held.append(unit)
    return [piece.strip() for piece in held if piece.strip()]


def _units(text: str, most: int, cuts: tuple[str, ...]) -> Iterator[str]:
    """Yield the largest parts of *text* that fit: sentences, or else words, or else what Slack counts as a letter."""
    if len(text.strip()) <= most:
        yield text
    elif not cuts:
        yield from _TOKEN.findall(text)
    else:
        for part in re.split(cuts[0], text):
            yield from _units(part, most, cuts[1:])
