"""Whether somebody is at an open page: it asks when the sign-in ends, and tells when it is used."""

from aiohttp import web

from bot.clock import helsinki
from bot.console.moments import clock_words
from bot.staff import sign_ins
from bot.staff.accounts import Member
from bot.web.appkeys import CLOCK, DATABASE
from bot.web.signed_in import token_of

HERE = "/staff/here"


async def ending(request: web.Request, _member: Member) -> web.StreamResponse:
    """When the sign-in ends: `seconds` from now, `at` on the clock, and `idle`, whether using it puts that off."""
    now, token = request.app[CLOCK](), token_of(request) or ""
    found = await request.app[DATABASE].read(lambda session: sign_ins.ending(session, token, now))
    if found is None:  # it ended this very moment
        return web.json_response({"seconds": 0, "at": "", "idle": False})
    seconds = int((found.at - now).total_seconds())
    at = clock_words(helsinki(found.at).time())
    return web.json_response({"seconds": seconds, "at": at, "idle": found.is_idle})


async def used(request: web.Request, member: Member) -> web.StreamResponse:
    """Somebody types or reads: the sign-in is in use, as by every request that a person makes. The same answer."""
    return await ending(request, member)
