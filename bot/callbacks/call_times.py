"""When a call will be tried: a family's wish fitted into the hours in which the area rings; and the next try.

Everything is decided in local time, Europe/Helsinki, and compared as moments, so that a night on which clocks are
turned neither adds nor loses an hour.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from bot.callbacks.workdays import is_weekend, is_working_day, next_working_day, promised_day
from bot.clock import HELSINKI, helsinki
from bot.meaning import TimeWish, Window

Impossible = Literal["weekend", "holiday", "outside_hours", "past"]

_SEARCH_DAYS = 60
"""How far ahead a day is looked for; the longest run of days off is far shorter."""
_EXACT = timedelta(hours=1)
"""How long a window is when a family names one moment ("klo 14")."""
_EDGE = timedelta(hours=2)
"""What is offered of a day when the wish lies before opening or after closing: its first or last hours."""
_SHORTEST = timedelta(minutes=15)
_PARTS_OF_DAY = 3
_GAPS = (timedelta(hours=2), timedelta(hours=4))
"""Calling hours that pass before the second and the third try; later ones wait a whole day's calling hours."""


@dataclass(frozen=True, slots=True)
class CallingHours:
    """When an area rings on its working days; local times."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("calling hours must open before they close")

    def on(self, day: date) -> Window:
        """The calling hours of one day."""
        return Window(local_moment(day, self.opens), local_moment(day, self.closes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What became of a wish.

    `window` is None when no time was asked for. `asked_for_impossible` says why the window is not what was asked.
    `note` holds the family's own words when the window alone does not keep them (a recurring or spanning wish).
    `promised_day` is the day to promise with this window.
    """

    window: Window | None
    asked_for_impossible: Impossible | None = None
    note: str | None = None
    promised_day: date


def fit(wish: TimeWish, hours: CallingHours, now: datetime, *, promise_working_days: int = 3) -> Fit:
    """The first window in which the wish can be met, or the nearest one that can with the reason why not.

    Args:
        wish: As understood; its times are cut to `hours`.
        hours: The area's calling hours.
        now: Aware, any zone. Nothing in the past is offered.
        promise_working_days: The area's promise, for `promised_day`.
    """
    note = wish.words if _says_more_than_a_window(wish) else None
    if _asks_for_nothing(wish):
        return Fit(window=None, note=note, promised_day=promised_day(now, working_days=promise_working_days))
    window, reason = _first_window(wish, hours, now)
    day = promised_day(now, working_days=promise_working_days, wished=window.start.date())
    return Fit(window=window, asked_for_impossible=reason, note=note, promised_day=day)


def next_try(now: datetime, attempts: int, hours: CallingHours) -> datetime:
    """When to ring again after nobody answered: some calling hours later and at another time of day.

    Args:
        now: When the call was tried; aware.
        attempts: How many tries have gone unanswered, this one included (1 or more).
        hours: The area's calling hours; their day is seen in three parts (morning, midday, afternoon).

    Returns:
        A moment in Europe/Helsinki within calling hours, at the beginning of another part of the day.
    """
    gap = _GAPS[attempts - 1] if attempts <= len(_GAPS) else _length(hours)
    earliest = _after_calling_time(now, gap, hours)
    tried = _part_of_day(now, hours)
    day = helsinki(earliest).date()
    while True:
        for part, start in enumerate(_part_starts(hours)):
            moment = local_moment(day, start)
            if part != tried and not _earlier(moment, earliest):
                return moment
        day = next_working_day(day + timedelta(days=1))


def _asks_for_nothing(wish: TimeWish) -> bool:
    if wish.day or wish.weekdays or wish.not_weekdays:
        return False
    return wish.from_time is None and wish.to_time is None


def _says_more_than_a_window(wish: TimeWish) -> bool:
    return bool(wish.recurring or wish.last_day or wish.weekdays or wish.not_weekdays)


def _first_window(wish: TimeWish, hours: CallingHours, now: datetime) -> tuple[Window, Impossible | None]:
    today = helsinki(now).date()
    start, end, outside = _times(wish, hours)
    reason: Impossible | None = None
    for day in _days(wish, today):
        if not is_working_day(day):
            reason = reason or ("weekend" if is_weekend(day) else "holiday")
            continue
        window = _cut(Window(local_moment(day, start), local_moment(day, end)), now)
        if window is None:
            reason = reason or "past"
            continue
        if _day_was_asked(wish, day, today):
            return window, outside
        return window, "past" if _day_is_over(wish, today) else _weightier(reason, outside)
    raise ValueError("no working day within two months")


