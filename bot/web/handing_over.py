"""Handing a callback to a colleague, who accepts it or not; and what somebody leaves behind who goes."""

from datetime import datetime

from aiohttp import web
from sqlalchemy.orm import Session

from bot import audit
from bot.callbacks import queue
from bot.callbacks.request import SYSTEM, Actor
from bot.reach import EVERYWHERE
from bot.staff import sign_ins
from bot.staff.accounts import Member
from bot.web.appkeys import ANNOUNCER, CLOCK, DATABASE, LEASE
from bot.web.live import QUEUE
from bot.web.staff_work import KIND, Done, as_actor, change

LONGEST_NOTE = 500


async def offer(
    app: web.Application, member: Member, callback_id: str, to: Member, note: str | None = None
) -> Done:
    """Offer one's callback to a colleague; it stays with its holder until the colleague accepts."""
    return await change(
        app, member, callback_id, "offered",
        lambda session, by, now: queue.offer(session, callback_id, by, as_actor(to), now=now, note=note),
    )  # fmt: skip


async def accept(app: web.Application, member: Member, callback_id: str) -> Done:
    """Take what a colleague offers; of accepting and taking the offer back one happens."""
    lease = app[LEASE]
    return await change(
        app, member, callback_id, "accepted",
        lambda session, by, now: queue.accept(session, callback_id, by, now=now, lease=lease),
    )  # fmt: skip


async def decline(app: web.Application, member: Member, callback_id: str) -> Done:
    """Leave what a colleague offers with that colleague."""
    return await change(
        app, member, callback_id, "declined",
        lambda session, by, now: queue.decline(session, callback_id, by, now=now),
    )  # fmt: skip


async def withdraw(app: web.Application, member: Member, callback_id: str) -> Done:
    """Take one's own offer back."""
    return await change(
        app, member, callback_id, "withdrawn",
        lambda session, by, now: queue.withdraw(session, callback_id, by, now=now),
    )  # fmt: skip


async def signed_out(app: web.Application, member: Member) -> None:
    """Somebody has gone: what they hold is in the queue again, unless they are signed in elsewhere."""
    now = app[CLOCK]()

    def leave(session: Session) -> int:
        if sign_ins.is_signed_in(session, member.id, now):
            return 0
        holder = Actor(member.id, member.name, EVERYWHERE)
        return _left(session, holder, "signed_out", by=holder, now=now)

    if await app[DATABASE].write(leave):
        app[ANNOUNCER].announce(QUEUE)


async def account_closed(app: web.Application, staff_id: str, name: str) -> None:
    """An account is closed: what its owner holds is in the queue again, and offers to them are over."""
    now = app[CLOCK]()
    if await app[DATABASE].write(lambda session: given_back(session, staff_id, name, now=now)):
        app[ANNOUNCER].announce(QUEUE)


def given_back(session: Session, staff_id: str, name: str, *, now: datetime) -> int:
    """Put what the owner of a closed account holds into the queue, and end offers to them; how many changed."""
    holder = Actor(staff_id, name, EVERYWHERE)
    ended = queue.end_offers_to(session, holder, now=now)
    return ended + _left(session, holder, "account_closed", by=SYSTEM, now=now)


def _left(session: Session, holder: Actor, why: str, *, by: Actor, now: datetime) -> int:
    released = queue.release_all(session, holder, why, now=now, by=by)
    if released:
        audit.record(session, by.id, "released", KIND, released, now=now)
    return len(released)
