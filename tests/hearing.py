"""An ear that understands only buttons: for what must work however little is understood."""

from dataclasses import dataclass
from datetime import datetime

from bot.meaning import Understanding
from bot.understanding.understand import pressed


@dataclass(frozen=True)
class ButtonsOnly:
    """Takes every word for nothing in particular."""

    def understand(
        self, text: str, *, now: datetime, language: str | None = None, asked: str | None = None
    ) -> Understanding:
        del now, asked
        return pressed(text, language or "fi") or Understanding(text=text, language=language or "fi")