def _days(wish: TimeWish, today: date) -> Iterator[date]:
    """The days to look at: those asked for in order, then those after them."""
    start = max(wish.day or today, today)
    last = max(wish.last_day or wish.day or start + timedelta(days=_SEARCH_DAYS), today)
    span = (start + timedelta(days=offset) for offset in range((last - start).days + 1))
    asked = [day for day in span if _weekday_is_asked(wish, day)]
    yield from asked
    # None of them will do. After a wish with a day we look on from its end; after "lauantaisin" from the first one.
    after = last if wish.day else next(iter(asked), today - timedelta(days=1))
    for offset in range(1, _SEARCH_DAYS):
        yield after + timedelta(days=offset)


def _weekday_is_asked(wish: TimeWish, day: date) -> bool:
    if day.weekday() in wish.not_weekdays:
        return False
    return not wish.weekdays or day.weekday() in wish.weekdays


def _day_was_asked(wish: TimeWish, day: date, today: date) -> bool:
    if wish.day is None:
        return _weekday_is_asked(wish, day)
    return max(wish.day, today) <= day <= (wish.last_day or wish.day) and _weekday_is_asked(wish, day)


def _day_is_over(wish: TimeWish, today: date) -> bool:
    return wish.day is not None and (wish.last_day or wish.day) < today


def _weightier(day_reason: Impossible | None, hour_reason: Impossible | None) -> Impossible | None:
    """Of two reasons the one to tell: that nobody rings at that hour explains why today's time is over."""
    return hour_reason or day_reason if day_reason == "past" else day_reason or hour_reason


def _times(wish: TimeWish, hours: CallingHours) -> tuple[time, time, Impossible | None]:
    """The wished times cut to the calling hours; their nearest end when they lie outside."""
    start, end = wish.from_time or hours.opens, wish.to_time or hours.closes
    if wish.from_time and wish.to_time and end <= start:  # one moment rather than a stretch
        end = _later(start, _EXACT)
    if start >= hours.closes:
        return max(hours.opens, _later(hours.closes, -_EDGE)), hours.closes, "outside_hours"
    if end <= hours.opens:
        return hours.opens, min(hours.closes, _later(hours.opens, _EDGE)), "outside_hours"
    return max(start, hours.opens), min(end, hours.closes), None


def _cut(window: Window, now: datetime) -> Window | None:
    """What is left of a window, from the next quarter of an hour on; None when that is too little."""
    if not _earlier(window.start, now):
        return window
    start = _next_quarter(now)
    return Window(start, window.end) if not _earlier(window.end, start + _SHORTEST) else None


def _next_quarter(now: datetime) -> datetime:
    since = now.astimezone(UTC)
    past = timedelta(minutes=since.minute % 15, seconds=since.second, microseconds=since.microsecond)
    return helsinki(since if not past else since - past + timedelta(minutes=15))


def local_moment(day: date, at: time = time()) -> datetime:
    """A local time (midnight unless said) as a moment in Europe/Helsinki; one the clocks skip is an hour later."""
    return helsinki(datetime.combine(day, at, HELSINKI).astimezone(UTC))


def _earlier(one: datetime, other: datetime) -> bool:
    # Python compares two times of the same zone by what the wall clock shows.
    return one.astimezone(UTC) < other.astimezone(UTC)


def _later(at: time, by: timedelta) -> time:
    """A time of day moved, staying within the day."""
    moved = timedelta(hours=at.hour, minutes=at.minute) + by
    minutes = min(max(int(moved.total_seconds() // 60), 0), 24 * 60 - 1)
    return time(minutes // 60, minutes % 60)


def _length(hours: CallingHours) -> timedelta:
    return timedelta(
        hours=hours.closes.hour - hours.opens.hour, minutes=hours.closes.minute - hours.opens.minute
    )


def _after_calling_time(now: datetime, gap: timedelta, hours: CallingHours) -> datetime:
    """The moment at which `gap` of calling hours has passed since `now`; UTC."""
    day = helsinki(now).date()
    moment = now.astimezone(UTC)
    while True:
        if is_working_day(day):
            open_hours = hours.on(day)
            moment = max(moment, open_hours.start.astimezone(UTC))
            left = open_hours.end.astimezone(UTC) - moment
            if left > gap:
                return moment + gap
            gap -= max(left, timedelta(0))
        day += timedelta(days=1)


def _part_starts(hours: CallingHours) -> tuple[time, ...]:
    minutes = int(_length(hours).total_seconds() // 60)
    return tuple(
        _later(hours.opens, timedelta(minutes=part * minutes // _PARTS_OF_DAY // 15 * 15))
        for part in range(_PARTS_OF_DAY)
    )


def _part_of_day(now: datetime, hours: CallingHours) -> int:
    at = helsinki(now).time()
    return max((part for part, start in enumerate(_part_starts(hours)) if start <= at), default=0)
