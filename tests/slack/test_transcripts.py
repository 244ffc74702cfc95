"""Every transcript of tests/dialogues, through a bot process: typed in direct messages, and by buttons in a channel."""

import html
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TEA
from tests.slack.bot import Bot, knows
from tests.slack.fake import FakeSlack
from tests.slack.message import Message
from tests.slack.people import Person
from tests.transcripts import transcripts
from tutor import Answer, Ask, Choose, Dialogue, Tutor
from tutor.dialogue import ANY, Turn
from tutor.transcript import Exchange, Transcript

AT_ONCE = 8  #: dialogues
LABELS = {None: "Don't know", ANY: "Doesn't matter"}


@pytest.fixture(scope="module", params=["tea", "databricks-ml"])
def told(request: pytest.FixtureRequest, cache: None) -> tuple[Tutor, list[Transcript]]:
    """A tutor in this process, and the transcripts about its pack that can be typed."""
    tutor: Tutor = request.getfixturevalue("tea" if request.param == "tea" else "tutor")
    held = [one for one in transcripts(request.param) if not any(turn.known for turn in one.turns)]
    assert len(held) > 20
    knows(tutor)
    return tutor, held


@pytest.fixture(scope="module", params=["socket", "http"])
def slack(
    request: pytest.FixtureRequest, told: Any, app: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FakeSlack]:
    pack = TEA if told[1][0].pack == "tea" else None
    doors = ("--http", "127.0.0.1:0") if request.param == "http" else ()
    folder: Path = tmp_path_factory.mktemp("bot")
    with FakeSlack(app) as slack, Bot(slack, folder, *doors, pack=pack) as bot:
        yield slack
        slack.quiet()
        assert bot.stop() == 0
        assert slack.workspace.mistakes == []


def spoken(messages: list[Message]) -> str:
    """Return what *messages* say to somebody who sees no blocks, in one line."""
    return " ".join(html.unescape(" ".join(message.text for message in messages)).split())


@dataclass
class Talk:
    """One transcript on its way through Slack; *turn* is what the tutor in this process has come to."""

    slack: FakeSlack
    tutor: Tutor
    person: Person
    opened: Message | None = None
    turn: Turn | None = None
    seen: set[str] = field(default_factory=set)
    pressed: int = 0

    def typed(self, exchange: Exchange) -> None:
        """Write to the bot what is said, and compare what it says with what the transcript wants and the tutor says."""
        said = self.person.writes(exchange.say)
        self.turn = self.tutor.respond(exchange.say, self._dialogue())
        self._compare(lambda: self._after(said), exchange, [*exchange.missed_in(self.turn.reply.text)])

    def by_buttons(self, exchange: Exchange) -> None:
        """Press the button that means what is said, where there is one under the last message; say it otherwise."""
        if pressed := self._button(exchange):
            self.turn, label = pressed
            self._press(label)
            facts = [getattr(self.turn.reply, name, None) for name in ("reply", "entry", "slot")]
            assert facts == [exchange.reply, exchange.entry, exchange.slot], exchange.say
            self._compare(self._new_in_thread, exchange, None)
            return
        text = f"@tutor {exchange.say}"
        said = self.person.says(text, "study", self.opened)
        self.opened = self.opened or said
        self.turn = self.tutor.respond(exchange.say, self._dialogue())
        self._compare(self._new_in_thread, exchange, [*exchange.missed_in(self.turn.reply.text)])

    def _press(self, label: str) -> None:
        """Press the button that screen readers call *label* under the last message; it stands there as chosen then."""
        assert self.opened
        last = self.slack.workspace.answers(self.opened)[-1]
        self.person.presses(last, label[:75]).acknowledged()
        self.pressed += 1
        self.slack.workspace.wait(lambda: not last.labels(), what=f"{label} to be chosen")
        assert f"✓ {label.partition('. ')[2] or label}" in html.unescape(last.shown())

    def _dialogue(self) -> Dialogue:
        return self.turn.dialogue if self.turn else Dialogue()

    def _compare(self, told: Callable[[], list[Message]], exchange: Exchange, missed: list[str] | None) -> None:
        assert self.turn
        wanted = " ".join(self.turn.reply.text.split())
        new = self.slack.workspace.wait(
            lambda: (held := told()) and len(spoken(held)) >= len(wanted) and held, what=f"{exchange.say!r}: {wanted!r}"
        )
        assert spoken(new) == wanted
        assert not any(message.pings() for message in new)
        buttons = [element for message in new for _, element in message.elements()]
        assert all(button["accessibility_label"] for button in buttons)
        assert missed in (None, []), exchange.say
        self.seen |= {message.ts for message in new}

    def _after(self, said: Message) -> list[Message]:
        held = self.slack.workspace.messages[said.channel.id].values()
        return [one for one in held if one.bot and one.ts > said.ts]

    def _new_in_thread(self) -> list[Message]:
        assert self.opened
        return [one for one in self.slack.workspace.answers(self.opened) if one.ts not in self.seen]

    def _button(self, exchange: Exchange) -> tuple[Turn, str] | None:
        """Return the turn that comes of pressing the button that means what is said, and its label."""
        if self.turn is None:
            return None
        before, after = self.turn.dialogue, self.tutor.respond(exchange.say, self.turn.dialogue)
        match self.turn.reply:
            case Ask() as asked:
                return next((one for one in self._values(asked, before) if _same(one[0], after)), None)
            case Choose(options=offered) if isinstance(after.reply, Answer):
                entry = after.reply.entry
                named = {one.entry: f"{number}. {one.title}" for number, one in enumerate(offered, start=1)}
                return (after, named[entry]) if entry in named else None
            case _:
                return None

    def _values(self, asked: Ask, before: Dialogue) -> Iterator[tuple[Turn, str]]:
        """Yield what comes of each button under a question, and its label."""
        for number, option in enumerate(asked.options, start=1):
            yield self.tutor.pick(asked.slot, option.value, before), f"{number}. {option.label}"
        for value, label in LABELS.items():
            yield self.tutor.pick(asked.slot, value, before), label


def _same(one: Turn, other: Turn) -> bool:
    """Whether two turns have come to the same, whatever was said."""
    return _settled(one) == _settled(other)


def _settled(turn: Turn) -> tuple[Any, ...]:
    dialogue = turn.dialogue
    come_to = (
        dialogue.filled,
        dialogue.unsure,
        dialogue.pending,
        dialogue.decision,
        dialogue.entry,
    )
    return turn.reply.reply, *come_to


def through(
    slack: FakeSlack, told: tuple[Tutor, list[Transcript]], step: Callable[[Talk, Exchange], None]
) -> list[Talk]:
    """Lead every transcript through Slack, several at once, each by a person of its own."""
    tutor, held = told

    def lead(transcript: Transcript) -> Talk:
        talk = Talk(slack, tutor, slack.person(f"p{slack.workspace.fresh('')}"))
        for exchange in transcript.turns:
            step(talk, exchange)
        return talk

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lead, held))


def test_every_transcript_goes_as_written_when_it_is_typed(
    slack: FakeSlack, told: tuple[Tutor, list[Transcript]]
) -> None:
    through(slack, told, Talk.typed)


def test_every_transcript_goes_as_written_by_buttons(slack: FakeSlack, told: tuple[Tutor, list[Transcript]]) -> None:
    talks = through(slack, told, Talk.by_buttons)
    assert sum(talk.pressed for talk in talks) > len(talks) / 2
