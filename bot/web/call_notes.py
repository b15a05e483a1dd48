"""What an advisor types while a call is theirs: kept as a draft, so that nothing is lost before it is recorded."""

from aiohttp import web

from bot.callbacks import drafts
from bot.callbacks.drafts import Fields
from bot.callbacks.request import Change
from bot.staff.accounts import Member
from bot.web.appkeys import CLOCK, DATABASE
from bot.web.staff_work import as_actor


async def keep_draft(app: web.Application, member: Member, callback_id: str, fields: Fields) -> Change:
    """Keep what was typed so far, of a callback that the member holds."""
    now = app[CLOCK]()
    return await app[DATABASE].write(
        lambda session: drafts.keep(session, callback_id, as_actor(member), fields, now=now)
    )
