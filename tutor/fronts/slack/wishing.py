"""What a channel wants of the question of the day: switched on and off by a command, and told to everybody there."""

from dataclasses import replace

from tutor.fronts.slack.answered import Answered, Choice, as_told
from tutor.fronts.slack.answering import Asked
from tutor.fronts.slack.daily import DAILY, Daily, Wish
from tutor.fronts.slack.speaking import call, everybody, only_to
from tutor.render.slack import note

_ON = (
    "Question of the day: {when}, in this channel. Whoever presses a button answers for themselves, and nobody else "
    "sees it. “{command} daily off” ends it."
)
_JOIN = (
    "There will be a question of the day here, but I cannot write in this channel yet. Invite me, for example with "
    "/invite; “{command} daily off” ends it."
)
_OFF = "There is no question of the day in this channel any more."
_NONE = (
    "There is no question of the day in this channel. “{command} daily on 09:00 Europe/Berlin” begins it; “weekdays” "
    "at the end leaves out the weekend."
)


def place_of(asked: Asked) -> str:
    """Return how the store names the channel of what was heard."""
    return f"{asked.heard.team}/{asked.heard.channel}"


def wished(asked: Asked, wish: Daily | Wish, command: str) -> Answered:
    """Do what is wished: a change is told to the channel, how it stands to who asks."""
    heard = asked.heard
    match wish:
        case Daily():
            said = everybody(heard, note(_ON.format(when=wish.told(), command=command)))
            told = replace(said, otherwise=only_to(heard, note(_JOIN.format(command=command))))
            return Answered(noted=Choice({DAILY: wish.to_dict()}, place_of(asked)), told=as_told([told]))
        case "off":
            return Answered(noted=Choice({DAILY: None}, place_of(asked)), told=as_told([everybody(heard, note(_OFF))]))
        case "state":
            saved = asked.place().get(DAILY)
            state, when = (_ON, Daily.from_dict(saved).told()) if saved else (_NONE, "")
            return Answered(told=as_told([call(heard, note(state.format(when=when, command=command)))]))
