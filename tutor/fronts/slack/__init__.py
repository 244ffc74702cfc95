"""The tutor in Slack: transport only. `register` puts it into any Bolt app."""

from tutor.fronts.slack.registering import register
from tutor.fronts.slack.settings import Settings

__all__ = ["Settings", "register"]
