"""What people do in Slack: say, mention, press, choose, fill in, edit, delete."""

import html
import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.slack import events
from tests.slack.courier import Courier, Delivery
from tests.slack.message import Channel, Json, Message, View, interactive
from tests.slack.methods.method import Refused
from tests.slack.methods.views import view_of
from tests.slack.response_urls import ResponseUrls
from tests.slack.workspace import User, Workspace

_AT = re.compile(r"(?<!\w)@([a-z][a-z0-9_-]*)")
_LINK = re.compile(r"https?://[^\s<>|]+")
_ALL = ("channel", "here", "everyone")

Shown = Message | View


class Person:
    """Somebody who uses Slack."""

    def __init__(self, user: User, workspace: Workspace, courier: Courier, urls: ResponseUrls) -> None:
        self.user, self._workspace, self._courier, self._urls = user, workspace, courier, urls

    @property
    def id(self) -> str:
        """The id of the person, such as U00000001."""
        return self.user.id

    def says(self, text: str, channel: str | Channel = "study", thread: Message | None = None) -> Message:
        """Say *text* in a channel, or in the *thread* of a message; @name mentions somebody."""
        place = thread.channel if thread else channel
        place = self._workspace.channel(place) if isinstance(place, str) else place
        place.members.add(self.id)
        return self._post(place, typed(text, self._workspace), thread)

    def writes(self, text: str, thread: Message | None = None) -> Message:
        """Write *text* to the bot in a direct message, or in a thread there."""
        return self.says(text, self._workspace.direct(self.id), thread)

    def _post(self, channel: Channel, text: str, thread: Message | None) -> Message:
        stamp = self._workspace.timestamp()
        return self._workspace.post(Message(stamp, channel, self.id, text, thread_ts=thread.thread if thread else None))

    def edits(self, message: Message, text: str) -> None:
        """Change what *message* says."""
        self._workspace.touch(message, text=typed(text, self._workspace), edited=message.edited + 1)

    def deletes(self, message: Message) -> None:
        """Take *message* away."""
        self._workspace.touch(message, deleted=True)

    def presses(self, shown: Shown, button: str) -> Delivery:
        """Press the *button* of a message or view, by its words, those for screen readers, or its action_id."""
        block, element = _one(shown, lambda one: button in _names(one), button)
        kept = {
            name: element[name] for name in ("type", "action_id", "text", "value", "url", "style") if name in element
        }
        return self._acts(shown, kept | {"block_id": block["block_id"]})

    def chooses(self, shown: Shown, option: str, action: str | None = None) -> Delivery:
        """Choose the *option*, by its words, in a menu or among marks; *action* names which, where it is unclear."""
        block, element = _one(
            shown, lambda one: action in (None, one.get("action_id")) and bool(_option(one, option)), option
        )
        chosen: Json = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
        return self._acts(shown, chosen | _chosen(element, option))

    def _acts(self, shown: Shown, action: Json) -> Delivery:
        app, trigger = self._workspace.app, self._workspace.trigger(self.id)
        if isinstance(shown, View):
            where = events.on_view(shown, {})
        else:
            where = events.on_message(app, shown, self._urls.make(self.id, shown.channel, shown))
        told = events.block_actions(app, self._json(), action, trigger, **where)
        return self._courier.send(Delivery("interactive", told))

    def commands(self, text: str, channel: str | Channel = "study", *, command: str = "/tutor") -> Delivery:
        """Type a slash command with *text* after it."""
        assert command in self._workspace.app.commands, f"the app has no command {command}"
        place = self._workspace.channel(channel) if isinstance(channel, str) else channel
        place.members.add(self.id)
        url, trigger = self._urls.make(self.id, place), self._workspace.trigger(self.id)
        said = (command, typed(text, self._workspace))
        told = events.slash_command(self._workspace.app, self._json(), said, place, trigger=trigger, url=url)
        return self._courier.send(Delivery("slash_commands", told, lambda answer: self._answered(place, answer)))

    def _answered(self, place: Channel, answer: Json) -> None:
        try:
            if answer:
                self._urls.answer(self.id, place, answer)
        except Refused as refused:
            self._workspace.wrong(refused.error, f"acknowledgement of a command: {refused.detail}")

    def uses(self, callback: str, message: Message) -> Delivery:
        """Use the message shortcut *callback* on a message."""
        app = self._workspace.app
        assert app.shortcuts is None or callback in app.shortcuts, f"the app has no message shortcut {callback}"
        url, trigger = self._urls.make(self.id, message.channel, message), self._workspace.trigger(self.id)
        told = events.message_action(app, self._json(), callback, message, trigger=trigger, url=url)
        return self._courier.send(Delivery("interactive", told))

    def opens_home(self) -> Delivery:
        """Open the Home tab of the app."""
        app = self._workspace.app
        assert app.hears("app_home_opened"), "the app does not listen to app_home_opened"
        event = events.home_opened(self.id, self._workspace.direct(self.id), self._workspace.homes.get(self.id))
        return self._courier.send(Delivery("events_api", events.event_callback(app, event)))

    def home(self) -> View | None:
        """Return what the Home tab shows to this person, None before the app has published one."""
        return self._workspace.homes.get(self.id)

    def modal(self) -> View | None:
        """Return the modal on top, None where there is none."""
        stack = self._workspace.modals.get(self.id)
        return stack[-1] if stack else None

    def whispers(self) -> list[Message]:
        """Return the ephemeral messages this person got."""
        held = [one for each in self._workspace.messages.values() for one in each.values()]
        return [one for one in held if one.only_for == self.id and not one.deleted]

    def submits(self, view: View, filled: Mapping[str, str | list[str]]) -> Delivery:
        """Submit a modal with what is *filled* in, by action_id: words, or the words of options."""
        values = values_of(view, filled)
        told = events.view_submission(self._workspace.app, self._json(), view, values, self._workspace.trigger(self.id))
        return self._courier.send(Delivery("interactive", told, lambda answer: self._submitted(view, answer)))

    def _submitted(self, view: View, answer: Json) -> None:
        match answer.get("response_action"):
            case None | "clear" as how:
                self._workspace.close(view, everything=how == "clear")
            case "errors":
                view.errors = answer["errors"]
            case "update" | "push" as how:
                self._next(view, answer, push=how == "push")
            case other:
                self._workspace.wrong("invalid_response_action", str(other))

    def _next(self, view: View, answer: Json, *, push: bool) -> None:
        """Show the view that came with an acknowledgement, on top of *view* or in its place."""
        try:
            content = view_of(answer.get("view"), "modal")
        except Refused as refused:
            self._workspace.wrong(refused.error, f"acknowledgement of a modal: {refused.detail}")
            return
        fresh = self._workspace.fresh
        made = View(fresh("V"), self.id, content, fresh(""), view.id) if push else view
        made.content = content
        self._workspace.show(made)

    def closes(self, view: View) -> None:
        """Close a modal without submitting it; the app hears of it if it asked to."""
        self._workspace.close(view)
        if view.content.get("notify_on_close"):
            told = events.view_closed(self._workspace.app, self._json(), view)
            self._courier.send(Delivery("interactive", told))

    def _json(self) -> Json:
        return {"id": self.id, "username": self.user.name, "name": self.user.name}


