"""Counts the days people name from today: weekdays, weeks, dates, and the Finnish holidays.

How the doubtful ones are read, here and nowhere else:
"tiistaina" is the first Tuesday after today. "ensi tiistaina", "nästa tisdag", "next Tuesday" is the Tuesday of next
week (weeks begin on Monday), so that on a Saturday or Sunday it is the coming one. "ensi viikonloppuna" is the coming
weekend, from a Saturday on the one after it. A date that is past this year is next year's. "Joulun jälkeen" is the
first working day after the holidays; "ennen joulua" is from today to the last working day before them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from bot.understanding.said_times import Day

_SATURDAY, _SUNDAY, _WEEK = 5, 6, 7
_FRIDAY = 4
_DAY = timedelta(days=1)
_PARTS = frozenset({"start", "middle", "end"})


@dataclass(frozen=True, slots=True)
class Days:
    """Days counted out: from `first` to `last`, only `weekdays` of them when given."""

    first: date | None = None
    last: date | None = None
    weekdays: tuple[int, ...] = ()
    recurring: bool = False


def count(day: Day, today: date) -> Days | None:
    """The days a said day means, seen from `today` (Europe/Helsinki); None when there is no such date."""
    return _COUNTED[day.kind](day, today)


def _monday(today: date) -> date:
    return today - today.weekday() * _DAY


def _weekday(day: Day, today: date) -> Days:
    if day.recurring:
        return Days(weekdays=(day.number,), recurring=True)
    monday = _monday(today)
    coming = today + ((day.number - today.weekday() - 1) % _WEEK + 1) * _DAY
    match day.relation:
        case "next":
            return Days(monday + (_WEEK + day.number) * _DAY)
        case "this":
            return Days(monday + day.number * _DAY if day.number >= today.weekday() else coming)
        case "weeks-later":
            ahead = today + int(day.part) * _WEEK * _DAY  # the first such day when so many weeks have gone by
            return Days(ahead + (day.number - ahead.weekday()) % _WEEK * _DAY)
        case _:
            return Days(coming)


def in_week(week: Day, weekday: int, today: date) -> date:
    """The weekday of the week somebody names: "ensi viikolla tiistaina"."""
    monday = _monday(today)
    if week.kind == "week-number":
        numbered = _numbered_week(week, today)
        monday = numbered.first if numbered and numbered.first else monday
        monday -= monday.weekday() * _DAY
        return monday + weekday * _DAY
    return monday + (week.number * _WEEK + weekday) * _DAY


def _week(day: Day, today: date) -> Days:
    start = _monday(today) + day.number * _WEEK * _DAY
    first, last = {"start": (0, 1), "middle": (1, 3), "end": (3, 4)}.get(day.part, (0, _FRIDAY))
    if day.number == 0 and start + last * _DAY < today:
        if not day.part:  # "tällä viikolla" said on a weekend: what is left of it
            return Days(today, start + _SUNDAY * _DAY)
        start += _WEEK * _DAY
    return Days(max(today, start + first * _DAY), start + last * _DAY)


def _numbered_week(day: Day, today: date) -> Days | None:
    for year in (today.isocalendar().year, today.isocalendar().year + 1):
        try:
            monday = date.fromisocalendar(year, day.number, 1)
        except ValueError:
            return None
        if monday + _FRIDAY * _DAY >= today:
            return Days(max(today, monday), monday + _FRIDAY * _DAY)
    return None


def _weekend(_: Day, today: date) -> Days:
    monday = _monday(today)
    return Days(max(today, monday + _SATURDAY * _DAY), monday + _SUNDAY * _DAY)


def _date(day: Day, today: date) -> Days | None:
    if day.year and day.year < today.year:  # a birth date, not a wish
        return None
    for year in (day.year,) if day.year else (today.year, today.year + 1):
        try:
            found = date(year, day.month, day.number)
        except ValueError:
            continue
        if day.year or found >= today:
            return Days(found)
    return None


def _month(day: Day, today: date) -> Days:
    if day.kind == "month":
        months = today.year * 12 + today.month - 1 + day.number
        first = date(months // 12, months % 12 + 1, 1)
        if day.part in _PARTS:
            return _part_of_month(first, day.part, today)
        if day.part:  # "kuukauden päästä": the same day of the month, or its last
            return Days(min(first + (today.day - 1) * _DAY, _month_end(first)))
        return Days(first, _month_end(first))
    first = date(today.year + (day.month < today.month), day.month, 1)
    if day.part:
        return _part_of_month(first, day.part, today)
    return Days(max(first, today), _month_end(first))


def _part_of_month(first: date, part: str, today: date) -> Days:
    """The first, the middle or the last ten days of a month, or what is left of them."""
    offset = {"start": 0, "middle": 10, "end": 20}[part]
    last = _month_end(first) if part == "end" else first + (offset + 9) * _DAY
    return Days(max(first + offset * _DAY, min(today, last)), last)


def _day_of_month(day: Day, today: date) -> Days | None:
    """The next day of that number: "27. päivä"."""
    for ahead in range(3):
        months = today.year * 12 + today.month - 1 + ahead
        try:
            found = date(months // 12, months % 12 + 1, day.number)
        except ValueError:
            continue
        if found >= today:
            return Days(found)
    return None


def _end_of_month(_: Day, today: date) -> Days:
    """The last week of this month, or what is left of it."""
    last = _month_end(today.replace(day=1))
    return Days(max(today, last - (_WEEK - 1) * _DAY), last)


def _month_end(first: date) -> date:
    return (first + 31 * _DAY).replace(day=1) - _DAY


def _holiday(day: Day, today: date) -> Days | None:
    for year in range(today.year - 1, today.year + 3):
        first, last = _NAMED[day.part](year)
        if day.relation == "after":
            after = first_working_day(last + _DAY)
            if after >= today and last >= today - _WEEK * _DAY:
                return Days(after)
        elif day.relation == "before":
            if first > today:
                return Days(today, max(today, last_working_day(first - _DAY)))
        elif last >= today:
            return Days(max(first, today), last if last > first else None)
    return None


def _easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian reckoning)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def _midsummer_eve(year: int) -> date:
    june = date(year, 6, 19)
    return june + (_FRIDAY - june.weekday()) % _WEEK * _DAY


def _all_saints(year: int) -> date:
    october = date(year, 10, 31)
    return october + (_SATURDAY - october.weekday()) % _WEEK * _DAY


_HOLIDAYS: dict[str, Callable[[int], tuple[date, date]]] = {
    "christmas": lambda year: (date(year, 12, 24), date(year, 12, 26)),
    "independence": lambda year: (date(year, 12, 6), date(year, 12, 6)),
    "epiphany": lambda year: (date(year, 1, 6), date(year, 1, 6)),
    "newyear": lambda year: (date(year, 1, 1), date(year, 1, 1)),
    "mayday": lambda year: (date(year, 5, 1), date(year, 5, 1)),
    "midsummer": lambda year: (_midsummer_eve(year), _midsummer_eve(year) + _DAY),
    "easter": lambda year: (_easter(year) - 2 * _DAY, _easter(year) + _DAY),
    "ascension": lambda year: (_easter(year) + 39 * _DAY,) * 2,
    "allsaints": lambda year: (_all_saints(year),) * 2,
}
_NAMED: dict[str, Callable[[int], tuple[date, date]]] = {
    **_HOLIDAYS,
    "between": lambda year: (date(year, 12, 27), date(year, 12, 31)),
    "christmas-eve": lambda year: (date(year, 12, 24),) * 2,
    "christmas-day": lambda year: (date(year, 12, 25),) * 2,
    "second-christmas-day": lambda year: (date(year, 12, 26),) * 2,
    "newyear-eve": lambda year: (date(year, 12, 31),) * 2,
    "maundy-thursday": lambda year: (_easter(year) - 3 * _DAY,) * 2,
    "good-friday": lambda year: (_easter(year) - 2 * _DAY,) * 2,
    "easter-monday": lambda year: (_easter(year) + _DAY,) * 2,
    "mayday-eve": lambda year: (date(year, 4, 30),) * 2,
    "midsummer-eve": lambda year: (_midsummer_eve(year),) * 2,
    "midsummer-week": lambda year: (_midsummer_eve(year) - _FRIDAY * _DAY, _midsummer_eve(year)),
}
"""First and last day of each, as people mean them: Christmas with its eve, Easter from Good Friday to Monday."""


@cache
def free_days(year: int) -> frozenset[date]:
    """Finnish public holidays of a year, with Christmas Eve and midsummer eve (Act 388/1937 and common practice)."""
    days: set[date] = set()
    for holiday in _HOLIDAYS.values():
        first, last = holiday(year)
        days.update(first + offset * _DAY for offset in range((last - first).days + 1))
    return frozenset(days)


def is_working_day(day: date) -> bool:
    """Monday to Friday, and no holiday."""
    return day.weekday() < _SATURDAY and day not in free_days(day.year)


def first_working_day(day: date) -> date:
    """The day itself or the first working day after it."""
    while not is_working_day(day):
        day += _DAY
    return day


def last_working_day(day: date) -> date:
    """The day itself or the last working day before it."""
    while not is_working_day(day):
        day -= _DAY
    return day


_COUNTED: dict[str, Callable[[Day, date], Days | None]] = {
    "offset": lambda day, today: Days(today + day.number * _DAY),
    "within": lambda day, today: Days(today, today + day.number * _DAY),
    "weekday": _weekday,
    "weekdays": lambda _day, _today: Days(weekdays=tuple(range(_SATURDAY)), recurring=True),
    "weekends": lambda _day, _today: Days(weekdays=(_SATURDAY, _SUNDAY), recurring=True),
    "everyday": lambda _day, _today: Days(recurring=True),
    "week": _week,
    "week-number": _numbered_week,
    "weekend": _weekend,
    "after-weekend": lambda _day, today: Days(first_working_day(_monday(today) + _WEEK * _DAY)),
    "next-working-day": lambda _day, today: Days(first_working_day(today + _DAY)),
    "date": _date,
    "month": _month,
    "month-day": _day_of_month,
    "month-end": _end_of_month,
    "month-name": _month,
    "holiday": _holiday,
}
"""How each kind of said day is counted."""
