"""What the family does with its request: book, correct, cancel and delete it (moving it: `bot.callbacks.moving`)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, select, update
from sqlalchemy.orm import Session

from bot.callbacks import codes, drafts, joining, notice_outbox
from bot.callbacks.callback import Callback
from bot.callbacks.changing import ENDED, at_place, change_if, time_columns, why_not
from bot.callbacks.guards import in_stage, may
from bot.callbacks.history import Entry, write_all, write_down
from bot.callbacks.life import LIVE, Event
from bot.callbacks.notices import Kind
from bot.callbacks.places import Place, PlaceTakenError
from bot.callbacks.request import (
    FAMILY,
    OPEN_STATES,
    SYSTEM,
    Actor,
    Booked,
    Change,
    ChangedMeanwhileError,
    NewCallback,
    Saved,
    State,
)
from bot.callbacks.sealing import notify_columns, opened, plain_columns, sealed_columns
from bot.callbacks.tables import CallbackEventRow, CallbackRow
from bot.database import keys_of, new_id
from bot.keys import Keys

_NOTICE_FIELDS = frozenset({"message_allowed", "email", "telegram_chat", "phone"})
"""What decides how notices go; who has ended them does not get them back by a change of anything else."""
_MATTER_FIELDS = frozenset({"phone", "need", "sender_role", "urgency"})
"""What decides whether two requests are for one matter, or how urgent their one call is."""
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
    places: Sequence[Place] | None = None,
    beside: Sequence[Entry] = (),
) -> Booked:
    """Put a request into the queue; where a live call to the number for the matter stands, it is joined to that.

    Args:
        session: The transaction.
        new: What the family asks for.
        now: When it was booked; aware.
        promised_day: The day by which the family is told it will be rung, local.
        code: The family's code when it has been made before.
        by: The family, or a member of staff who enters a call that came another way.
        places: To be tried, best first (`Places.candidates`); None when it needs none.
        beside: What the same act has changed in other callbacks, to be written into their histories with it.

    Raises:
        ValueError: `code` is not a code.
        PlaceTakenError: Others have taken every one of the places.
    """
    keys, callback_id, read = keys_of(session), new_id(), _code(code or codes.new_code())
    is_staff = by.id not in (FAMILY.id, SYSTEM.id)
    row = _columns(keys, callback_id, new, read, now) | time_columns(new.window, promised_day)
    answered_by = _insert(session, row | {"seen_at": now if is_staff else None}, places)
    booked = Booked(callback_id, codes.show(read), promised_day, new.window)
    if answered_by == callback_id and row["notify_by"]:
        notice_outbox.put(session, callback_id, Kind.RECEIVED, 1, now=now)
    write_all(session, [*_entries(callback_id, answered_by, new.channel), *beside], by, now=now)
    # Staff go on with the call that will be made; whoever only knows a number must not learn that it has one.
    return replace(booked, id=answered_by) if is_staff else booked


def _entries(callback_id: str, answered_by: str, channel: str) -> list[Entry]:
    """What the histories are to say of a request and of the callback whose call answers it."""
    detail = {"channel": channel}
    if answered_by == callback_id:
        return [Entry(callback_id, "booked", detail)]
    detail |= {"request": callback_id, "merged_into": answered_by}
    return [Entry(one, "asked_again", detail) for one in (callback_id, answered_by)]


def _code(text: str) -> str:
    read = codes.read_code(text)
    if read is None:
        raise ValueError("that is not a callback code")
    return read


def _columns(keys: Keys, callback_id: str, new: NewCallback, code: str, now: datetime) -> dict[str, Any]:
    """What a new row has whenever it is booked."""
    return {
        **plain_columns(new),
        **sealed_columns(keys, callback_id, new, code),
        **notify_columns(keys, new),
        "id": callback_id,
        "code_mark": codes.mark_of(keys, code),
        "matter_mark": joining.matter_mark(keys, new),
        "state": State.WAITING,
        "tries": 0,
        "version": 1,
        "created_at": now,
        "updated_at": now,
    }


def _insert(session: Session, row: dict[str, Any], places: Sequence[Place] | None) -> str:
    """Write the new row, at the first of the places that nobody else has; the database decides.

    Gives the id of the callback whose call answers it (`bot.callbacks.joining.put`).
    """
    for place in places if places is not None else (None,):
        if (answered_by := joining.put(session, row | at_place(place))) is not None:
            return answered_by
    raise PlaceTakenError


def correct(
    session: Session, callback_id: str, *, now: datetime, by: Actor = FAMILY, **changes: Any
) -> Change:
    """Change what an open request says; `changes` are fields of `NewCallback`, e.g. `phone="+358…"`, `notes="…"`.

    A value may be a function of the request as it stands, to add to what somebody else may have written meanwhile.
    When the call is wished for is changed by `move`. The history says which fields changed, not what they held.

    Raises:
        TypeError: There is no such field, or it is `window`.
    """
    if not correct_all(session, [callback_id], now=now, by=by, **changes):
        return why_not(session, callback_id, by)
    return Saved(callback_id)


def correct_all(
    session: Session, callback_ids: Collection[str], *, now: datetime, by: Actor = FAMILY, **changes: Any
) -> list[str]:
    """The same change in each of these requests that is open and may be changed; their ids.

    Every row is locked before the history is written, so that two who change the same ones do not wait for each other.
    """
    if "window" in changes:
        raise TypeError("the time of a call is changed by move()")
    may_be = (by.reach.guard(CallbackRow.area), may(Event.CORRECT, by), CallbackRow.box.is_not(None))
    found = session.scalars(
        select(CallbackRow).where(CallbackRow.id.in_(callback_ids), *may_be).order_by(CallbackRow.id)
        .with_for_update().execution_options(populate_existing=True)
    ).all()  # fmt: skip
    done = [row.id for row in found if _corrected(session, row, changes, by, now)]
    if done:
        write_down(session, done, by, "corrected", now=now, detail={"fields": sorted(changes)})
    return done


def take_out(session: Session, callback: Callback, words: Collection[str], *, now: datetime) -> Entry | None:
    """Take what is told in a request of its own out of the notes of an open one, if it is as it was read.

    Returns:
        What whoever then books that request writes down with it; None when nothing of this stood there.

    Raises:
        ChangedMeanwhileError: It has become another since it was read.
    """
    notes = callback.request.notes
    for told in words:
        start, at, end = f"\n{notes}\n".rpartition(f"\n{told}\n")
        notes = "\n".join(filter(None, (start.strip("\n"), end.strip("\n")))) if at else notes
    if notes == callback.request.notes or callback.state not in OPEN_STATES:
        return None
    code, changed = codes.read_code(callback.code or ""), replace(callback.request, notes=notes)
    columns = sealed_columns(keys_of(session), callback.id, changed, code or "")
    guards = (may(Event.CORRECT, FAMILY), CallbackRow.version == callback.version)
    if not change_if(session, callback.id, *guards, by=FAMILY, now=now, **columns):
        raise ChangedMeanwhileError
    return Entry(callback.id, "corrected", {"fields": ["notes"]})


def _corrected(
    session: Session, found: CallbackRow, changes: Mapping[str, Any], by: Actor, now: datetime
) -> bool:
    keys = keys_of(session)
    before, code = opened(keys, found)
    values = {name: value(before) if callable(value) else value for name, value in changes.items()}
    after = replace(before, **values)
    columns = plain_columns(after) | sealed_columns(keys, found.id, after, code or "")
    if _NOTICE_FIELDS & changes.keys():
        columns |= notify_columns(keys, after)
    if _MATTER_FIELDS & changes.keys() or found.merged_into:
        columns |= joining.settle(session, found, before, after, by, now=now)
    return change_if(session, found.id, CallbackRow.version == found.version, by=by, now=now, **columns)


def cancel(session: Session, callback_id: str, *, by: Actor, now: datetime) -> Change:
    """Cancel an open callback. The family always may; staff may not while a colleague has it.

    What else its call was to answer goes back into the queue.
    """
    ended = {"state": State.CANCELLED, **ENDED}
    guards = (may(Event.CANCEL, by), in_stage(LIVE))
    if notice_outbox.change_and_tell(session, callback_id, Kind.CANCELLED, *guards, by=by, now=now, **ended):
        joining.stand_again(session, callback_id, by, now=now)
    elif not joining.leave(session, callback_id, may(Event.CANCEL, by), by, now=now):
        return why_not(session, callback_id, by)
    write_down(session, [callback_id], by, "cancelled", now=now)
    return Saved(callback_id)


def erase(session: Session, callback_id: str, *, now: datetime, by: Actor = FAMILY) -> Change:
    """Delete what a family has told: every personal field and note is shredded, and the code opens nothing.

    An open callback becomes cancelled; one that is done stays done. What remains (area, need, state, times) counts
    in the figures and says nothing of anybody.
    """
    ended = case((in_stage(LIVE), State.CANCELLED.value), else_=CallbackRow.state)
    shredded = dict.fromkeys(
        ("box", "code_mark", "phone_mark", "conversation", "apart", *_NOTIFY, *_FOLLOW_UP)
    )
    joining.leave(session, callback_id, may(Event.ERASE, by), by, now=now)
    guard = may(Event.ERASE, by)
    if not change_if(session, callback_id, guard, by=by, now=now, state=ended, **shredded, **ENDED):
        return why_not(session, callback_id, by)
    joining.stand_again(session, callback_id, by, now=now)
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
