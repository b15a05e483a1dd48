"""The page of one call: read it, take it, ring, record what came of it."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.callbacks.request import AttemptResult, Booked, Claimed, Gone, HeldBy, NotClaimed, Outcome, Saved
from bot.clock import helsinki
from bot.console import call_form
from bot.console.call_form import TALKED, Record
from bot.console.call_scene import drawn
from bot.console.moments import clock_words
from bot.console.page import draw
from bot.console.words import words
from bot.staff.accounts import Member
from bot.web import call_notes, call_reading, following_up, staff_work
from bot.web.appkeys import CLOCK
from bot.web.staff_work import Done


async def show(request: web.Request, member: Member) -> web.StreamResponse:
    """The page."""
    return await drawn(request, member)


async def number(request: web.Request, member: Member) -> web.StreamResponse:
    """The page with the whole number; the audit says who looked."""
    values = await call_form.typed(request)
    return await drawn(request, member, values=values, action="number_shown", number_shown=True)


async def earlier(request: web.Request, member: Member) -> web.StreamResponse:
    """The family allows its earlier calls to be looked at: the page with them."""
    values = await call_form.typed(request)
    permitted = await call_reading.permit_earlier(request.app, member, request.match_info["id"])
    if not permitted:
        return await drawn(request, member, status=409, error=words()("call.lost_earlier"), values=values)
    return await drawn(request, member, values=values)


async def renew(request: web.Request, member: Member) -> web.StreamResponse:
    """The page is still open: keep the claim."""
    done = await staff_work.renew(request.app, member, request.match_info["id"])
    if done == Gone(None):
        return draw(request, member, "staff/gone.html", status=404, tab="queue")
    return web.Response(status=204)


async def draft(request: web.Request, member: Member) -> web.StreamResponse:
    """Keep what is typed so far, and say when that was; 409 when the call is not the member's (any longer)."""
    fields = await call_form.typed(request)
    kept = await call_notes.keep_draft(request.app, member, request.match_info["id"], fields)
    if kept == Gone(None):
        return draw(request, member, "staff/gone.html", status=404, tab="queue")
    if not isinstance(kept, Saved):
        return web.Response(status=409)
    time = clock_words(helsinki(request.app[CLOCK]()).time())
    return web.Response(text=words()("call.draft_saved", time=time))


async def release(request: web.Request, member: Member) -> web.StreamResponse:
    """Give it back and return to the queue."""
    done = await staff_work.release(request.app, member, request.match_info["id"])
    if isinstance(done, Saved):
        raise web.HTTPSeeOther("/staff/")
    return await refused(request, member, done)


async def record(request: web.Request, member: Member) -> web.StreamResponse:
    """Record what came of the call. Whatever goes wrong, what was typed stays on the page."""
    values = await call_form.typed(request)
    found = call_form.read(values, request.app[CLOCK](), words())
    if isinstance(found, str):
        return await drawn(request, member, status=422, error=found, values=values)
    done = await _recorded(request, member, found)
    if isinstance(done, Saved):
        stays = found.what is AttemptResult.REACHED
        raise web.HTTPSeeOther(f"/staff/callbacks/{request.match_info['id']}" if stays else "/staff/")
    return await refused(request, member, done, values)


async def refill(request: web.Request, member: Member) -> web.StreamResponse:
    """The page as it was when the sign-in ended, with everything that was typed; nothing is done yet."""
    return await drawn(request, member, values=await call_form.typed(request))


async def begin_follow_up(request: web.Request, member: Member) -> web.StreamResponse:
    """Ring again as agreed: a callback of its own, and its page."""
    done = await following_up.begin(request.app, member, request.match_info["id"])
    if isinstance(done, Booked):
        raise web.HTTPSeeOther(f"/staff/callbacks/{done.id}")
    return await drawn(request, member, status=409, error=words()("call.follow_up_gone"))


async def end_follow_up(request: web.Request, member: Member) -> web.StreamResponse:
    """The follow-up is done without a call: back to the day."""
    done = await following_up.end(request.app, member, request.match_info["id"])
    if isinstance(done, Saved):
        raise web.HTTPSeeOther("/staff/day")
    return await drawn(request, member, status=409, error=words()("call.follow_up_gone"))


async def _recorded(request: web.Request, member: Member, what: Record) -> Done:
    app, callback_id = request.app, request.match_info["id"]
    if isinstance(what.what, AttemptResult):
        return await staff_work.attempt(app, member, callback_id, what.what, note=what.note)
    more: dict[str, Any] = {"services": what.services, "note": what.note, "follow_up_on": what.follow_up_on}
    if what.what in TALKED:
        return await staff_work.conclude(app, member, callback_id, what.what, AttemptResult.REACHED, **more)
    if what.what is Outcome.WRONG_NUMBER:
        return await staff_work.conclude(
            app, member, callback_id, what.what, AttemptResult.WRONG_NUMBER, **more
        )
    return await staff_work.close(app, member, callback_id, what.what, **more)


async def refused(
    request: web.Request, member: Member, done: Done, values: Mapping[str, Any] | None = None
) -> web.StreamResponse:
    """The page with the reason why nothing was changed, and everything that was typed."""
    w = words()
    match done:
        case HeldBy(name=name):
            error = w("call.lost_to", name=name)
        case NotClaimed():
            error = w("call.lost_claim")
        case Gone() | Saved() | Claimed():
            error = w("call.lost_gone")
    return await drawn(request, member, status=409, error=error, values=values)
