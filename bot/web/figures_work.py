"""The figures staff may see: of their own areas, and counts alone."""

from aiohttp import web

from bot.callbacks import figures
from bot.callbacks.figures import Standing
from bot.staff.accounts import Member
from bot.web.appkeys import CLOCK, DATABASE


async def standing(app: web.Application, member: Member) -> Standing:
    """How many callbacks of the member's areas stand where, now."""
    now = app[CLOCK]()
    return await app[DATABASE].read(lambda session: figures.standing(session, member.reach, now))
