"""The calendar of an area: when it rings, on which days, and by which day it promises to.

One pure value from which everything about days and hours is computed: working days, promises, when a call is due,
the next try, the times that are offered, whether anybody is there now. All in local time, Europe/Helsinki, compared
as moments, so that a night on which clocks are turned neither adds nor loses an hour.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from bot.callbacks import workdays
from bot.clock import HELSINKI, helsinki
from bot.meaning import Window


@dataclass(frozen=True, slots=True)
class CallingHours:
    """From when until when an area rings on a day; local times."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("calling hours must open before they close")

    def on(self, day: date) -> Window:
        """The calling hours of one day."""
        return Window(local_moment(day, self.opens), local_moment(day, self.closes))


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaCalendar:
    """The hours of an area, its promise, and the days on which it is otherwise.

    A day on which an area rings (`is_open`) and a day that counts towards a promise (`is_working_day`) are nearly
    the same: a Saturday may be opened for calls and still does not count; a closed Tuesday does neither.
    """

    hours: CallingHours
    """The hours of an ordinary working day."""
    promise_working_days: int = 3
    exceptions: Mapping[date, CallingHours | None] = field(default_factory=dict)
    """Days with hours of their own; None for a day on which nobody rings."""

    def hours_on(self, day: date) -> CallingHours | None:
        """The calling hours of a day; None when nobody rings on it."""
        if day in self.exceptions:
            return self.exceptions[day]
        return self.hours if workdays.is_working_day(day) else None

    def window_on(self, day: date) -> Window | None:
        """The same as moments."""
        hours = self.hours_on(day)
        return hours.on(day) if hours else None

    def is_open(self, day: date) -> bool:
        """Whether anybody rings on `day`."""
        return self.hours_on(day) is not None

    def is_open_at(self, now: datetime) -> bool:
        """Whether `now` (aware, any zone) is within the calling hours of its day."""
        open_hours = self.window_on(helsinki(now).date())
        return open_hours is not None and not earlier(now, open_hours.start) and earlier(now, open_hours.end)

    def is_working_day(self, day: date) -> bool:
        """Whether `day` counts towards a promise of this area; see `bot.callbacks.workdays`."""
        return workdays.is_working_day(day) and not self.is_closed(day)

    def is_closed(self, day: date) -> bool:
        """Whether the area keeps `day` closed on its own account."""
        return day in self.exceptions and self.exceptions[day] is None

    def add_working_days(self, day: date, n: int) -> date:
        """The `n`th working day after `day`, which is not counted. Raises `ValueError` when `n` is negative."""
        return workdays.add_working_days(day, n, self.is_working_day)

    def promised_day(self, received: datetime, wished: date | None = None) -> date:
        """The day by which a request that came at `received` (aware) is rung, to be said to the family.

        The later of the area's promise and the wished day, a local date. The one place where a promise is computed:
        what is said in the talk, on the family's page, to staff and by an alarm is this day.
        """
        promise = self.add_working_days(helsinki(received).date(), self.promise_working_days)
        return max(promise, wished) if wished else promise

    def next_opening(self, now: datetime) -> datetime:
        """`now` itself while the area rings, else the moment at which it next begins to."""
        if self.is_open_at(now):
            return now
        day = helsinki(now).date()
        while True:
            open_hours = self.window_on(day)
            if open_hours and not earlier(open_hours.start, now):
                return open_hours.start
            day += timedelta(days=1)


def local_moment(day: date, at: time = time()) -> datetime:
    """A local time (midnight unless said) as a moment in Europe/Helsinki; one the clocks skip is an hour later."""
    return helsinki(datetime.combine(day, at, HELSINKI).astimezone(UTC))


def earlier(one: datetime, other: datetime) -> bool:
    """Whether one aware moment is before another."""
    # Python compares two times of the same zone by what the wall clock shows.
    return one.astimezone(UTC) < other.astimezone(UTC)
