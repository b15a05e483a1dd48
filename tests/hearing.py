"""An ear that understands only buttons, and the bot behind it: for what must work however little is understood."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from bot import texts
from bot.clock import SettableClock
from bot.conversation import reading
from bot.database import Database
from bot.guidance import areas
from bot.guidance.areas import Areas
from bot.guidance.store import CatalogueCache
from bot.hearing import Understands
from bot.meaning import Understanding
from bot.rota.reading import RotaCache
from bot.turn import Content, Turns
from bot.understanding.understand import pressed

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class ButtonsOnly:
    """Takes every word for nothing in particular."""

    def understand(
        self, text: str, *, now: datetime, language: str | None = None, asked: str | None = None
    ) -> Understanding:
        del now, asked
        return pressed(text, language or "fi") or Understanding(text=text, language=language or "fi")


@cache
def content() -> Content:
    """The bot's flows and texts, with such an ear."""
    return Content(reading.load(ROOT / "dialogues"), texts.load(ROOT / "dialogues"), ButtonsOnly())


@cache
def known_areas() -> Areas:
    """The areas of the catalogue."""
    return areas.load(ROOT / "services_catalog")


def turns_on(database: Database, clock: SettableClock, ear: Understands | None = None) -> Turns:
    """The bot on `database`, which hears with `ear`; its catalogue is what stands there."""
    heard = replace(content(), understander=ear) if ear else content()
    return Turns(
        database=database,
        clock=clock,
        content=lambda: heard,
        areas=known_areas(),
        catalogue=CatalogueCache(known_areas()).get,
        rota=RotaCache(known_areas()),
    )
