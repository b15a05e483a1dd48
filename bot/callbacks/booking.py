"""What the family does with its request: book, move, correct, cancel and delete it."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, insert, or_, select, update
from sqlalchemy.orm import Session

from bot.callbacks import codes, drafts, notice_outbox
from bot.callbacks.changing import NOBODY, change_if, time_columns, why_not
from bot.callbacks.history import write_down
from bot.callbacks.notices import Kind
from bot.callbacks.request import (
    FAMILY,
    OPEN_STATES,
    Actor,
    Booked,
    Change,
    NewCallback,
    Saved,
    State,
    states_before,
)
from bot.callbacks.sealing import notify_columns, opened, plain_columns, sealed_columns
from bot.callbacks.tables import CallbackEventRow, CallbackRow
from bot.database import keys_of, new_id
from bot.meaning import Window

_NOTICE_FIELDS = frozenset({"message_allowed", "email", "telegram_chat", "phone"})
"""What decides how notices go; who has ended them does not get them back by a change of anything else."""
_NOTIFY = ("notify_by", "notify_mark")
_FOLLOW_UP = ("follow_up_on", "follow_up_by", "follow_up_name")


def book(
    session: Session,
    new: NewCallback,
    *,
    now: datetime,
    promised_day: date,
    code: str | None = None,
    by: Actor = FAMILY,
) -> Booked:
    """Put a request into the queue.

    Args:
        session: The transaction.
        new: What the family asks for.
        now: When it was booked; aware.
        promised_day: The day by which the family is told it will be rung, local.
        code: The family's code when one has been made before; a fresh one otherwise.
        by: Who books: the family, or a member of staff who enters a call that came another way.

    Raises:
        ValueError: `code` is not a code.
    """
    keys, callback_id = keys_of(session), new_id()
    read = codes.read_code(code or codes.new_code())
    if read is None:
        raise ValueError("that is not a callback code")
    row = (
        plain_columns(new)
        | sealed_columns(keys, callback_id, new, read)
        | time_columns(new.window, promised_day)
        | notify_columns(keys, new)
    )
    row |= {"id": callback_id, "code_mark": codes.mark_of(keys, read), "state": State.WAITING, "tries": 0}
    session.execute(insert(CallbackRow).values(created_at=now, updated_at=now, version=1, **row))
    if row["notify_by"]:
        notice_outbox.put(session, callback_id, Kind.RECEIVED, 1, now=now)
    write_down(session, [callback_id], by, "booked", now=now, detail={"channel": new.channel})
    return Booked(callback_id, codes.show(read), promised_day, new.window)


def move(
    session: Session,
    callback_id: str,
    *,
    window: Window | None,
    promised_day: date,
    now: datetime,
    by: Actor = FAMILY,
) -> Change:
    """Change when the call is wished for. Whoever has claimed it keeps it; a planned next try is forgotten."""
    times = time_columns(window, promised_day)
    is_open = CallbackRow.state.in_(OPEN_STATES)
    moved = notice_outbox.change_and_tell(
        session, callback_id, Kind.MOVED, is_open, by=by, now=now, next_try_at=None, **times
    )
    if not moved:
        return why_not(session, callback_id, by)
    detail = {"promised_day": promised_day.isoformat(), "start": window.start.isoformat() if window else None}
    write_down(session, [callback_id], by, "moved", now=now, detail=detail)
    return Saved(callback_id)


def correct(
    session: Session, callback_id: str, *, now: datetime, by: Actor = FAMILY, **changes: Any
) -> Change:
    """Change what an open request says; `changes` are fields of `NewCallback`, e.g. `phone="+358…"`, `notes="…"`.

    When the call is wished for is changed by `move`. The history says which fields changed, not what they held.

    Raises:
        TypeError: There is no such field, or it is `window`.
    """
    if "window" in changes:
        raise TypeError("the time of a call is changed by move()")
    found = session.scalar(
        select(CallbackRow).where(CallbackRow.id == callback_id, by.reach.guard(CallbackRow.area))
        .with_for_update().execution_options(populate_existing=True)
    )  # fmt: skip
    if found is None or found.state not in OPEN_STATES or found.box is None:
        return why_not(session, callback_id, by)
    keys = keys_of(session)
    before, code = opened(keys, found)
    after = replace(before, **changes)
    columns = plain_columns(after) | sealed_columns(keys, callback_id, after, code or "")
    if _NOTICE_FIELDS & changes.keys():
        columns |= notify_columns(keys, after)
    if not change_if(session, callback_id, CallbackRow.version == found.version, by=by, now=now, **columns):
        return why_not(session, callback_id, by)
    write_down(session, [callback_id], by, "corrected", now=now, detail={"fields": sorted(changes)})
    return Saved(callback_id)


def cancel(session: Session, callback_id: str, *, by: Actor, now: datetime) -> Change:
    """Cancel an open callback. The family always may; staff may not while a colleague has it."""
    guards: list[ColumnElement[bool]] = [CallbackRow.state.in_(states_before(State.CANCELLED))]
    if by != FAMILY:
        guards.append(or_(CallbackRow.holder.is_(None), CallbackRow.holder == by.id))
    ended = {"state": State.CANCELLED, "next_try_at": None, **NOBODY}
    cancelled = notice_outbox.change_and_tell(
        session, callback_id, Kind.CANCELLED, *guards, by=by, now=now, **ended
    )
    if not cancelled:
        return why_not(session, callback_id, by)
    write_down(session, [callback_id], by, "cancelled", now=now)
    return Saved(callback_id)


def erase(session: Session, callback_id: str, *, now: datetime, by: Actor = FAMILY) -> Change:
    """Delete what a family has told: every personal field and note is shredded, and the code opens nothing.

    An open callback becomes cancelled; one that is done stays done. What remains (area, need, state, times) counts
    in the figures and says nothing of anybody.
    """
    ended = case((CallbackRow.state.in_(OPEN_STATES), State.CANCELLED.value), else_=CallbackRow.state)
    shredded = dict.fromkeys(
        ("box", "code_mark", "phone_mark", "conversation", "next_try_at", *_NOTIFY, *_FOLLOW_UP)
    )
    if not change_if(session, callback_id, by=by, now=now, state=ended, **shredded, **NOBODY):
        return why_not(session, callback_id, by)
    session.execute(
        update(CallbackEventRow)
        .where(CallbackEventRow.callback_id == callback_id)
        .values(box=None)
        .execution_options(synchronize_session=False)
    )
    notice_outbox.forget(session, callback_id)
    drafts.forget(session, callback_id)
    write_down(session, [callback_id], by, "erased", now=now)
    return Saved(callback_id)
