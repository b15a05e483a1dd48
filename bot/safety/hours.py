"""Whether a helpline answers now, as a person in Finland reads the clock."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Week = Mapping[str, Sequence[Sequence[str]]]
"""Weekday `1` (Monday) … `7` → opening times as `["09:00", "15:00"]`; a day that is missing is closed."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Open until a moment, or closed and opening at one (aware, Europe/Helsinki); None when not within a week."""

    open_now: bool
    changes_at: datetime | None


def _helsinki() -> ZoneInfo:
    """Looked up when needed: a machine without a time zone database must not lose the whole layer."""
    return ZoneInfo("Europe/Helsinki")


def opening(week: Week, now: datetime, *, closed_on_holidays: bool = True) -> Opening:
    """What the week's hours say at `now` (aware, any zone)."""
    moment = now.astimezone(UTC)
    today = now.astimezone(_helsinki()).date()
    for ahead in range(10):
        day = today + timedelta(days=ahead)
        if closed_on_holidays and is_holiday(day):
            continue
        for opens, closes in week.get(str(day.isoweekday()), ()):
            start, end = _moment(day, opens), _moment(day, closes)
            # Compared in UTC: two times of one zone are compared by the wall clock, which repeats an hour.
            if start.astimezone(UTC) <= moment < end.astimezone(UTC):
                return Opening(open_now=True, changes_at=end)
            if moment < start.astimezone(UTC):
                return Opening(open_now=False, changes_at=start)
    return Opening(open_now=False, changes_at=None)


def is_holiday(day: date) -> bool:
    """Finnish public holidays with their eves, on which weekday services are usually closed."""
    easter = _easter(day.year)
    if day - easter in (timedelta(days=n) for n in (-2, 0, 1, 39, 49)):
        return True
    fixed = {(1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26)}
    eve = _midsummer_eve(day.year)
    return day in (eve, eve + timedelta(days=1)) or (day.month, day.day) in fixed


def _midsummer_eve(year: int) -> date:
    """The Friday of 19–25 June."""
    return next(day for day in (date(year, 6, d) for d in range(19, 26)) if day.weekday() == calendar.FRIDAY)


def _moment(day: date, clock: str) -> datetime:
    if clock == "24:00":
        return datetime.combine(day + timedelta(days=1), time(), _helsinki())
    return datetime.combine(day, time.fromisoformat(clock), _helsinki())


def _easter(year: int) -> date:
    """Easter Sunday by the Gregorian computus (Meeus, Jones, Butcher)."""
    golden, century, years = year % 19, year // 100, year % 100
    leap = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - leap + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (years // 4) - moon - years % 4) % 7
    shift = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)
