"""Puts what `tutor learn` learned from the bundled pack into the wheel, so that its first question is fast as well."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ShipWeights(BuildHookInterface[Any]):
    """Adds learned.weights to the wheel where it lies at the top of the repository; without it the pack is learned."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it builds."""
        weights = Path(self.root) / "learned.weights"
        if version != "editable" and weights.is_file():
            build_data["force_include"][str(weights)] = "tutor/bundled/learned.weights"
