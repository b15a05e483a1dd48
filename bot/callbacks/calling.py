"""What staff record of a call: each attempt, and how the callback ended."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot.callbacks import drafts, notice_outbox
from bot.callbacks.call_note import Written
from bot.callbacks.call_times import CallingHours, next_try
from bot.callbacks.changing import NOBODY, change_if, why_not
from bot.callbacks.claiming import held_by
from bot.callbacks.history import write_down
from bot.callbacks.notices import Kind
from bot.callbacks.request import UNANSWERED, Actor, AttemptResult, Change, Outcome, Saved, State
from bot.callbacks.tables import CallbackRow
from bot.clock import helsinki


def record_attempt(
    session: Session,
    callback_id: str,
    staff: Actor,
    result: AttemptResult,
    *,
    now: datetime,
    hours: CallingHours,
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
        hours: The area's calling hours, for the next try.
        lease: How long the holder keeps it after reaching somebody.
        note: What the holder wrote about it; kept sealed.
    """
    if result in UNANSWERED:
        changed = _back_to_queue(session, callback_id, staff, now=now, hours=hours)
    else:
        changed = change_if(session, callback_id, *held_by(staff), by=staff, now=now, lease_until=now + lease)
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
    done: dict[str, Any] = {"state": State.DONE, "next_try_at": None, **NOBODY}
    if follow_up_on:
        done |= {"follow_up_on": follow_up_on, "follow_up_by": staff.id, "follow_up_name": staff.name}
    if not change_if(session, callback_id, *held_by(staff), by=staff, now=now, **done):
        return why_not(session, callback_id, staff)
    drafts.forget(session, callback_id)
    detail: dict[str, Any] = {"outcome": outcome.value, "services": list(services)}
    if follow_up_on:
        detail["follow_up_on"] = follow_up_on.isoformat()
    write_down(session, [callback_id], staff, "closed", now=now, detail=detail, note=note)
    return Saved(callback_id)


def _back_to_queue(
    session: Session, callback_id: str, staff: Actor, *, now: datetime, hours: CallingHours
) -> bool:
    # How many tries there were decides the next one, so the guard holds that number as well.
    tries = tries_of(session, callback_id)
    later = next_try(now, tries + 1, hours)
    return notice_outbox.change_and_tell(
        session, callback_id, Kind.TRIED, *held_by(staff), CallbackRow.tries == tries,
        by=staff,
        now=now,
        state=State.WAITING,
        tries=tries + 1,
        next_try_at=later,
        due_at=hours.on(helsinki(later).date()).end,
        **NOBODY,
    )  # fmt: skip


def tries_of(session: Session, callback_id: str) -> int:
    """How many unanswered tries a callback has had; 0 when there is none."""
    found = session.get(CallbackRow, callback_id, populate_existing=True)
    return found.tries if found else 0
