"""What an advisor decides about a call besides its outcome: is it one call with another, and what after three tries."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, time
from typing import Any

from aiohttp import web

from bot.callbacks.area_calendar import local_moment
from bot.callbacks.deciding import Decision, NoCallingTimeError
from bot.callbacks.request import Saved
from bot.console import call_form
from bot.console.call_page import refused
from bot.console.call_scene import drawn
from bot.console.page import form_of
from bot.console.words import words
from bot.staff.accounts import Member
from bot.web import deciding, same_number
from bot.web.staff_work import Done

_Work = Callable[[web.Application, Member, str, str], Awaitable[Done]]


async def merge(request: web.Request, member: Member) -> web.StreamResponse:
    """One call answers both."""
    return await _with_other(request, member, same_number.merge)


async def split(request: web.Request, member: Member) -> web.StreamResponse:
    """Take that back."""
    return await _with_other(request, member, same_number.split)


async def set_apart(request: web.Request, member: Member) -> web.StreamResponse:
    """Different matters: both stay."""
    return await _with_other(request, member, same_number.set_apart)


async def decide(request: web.Request, member: Member) -> web.StreamResponse:
    """What comes after three tries: then back to the queue."""
    form, w = await form_of(request), words()
    decision = next((one for one in Decision if one == form.get("decision")), None)
    if decision is None:
        return await drawn(request, member, status=422, error=w("decide.choose"))
    try:
        at = _moment(form) if decision is Decision.TRY_AGAIN else None
        done = await deciding.decide(request.app, member, request.match_info["id"], decision, at=at)
    except NoCallingTimeError:
        return await drawn(request, member, status=422, error=w("decide.no_time"))
    if isinstance(done, Saved):
        raise web.HTTPSeeOther("/staff/")
    return await refused(request, member, done)


async def _with_other(request: web.Request, member: Member, work: _Work) -> web.StreamResponse:
    callback_id, values = request.match_info["id"], await call_form.typed(request)
    done = await work(request.app, member, callback_id, (await form_of(request)).get("other", ""))
    if isinstance(done, Saved):
        return await drawn(request, member, values=values if call_form.has_note(values) else None)
    error = words()("same.not_possible")
    return await drawn(request, member, status=409, error=error, values=values)


def _moment(form: dict[str, Any]) -> datetime:
    try:
        day, at = date.fromisoformat(form.get("day", "")), time.fromisoformat(form.get("time", ""))
    except ValueError as error:
        raise NoCallingTimeError from error
    return local_moment(day, at.replace(tzinfo=None))
