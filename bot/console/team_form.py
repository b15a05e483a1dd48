"""What is written into the forms of the team page, read: working weeks, absences and days that are otherwise."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

from bot.callbacks.area_calendar import local_moment
from bot.rota.changing import RotaError, Stretch

_STRETCH = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[.:](\d{2}))?")
_PARTS = re.compile(r"\s*(?:,|;|\bja\b)\s*")


def read_stretches(text: str) -> list[tuple[time, time]]:
    """The stretches of a day: "9–11.30, 12–16". Empty for an empty text.

    Raises `RotaError` (`hours`) for what cannot be read.
    """
    found: list[tuple[time, time]] = []
    for part in _PARTS.split(text.strip()) if text.strip() else ():
        read = _STRETCH.fullmatch(part)
        if read is None:
            raise RotaError("hours")
        start, start_minutes, end, end_minutes = (int(one or 0) for one in read.groups())
        try:
            found.append((time(start, start_minutes), time(end, end_minutes)))
        except ValueError as error:
            raise RotaError("hours") from error
    return found


def read_week(form: Mapping[str, str]) -> list[Stretch]:
    """A working week from the fields `day0` (Monday) to `day6`. Raises `RotaError`."""
    return [
        Stretch(weekday, start, end)
        for weekday in range(7)
        for start, end in read_stretches(form.get(f"day{weekday}", ""))
    ]


def read_day(text: str) -> date | None:
    """A day as a date field sends it; None for an empty one. Raises `RotaError` (`day`)."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise RotaError("day") from error


def read_moment(day: str, at: str, *, otherwise: time) -> datetime:
    """A local day and clock time as a moment; without a time `otherwise`. Raises `RotaError` (`day`, `hours`)."""
    read = read_day(day)
    if read is None:
        raise RotaError("day")
    try:
        return local_moment(read, time.fromisoformat(at) if at else otherwise)
    except ValueError as error:
        raise RotaError("hours") from error


def as_text(stretches: Iterable[tuple[time, time]]) -> str:
    """Stretches as staff write them: `9–11.30, 12–16`."""
    return ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in stretches)


def _clock(at: time) -> str:
    return f"{at.hour}.{at.minute:02}" if at.minute else str(at.hour)
