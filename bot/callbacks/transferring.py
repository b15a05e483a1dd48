"""Handing a callback to a colleague: it stays with its holder until the colleague has taken it.

An offer stands in three columns of the callback, so there is one at most; whatever gives the callback back to the
queue clears it in the same statement.
"""

from datetime import datetime, timedelta

from sqlalchemy import case, update
from sqlalchemy.orm import Session

from bot.callbacks.changing import NO_OFFER, change_if, moment, why_not
from bot.callbacks.claiming import first_lease
from bot.callbacks.guards import may
from bot.callbacks.history import write_down
from bot.callbacks.life import Event
from bot.callbacks.request import SYSTEM, Actor, Change, Saved
from bot.callbacks.tables import CallbackRow


def offer(
    session: Session, callback_id: str, staff: Actor, to: Actor, *, now: datetime, note: str | None = None
) -> Change:
    """Offer one's own callback to a colleague who reaches it. An offer made before lapses.

    `note` is for the colleague, and kept sealed.
    """
    guards = (may(Event.OFFER, staff), to.reach.guard(CallbackRow.area))
    offered = {"offered_to": to.id, "offered_to_name": to.name, "offered_at": now}
    if to.id == staff.id or not change_if(session, callback_id, *guards, by=staff, now=now, **offered):
        return why_not(session, callback_id, staff)
    detail = {"to": to.id, "to_name": to.name}
    write_down(session, [callback_id], staff, "offered", now=now, detail=detail, note=note)
    return Saved(callback_id)


def accept(session: Session, callback_id: str, staff: Actor, *, now: datetime, lease: timedelta) -> Change:
    """Take what a colleague has offered; one's own lease begins now.

    Refused when it is not offered to `staff` (any more): with the holder's name, or because nobody holds it.
    """
    mine = {
        "holder": staff.id,
        "holder_name": staff.name,
        "claimed_at": now,
        "lease_until": case(
            (CallbackRow.reached_at.is_(None), first_lease(now, lease)), else_=moment(now + lease)
        ),
        # Who takes it has not rung yet, unless the family is reached already.
        "rang_at": case((CallbackRow.reached_at.is_not(None), CallbackRow.rang_at)),
    }
    guards = (may(Event.ACCEPT, staff), CallbackRow.lease_until >= now)
    if not change_if(session, callback_id, *guards, by=staff, now=now, **mine, **NO_OFFER):
        return why_not(session, callback_id, staff)
    write_down(session, [callback_id], staff, "accepted", now=now)
    return Saved(callback_id)


def decline(session: Session, callback_id: str, staff: Actor, *, now: datetime) -> Change:
    """Leave what a colleague has offered with that colleague."""
    if not change_if(session, callback_id, may(Event.DECLINE, staff), by=staff, now=now, **NO_OFFER):
        return why_not(session, callback_id, staff)
    write_down(session, [callback_id], staff, "declined", now=now)
    return Saved(callback_id)


def withdraw(session: Session, callback_id: str, staff: Actor, *, now: datetime) -> Change:
    """Take one's offer back; without one nothing changes."""
    guards = (may(Event.WITHDRAW, staff), CallbackRow.offered_to.is_not(None))
    if change_if(session, callback_id, *guards, by=staff, now=now, **NO_OFFER):
        write_down(session, [callback_id], staff, "withdrawn", now=now)
        return Saved(callback_id)
    return why_not(session, callback_id, staff)


def end_offers_to(session: Session, staff: Actor, *, now: datetime) -> int:
    """Nobody offers anything to this person any more: their account is closed. How many offers there were."""
    ended = session.scalars(
        update(CallbackRow)
        .where(may(Event.OFFER_LAPSES, SYSTEM), CallbackRow.offered_to == staff.id)
        .values(**NO_OFFER, updated_at=now, version=CallbackRow.version + 1)
        .returning(CallbackRow.id)
        .execution_options(synchronize_session=False)
    ).all()
    detail = {"to": staff.id, "to_name": staff.name}
    write_down(session, ended, SYSTEM, "offer_lapsed", now=now, detail=detail)
    return len(ended)
