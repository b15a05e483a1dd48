"""Places for calls: how many calls an area can promise at a time, and which of them are still free. Pure.

A day's calling hours are parted into stretches as long as a call (half an hour unless the area says otherwise). In
each as many calls have a place as there are advisors at work. A place is a stretch, a number from 1 up, and the
advisor whose half hour it is: the database holds each number of an area once and each half hour of an advisor once,
whichever of their areas it is for. (Who then rings is whoever takes the call.) A call promised within a window takes
one place of that window; a call without a window takes none. What is urgent is never refused: it takes a number beyond
the last, and staff see that there are more calls than people.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, islice, repeat

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
    advisor: str | None = field(default=None, compare=False)
    """The id of the one whose half hour it is; None where nobody has entered hours, or beyond the last number."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """As long as one call: where it begins (UTC), how many calls it takes, and who works then."""

    start: datetime
    room: int
    staff: AbstractSet[str]


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
    shared: AbstractSet[str] = frozenset()
    """Who works for other areas as well: their half hours are given last."""

    def capacity_on(self, day: date, calendar: AreaCalendar) -> list[tuple[datetime, int]]:
        """Each stretch of a day (its beginning, UTC) with how many calls it takes; empty on a day without calls."""
        return [(one.start, one.room) for one in self.stretches_on(day, calendar)]

    def stretches_on(self, day: date, calendar: AreaCalendar) -> list[Stretch]:
        """The same with who works in each; nobody is named where nobody has entered hours."""
        open_hours = calendar.window_on(day)
        if open_hours is None:
            return []
        length, given, worked = timedelta(minutes=self.minutes), 0, 0
        start, end = _utc(open_hours.start), _utc(open_hours.end)
        at_work = [(one.staff, *one.at(day)) for one in self.shifts if one.is_on(day)]
        found: list[Stretch] = []
        while start + length <= end:
            there = {staff for staff, begins, ends in at_work if begins <= start and start + length <= ends}
            gone = {one.staff for one in self.away if one.start < start + length and start < one.end}
            worked += (len(there - gone) if self.shifts else self.at_once) * self.share
            # The share of the day so far, spread evenly.
            found.append(Stretch(start, worked // 100 - given, there - gone))
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
    busy: Mapping[datetime, AbstractSet[str]] = field(default_factory=dict)
    """Whose half hours are taken, for this area or another, by the same."""
    _days: dict[date, list[Stretch]] = field(default_factory=dict, repr=False, compare=False)

    def has_room(self, window: Window) -> bool:
        """Whether an ordinary call can be promised within the window."""
        return any(self._room(stretch) > 0 for stretch in self._stretches(window))

    def candidates(self, window: Window | None, *, urgent: bool = False) -> list[Place] | None:
        """The places to try for a call within the window, the best first: where the most is free, then the earliest.

        An urgent call may go beyond the last number; for any other the list is empty when all is full. None when no
        place is needed: without a window, or for an urgent call at a time that has no stretch.
        """
        if window is None:
            return None
        stretches = sorted(self._stretches(window), key=lambda one: (-self._room(one), one.start))
        regular = [place for one in stretches for place in self._free(one)]
        beyond = [place for one in stretches for place in self._beyond(one.start)] if urgent else []
        return (regular + beyond) or (None if urgent else [])

    def room_for(self, urgent: object) -> Callable[[Window], bool]:
        """`has_room`, or for what is urgent (any true value) always yes."""
        return (lambda _: True) if urgent else self.has_room

    def without(self, place: Place | None) -> "Places":
        """The same with one place free, for a call that is moved away from it."""
        if place is None:
            return self
        left = self.taken.get(place.start, frozenset()) - {place.number}
        busy = self.busy.get(place.start, frozenset()) - {place.advisor}
        return self._with(place.start, left, busy)

    def with_taken(self, place: Place) -> "Places":
        """The same with one place more taken."""
        more = self.taken.get(place.start, frozenset()) | {place.number}
        named = {place.advisor} if place.advisor else frozenset()
        return self._with(place.start, more, self.busy.get(place.start, frozenset()) | named)

    def room_at(self, start: datetime) -> int:
        """How many more calls the stretch that begins then takes; less than 0: too many, or nobody works then."""
        found = next((one for one in self._on(helsinki(start).date()) if one.start == start), None)
        return self._room(found) if found else -len(self.taken.get(start, ()))

    def _with(self, start: datetime, taken: AbstractSet[int], busy: AbstractSet[str]) -> "Places":
        return replace(self, taken={**self.taken, start: taken}, busy={**self.busy, start: busy})

    def _on(self, day: date) -> list[Stretch]:
        if day not in self._days:
            self._days[day] = self.team.stretches_on(day, self.calendar)
        return self._days[day]

    def _stretches(self, window: Window) -> list[Stretch]:
        """The stretches that lie in a window."""
        start, end, length = _utc(window.start), _utc(window.end), timedelta(minutes=self.team.minutes)
        return [
            one
            for one in self._on(helsinki(window.start).date())
            if min(end, one.start + length) - max(start, one.start) >= min(_LEAST, length)
        ]

    def _room(self, stretch: Stretch) -> int:
        """How many more calls a stretch takes (less than 0: too many); no advisor's half hour is given twice."""
        left = stretch.room - len(self.taken.get(stretch.start, ()))
        return min(left, len(self._idle(stretch))) if stretch.staff and left > 0 else left

    def _idle(self, stretch: Stretch) -> AbstractSet[str]:
        """Who works then and has no call yet."""
        return stretch.staff - self.busy.get(stretch.start, frozenset())

    def _free(self, stretch: Stretch) -> list[Place]:
        """As many as there is room for, always in one order, so that two who look at once meet on one of them."""
        numbers = islice(self._numbers(stretch.start), max(self._room(stretch), 0))
        own_first = sorted(self._idle(stretch), key=lambda staff: (staff in self.team.shared, staff))
        advisors: Iterable[str | None] = own_first if stretch.staff else repeat(None)
        return [Place(stretch.start, number, staff) for number, staff in zip(numbers, advisors, strict=False)]

    def _beyond(self, start: datetime) -> list[Place]:
        return [Place(start, number) for number in islice(self._numbers(start), _BEYOND)]

    def _numbers(self, start: datetime) -> Iterator[int]:
        taken = self.taken.get(start, ())
        return (number for number in count(1) if number not in taken)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
