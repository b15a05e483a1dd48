"""Handing a callback to a colleague, who accepts it or not; and what somebody leaves behind who goes."""

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

    def leave(session: Session) -> int:
        if sign_ins.is_signed_in(session, member.id, app[CLOCK]()):
            return 0
        holder = as_actor(member)
        return _left(session, app, holder, "signed_out", by=Actor(holder.id, holder.name, EVERYWHERE))

    if await app[DATABASE].write(leave):
        app[ANNOUNCER].announce(QUEUE)


async def account_closed(app: web.Application, staff_id: str, name: str) -> None:
    """An account is closed: what its owner holds is in the queue again, and offers to them are over."""
    holder, now = Actor(staff_id, name, EVERYWHERE), app[CLOCK]()

    def leave(session: Session) -> int:
        ended = queue.end_offers_to(session, holder, now=now)
        return ended + _left(session, app, holder, "account_closed", by=SYSTEM)

    if await app[DATABASE].write(leave):
        app[ANNOUNCER].announce(QUEUE)


def _left(session: Session, app: web.Application, holder: Actor, why: str, *, by: Actor) -> int:
    now = app[CLOCK]()
    released = queue.release_all(session, holder, why, now=now, by=by)
    if released:
        audit.record(session, by.id, "released", KIND, released, now=now)
    return len(released)


