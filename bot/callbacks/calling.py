"""What staff record of a call: each attempt, and how the callback ended."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot.callbacks import drafts, notice_outbox
from bot.callbacks.area_calendar import AreaCalendar
from bot.callbacks.call_note import Written
from bot.callbacks.changing import ENDED, NO_PLACE, NOBODY, change_if, why_not
from bot.callbacks.guards import may
from bot.callbacks.history import write_down
from bot.callbacks.life import Event
from bot.callbacks.next_tries import next_try
from bot.callbacks.notices import Kind
from bot.callbacks.request import (
    TRIES_BEFORE_DECISION,
    UNANSWERED,
    Actor,
    AttemptResult,
    Change,
    Outcome,
    Saved,
    State,
)
from bot.callbacks.tables import CallbackRow
from bot.clock import helsinki
from bot.meaning import Window

CRISIS_PAUSE = timedelta(minutes=15)
_EVENTS = {AttemptResult.REACHED: Event.REACH, AttemptResult.WRONG_NUMBER: Event.WRONG_NUMBER}


def record_attempt(
    session: Session,
    callback_id: str,
    staff: Actor,
    result: AttemptResult,
    *,
    now: datetime,
    hours: AreaCalendar,
    lease: timedelta,
    note: Written | None = None,
) -> Change:
    """Record that the holder rang.

    Nobody answered, or busy: the callback goes back to the queue with a later next try, however often that
    happens; after three tries it is marked for a person's decision (`Callback.needs_decision`) and never dropped.
    Reached or a wrong number: it stays with the holder, with a fresh lease, until it is closed.

    Args:
        session: The transaction.
        callback_id: The callback.
        staff: Who rang; must be the holder.
        result: What happened.
        now: When; aware.
        hours: When the area rings, for the next try.
        lease: How long the holder keeps it after reaching somebody.
        note: What the holder wrote about it; kept sealed.
    """
    if result in UNANSWERED:
        changed = _back_to_queue(session, callback_id, staff, now=now, hours=hours)
    else:
        kept: dict[str, Any] = {"lease_until": now + lease, "rang_at": now}
        if result is AttemptResult.REACHED:
            kept |= {"reached_at": now}
        event = _EVENTS[result]
        changed = change_if(session, callback_id, may(event, staff), by=staff, now=now, **kept)
    if not changed:
        return why_not(session, callback_id, staff)
    drafts.forget(session, callback_id, staff)
    write_down(session, [callback_id], staff, "attempt", now=now, detail={"result": result.value}, note=note)
    return Saved(callback_id)


def close(
    session: Session,
    callback_id: str,
    staff: Actor,
    outcome: Outcome,
    *,
    now: datetime,
    services: Sequence[str] = (),
    note: Written | None = None,
    follow_up_on: date | None = None,
) -> Change:
    """End one's own callback with its outcome, the ids of the services guided to, and a note (kept sealed).

    `follow_up_on`: the local day on which the holder has agreed to be in touch again.
    """
    done: dict[str, Any] = {"state": State.DONE, **ENDED}
    if follow_up_on:
        done |= {"follow_up_on": follow_up_on, "follow_up_by": staff.id, "follow_up_name": staff.name}
    guard = may(Event.CLOSE, staff)
    if outcome is Outcome.UNREACHABLE:
        closed = notice_outbox.change_and_tell(
            session, callback_id, Kind.UNREACHABLE, guard, by=staff, now=now, **done
        )
    else:
        closed = change_if(session, callback_id, guard, by=staff, now=now, **done)
    if not closed:
        return why_not(session, callback_id, staff)
    drafts.forget(session, callback_id)
    detail: dict[str, Any] = {"outcome": outcome.value, "services": list(services)}
    if follow_up_on:
        detail["follow_up_on"] = follow_up_on.isoformat()
    write_down(session, [callback_id], staff, "closed", now=now, detail=detail, note=note)
    return Saved(callback_id)


def _back_to_queue(
    session: Session, callback_id: str, staff: Actor, *, now: datetime, hours: AreaCalendar
) -> bool:
    # How many tries there were decides the next one, so the guard holds that number as well.
    found = session.get(CallbackRow, callback_id, populate_existing=True)
    if found is None:
        return False
    tries = found.tries + 1
    later = _crisis_try(now, hours) if found.urgency == "immediate" else next_try(now, tries, hours)
    undecided = tries >= TRIES_BEFORE_DECISION
    return notice_outbox.change_and_tell(
        session, callback_id, Kind.TRIED_OUT if undecided else Kind.TRIED,
        may(Event.NO_ANSWER, staff), CallbackRow.tries == found.tries,
        by=staff,
        now=now,
        state=State.WAITING,
        tries=tries,
        # From the third try on nothing is proposed: a person decides, and until when is as for a next try.
        next_try_at=None if undecided else later,
        decision=None,
        due_at=(hours.window_on(helsinki(later).date()) or Window(later, later)).end,
        **NOBODY,
        **NO_PLACE,
    )  # fmt: skip


def _crisis_try(now: datetime, hours: AreaCalendar) -> datetime:
    """Nobody answered in a crisis: again in a quarter of an hour, or when the area next rings."""
    return hours.next_opening(now + CRISIS_PAUSE)
