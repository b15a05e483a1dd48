"""What a letter to staff says: neutral words of `fi.yaml`, filled with codes and figures alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bot import content
from bot.alarms.letters import Kind, Letter
from bot.clock import helsinki
from bot.guidance.areas import Areas
from bot.texts import fill

_FILE = Path(__file__).with_name("fi.yaml")
_PAGES = {
    Kind.ALARM: ("open_alarms", "/staff/alarms"),
    Kind.DAY: ("open", "/staff/"),
    Kind.DIGEST: ("open_digest", "/staff/digest"),
}


@dataclass(frozen=True, slots=True)
class Worded:
    """A letter in words."""

    subject: str
    text: str


def worded(letter: Letter, areas: Areas, public_url: str | None) -> Worded:
    """The letter in Finnish; with the address of its page when the address of this server is set."""
    lines = {Kind.ALARM: _alarm, Kind.DAY: _day, Kind.DIGEST: _digest}[letter.kind](letter, areas)
    text = "\n".join(lines)
    if public_url:
        key, path = _PAGES[letter.kind]
        text += "\n\n" + fill(_words()[key], {"address": public_url.rstrip("/") + path})
    return Worded(_words()["subject"][letter.kind.value], text)


def _alarm(letter: Letter, areas: Areas) -> Iterator[str]:
    since = helsinki(datetime.fromisoformat(letter.detail["since"]))
    today = helsinki(letter.created_at).date()
    day = "" if since.date() == today else f"{since.day}.{since.month}."
    told = fill(_words()["moment"], {"day": day, "time": f"{since.hour}.{since.minute:02}"}).strip()
    kind = letter.detail["kind"]
    if kind == "late" and since.time() == time():  # late from the midnight that ends its day
        last = since.date() - timedelta(days=1)
        kind, told = "late_day", f"{last.day}.{last.month}."
    values = {"area": _name(areas, letter.detail["area"]), "since": told}
    yield fill(_words()["alarm"][kind], values)


def _day(letter: Letter, _areas: Areas) -> Iterator[str]:
    words, detail = _words()["day"], letter.detail
    if detail["calls"]:
        yield fill(words["calls"], {"number": detail["calls"], "first": detail["first"]})
    for key in ("follow_ups", "late"):
        if detail[key]:
            yield fill(words[key], {"number": detail[key]})


def _digest(letter: Letter, areas: Areas) -> Iterator[str]:
    words, few = _words()["digest"], _words()["digest"]["few"]
    monday = date.fromisoformat(letter.detail["monday"])
    yield fill(words["lead"], {"week": monday.isocalendar().week})
    if not letter.detail["areas"]:
        yield words["none"]
    for area, numbers in letter.detail["areas"].items():
        shown: Mapping[str, Any] = {
            name: few if number is None else number for name, number in numbers.items()
        }
        yield fill(words["area"], {"area": _name(areas, area), **shown})


def _name(areas: Areas, area_id: str) -> str:
    area = areas.by_id.get(area_id)
    return area.name.fi if area else area_id


@cache
def _words() -> Any:
    return content.read(_FILE).data
