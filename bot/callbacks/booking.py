"""What the family does with its request: book, move, correct, cancel and delete it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, exists, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from bot.callbacks import codes, drafts, joining, notice_outbox
from bot.callbacks.changing import ENDED, NO_PLACE, change_if, time_columns, why_not
from bot.callbacks.guards import in_stage, may
from bot.callbacks.history import write_down
from bot.callbacks.life import LIVE, Event
from bot.callbacks.notices import Kind
from bot.callbacks.places import Place, PlaceTakenError
from bot.callbacks.request import (
    FAMILY,
    SYSTEM,
    Actor,
    Booked,
    Change,
    Gone,
    NewCallback,
    Saved,
    State,
)
from bot.callbacks.sealing import notify_columns, opened, plain_columns, sealed_columns
from bot.callbacks.tables import CallbackEventRow, CallbackRow
from bot.database import keys_of, new_id
from bot.keys import Keys
from bot.meaning import Window

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

    Raises:
        ValueError: `code` is not a code.
        PlaceTakenError: Others have taken every one of the places.
    """
    keys, callback_id, read = keys_of(session), new_id(), _code(code or codes.new_code())
    is_staff = by.id not in (FAMILY.id, SYSTEM.id)
    row = _columns(keys, callback_id, new, read, now) | time_columns(new.window, promised_day)
    answered_by = _insert(session, row | {"seen_at": now if is_staff else None}, places)
    booked = Booked(callback_id, codes.show(read), promised_day, new.window)
    detail = {"channel": new.channel}
    if answered_by != callback_id:
        detail |= {"request": callback_id, "merged_into": answered_by}
        write_down(session, [callback_id, answered_by], by, "asked_again", now=now, detail=detail)
        # Staff go on with the call that will be made; whoever only knows a number must not learn that it has one.
        return replace(booked, id=answered_by) if is_staff else booked
    if row["notify_by"]:
        notice_outbox.put(session, callback_id, Kind.RECEIVED, 1, now=now)
    write_down(session, [callback_id], by, "booked", now=now, detail=detail)
    return booked


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


def move(
    session: Session,
    callback_id: str,
    *,
    window: Window | None,
    promised_day: date,
    now: datetime,
    by: Actor = FAMILY,
    places: Sequence[Place] | None = None,
) -> Change:
    """Change when the call is wished for. Whoever has claimed it keeps it; a planned next try is forgotten.

    `places` are the places to try, best first; None when it needs none. Raises `PlaceTakenError` when others have
    taken every one of them: then nothing is changed, and the transaction must end.
    """
    times = time_columns(window, promised_day) | {"next_try_at": None, "decision": "moved"}
    detail = {"promised_day": promised_day.isoformat(), "start": window.start.isoformat() if window else None}
    for place in places if places is not None else (None,):
        columns, free = _move_to(callback_id, place)
        guards = (may(Event.MOVE, by), in_stage(LIVE), *free)
        try:
            moved = notice_outbox.change_and_tell(
                session, callback_id, Kind.MOVED, *guards, by=by, now=now, **times, **columns
            )
        except IntegrityError as error:  # somebody took it at this very moment
            raise PlaceTakenError from error
        if moved:
            break
    else:
        moved = False
    if not moved:
        if joining.move(session, callback_id, times, by, now=now, detail=detail):
            return Saved(callback_id)
        refused = why_not(session, callback_id, by)
        if places is not None and not isinstance(refused, Gone):
            raise PlaceTakenError
        return refused
    write_down(session, [callback_id], by, "moved", now=now, detail=detail)
    return Saved(callback_id)


def _insert(session: Session, row: dict[str, Any], places: Sequence[Place] | None) -> str:
    """Write the new row, at the first of the places that nobody else has; the database decides.

    Gives the id of the callback whose call answers it (`bot.callbacks.joining.put`).
    """
    for place in places if places is not None else (None,):
        at = {"place_start": place.start, "place_number": place.number} if place else {}
        if (answered_by := joining.put(session, row | at)) is not None:
            return answered_by
    raise PlaceTakenError


def _move_to(callback_id: str, place: Place | None) -> tuple[Mapping[str, Any], list[ColumnElement[bool]]]:
    """The columns of a move to a place, and the guard that nobody else has it; no place is always free."""
    if place is None:
        return NO_PLACE, []
    other = aliased(CallbackRow)
    taken = exists().where(
        other.area == CallbackRow.area,
        other.place_start == place.start,
        other.place_number == place.number,
        other.id != callback_id,
    )
    return {"place_start": place.start, "place_number": place.number}, [~taken]


def correct(
    session: Session, callback_id: str, *, now: datetime, by: Actor = FAMILY, **changes: Any
) -> Change:
    """Change what an open request says; `changes` are fields of `NewCallback`, e.g. `phone="+358…"`, `notes="…"`.

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


def take_out(session: Session, callback_id: str, words: Collection[str], *, now: datetime) -> bool:
    """Take what is told in a request of its own out of the notes of an open one; whether anything was.

    Nothing is in the history yet: whoever then books that request writes it down after (`bot.callbacks.history`).
    """
    open_one = (may(Event.CORRECT, FAMILY), CallbackRow.box.is_not(None))
    found = session.scalar(
        select(CallbackRow).where(CallbackRow.id == callback_id, *open_one)
        .with_for_update().execution_options(populate_existing=True)
    )  # fmt: skip
    if found is None:
        return False
    before, _ = opened(keys_of(session), found)
    notes = before.notes
    for told in words:
        start, at, end = f"\n{notes}\n".rpartition(f"\n{told}\n")
        notes = "\n".join(filter(None, (start.strip("\n"), end.strip("\n")))) if at else notes
    return notes != before.notes and _corrected(session, found, {"notes": notes}, FAMILY, now)


def _corrected(
    session: Session, found: CallbackRow, changes: Mapping[str, Any], by: Actor, now: datetime
) -> bool:
    keys = keys_of(session)
    before, code = opened(keys, found)
    after = replace(before, **changes)
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
