"""The days ahead of an area: who is there, how many calls have room or are booked, and where there are too many."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.callbacks.area_calendar import CallingHours
from bot.callbacks.places import Places
from bot.clock import helsinki

_FURTHEST = 45
"""Days that are looked at; ten working days lie well within, Christmas and a closed fortnight included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of an area."""

    day: date
    hours: CallingHours | None
    """None when nobody rings on it."""
    is_exception: bool
    at_work: Sequence[str]
    """The ids of advisors with hours on the day, who are not away for all of them."""
    away: Sequence[str]
    """The ids of advisors with hours on the day who are away for a part of it or for all."""
    room: int
    """How many calls the day takes."""
    booked: int
    free: int
    over: Mapping[datetime, int]
    """Times (UTC) with more calls than people, and how many too many."""


def outlook(places: Places, today: date, days: int) -> list[Day]:
    """The next `days` days on which the area rings, `today` first, with those between that are otherwise or booked."""
    taken_on = Counter(helsinki(start).date() for start, numbers in places.taken.items() if numbers)
    found: list[Day] = []
    for day in (today + timedelta(days=offset) for offset in range(_FURTHEST)):
        is_exception = day in places.calendar.exceptions
        if places.calendar.is_open(day) or is_exception or day in taken_on:
            found.append(_day(places, day, is_exception=is_exception))
        if sum(one.hours is not None for one in found) >= days:
            break
    return found


def _day(places: Places, day: date, *, is_exception: bool) -> Day:
    capacity = dict(places.team.capacity_on(day, places.calendar))
    taken = {
        start: len(numbers)
        for start, numbers in places.taken.items()
        if numbers and helsinki(start).date() == day
    }
    shifts = {(one.staff, *one.at(day)) for one in places.team.shifts if one.is_on(day)}
    away = {
        staff
        for staff, begins, ends in shifts
        for one in places.team.away
        if one.staff == staff and one.start < ends and begins < one.end
    }
    there = {
        staff
        for staff, begins, ends in shifts
        if not any(one.staff == staff and one.start <= begins and ends <= one.end for one in places.team.away)
    }
    return Day(
        day=day,
        hours=places.calendar.hours_on(day),
        is_exception=is_exception,
        at_work=sorted(there),
        away=sorted(away),
        room=sum(capacity.values()),
        booked=sum(taken.values()),
        free=sum(max(places.room_at(start), 0) for start in capacity),
        over={
            start: number - capacity.get(start, 0)
            for start, number in sorted(taken.items())
            if number > capacity.get(start, 0)
        },
    )
