"""The page of one call: read it, take it, ring, record what came of it."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from sqlalchemy.orm import Session

from bot.callbacks.callback import Callback
from bot.callbacks.request import AttemptResult, Claimed, Gone, HeldBy, NotClaimed, Outcome, Saved, State
from bot.console.call_view import facts, happened, number_words, other_way, to_mind, told
from bot.console.page import chosen, draw, form_of
from bot.console.rows import matter_words, minutes_left, row_of, when_words
from bot.console.words import words
from bot.guidance import matching
from bot.guidance.catalogue import Service
from bot.staff.accounts import Member
from bot.web import staff_work
from bot.web.appkeys import AREAS, CATALOGUE, CLOCK, DATABASE
from bot.web.staff_work import Done

_TALKED = (Outcome.ENOUGH, Outcome.GUIDED, Outcome.NETWORK_MEETING, Outcome.ASSESSMENT, Outcome.OTHER)
"""Outcomes of a talk; the family was reached."""
TALKED_CHOICES = (*(f"outcome:{outcome}" for outcome in _TALKED), "result:reached")
NOT_TALKED_CHOICES = (
    "result:no_answer",
    "result:busy",
    "outcome:wrong_number",
    "outcome:unreachable",
    "outcome:cancelled_by_family",
)
_RESULTS = {f"result:{result}": result for result in AttemptResult}
_FOUND_AT_MOST = 6


async def show(request: web.Request, member: Member) -> web.StreamResponse:
    """The page."""
    return await _drawn(request, member)


async def number(request: web.Request, member: Member) -> web.StreamResponse:
    """The page with the whole number; the audit says who looked."""
    form = await form_of(request)
    values = {**form, "services": await chosen(request, "services")}
    return await _drawn(request, member, values=values, action="number_shown", number_shown=True)


async def renew(request: web.Request, member: Member) -> web.StreamResponse:
    """The page is still open: keep the claim."""
    done = await staff_work.renew(request.app, member, request.match_info["id"])
    if done == Gone(None):
        return draw(request, member, "staff/gone.html", status=404, tab="queue")
    return web.Response(status=204)


async def release(request: web.Request, member: Member) -> web.StreamResponse:
    """Give it back and return to the queue."""
    done = await staff_work.release(request.app, member, request.match_info["id"])
    if isinstance(done, Saved):
        raise web.HTTPSeeOther("/staff/")
    return await _refused(request, member, done)


async def transfer(request: web.Request, member: Member) -> web.StreamResponse:
    """Hand it to the chosen colleague."""
    wanted, callback_id = (await form_of(request)).get("to", ""), request.match_info["id"]
    holders = await staff_work.holders(request.app, member, callback_id) or []
    to = next((who for who in holders if who.id == wanted), None)
    if to is None:
        return await _drawn(request, member, status=422, error=words()("call.transfer_to"))
    done = await staff_work.transfer(request.app, member, callback_id, to)
    if isinstance(done, Saved):
        raise web.HTTPSeeOther("/staff/")
    return await _refused(request, member, done)


async def record(request: web.Request, member: Member) -> web.StreamResponse:
    """Record what came of the call. Whatever goes wrong, what was typed stays on the page."""
    callback_id, form = request.match_info["id"], await form_of(request)
    what, note = form.get("what", ""), form.get("note", "")[:4000] or None
    services = await chosen(request, "services")
    values = {**form, "services": services}
    outcome = next((found for found in Outcome if what == f"outcome:{found}"), None)
    if outcome is None and what not in _RESULTS:
        error = words()("call.choose_outcome")
        return await _drawn(request, member, status=422, error=error, values=values)
    if outcome is Outcome.GUIDED and not services:
        error = words()("call.choose_services")
        return await _drawn(request, member, status=422, error=error, values=values)
    if outcome is None:
        done = await staff_work.attempt(request.app, member, callback_id, _RESULTS[what], note=note)
    elif outcome in (*_TALKED, Outcome.WRONG_NUMBER):
        wrong = outcome is Outcome.WRONG_NUMBER
        result = AttemptResult.WRONG_NUMBER if wrong else AttemptResult.REACHED
        done = await staff_work.conclude(
            request.app, member, callback_id, outcome, result, services=services, note=note
        )
    else:
        done = await staff_work.close(request.app, member, callback_id, outcome, services=services, note=note)
    if isinstance(done, Saved):
        stays = what == "result:reached"
        raise web.HTTPSeeOther(f"/staff/callbacks/{callback_id}" if stays else "/staff/")
    return await _refused(request, member, done, values)


async def _refused(
    request: web.Request, member: Member, done: Done, values: Mapping[str, Any] | None = None
) -> web.StreamResponse:
    w = words()
    match done:
        case HeldBy(name=name):
            error = w("call.lost_to", name=name)
        case NotClaimed():
            error = w("call.lost_claim")
        case Gone() | Saved() | Claimed():
            error = w("call.lost_gone")
    return await _drawn(request, member, status=409, error=error, values=values)


async def _drawn(
    request: web.Request,
    member: Member,
    *,
    status: int = 200,
    error: str = "",
    values: Mapping[str, Any] | None = None,
    action: str = "read",
    number_shown: bool = False,
) -> web.StreamResponse:
    callback = await staff_work.opened(request.app, member, request.match_info["id"], action=action)
    if callback is None:
        return draw(request, member, "staff/gone.html", status=404, tab="queue")
    now, w = request.app[CLOCK](), words()
    typed: Mapping[str, Any] = {"note": "", "what": "", "services": (), "q": "", **(values or {})}
    named, found = await _services(request, callback, typed)
    names = {service.id: service.name.fi for service in named}
    is_mine = callback.holder == member.id and callback.state is State.CLAIMED
    colleagues = await staff_work.colleagues(request.app, callback.request.area) if is_mine else []
    sent = await staff_work.notices(request.app, member, callback.id)
    return draw(
        request, member, "staff/call.html",
        status=status, tab="queue", error=error, values=typed, callback=callback,
        row=row_of(callback, now, w), matter=matter_words(callback, w), when=when_words(callback, now, w),
        minds=to_mind(callback, now, w), facts=facts(callback, now, w),
        history=happened(callback, now, w, names), names=names, notices=told(sent, now, w),
        told=[names.get(service, service) for service in callback.request.told],
        number=number_words(callback) if number_shown and is_mine else None, other_way=other_way(callback, w),
        is_mine=is_mine, is_open=callback.state in (State.WAITING, State.CLAIMED), minutes=minutes_left(callback, now),
        colleagues=[who for who in colleagues if who.id != member.id],
        found=found, talked=TALKED_CHOICES, not_talked=NOT_TALKED_CHOICES,
    )  # fmt: skip


async def _services(
    request: web.Request, callback: Callback, typed: Mapping[str, Any]
) -> tuple[list[Service], list[Service]]:
    """The services named on the page, and those to choose from: found by words, else what was told and chosen."""
    events = [id_ for entry in callback.history for id_ in entry.detail.get("services", ())]
    ids = dict.fromkeys([*typed["services"], *callback.request.told, *events])
    areas, cache, now = request.app[AREAS], request.app[CATALOGUE], request.app[CLOCK]()

    def read(session: Session) -> tuple[list[Service], list[Service]]:
        current = cache.get(session)
        named = [current.by_id[id_] for id_ in ids if id_ in current.by_id]
        asked = callback.request
        fitting = matching.find(
            current,
            needs=asked.needs,
            municipality=areas.name_of(asked.municipality),
            ages=asked.child_ages,
            language="fi",
            now=now,
        )
        offered = [service for service in named if service.id not in events]
        offered += [match.service for match in fitting.services if match.service not in offered]
        return named, offered[: max(_FOUND_AT_MOST, len(typed["services"]))]

    return await request.app[DATABASE].read(read)


async def find_services(request: web.Request, member: Member) -> web.StreamResponse:
    """A fragment: the services that fit the words typed beside a call."""
    place = request.app[AREAS].name_of(request.query.get("municipality"))
    query, cache = request.query.get("q", "")[:100], request.app[CATALOGUE]

    def read(session: Session) -> list[Service]:
        found = matching.search(
            cache.get(session), query, municipality=place, language="fi", limit=_FOUND_AT_MOST
        )
        return [match.service for match in found]

    services = await request.app[DATABASE].read(read)
    return draw(request, member, "staff/found_services.html", found=services, values={"services": ()})
