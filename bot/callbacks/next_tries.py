"""When to ring again after nobody answered: some calling hours later and at another time of day. Pure."""

from datetime import UTC, date, datetime, time, timedelta

from bot.callbacks.area_calendar import AreaCalendar, CallingHours, earlier, local_moment
from bot.callbacks.call_times import later
from bot.clock import helsinki

_PARTS_OF_DAY = 3
_GAPS = (timedelta(hours=2), timedelta(hours=4))
"""Calling hours that pass before the second and the third try; later ones wait a whole day's calling hours."""


def next_try(now: datetime, attempts: int, calendar: AreaCalendar) -> datetime:
    """When to ring again after nobody answered: some calling hours later and at another time of day.

    Args:
        now: When the call was tried; aware.
        attempts: How many tries have gone unanswered, this one included (1 or more).
        calendar: The area's; its ordinary day is seen in three parts (morning, midday, afternoon).

    Returns:
        A moment in Europe/Helsinki within calling hours, at the beginning of another part of the day.
    """
    gap = _GAPS[attempts - 1] if attempts <= len(_GAPS) else _length(calendar.hours)
    earliest = _after_calling_time(now, gap, calendar)
    tried = _part_of_day(now, calendar.hours)
    day = helsinki(earliest).date()
    while True:
        for part, start in _parts_of(day, calendar):
            moment = local_moment(day, start)
            if part != tried and not earlier(moment, earliest):
                return moment
        day += timedelta(days=1)


def _length(hours: CallingHours) -> timedelta:
    return timedelta(
        hours=hours.closes.hour - hours.opens.hour, minutes=hours.closes.minute - hours.opens.minute
    )


def _after_calling_time(now: datetime, gap: timedelta, calendar: AreaCalendar) -> datetime:
    """The moment at which `gap` of calling hours has passed since `now`; UTC."""
    day = helsinki(now).date()
    moment = now.astimezone(UTC)
    while True:
        if open_hours := calendar.window_on(day):
            moment = max(moment, open_hours.start.astimezone(UTC))
            left = open_hours.end.astimezone(UTC) - moment
            if left > gap:
                return moment + gap
            gap -= max(left, timedelta(0))
        day += timedelta(days=1)


def _part_starts(hours: CallingHours) -> tuple[time, ...]:
    minutes = int(_length(hours).total_seconds() // 60)
    return tuple(
        later(hours.opens, timedelta(minutes=part * minutes // _PARTS_OF_DAY // 15 * 15))
        for part in range(_PARTS_OF_DAY)
    )


def _parts_of(day: date, calendar: AreaCalendar) -> list[tuple[int, time]]:
    """The parts of an ordinary day that begin within the calling hours of `day`; else where those begin."""
    hours = calendar.hours_on(day)
    if hours is None:
        return []
    parts = enumerate(_part_starts(calendar.hours))
    within = [(part, start) for part, start in parts if hours.opens <= start < hours.closes]
    return within or [(_PARTS_OF_DAY, hours.opens)]


def _part_of_day(now: datetime, hours: CallingHours) -> int:
    at = helsinki(now).time()
    return max((part for part, start in enumerate(_part_starts(hours)) if start <= at), default=0)
