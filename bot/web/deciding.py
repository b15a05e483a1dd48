"""What staff decide about a family nobody has reached."""

from datetime import datetime

from aiohttp import web
from sqlalchemy.orm import Session

from bot.callbacks import queue
from bot.callbacks.call_note import Written
from bot.callbacks.deciding import Decision
from bot.callbacks.request import Actor, Gone
from bot.staff.accounts import Member
from bot.web.appkeys import ROTA
from bot.web.staff_work import Done, change


async def decide(
    app: web.Application,
    member: Member,
    callback_id: str,
    decision: Decision,
    *,
    at: datetime | None = None,
    note: Written | None = None,
) -> Done:
    """Record the decision and do it. Raises `NoCallingTimeError` when the area does not ring at `at` (aware)."""
    rota = app[ROTA]

    def work(session: Session, by: Actor, now: datetime) -> Done:
        area = queue.area_of(session, callback_id, member.reach)
        if area is None:
            return Gone(None)
        hours = rota.get(session, now).calendar(area)
        return queue.decide(session, callback_id, by, decision, now=now, hours=hours, at=at, note=note)

    return await change(app, member, callback_id, "decided", work)
