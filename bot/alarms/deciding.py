"""Which alarms there are of a callback, and how loud. Pure.

Everything is counted in staffed time: minutes within the calling hours of the area, from the same calendar as the
promise. At night nothing grows louder; in the morning it goes on where it was.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.callbacks.area_calendar import AreaCalendar, earlier
from bot.callbacks.request import State
from bot.clock import helsinki


class Kind(StrEnum):
    """What an alarm is about."""

    CRISIS = "crisis"
    """Somebody may be in danger, and nobody has taken the call."""
    UNWATCHED = "unwatched"
    """Something waits in calling hours, and no console of the area is open."""
    LATE = "late"
    """The promise, the agreed time or the next try has passed."""
    AGREED = "agreed"
    """An agreed time begins in a moment."""
    TODAY = "today"
    """Promised for today."""
    TOMORROW = "tomorrow"
    """Promised for the area's next working day."""


CONSOLES, COORDINATORS, EVERYBODY = 1, 2, 3
"""The levels: every console of the area; the area's coordinators by e-mail and its duty numbers; every coordinator."""
_STEPS = {
    Kind.CRISIS: (timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=15)),
    Kind.UNWATCHED: (timedelta(minutes=5), timedelta(minutes=5), timedelta(minutes=15)),
    Kind.LATE: (timedelta(0), timedelta(hours=2), timedelta(hours=14)),
}
"""After how much staffed time each level is reached; what is not here stays on the consoles."""
QUIET_AFTER_ACKNOWLEDGED = {Kind.CRISIS: timedelta(minutes=15), Kind.UNWATCHED: timedelta(minutes=30)}
"""Staffed time after which an acknowledged alarm begins anew; others begin anew on the next day."""
_SOON = timedelta(minutes=10)
_LOOK_BACK = 30
"""Days: what has waited longer has reached every level anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What an alarm needs to know of an open callback. Moments are aware."""

    id: str
    area: str
    urgent_now: bool
    """Whether somebody may be in danger."""
    state: State
    holder: str | None
    since: datetime
    """From when it should be rung: it came, or its next try is due. A claim given back begins nothing anew."""
    next_try_at: datetime | None
    window_start: datetime | None
    promised_day: date
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """An alarm as it should be now. `subject` is the callback's id, or the area's."""

    kind: Kind
    subject: str
    area: str
    level: int
    since: datetime
    callback_id: str | None = None
    staff_id: str | None = None
    """The one whose alarm it is; None: everybody's of the area."""


def staffed_time(calendar: AreaCalendar, since: datetime, until: datetime) -> timedelta:
    """How much calling time of the area lies between two aware moments; of the last thirty days only."""
    day = max(helsinki(since).date(), helsinki(until).date() - timedelta(days=_LOOK_BACK))
    total = timedelta(0)
    while day <= helsinki(until).date():
        window = calendar.window_on(day)
        if window:
            start = since if earlier(window.start, since) else window.start
            end = until if earlier(until, window.end) else window.end
            total += max(end.astimezone(since.tzinfo) - start.astimezone(since.tzinfo), timedelta(0))
        day += timedelta(days=1)
    return total


def level_of(kind: Kind, waited: timedelta) -> int:
    """The level reached after so much staffed time; 0 when there is no alarm yet."""
    steps = _STEPS.get(kind)
    return CONSOLES if steps is None else sum(waited >= step for step in steps)


def alarms_of(one: Waiting, calendar: AreaCalendar, now: datetime) -> Iterator[Alarm]:
    """Every alarm there is of a callback at `now` (aware); of promise, day and lateness only the loudest."""
    base = {"subject": one.id, "area": one.area, "callback_id": one.id}
    if one.urgent_now and one.state is State.WAITING and _due(one, now):
        level = level_of(Kind.CRISIS, staffed_time(calendar, one.since, now))
        if level:
            yield Alarm(kind=Kind.CRISIS, level=level, since=one.since, **base)
    promise = _of_promise(one, calendar, now)
    if promise is not None:
        kind, since = promise
        yield Alarm(kind=kind, level=level_of(kind, staffed_time(calendar, since, now)), since=since, **base)
    start = one.window_start
    if (
        start is not None
        and start - _SOON <= now < one.due_at
        and (start > now or one.state is State.WAITING)
    ):
        yield Alarm(kind=Kind.AGREED, level=CONSOLES, since=start - _SOON, staff_id=one.holder, **base)


def unwatched(
    area: str, calendar: AreaCalendar, waiting_since: datetime, seen_at: datetime | None, now: datetime
) -> Alarm | None:
    """The alarm that no console of an area is open although something waits there.

    Args:
        area: The area.
        calendar: Its calendar.
        waiting_since: Since when the oldest that is due waits; aware.
        seen_at: When a console that shows the area was last open; None: never.
        now: Aware.
    """
    if not calendar.is_open_at(now):
        return None
    since = waiting_since if seen_at is None else max(waiting_since, seen_at)
    level = level_of(Kind.UNWATCHED, staffed_time(calendar, since, now))
    return Alarm(kind=Kind.UNWATCHED, subject=area, area=area, level=level, since=since) if level else None


def begins_anew(kind: Kind, calendar: AreaCalendar, acknowledged_at: datetime, now: datetime) -> bool:
    """Whether an acknowledgement has lost its force: what was acknowledged still waits."""
    quiet = QUIET_AFTER_ACKNOWLEDGED.get(kind)
    if quiet is not None:
        return staffed_time(calendar, acknowledged_at, now) >= quiet
    return helsinki(acknowledged_at).date() < helsinki(now).date() and calendar.is_open_at(now)


def _due(one: Waiting, now: datetime) -> bool:
    return one.next_try_at is None or one.next_try_at <= now


def _of_promise(one: Waiting, calendar: AreaCalendar, now: datetime) -> tuple[Kind, datetime] | None:
    if one.due_at < now:
        return Kind.LATE, one.due_at
    today = helsinki(now).date()
    day = helsinki(one.next_try_at).date() if one.next_try_at else one.promised_day
    opened = calendar.window_on(today)
    if opened is None or earlier(now, opened.start):
        return None
    if day == today:
        return Kind.TODAY, opened.start
    following = calendar.next_opening(opened.end)
    return (Kind.TOMORROW, opened.start) if helsinki(following).date() == day else None
