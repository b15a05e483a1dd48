"""How the tests of facts read: short ways to ask what was found and to write down what should be."""

from datetime import datetime
from typing import Any

from bot.clock import HELSINKI
from bot.meaning import TimeWish
from bot.understanding.facts import Facts, find_facts

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=HELSINKI)


def facts(text: str, *, asked: str | None = None, language: str = "fi", now: datetime = TUESDAY) -> Facts:
    return find_facts(text, now=now, language=language, asked=asked)


def values(entity: str, text: str, *, asked: str | None = None, language: str = "fi") -> list[Any]:
    return [one.value for one in facts(text, asked=asked, language=language).entities if one.entity == entity]


def wish(wished: TimeWish) -> str:
    """A wish as "2026-11-25 12:00-16:00", "2026-11-30..2026-12-04", "every 0,1", "not 2", "anytime", "asap"."""
    parts = []
    if wished.day:
        parts.append(f"{wished.day}..{wished.last_day}" if wished.last_day else f"{wished.day}")
    if wished.from_time or wished.to_time:
        start = f"{wished.from_time:%H:%M}" if wished.from_time else ""
        end = f"{wished.to_time:%H:%M}" if wished.to_time else ""
        parts.append(f"{start}-{end}")
    if wished.recurring:
        parts.append("every")
    if wished.weekdays:
        parts.append("on " + ",".join(map(str, wished.weekdays)))
    if wished.not_weekdays:
        parts.append("not " + ",".join(map(str, wished.not_weekdays)))
    parts += [
        name for name, true in (("anytime", wished.anytime), ("asap", wished.as_soon_as_possible)) if true
    ]
    return " ".join(parts)


def wishes(
    text: str, *, asked: str | None = None, language: str = "fi", now: datetime = TUESDAY
) -> list[str]:
    found = facts(text, asked=asked, language=language, now=now).entities
    return [wish(one.value) for one in found if one.entity == "time_window"]
