"""My day: what I hold and what is agreed, on a page, on paper and in one's own calendar."""

from aiohttp import web

from bot.clock import helsinki
from bot.console.day_calendar import calendar
from bot.console.day_view import parts
from bot.console.moments import date_words
from bot.console.page import draw
from bot.console.words import words
from bot.staff.accounts import Member
from bot.web import day_work
from bot.web.appkeys import CLOCK
from bot.web.signed_in import is_secure


async def show(request: web.Request, member: Member) -> web.StreamResponse:
    """The page."""
    return await _drawn(request, member)


async def renew_feed(request: web.Request, member: Member) -> web.StreamResponse:
    """Make an address for one's own calendar, and show it: this once."""
    key = await day_work.renew_feed(request.app, member)
    return await _drawn(request, member, feed=f"{_address(request)}/staff/day.ics?key={key}")


async def end_feed(request: web.Request, member: Member) -> web.StreamResponse:
    """The address opens nothing any more."""
    await day_work.end_feed(request.app, member)
    raise web.HTTPSeeOther("/staff/day")


async def feed(request: web.Request) -> web.StreamResponse:
    """The calendar of whose key it is; 404 for any other, and for an account that is closed."""
    found = await day_work.fed(request.app, request.query.get("key", "")[:200])
    if found is None:
        raise web.HTTPNotFound
    member, callbacks = found
    made = calendar(callbacks, member.id, _address(request), request.app[CLOCK](), words())
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'inline; filename="perheovi.ics"'}
    return web.Response(body=made, content_type="text/calendar", charset="utf-8", headers=headers)


async def _drawn(request: web.Request, member: Member, *, feed: str = "") -> web.StreamResponse:
    found, now, w = await day_work.day(request.app, member), request.app[CLOCK](), words()
    today = helsinki(now).date()
    since = found.feed_since
    return draw(
        request, member, "staff/day.html",
        tab="day", parts=parts(found.agenda, member.id, now, w), day=date_words(today, today, w), feed=feed,
        feed_since=date_words(helsinki(since).date(), today, w) if since else None,
    )  # fmt: skip


def _address(request: web.Request) -> str:
    return f"{'https' if is_secure(request) else 'http'}://{request.host}"
