"""What comes after three tries without an answer: a person decides, and the history says who and what.

Closing it as unreachable is a decision too; it is `calling.close`. No job ever decides or closes.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from bot.callbacks import notice_outbox
from bot.callbacks.area_calendar import AreaCalendar, local_moment
from bot.callbacks.call_note import Written
from bot.callbacks.changing import NOBODY, change_if, why_not
from bot.callbacks.guards import may
from bot.callbacks.history import write_down
from bot.callbacks.life import Event
from bot.callbacks.notices import Kind
from bot.callbacks.request import TRIES_BEFORE_DECISION, Actor, Change, Saved, State
from bot.callbacks.tables import CallbackRow
from bot.clock import helsinki

_DAYS_TO_ANSWER = 5
"""Working days a family that was written to has before staff look again."""


class Decision(StrEnum):
    """What to do about a family nobody has reached."""

    TRY_AGAIN = "try_again"
    """Ring once more, at a chosen time."""
    WRITE = "write"
    """Write how to get a new time, and wait for the family."""
    COORDINATOR = "coordinator"
    """A coordinator decides."""


class NoCallingTimeError(ValueError):
    """The chosen time is missing, over, or one at which the area does not ring."""


def decide(
    session: Session,
    callback_id: str,
    staff: Actor,
    decision: Decision,
    *,
    now: datetime,
    hours: AreaCalendar,
    at: datetime | None = None,
    note: Written | None = None,
) -> Change:
    """Decide what comes next; it is in the queue afterwards, held by nobody.

    Args:
        session: The transaction.
        callback_id: A callback tried three times or more, free or one's own.
        staff: Who decides.
        decision: What.
        now: When; aware.
        hours: When the area rings.
        at: When to ring again, aware; needed for `TRY_AGAIN`, and within the area's hours.
        note: Why, kept sealed.

    Raises:
        NoCallingTimeError: `at` is no time at which the area rings.
    """
    columns, detail = _columns(decision, at, now, hours), {"decision": decision.value}
    if columns["next_try_at"]:
        detail["at"] = columns["next_try_at"].isoformat()
    guards = (may(Event.DECIDE, staff), CallbackRow.tries >= TRIES_BEFORE_DECISION)
    if decision is Decision.WRITE:
        done = notice_outbox.change_and_tell(
            session, callback_id, Kind.TRIED_OUT, *guards, by=staff, now=now, **columns
        )
    else:
        done = change_if(session, callback_id, *guards, by=staff, now=now, **columns)
    if not done:
        return why_not(session, callback_id, staff)
    write_down(session, [callback_id], staff, "decided", now=now, detail=detail, note=note)
    return Saved(callback_id)


def _columns(decision: Decision, at: datetime | None, now: datetime, hours: AreaCalendar) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "decision": decision.value, "next_try_at": None, "state": State.WAITING, **NOBODY,
    }  # fmt: skip
    match decision:
        case Decision.TRY_AGAIN:
            columns |= _next(at, now, hours)
        case Decision.WRITE:
            columns["due_at"] = _end_of(_DAYS_TO_ANSWER, now, hours)
        case Decision.COORDINATOR:
            columns["due_at"] = _end_of(1, now, hours)
    return columns


def _next(at: datetime | None, now: datetime, hours: AreaCalendar) -> dict[str, datetime]:
    if at is None or at <= now or not hours.is_open_at(at):
        raise NoCallingTimeError("the area does not ring then")
    open_hours = hours.window_on(helsinki(at).date())
    return {"next_try_at": at, "due_at": open_hours.end if open_hours else at}


def _end_of(working_days: int, now: datetime, hours: AreaCalendar) -> datetime:
    day = hours.add_working_days(helsinki(now).date(), working_days)
    return local_moment(day + timedelta(days=1))
