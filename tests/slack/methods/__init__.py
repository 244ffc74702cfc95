"""The methods of Slack's Web API that the fake knows, by name."""

from tests.slack.methods import accounts, chat, conversations, views
from tests.slack.methods.method import METHODS

__all__ = ["METHODS", "accounts", "chat", "conversations", "views"]
