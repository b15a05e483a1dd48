"""Who has a callback: claim, release, and the lease that gives it back when its holder goes silent."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, select, update
from sqlalchemy.orm import Session

from bot.callbacks.changing import NOBODY, change_if, moment, why_not
from bot.callbacks.guards import in_stage, may
from bot.callbacks.history import write_down
from bot.callbacks.life import HELD, Event
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

CRISIS_LEASE = timedelta(minutes=5)
"""How long a crisis may be held without a call: then somebody else should have it."""
_IS_CRISIS = CallbackRow.urgency == "immediate"


def claim(session: Session, callback_id: str, staff: Actor, *, now: datetime, lease: timedelta) -> Claiming:
    """Give a waiting callback to `staff`; of any number who ask at once exactly one gets it.

    Asking again for one's own callback answers `Claimed` and changes nothing. Others learn who has it.
    """
    # Looking first spares the many who come too late a write; who is first, the one guarded statement decides.
    while isinstance(found := why_not(session, callback_id, staff), NotClaimed):
        taken = {
            "state": State.CLAIMED,
            "holder": staff.id,
            "holder_name": staff.name,
            "claimed_at": now,
            "lease_until": first_lease(now, lease),
            "seen_at": func.coalesce(CallbackRow.seen_at, moment(now)),
        }
        if change_if(session, callback_id, may(Event.CLAIM, staff), by=staff, now=now, **taken):
            write_down(session, [callback_id], staff, "claimed", now=now)
            return Claimed(_lease_of(session, callback_id) or now + lease)
    if isinstance(found, HeldBy) and found.id == staff.id:
        return Claimed(_lease_of(session, callback_id) or now + lease)
    return found


def see(session: Session, callback_id: str, staff: Actor, *, now: datetime) -> bool:
    """Note that a member of staff has opened it; whether it was the first. No event: history does not tell it."""
    seen = update(CallbackRow).where(CallbackRow.id == callback_id, may(Event.SEE, staff))
    first = session.execute(
        seen.where(staff.reach.guard(CallbackRow.area))
        .values(seen_at=now)
        .returning(CallbackRow.id)
        .execution_options(synchronize_session=False)
    )
    return first.first() is not None


def release(session: Session, callback_id: str, staff: Actor, *, now: datetime) -> Change:
    """Put one's own callback back into the queue."""
    back = {"state": State.WAITING, **NOBODY}
    if not change_if(session, callback_id, may(Event.RELEASE, staff), by=staff, now=now, **back):
        return why_not(session, callback_id, staff)
    write_down(session, [callback_id], staff, "released", now=now)
    return Saved(callback_id)


def release_all(session: Session, holder: Actor, why: str, *, now: datetime, by: Actor) -> list[str]:
    """Put everything somebody holds back into the queue; the ids.

    `why`, a code for the history: `signed_out`, `account_closed`. Whoever does it, `holder` or the system, is `by`.
    """
    held = and_(may(Event.RELEASE, by), CallbackRow.holder == holder.id)
    back = _back_to_queue(session, held, now)
    write_down(session, back, by, "released", now=now, detail={"why": why, "from_name": holder.name})
    return back


def renew_lease(
    session: Session, callback_id: str, staff: Actor, *, now: datetime, lease: timedelta
) -> Change:
    """Keep one's own callback for another `lease`. It is no event: neither history nor revision notice it.

    A crisis that its holder has not begun to ring is not kept longer: it goes back when its five minutes are over.
    """
    longer = case(
        (and_(_IS_CRISIS, CallbackRow.rang_at.is_(None)), CallbackRow.lease_until), else_=now + lease
    )
    if not change_if(session, callback_id, may(Event.RENEW, staff), by=staff, now=now, lease_until=longer):
        return why_not(session, callback_id, staff)
    return Saved(callback_id)


def begin_to_ring(
    session: Session, callback_id: str, staff: Actor, *, now: datetime, lease: timedelta
) -> Change:
    """Note that the holder has the number before them and rings: the lease of an ordinary call begins."""
    ringing = {"rang_at": now, "lease_until": now + lease}
    if not change_if(session, callback_id, may(Event.RING, staff), by=staff, now=now, **ringing):
        return why_not(session, callback_id, staff)
    return Saved(callback_id)


def return_expired_leases(session: Session, now: datetime) -> int:
    """Put every callback whose lease has run out back into the queue; how many there were.

    Replicas may do this at the same moment: each callback goes back once. An offer ends with the lease.
    """
    expired = (may(Event.LEASE_ENDS, SYSTEM), CallbackRow.lease_until < now)
    holders = session.execute(
        select(CallbackRow.id, CallbackRow.holder, CallbackRow.holder_name)
        .where(*expired)
        .order_by(CallbackRow.id)
        .with_for_update(skip_locked=True)
    ).all()
    if not holders:
        return 0
    ids = [row.id for row in holders]
    back = set(_back_to_queue(session, and_(CallbackRow.id.in_(ids), *expired), now))
    for row in holders:
        if row.id in back:
            detail = {"from": row.holder, "from_name": row.holder_name}
            write_down(session, [row.id], SYSTEM, "lease_expired", now=now, detail=detail)
    return len(back)


def held_by(staff: Actor) -> tuple[ColumnElement[bool], ...]:
    """The guard of what only the holder may do, where it is no event of the table."""
    return (in_stage(HELD), CallbackRow.holder == staff.id)


def _back_to_queue(session: Session, guard: ColumnElement[bool], now: datetime) -> list[str]:
    """Put all held callbacks for which `guard` holds back; their ids."""
    back = (
        update(CallbackRow)
        .where(guard, in_stage(HELD))
        .values(state=State.WAITING, **NOBODY, updated_at=now, version=CallbackRow.version + 1)
        .returning(CallbackRow.id)
        .execution_options(synchronize_session=False)
    )
    return list(session.scalars(back).all())


def first_lease(now: datetime, lease: timedelta) -> ColumnElement[datetime]:
    """Until when somebody has it who takes it now: `lease`, or five minutes for a crisis nobody has rung."""
    return case((_IS_CRISIS, moment(now + min(lease, CRISIS_LEASE))), else_=moment(now + lease))


def _lease_of(session: Session, callback_id: str) -> datetime | None:
    return session.scalar(select(CallbackRow.lease_until).where(CallbackRow.id == callback_id))
