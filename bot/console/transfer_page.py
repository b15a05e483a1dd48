"""Handing a call to a colleague from its page, and taking one or not from the queue or the page."""

from aiohttp import web

from bot.callbacks.request import Gone, Saved
from bot.console.call_page import refused
from bot.console.call_scene import drawn
from bot.console.page import form_of
from bot.console.words import words
from bot.staff.accounts import Member
from bot.web import handing_over, staff_work


async def offer(request: web.Request, member: Member) -> web.StreamResponse:
    """Offer it to the chosen colleague; the page stays, with what was offered."""
    callback_id, form = request.match_info["id"], await form_of(request)
    holders = await staff_work.holders(request.app, member, callback_id) or []
    others = [who for who in holders if who.id != member.id]
    to = next((who for who in others if who.id == form.get("to")), None)
    if to is None:
        return await drawn(request, member, status=422, error=words()("call.transfer_to"))
    note = form.get("offer_note", "").strip()[: handing_over.LONGEST_NOTE] or None
    done = await handing_over.offer(request.app, member, callback_id, to, note)
    if isinstance(done, Saved):
        raise web.HTTPSeeOther(f"/staff/callbacks/{callback_id}")
    return await refused(request, member, done)


async def withdraw(request: web.Request, member: Member) -> web.StreamResponse:
    """Keep it after all."""
    callback_id = request.match_info["id"]
    done = await handing_over.withdraw(request.app, member, callback_id)
    if done == Gone(None):
        return await refused(request, member, done)
    raise web.HTTPSeeOther(f"/staff/callbacks/{callback_id}")


async def accept(request: web.Request, member: Member) -> web.StreamResponse:
    """Take what is offered: to its page, or there with the reason why it is not offered any more."""
    callback_id = request.match_info["id"]
    done = await handing_over.accept(request.app, member, callback_id)
    if isinstance(done, Saved):
        raise web.HTTPSeeOther(f"/staff/callbacks/{callback_id}")
    if done == Gone(None):
        return await refused(request, member, done)
    return await drawn(request, member, status=409, error=words()("call.offer_over"))


async def decline(request: web.Request, member: Member) -> web.StreamResponse:
    """Leave it with the colleague, and go on with the queue."""
    done = await handing_over.decline(request.app, member, request.match_info["id"])
    if done == Gone(None):
        return await refused(request, member, done)
    raise web.HTTPSeeOther("/staff/")
