"""Whom a Slack text is addressed to, and what it says to the tutor once names and markup are taken away."""

import re
from typing import Literal

from tutor.text import LONGEST

To = Literal["tutor", "somebody else", "nobody"]

_CALLED = re.compile(r"[\s,:;&+]*(?:and\s+)?<(?:@(?P<user>[UW][A-Z0-9]+)|!subteam\^(?P<group>[A-Z0-9]+))(?:\|[^>]*)?>")
_CALL = re.compile(r"<(?:@[UW][A-Z0-9]+|!(?:subteam\^\w+|here|channel|everyone))(?:\|[^>]*)?>")
_MARKUP = re.compile(
    r"<(?:#[A-Z0-9]+|!date\^[^|>]*|(?:https?|mailto|tel):[^|>]*)\|([^>]*)>|<((?:https?|mailto|tel):[^>]*)>"
)
_EDGE = " \t\r\n,:;–—-"


def addressed(text: str, tutor: str) -> To:
    """Return whom *text* is addressed to; *tutor* is the id of the tutor's own user.

    Those whom it begins with count; where it begins with nobody, a mention of the tutor anywhere does.

    >>> addressed("<@U1> what did <@U9> say?", "U9"), addressed("<@U1> <@U9> which tea?", "U9")
    ('somebody else', 'tutor')
    >>> addressed("Does <@U9> know?", "U9"), addressed("Which tea?", "U9")
    ('tutor', 'nobody')
    """
    called, place = [], 0
    while begun := _CALLED.match(text, place):
        called.append(begun["user"])
        place = begun.end()
    if called:
        return "tutor" if tutor in called else "somebody else"
    return "tutor" if re.search(rf"<@{re.escape(tutor)}(?:\|[^>]*)?>", text) else "nobody"


def spoken(text: str) -> str:
    """Return what *text* says: without mentions, links as their words, letters as they were typed.

    >>> spoken("<@U9>: is a &lt; b in <https://example.org|the docs>?")
    'is a < b in the docs?'
    """
    said = _MARKUP.sub(lambda found: found[1] or found[2] or "", _CALL.sub(" ", text[: 2 * LONGEST]))
    said = said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return said.lstrip(_EDGE).rstrip()[: LONGEST + 1]
