"""Builds every part from the settings and joins them; the one place that knows all."""

from bot.app.application import Options, build
from bot.app.parts import Parts, open_parts, prepare

__all__ = ["Options", "Parts", "build", "open_parts", "prepare"]
