"""Places for calls: how many calls an area can promise at a time, and which of them are still free. Pure.

A day's calling hours are parted into stretches as long as a call (half an hour unless the area says otherwise). In each
as many calls have a place as there are advisors at work; a place is a stretch and a number from 1 up, and the
database holds each at most once. A call promised within a window takes one place of that window; a call without a
window takes none. What is urgent is never refused: it takes a number beyond the last, and staff see that there are
more calls than people.
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, islice

from bot.callbacks.area_calendar import AreaCalendar, local_moment
from bot.callbacks.request import ChangedMeanwhileError
from bot.clock import helsinki
from bot.meaning import Window

_LEAST = timedelta(minutes=15)
"""How much of a stretch must lie within a window for a call to fit there."""
_BEYOND = 100
"""How many numbers beyond the last are tried for an urgent call before another stretch is."""


class PlaceTakenError(ChangedMeanwhileError):
    """Every place that was free a moment ago is taken by others."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One call at one time: where the stretch begins (aware, UTC) and its number, from 1."""

    start: datetime
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A stretch of an advisor's working week, local times; lunch is the gap between two."""

    staff: str
    weekday: int
    """0 is Monday."""
    start: time
    end: time
    first_day: date | None = None
    last_day: date | None = None

    def is_on(self, day: date) -> bool:
        """Whether it is worked on that day, unless the advisor is away."""
        begun = self.first_day is None or self.first_day <= day
        return day.weekday() == self.weekday and begun and (self.last_day is None or day <= self.last_day)

    def at(self, day: date) -> tuple[datetime, datetime]:
        """From when until when it is worked on that day; UTC."""
        return _utc(local_moment(day, self.start)), _utc(local_moment(day, self.end))


@dataclass(frozen=True, slots=True)
class Away:
    """From when until when an advisor is away; aware."""

    staff: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Who works for an area and when. Where nobody has entered hours `at_once` people are taken to be there."""

    shifts: tuple[Shift, ...] = ()
    away: tuple[Away, ...] = ()
    at_once: int = 2
    minutes: int = 30
    """How long a call with its notes takes."""
    share: int = 100
    """Of a hundred hours at work how many are for calls."""

    def capacity_on(self, day: date, calendar: AreaCalendar) -> list[tuple[datetime, int]]:
        """Each stretch of a day (its beginning, UTC) with how many calls it takes; empty on a day without calls."""
        open_hours = calendar.window_on(day)
        if open_hours is None:
            return []
        length, given, worked = timedelta(minutes=self.minutes), 0, 0
        start, end = _utc(open_hours.start), _utc(open_hours.end)
        at_work = [(one.staff, *one.at(day)) for one in self.shifts if one.is_on(day)]
        found: list[tuple[datetime, int]] = []
        while start + length <= end:
            there = {staff for staff, begins, ends in at_work if begins <= start and start + length <= ends}
            gone = {one.staff for one in self.away if one.start < start + length and start < one.end}
            worked += (len(there - gone) if self.shifts else self.at_once) * self.share
            found.append((start, worked // 100 - given))  # the share of the day so far, spread evenly
            given = worked // 100
            start += length
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The places of one area as they were read a moment ago."""

    calendar: AreaCalendar
    team: Team
    taken: Mapping[datetime, AbstractSet[int]] = field(default_factory=dict)
    """The numbers that are taken, by the beginning of their stretch (UTC)."""
    _days: dict[date, list[tuple[datetime, int]]] = field(default_factory=dict, repr=False, compare=False)

    def has_room(self, window: Window) -> bool:
        """Whether an ordinary call can be promised within the window."""
        return any(room > 0 for _, room in self._rooms(window))

    def candidates(self, window: Window | None, *, urgent: bool = False) -> list[Place] | None:
        """The places to try for a call within the window, the best first: where the most is free, then the earliest.

        An urgent call may go beyond the last number; for any other the list is empty when all is full. None when no
        place is needed: without a window, or for an urgent call at a time that has no stretch.
        """
        if window is None:
            return None
        rooms = sorted(self._rooms(window), key=lambda one: (-one[1], one[0]))
        regular = [place for start, room in rooms for place in self._free(start, max(room, 0))]
        beyond = [place for start, _ in rooms for place in self._free(start, _BEYOND)] if urgent else []
        return (regular + beyond) or (None if urgent else [])

    def room_for(self, urgent: object) -> Callable[[Window], bool]:
        """`has_room`, or for what is urgent (any true value) always yes."""
        return (lambda _: True) if urgent else self.has_room

    def without(self, place: Place | None) -> "Places":
        """The same with one place free, for a call that is moved away from it."""
        if place is None:
            return self
        left = self.taken.get(place.start, frozenset()) - {place.number}
        return replace(self, taken={**self.taken, place.start: left})

    def with_taken(self, place: Place) -> "Places":
        """The same with one place more taken."""
        more = self.taken.get(place.start, frozenset()) | {place.number}
        return replace(self, taken={**self.taken, place.start: more})

    def room_at(self, start: datetime) -> int:
        """How many more calls the stretch that begins then takes; less than 0: too many, or nobody works then."""
        capacity = dict(self._capacity(helsinki(start).date()))
        return capacity.get(start, 0) - len(self.taken.get(start, ()))

    def _capacity(self, day: date) -> list[tuple[datetime, int]]:
        if day not in self._days:
            self._days[day] = self.team.capacity_on(day, self.calendar)
        return self._days[day]

    def _rooms(self, window: Window) -> list[tuple[datetime, int]]:
        """The stretches that lie in a window, each with how many more calls it takes (less than 0: too many)."""
        start, end, day = _utc(window.start), _utc(window.end), helsinki(window.start).date()
        length = timedelta(minutes=self.team.minutes)
        return [
            (begins, capacity - len(self.taken.get(begins, ())))
            for begins, capacity in self._capacity(day)
            if min(end, begins + length) - max(start, begins) >= min(_LEAST, length)
        ]

    def _free(self, start: datetime, most: int) -> Sequence[Place]:
        taken = self.taken.get(start, ())
        # As many as there is room for and the lowest first, so that two who look at the same time meet on one number.
        return [Place(start, number) for number in islice((n for n in count(1) if n not in taken), most)]


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
