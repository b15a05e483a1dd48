"""When a call will be tried: a family's wish fitted into the hours in which the area rings.

Everything is decided by the area's calendar (`bot.callbacks.area_calendar`), and by who is free then
(`bot.callbacks.places`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from bot.callbacks.area_calendar import AreaCalendar, CallingHours, earlier, local_moment
from bot.callbacks.workdays import is_holiday, is_weekend
from bot.clock import helsinki
from bot.meaning import TimeWish, Window

__all__ = ["CallingHours", "Fit", "Impossible", "fit", "local_moment", "nearest_quarter"]

Impossible = Literal["weekend", "holiday", "closed", "outside_hours", "past", "full"]
"""Why a wish cannot be met: the area is `closed` on that day of its own, or every place is taken (`full`)."""
HasRoom = Callable[[Window], bool]
"""Whether a call can be promised within a window."""

_SEARCH_DAYS = 60
"""How far ahead a day is looked for; the longest run of days off is far shorter."""
_EXACT = timedelta(hours=1)
"""How long a window is when a family names one moment ("klo 14")."""
_EDGE = timedelta(hours=2)
"""What is offered of a day when the wish lies before opening or after closing: its first or last hours."""
_SHORTEST = timedelta(minutes=15)
_STEP = timedelta(minutes=30)
_NOTICE = timedelta(hours=1)
"""How soon a time that we offer begins at the earliest; who asks for sooner may have it."""
_APART = timedelta(hours=2)
_OFFERED_OF_A_DAY = 2
_OFFER_DAYS = 14


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


def _always(_window: Window) -> bool:
    return True


def fit(wish: TimeWish, calendar: AreaCalendar, now: datetime, *, has_room: HasRoom = _always) -> Fit:
    """The first window in which the wish can be met, or the nearest one that can with the reason why not.

    Args:
        wish: As understood; its times are cut to the calling hours.
        calendar: The area's.
        now: Aware, any zone. Nothing in the past is offered.
        has_room: Whether a call can still be promised within a window; without it there is always room.
    """
    note = wish.words if _says_more_than_a_window(wish) else None
    if _asks_for_nothing(wish):
        return Fit(window=None, note=note, promised_day=calendar.promised_day(now))
    window, reason = _first_window(wish, calendar, now, has_room)
    day = calendar.promised_day(now, window.start.date() if window else None)
    return Fit(window=window, asked_for_impossible=reason, note=note, promised_day=day)


def fits(window: Window, calendar: AreaCalendar, now: datetime, has_room: HasRoom = _always) -> bool:
    """Whether a window told before still holds: within calling hours, not over, with room."""
    open_hours = calendar.window_on(helsinki(window.start).date())
    if open_hours is None or _cut(window, now) is None or not earlier(window.start, window.end):
        return False
    within = not earlier(window.start, open_hours.start) and not earlier(open_hours.end, window.end)
    return within and has_room(window)


def times_to_offer(calendar: AreaCalendar, now: datetime, has_room: HasRoom, most: int = 3) -> list[Window]:
    """The next few free hours, apart from each other so that one may suit: this afternoon, tomorrow morning.

    Args:
        calendar: The area's.
        now: Aware. What is offered begins an hour from now at the earliest.
        has_room: Whether a call can still be promised within a window.
        most: How many at most; fewer when little is free within two weeks.
    """
    found: list[Window] = []
    today, soonest = helsinki(now).date(), now + _NOTICE
    for day in (today + timedelta(days=offset) for offset in range(_OFFER_DAYS)):
        of_day = 0
        for window in _hours_of(calendar.window_on(day)):
            apart = not found or not earlier(window.start, found[-1].end + _APART)
            if (
                of_day < _OFFERED_OF_A_DAY
                and apart
                and not earlier(window.start, soonest)
                and has_room(window)
            ):
                found.append(window)
                of_day += 1
            if len(found) == most:
                return found
    return found


def _asks_for_nothing(wish: TimeWish) -> bool:
    if wish.day or wish.weekdays or wish.not_weekdays:
        return False
    return wish.from_time is None and wish.to_time is None


def _says_more_than_a_window(wish: TimeWish) -> bool:
    return bool(wish.recurring or wish.last_day or wish.weekdays or wish.not_weekdays)


def _first_window(
    wish: TimeWish, calendar: AreaCalendar, now: datetime, has_room: HasRoom
) -> tuple[Window | None, Impossible | None]:
    today = helsinki(now).date()
    reason: Impossible | None = None
    for day in _days(wish, today):
        hours = calendar.hours_on(day)
        if hours is None:
            reason = reason or _why_closed(day)
            continue
        start, end, outside = _times(wish, hours)
        if outside and hours != calendar.hours and _times(wish, calendar.hours)[2] is None:
            outside = "closed"  # the hours of an ordinary day would have done
        window = _cut(Window(local_moment(day, start), local_moment(day, end)), now)
        if window is None:
            reason = reason or "past"
            continue
        if not has_room(window):
            if _names_one_day(wish) and (near := _beside(window, hours.on(day), now, has_room)):
                return near, "full"
            reason = "full"
            continue
        if reason == "full" and not _says_more_than_a_window(wish):
            return window, "full"
        if _day_was_asked(wish, day, today):
            return window, outside
        return window, "past" if _day_is_over(wish, today) else _weightier(reason, outside)
    return None, "full"


def _why_closed(day: date) -> Impossible:
    if is_holiday(day) and not is_weekend(day):
        return "holiday"
    return "weekend" if is_weekend(day) else "closed"


def _names_one_day(wish: TimeWish) -> bool:
    return wish.day is not None and not wish.last_day


def _beside(window: Window, open_hours: Window, now: datetime, has_room: HasRoom) -> Window | None:
    """The nearest free time of the same day after or before a window that is full; None when there is none.

    As long as the window, two hours at most, as far as all of it is free.
    """
    away = timedelta(0)
    while earlier(window.end + away, open_hours.end) or earlier(open_hours.start, window.start - away):
        length = min(window.end - window.start, _EDGE)
        while length >= _STEP:
            after = Window(_moved(window.end, away), _moved(window.end, away + length))
            before = Window(_moved(window.start, -away - length), _moved(window.start, -away))
            for one in (after, before):
                inside = not earlier(one.start, open_hours.start) and not earlier(open_hours.end, one.end)
                if inside and not earlier(one.start, now) and all(map(has_room, _steps_of(one))):
                    return one
            length -= _STEP
        away += _STEP
    return None


def _steps_of(window: Window) -> Iterator[Window]:
    """A window in half hours; what is left over at its end goes uncounted."""
    start = window.start
    while not earlier(window.end, _moved(start, _STEP)):
        yield Window(start, _moved(start, _STEP))
        start = _moved(start, _STEP)


def _moved(moment: datetime, by: timedelta) -> datetime:
    return helsinki(moment.astimezone(UTC) + by)


def _hours_of(open_hours: Window | None) -> Iterator[Window]:
    """The whole hours of a day's calling hours, one after the other."""
    if open_hours is None:
        return
    start = open_hours.start
    while not earlier(open_hours.end, _moved(start, _EXACT)):
        yield Window(start, _moved(start, _EXACT))
        start = _moved(start, _EXACT)


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
        end = later(start, _EXACT)
    if start >= hours.closes:
        return max(hours.opens, later(hours.closes, -_EDGE)), hours.closes, "outside_hours"
    if end <= hours.opens:
        return hours.opens, min(hours.closes, later(hours.opens, _EDGE)), "outside_hours"
    return max(start, hours.opens), min(end, hours.closes), None


def _cut(window: Window, now: datetime) -> Window | None:
    """What is left of a window, from the next quarter of an hour on; None when that is too little."""
    if not earlier(window.start, now):
        return window
    start = nearest_quarter(now)
    return Window(start, window.end) if not earlier(window.end, start + _SHORTEST) else None


def nearest_quarter(now: datetime) -> datetime:
    """The next quarter of an hour, or `now` when it is one; Europe/Helsinki."""
    since = now.astimezone(UTC)
    past = timedelta(minutes=since.minute % 15, seconds=since.second, microseconds=since.microsecond)
    return helsinki(since if not past else since - past + timedelta(minutes=15))


def later(at: time, by: timedelta) -> time:
    """A time of day moved, staying within the day."""
    moved = timedelta(hours=at.hour, minutes=at.minute) + by
    minutes = min(max(int(moved.total_seconds() // 60), 0), 24 * 60 - 1)
    return time(minutes // 60, minutes % 60)
