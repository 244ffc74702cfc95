"""What an admin may choose: what is answered, what is shown, how long things are kept, how much runs at once."""

from dataclasses import dataclass
from typing import Literal

Mentions = Literal["mention", "thread", "channels"]


@dataclass(frozen=True)
class Settings:
    """How the tutor behaves in Slack.

    *mentions* says what is answered in channels: "mention", only what mentions the tutor; "thread", also what is said
    in a thread that it is in; "channels", also every message of the *channels* (their ids, such as C0123456789).
    Direct messages, the command and the shortcut are always answered.

    *command* is the slash command. *questions* is how many a quiz has. *whole* shows all of an answer at once, without
    buttons that open the rest.
    *retention* is how many days dialogues, unanswered questions and feedback are kept. *workers* is how many threads
    answer. *lease* is after how many seconds without a word the work of a dead replica is taken over; a call of Slack's
    API may take half of it. *poll* is how many seconds pass at most before work of another replica is noticed.
    *passes_on* leaves messages that are not answered to the listeners of the app that come after; without it they are
    acknowledged. *log_text* writes words into the log.
    """

    mentions: Mentions = "thread"
    channels: frozenset[str] = frozenset()
    command: str = "/tutor"
    questions: int = 5
    whole: bool = False
    retention: float = 90
    workers: int = 4
    lease: float = 20
    poll: float = 0.25
    passes_on: bool = False
    log_text: bool = False