def typed(text: str, workspace: Workspace) -> str:
    """Return *text* as Slack hands it on when a person types it: escaped, with mentions and links marked.

    >>> from tests.slack.app import App
    >>> typed("@tutor is 2 < 3? @here see https://example.org/a", Workspace(App()))
    '<@U0TUTOR> is 2 &lt; 3? <!here> see <https://example.org/a>'
    """
    names = {user.name: f"<@{user.id}>" for user in workspace.users.values()} | {one: f"<!{one}>" for one in _ALL}
    escaped = html.escape(text, quote=False)
    linked = _LINK.sub(lambda found: f"<{found[0]}>", escaped)
    return _AT.sub(lambda found: names.get(found[1], found[0]), linked)


def values_of(view: View, filled: Mapping[str, str | list[str]]) -> Json:
    """Return the state of the inputs of *view* with what is *filled* in; fail where Slack would not let it through."""
    inputs = [(block, element) for block, element in view.elements() if block["type"] == "input"]
    left = set(filled) - {element["action_id"] for _, element in inputs}
    assert not left, f"there is nothing to fill in called {sorted(left)}"
    values: Json = {}
    for block, element in inputs:
        given = filled.get(element["action_id"])
        assert given or block.get("optional"), f"{block['label']['text']} must be filled in"
        state = {"type": element["type"]} | _filled(element, given)
        values.setdefault(block["block_id"], {})[element["action_id"]] = state
    return values


def _filled(element: Json, given: Any) -> Json:
    if element["type"] == "plain_text_input":
        return {"value": given}
    if element["type"] in ("checkboxes", "multi_static_select"):
        return {"selected_options": [_option(element, one) for one in given or []]}
    return {"selected_option": _option(element, given) if given else element.get("initial_option")}


def _chosen(element: Json, words: str) -> Json:
    option = _option(element, words)
    if element["type"] in ("checkboxes", "multi_static_select"):
        return {"selected_options": [option]}
    return {"selected_option": option}


def _option(element: Json, words: str) -> Json | None:
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    held = [*element.get("options", []), *grouped]
    return next((one for one in held if one["text"]["text"] == words), None)


def _label(element: Json) -> str | None:
    return element["text"]["text"] if element.get("type") == "button" else None


def _names(element: Json) -> tuple[str | None, ...]:
    return _label(element), element.get("accessibility_label"), element.get("action_id")


def _one(shown: Shown, wanted: Callable[[Json], bool], name: str) -> tuple[Json, Json]:
    """Return the one element of what is *shown* that is *wanted*, with its block."""
    held = list(interactive(shown.blocks if isinstance(shown, Message) else shown.content["blocks"]))
    found = [(block, element) for block, element in held if wanted(element)]
    seen = [_label(element) or element.get("action_id") for _, element in held]
    assert len(found) == 1, f"{len(found)} of {seen} are {name!r}"
    return found[0]
