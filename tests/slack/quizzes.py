"""A quiz as a person takes it: what is asked in the direct messages, and what is pressed there."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from tests.slack.fake import FakeSlack
from tests.slack.message import Message
from tests.slack.people import Person
from tutor.study.exercise import Exercise

SURE = ("Sure", "Not sure", "A guess", "Choose again")


@dataclass(frozen=True)
class Learner:
    """A *person* who is asked *exercises*."""

    slack: FakeSlack
    person: Person
    exercises: Sequence[Exercise]

    def got(self) -> list[Message]:
        """Return the direct messages of the tutor so far."""
        held = self.slack.workspace.messages[self.slack.workspace.direct(self.person.id).id]
        return [one for one in held.values() if one.bot == self.slack.app.bot]

    def waits(self, count: int) -> Message:
        """Wait for so many direct messages, and return the last."""
        found: list[Message] = self.slack.workspace.wait(
            lambda: len(got := self.got()) >= count and got, what="a message"
        )
        assert len(found) == count, [one.text for one in found]
        return found[-1]

    def exercise(self, asked: Message) -> Exercise:
        """Return the exercise that a message asks."""
        said = html.unescape(asked.text)
        return next(
            one
            for one in self.exercises
            if all(text in said for text in (one.stem, *(two.text for two in one.choices)))
        )

    def choice(self, asked: Message, *, right: bool) -> int:
        """Return the number of the right choice of a question, or of the first wrong one."""
        lines = html.unescape(asked.text).splitlines()
        choices = self.exercise(asked).choices
        wanted = [choice.text for choice in choices if choice.right == right]
        return next(
            int(line.split(".")[0].split()[-1]) for line in lines if any(line.endswith(f". {text}") for text in wanted)
        )

    def chooses(self, asked: Message, *, right: bool = True) -> None:
        """Press the right choice of a question, or a wrong one, and wait to be asked how sure that is."""
        self.person.presses(asked, f"tutor_quiz_choose_{self.choice(asked, right=right)}")
        self.slack.workspace.wait(lambda: tuple(asked.labels()) == SURE, what="how sure")

    def answers(self, asked: Message, *, right: bool = True, sure: str = "Sure") -> None:
        """Choose, say how sure that is, and wait for what comes of it."""
        self.chooses(asked, right=right)
        self.answers_with(asked, sure)

    def answers_with(self, asked: Message, sure: str) -> None:
        """Say how sure a choice is that was made, and wait for what comes of it."""
        self.person.presses(asked, sure)
        self.slack.workspace.wait(lambda: "Read more" in asked.labels(), what="what was right")
