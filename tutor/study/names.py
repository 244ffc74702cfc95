"""Names: what a pack calls by a name, of which kind it is, and the entry that is about it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tutor.model import Entry, Term
from tutor.study.material import Material
from tutor.text import words

BLANK = "____"
_BROAD = 1 / 3  #: share of the terms above which a kind is too broad to choose from
_PLAIN = re.compile(r"[A-Za-z_.]+(\(\))?")  #: code that is a name
_EXAMPLE = re.compile(r"(such as|for example|say|like) [^.;:]*$", re.IGNORECASE)
_CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Name:
    """A name as it is *shown*, its *key* under all spellings, and its kind."""

    key: str
    shown: str
    kind: str

    @property
    def code(self) -> bool:
        """Whether it is shown as code."""
        return self.shown.startswith("`")


class Names:
    """The names that titles and answers of a pack hold. Costly to make."""

    def __init__(self, material: Material) -> None:
        kinds = Counter(term.kind for term in material.pack.terms)
        telling = {kind for kind, count in kinds.items() if count <= _BROAD * kinds.total()}
        self._terms = [(term, _pattern(term)) for term in material.pack.terms if term.kind in telling]
        titled = {term.name for term, pattern in self._terms for one in material.entries if pattern.search(one.title)}
        self._subjects = [(term, pattern) for term, pattern in self._terms if term.name in titled]
        self._homes: dict[str, tuple[Name, Entry]] = {}
        for one in sorted(material.entries, key=lambda one: one.kind != "fact"):
            for name in self.within(one.answer):
                if name.key not in self._homes or self._in_title(name, one):
                    self._homes.setdefault(name.key, (name, one))

    def within(self, text: str) -> Iterator[Name]:
        """Yield the names in *text* that may be asked for: code, and terms that some entry is about."""
        for code in dict.fromkeys(_CODE.findall(text)):
            if _PLAIN.fullmatch(code) and not _EXAMPLE.search(text[: text.index(code)]):
                kind = "()" if code.endswith("()") else "capital" if code[0].isupper() else "name"
                yield Name(" ".join(words(code)), f"`{code}`", f"code {kind}")
        bare = _CODE.sub(lambda found: " " * len(found[0]), text)
        for term, pattern in self._subjects:
            if (found := pattern.search(bare)) and not _EXAMPLE.search(text[: found.start()]):
                yield Name(" ".join(words(term.name)), _begun(found[0]), term.kind)

    def every(self, text: str) -> frozenset[str]:
        """Return the keys of all names in *text*, whether they may be asked for or not."""
        terms = (" ".join(words(term.name)) for term, pattern in self._terms if pattern.search(text))
        return frozenset([*terms, *(" ".join(words(code)) for code in _CODE.findall(text))])

    def like(self, name: Name) -> list[tuple[Name, Entry]]:
        """Return the other names of the same kind, each with the entry that says most of it."""
        return [
            (other, home) for other, home in self._homes.values() if other.kind == name.kind and other.key != name.key
        ]

    def without(self, name: Name, text: str) -> str:
        """Return *text* with a gap wherever *name* stands, and no article before it that would betray it."""
        gaps = text.replace(name.shown, BLANK) if name.code else self._gapped(name, text)
        return re.sub(rf"\b([Aa])n? {BLANK}", rf"\1(n) {BLANK}", gaps)

    def left(self, name: Name, shown: str) -> bool:
        """Say whether a telling word of *name* is still there in what is *shown*."""
        telling = {word for word in words(name.shown) if len(word) > 2}
        return bool(telling & set(words(shown)))

    def _gapped(self, name: Name, text: str) -> str:
        for term, pattern in self._subjects:
            if " ".join(words(term.name)) == name.key:
                return pattern.sub(BLANK, text)
        return text

    def _in_title(self, name: Name, entry: Entry) -> bool:
        return name.key in self.every(entry.title)


def _pattern(term: Term) -> re.Pattern[str]:
    spellings = sorted({term.name, *term.aliases, *term.formerly}, key=len, reverse=True)
    return re.compile(rf"(?<![\w`.])(?:{'|'.join(map(re.escape, spellings))})(?:e?s)?(?![\w`])", re.IGNORECASE)


def _begun(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}" if name.islower() else name
