"""A day on which an advisor has agreed to be in touch again, after a call that is done.

No callback is made of it silently: on its day it stands in its advisor's agenda until it is begun (which makes a
callback of its own, claimed at once) or marked as done. Missed, it is late and seen by everybody of the area.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy.orm import Session

from bot.callbacks import booking, claiming, notice_outbox, reading
from bot.callbacks.callback import Callback
from bot.callbacks.changing import change_if
from bot.callbacks.history import write_down
from bot.callbacks.request import Actor, Booked, Change, Gone, Refused, Saved
from bot.callbacks.tables import CallbackRow
from bot.callbacks.workdays import is_working_day
from bot.clock import helsinki
from bot.reach import Reach

FURTHEST = timedelta(days=366)
CHANNEL = "follow_up"
"""The channel of a callback that was begun as a follow-up."""
_MOST = 200
Unfit = Literal["bad", "closed"]
"""Why a day cannot be agreed: past or too far, or nobody works on it."""


def unfit(day: date, now: datetime) -> Unfit | None:
    """Why a follow-up cannot be agreed for `day` (local); None when it can."""
    today = helsinki(now).date()
    if not today < day <= today + FURTHEST:
        return "bad"
    return None if is_working_day(day) else "closed"


def until(session: Session, last: date, reach: Reach) -> list[Callback]:
    """The callbacks within reach with a follow-up agreed for `last` (local) or before, the earliest first.

    Numbers are masked; two selects.
    """
    agreed = CallbackRow.follow_up_on <= last
    return reading.list_where(session, reach, agreed, order=CallbackRow.follow_up_on.asc(), limit=_MOST)


def end(session: Session, callback_id: str, staff: Actor, *, now: datetime) -> Change:
    """Mark the follow-up as done without a call. Anybody who reaches the callback may: its advisor may be away."""
    return _taken(session, callback_id, staff, "follow_up_ended", now=now)


def begin(
    session: Session, callback_id: str, staff: Actor, *, now: datetime, lease: timedelta
) -> Booked | Refused:
    """Make a callback of the follow-up, claimed at once by the one who begins it; of two who try one does.

    The family asked for nothing new, so it gets no notice of it, and its first code stays the one it has. Where it has
    meanwhile asked again for the same matter, that call answers the follow-up as well, whoever holds it.
    """
    before = reading.find(session, callback_id, staff.reach)
    if before is None or before.follow_up_on is None:
        return Gone(before.state if before else None)
    taken = _taken(session, callback_id, staff, "follow_up_begun", now=now)
    if not isinstance(taken, Saved):
        return taken
    again = replace(
        before.request, channel=CHANNEL, urgency="none", window=None, wish_words=None, conversation=None
    )
    booked = booking.book(session, again, now=now, promised_day=helsinki(now).date(), by=staff)
    made = reading.find_without_history(session, booked.id, staff.reach)
    if made is not None and made.request.channel == CHANNEL:
        notice_outbox.forget(session, booked.id)
    claiming.claim(session, booked.id, staff, now=now, lease=lease)
    return booked


def _taken(session: Session, callback_id: str, staff: Actor, what: str, *, now: datetime) -> Change:
    nothing = {"follow_up_on": None, "follow_up_by": None, "follow_up_name": None}
    if not change_if(
        session, callback_id, CallbackRow.follow_up_on.is_not(None), by=staff, now=now, **nothing
    ):
        found = reading.find_without_history(session, callback_id, staff.reach)
        return Gone(found.state if found else None)
    write_down(session, [callback_id], staff, what, now=now)
    return Saved(callback_id)
