"""A catalogue entry on one page, with the card a family will see."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.console import service_form
from bot.console.page import chosen, draw, form_of
from bot.console.service_drawn import card_of, checks_of, drawn, people
from bot.console.words import words
from bot.guidance.catalogue import Service
from bot.guidance.publishing import ColleagueNeededError
from bot.guidance.store import ConflictError, Entry
from bot.meaning import LANGUAGES
from bot.staff.accounts import Member
from bot.staff.permissions import Permission
from bot.web import catalogue_work
from bot.web.appkeys import AREAS

_ERRORS = ("conflict_nobody", "return_note_missing", "archive_reason_missing")
"""What a step beside the form may complain of."""


async def new(request: web.Request, member: Member) -> web.StreamResponse:
    """The empty form."""
    return await drawn(request, member, None, service_form.shown(None, words()))


async def edit(request: web.Request, member: Member) -> web.StreamResponse:
    """The form of one entry."""
    entry = await _entry(request)
    values = service_form.shown(entry.newest, words())
    w = words()
    done = w.known("service.done", request.query.get("done"))
    more = await _waiting(request) if request.query.get("done") == "publish" else 0
    error = w.known("service", request.query["error"]) if request.query.get("error") in _ERRORS else ""
    return await drawn(request, member, entry, values, notice=done or None, error=error, more_to_review=more)


async def preview(request: web.Request, member: Member) -> web.StreamResponse:
    """A fragment: the card of what is typed."""
    form = await _typed(request)
    entry = await catalogue_work.entry(request.app, str(form.get("id", "")))
    base = entry.newest if entry else None
    found = service_form.read(form, base, request.app[AREAS], words())
    language = str(form.get("preview_language", "fi"))
    return draw(
        request,
        member,
        "staff/preview.html",
        card=card_of(request, found.service, language),
        checks=checks_of(request, found.service),
    )


async def save(request: web.Request, member: Member) -> web.StreamResponse:
    """Keep, send or publish what was typed, as the pressed button says; or show it again with what is wrong."""
    form, w = await _typed(request), words()
    service_id = request.match_info.get("id")
    entry = await _entry(request) if service_id else None
    if entry and not await catalogue_work.may_change(request.app, member, entry.id):
        return draw(request, member, "staff/refused.html", status=403)
    base = entry.newest if entry else None
    found = service_form.read(form, base, request.app[AREAS], w)
    if found.service is None:
        return await drawn(request, member, entry, form, errors=found.errors, status=422)
    based_on = int(form["revision"]) if str(form.get("revision", "")).isdigit() else 0
    try:
        done = await _saved(request, member, found.service, entry=entry, based_on=based_on)
    except ConflictError as error:
        return await _clashed(request, member, form, found.service.id, error)
    beside = form.get("preview_language")
    language = f"&language={beside}" if beside in LANGUAGES and beside != "fi" else ""
    both = "&both=1" if form.get("both") else ""
    raise web.HTTPSeeOther(f"/staff/services/{found.service.id}?done={done}{language}{both}")


async def _waiting(request: web.Request) -> int:
    """How many drafts wait for a colleague."""
    return sum(one.review == "waiting" for one in await catalogue_work.entries(request.app))


async def _saved(
    request: web.Request, member: Member, service: Service, *, entry: Entry | None, based_on: int
) -> str:
    """Do what the button says; gives the name of what was done. Raises `ConflictError`."""
    app, at_once = request.app, member.may(Permission.PUBLISH_CATALOGUE)
    wish = (await form_of(request)).get("do", "")
    done = wish if wish in {"draft", "send", "publish"} else ("publish" if at_once else "send")
    if done == "publish":
        try:
            await catalogue_work.publish(app, member, service, based_on=based_on)
        except ColleagueNeededError as needed:
            done = needed.reason
        else:
            return done
    if entry is None or entry.draft != service:
        based_on = await catalogue_work.save_draft(app, member, service, based_on=based_on)
    if done != "draft":
        await catalogue_work.step(app, member, "sent", service.id, based_on=based_on)
    return done


async def refill(request: web.Request, member: Member) -> web.StreamResponse:
    """The form as it was when the sign-in ended; nothing is published yet."""
    entry = await _entry(request) if "id" in request.match_info else None
    return await drawn(request, member, entry, await _typed(request))


async def _clashed(
    request: web.Request, member: Member, form: Mapping[str, Any], service_id: str, error: ConflictError
) -> web.StreamResponse:
    """Somebody was quicker: say who, keep what was typed, and let the next press publish it."""
    w = words()
    if not form.get("revision") or form["revision"] == "0":
        errors = {"id": w("service.error_id_taken")}
        return await drawn(request, member, None, form, errors=errors, status=409)
    changes = await catalogue_work.history(request.app, service_id)
    name = (await people(request)).get(changes[0].by) if changes else None
    told = w("service.conflict", name=name) if name else w("service.conflict_nobody")
    entry = await catalogue_work.entry(request.app, service_id)
    values = {**form, "revision": str(error.current or 0)}
    return await drawn(request, member, entry, values, error=told, status=409)


async def _typed(request: web.Request) -> dict[str, Any]:
    ticked = {name: await chosen(request, name) for name in ("needs", "service_areas", "flags", "locks")}
    return {**await form_of(request), **ticked}


async def _entry(request: web.Request) -> Entry:
    found = await catalogue_work.entry(request.app, request.match_info["id"])
    if found is None:
        raise web.HTTPNotFound
    return found
