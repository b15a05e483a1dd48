"""Who has a callback: claim, release, transfer, and the lease that gives it back when its holder goes silent."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from bot.callbacks.changing import NOBODY, change_if, why_not
from bot.callbacks.history import write_down
from bot.callbacks.request import (
    SYSTEM,
    Actor,
    Change,
    Claimed,
    Claiming,
    HeldBy,
    NotClaimed,
    Saved,
    State,
)
from bot.callbacks.tables import CallbackRow


def claim(session: Session, callback_id: str, staff: Actor, *, now: datetime, lease: timedelta) -> Claiming:
    """Give a waiting callback to `staff`; of any number who ask at once exactly one gets it.

    Asking again for one's own callback answers `Claimed` and changes nothing. Others learn who has it.
    """
    until = now + lease
    waiting = (CallbackRow.state == State.WAITING, CallbackRow.holder.is_(None))
    # Looking first spares the many who come too late a write; who is first, the one guarded statement decides.
    while isinstance(found := why_not(session, callback_id, staff), NotClaimed):
        if change_if(session, callback_id, *waiting, by=staff, now=now, **_held(staff, now, until)):
            write_down(session, [callback_id], staff, "claimed", now=now)
            return Claimed(until)
    if isinstance(found, HeldBy) and found.id == staff.id:
        return Claimed(_lease_of(session, callback_id) or until)
    return found


def release(session: Session, callback_id: str, staff: Actor, *, now: datetime) -> Change:
    """Put one's own callback back into the queue."""
    if not change_if(session, callback_id, *held_by(staff), by=staff, now=now, state=State.WAITING, **NOBODY):
        return why_not(session, callback_id, staff)
    write_down(session, [callback_id], staff, "released", now=now)
    return Saved(callback_id)


def transfer(
    session: Session, callback_id: str, staff: Actor, to: Actor, *, now: datetime, lease: timedelta
) -> Change:
    """Hand one's own callback to a colleague who reaches it, whose lease begins now."""
    guards = (*held_by(staff), to.reach.guard(CallbackRow.area))
    if not change_if(session, callback_id, *guards, by=staff, now=now, **_held(to, now, now + lease)):
        return why_not(session, callback_id, staff)
    detail = {"to": to.id, "to_name": to.name}
    write_down(session, [callback_id], staff, "transferred", now=now, detail=detail)
    return Saved(callback_id)


def renew_lease(
    session: Session, callback_id: str, staff: Actor, *, now: datetime, lease: timedelta
) -> Change:
    """Keep one's own callback for another `lease`. It is no event: neither history nor revision notice it."""
    if not change_if(session, callback_id, *held_by(staff), by=staff, now=now, lease_until=now + lease):
        return why_not(session, callback_id, staff)
    return Saved(callback_id)


def return_expired_leases(session: Session, now: datetime) -> int:
    """Put every callback whose lease has run out back into the queue; how many there were.

    Replicas may do this at the same moment: each callback goes back once.
    """
    expired = (CallbackRow.state == State.CLAIMED, CallbackRow.lease_until < now)
    holders = session.execute(
        select(CallbackRow.id, CallbackRow.holder, CallbackRow.holder_name)
        .where(*expired)
        .with_for_update(skip_locked=True)
    ).all()
    if not holders:
        return 0
    session.execute(
        update(CallbackRow)
        .where(CallbackRow.id.in_([row.id for row in holders]), *expired)
        .values(state=State.WAITING, **NOBODY, updated_at=now, version=CallbackRow.version + 1)
        .execution_options(synchronize_session=False)
    )
    for row in holders:
        detail = {"from": row.holder, "from_name": row.holder_name}
        write_down(session, [row.id], SYSTEM, "lease_expired", now=now, detail=detail)
    return len(holders)


def held_by(staff: Actor) -> tuple[ColumnElement[bool], ...]:
    """The guard of everything only the holder may do."""
    return (CallbackRow.state == State.CLAIMED, CallbackRow.holder == staff.id)


def _held(staff: Actor, now: datetime, until: datetime) -> dict[str, object]:
    return {
        "state": State.CLAIMED,
        "holder": staff.id,
        "holder_name": staff.name,
        "claimed_at": now,
        "lease_until": until,
    }


def _lease_of(session: Session, callback_id: str) -> datetime | None:
    return session.scalar(select(CallbackRow.lease_until).where(CallbackRow.id == callback_id))
