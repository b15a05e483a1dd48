"""Several requests of one number: one call for both, apart again, or different matters."""

from aiohttp import web
from sqlalchemy.orm import Session

from bot.callbacks import queue
from bot.callbacks.callback import Callback
from bot.callbacks.life import LIVE
from bot.callbacks.merging import same_number
from bot.reach import Reach
from bot.staff.accounts import Member
from bot.web.staff_work import Done, change


async def merge(app: web.Application, member: Member, callback_id: str, other_id: str) -> Done:
    """Let the call one holds answer the other request as well."""
    return await change(
        app, member, callback_id, "merged",
        lambda session, by, now: queue.merge(session, callback_id, other_id, by, now=now),
    )  # fmt: skip


async def split(app: web.Application, member: Member, callback_id: str, other_id: str) -> Done:
    """Take a merge back."""
    return await change(
        app, member, callback_id, "split",
        lambda session, by, now: queue.split(session, callback_id, other_id, by, now=now),
    )  # fmt: skip


async def set_apart(app: web.Application, member: Member, callback_id: str, other_id: str) -> Done:
    """Leave both side by side: they are different matters."""
    return await change(
        app, member, callback_id, "set_apart",
        lambda session, by, now: queue.set_apart(session, callback_id, other_id, by, now=now),
    )  # fmt: skip


def alike(session: Session, callback: Callback, reach: Reach) -> tuple[Callback, ...]:
    """The open requests that may be of the same family and matter; none for one that has ended."""
    if callback.number_mark is None or callback.stage not in LIVE:
        return ()
    others = queue.others_of(session, callback, reach)
    wanted = same_number((callback, *others)).get(callback.id, ())
    return tuple(one for one in others if one.id in wanted)


def answered(session: Session, callback: Callback, reach: Reach) -> tuple[Callback, ...]:
    """The requests that this call answers as well."""
    found = (queue.find(session, one, reach) for one in callback.joined)
    return tuple(one for one in found if one)
