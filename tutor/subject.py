"""What a tutor knows of its subject: the Pack, as data."""

from dataclasses import dataclass, field, replace

from tutor.model import About, Choice, Decision, Entry, Examples, Slot, Source, Talk, Term

UNCLEAR = "unclear"  #: where a value would stand, for replies that settle none


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """All that one subject's tutor knows. Examples are there for training only and may be absent."""

    about: About
    sources: dict[str, Source]
    topics: dict[str, str]
    entries: dict[str, Entry]
    terms: tuple[Term, ...]
    slots: dict[str, Slot]
    decisions: dict[str, Decision]
    talk: dict[str, Talk]
    examples: dict[str, Examples] = field(default_factory=dict)
    openings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    outside: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    replies: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    moves: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unasked: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    digest: str

    @property
    def stamp(self) -> str:
        """Name, version and content hash, as rows and answers carry them."""
        return f"{self.about.name} {self.about.version} {self.digest[:12]}"

    def without_examples(self) -> "Pack":
        """Return the part of the pack that answering needs."""
        talk = {name: replace(said, examples=said.examples[:1]) for name, said in self.talk.items()}
        untaught = replace(self, examples={}, openings={}, outside={}, replies={}, moves={}, unasked=(), choices=())
        return replace(untaught, talk=talk)
