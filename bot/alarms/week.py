"""The figures of a week, by area. Counts alone; those that could point at a family are hidden."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.callbacks.area_calendar import local_moment
from bot.callbacks.request import OPEN_STATES
from bot.callbacks.tables import CallbackEventRow, CallbackRow
from bot.clock import helsinki
from bot.reach import Reach

SMALLEST = 5
"""A figure below this and above nothing is hidden."""
NAMES = ("arrived", "closed", "cancelled", "kept", "waiting", "late")
"""What is counted: came in the week, closed and cancelled in it, closed by the promised day, open and late now."""
Figures = Mapping[str, int | None]
"""By the names above; None is a number that is hidden."""


@dataclass(frozen=True, slots=True)
class Week:
    """The figures of a week that begins on `monday` (local), by area; areas in which nothing was are left out."""

    monday: date
    areas: Mapping[str, Figures]


def last_monday(now: datetime) -> date:
    """The Monday of the last whole week before `now` (aware)."""
    today = helsinki(now).date()
    return today - timedelta(days=today.weekday() + 7)


def figures(session: Session, reach: Reach, monday: date, now: datetime) -> Week:
    """Count the week of `monday` within reach; what is open is counted at `now` (aware). Three statements."""
    start, end = local_moment(monday), local_moment(monday + timedelta(days=7))
    within = reach.guard(CallbackRow.area)
    counted: Counter[tuple[str, str]] = Counter()
    came = select(CallbackRow.area, func.count()).where(
        within, CallbackRow.created_at >= start, CallbackRow.created_at < end
    )
    for area, number in session.execute(came.group_by(CallbackRow.area)):
        counted[area, "arrived"] = number
    ended = (
        select(CallbackRow.area, CallbackEventRow.what, CallbackEventRow.at, CallbackRow.promised_day)
        .join(CallbackRow, CallbackRow.id == CallbackEventRow.callback_id)
        .where(
            within,
            CallbackEventRow.what.in_(("closed", "cancelled")),
            CallbackEventRow.at >= start,
            CallbackEventRow.at < end,
        )
    )
    for area, what, at, promised_day in session.execute(ended):
        counted[area, what] += 1
        if what == "closed" and helsinki(at).date() <= promised_day:
            counted[area, "kept"] += 1
    late = func.count().filter(CallbackRow.due_at < now)
    is_open = select(CallbackRow.area, func.count(), late).where(within, CallbackRow.state.in_(OPEN_STATES))
    for area, number, overdue in session.execute(is_open.group_by(CallbackRow.area)):
        counted[area, "waiting"], counted[area, "late"] = number, overdue
    areas = sorted({area for area, _ in counted})
    return Week(monday, {area: {name: _hidden(counted[area, name]) for name in NAMES} for area in areas})


def _hidden(number: int) -> int | None:
    return None if 0 < number < SMALLEST else number
