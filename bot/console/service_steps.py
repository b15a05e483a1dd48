"""What is done with a catalogue entry besides writing it: sent back, checked, restored, archived, given to owners."""

from collections.abc import Mapping

from aiohttp import web
from pydantic import ValidationError

from bot.console.page import chosen, draw, form_of
from bot.console.service_tasks import TASKS
from bot.console.words import words
from bot.guidance.catalogue import Service
from bot.guidance.store import ConflictError, Entry
from bot.staff.accounts import Member
from bot.web import catalogue_work
from bot.web.catalogue_work import NotOwnerError

_WITH_WORDS = {"returned": "return_note_missing", "archived": "archive_reason_missing"}
_STEPS = ("returned", "discarded", "archived", "unarchived", "stamped")
HOW = ("called", "page", "provider")
"""How facts are checked: by a call, from the service's own page, or by its provider's word."""


async def take(request: web.Request, member: Member) -> web.StreamResponse:
    """Send back, throw a draft away, archive or bring back; the first and third with a word why."""
    entry, form = await _entry(request), await form_of(request)
    step = form.get("step", "")
    if step not in _STEPS:
        raise web.HTTPBadRequest
    if step in _WITH_WORDS and not form.get("words"):
        return _back(entry, "error", _WITH_WORDS[step])
    given = form.get("words", "")[:1000]
    try:
        await catalogue_work.step(request.app, member, step, entry.id, based_on=_revision(form), words=given)
    except ConflictError:
        return _back(entry, "error", "conflict_nobody")
    except NotOwnerError:
        return draw(request, member, "staff/refused.html", status=403)
    return _back(entry, "done", step)


async def check(request: web.Request, member: Member) -> web.StreamResponse:
    """Note that the facts hold, and nothing else; in a round of checks, on to the next.

    Who says so is a role or an organisation, never a person.
    """
    entry, form, w = await _entry(request), await form_of(request), words()
    service = entry.newest
    if service is None or entry.status == "archived":
        raise web.HTTPConflict
    how = form["how"] if form.get("how") in HOW else HOW[0]
    by = w.known("service", f"check_by_{member.role}", otherwise=service.provider.fi)
    kind, name = "done", "checked"
    try:
        await catalogue_work.check(
            request.app, member, entry.id, by=by, how=w(f"service.check_how_{how}"), based_on=_revision(form)
        )
    except ConflictError:
        kind, name = "error", "conflict_nobody"
    except NotOwnerError:
        return draw(request, member, "staff/refused.html", status=403)
    if form.get("round") in TASKS:
        after = f"&after={entry.id}" if kind == "done" else ""
        raise web.HTTPSeeOther(f"/staff/services/check?show={form['round']}&{kind}=1{after}")
    return _back(entry, kind, name)


async def restore(request: web.Request, member: Member) -> web.StreamResponse:
    """Make an old version the draft; it goes the way of every draft."""
    entry, form = await _entry(request), await form_of(request)
    if not await catalogue_work.may_change(request.app, member, entry.id):
        return draw(request, member, "staff/refused.html", status=403)
    wanted = form.get("version", "")
    changes = await catalogue_work.history(request.app, entry.id)
    old = next((one.after for one in changes if str(one.revision) == wanted and one.after), None)
    if old is None:
        raise web.HTTPNotFound
    try:
        service = Service.model_validate(old)
    except ValidationError as error:  # written by a version whose entries had other fields
        raise web.HTTPConflict from error
    try:
        await catalogue_work.save_draft(request.app, member, service, based_on=_revision(form))
    except ConflictError:
        return _back(entry, "error", "conflict_nobody")
    return _back(entry, "done", "restored")


async def give(request: web.Request, member: Member) -> web.StreamResponse:
    """Set who keeps the entry true."""
    entry = await _entry(request)
    await catalogue_work.set_owners(request.app, member, entry.id, await chosen(request, "owners"))
    return _back(entry, "done", "owners")


def _revision(form: Mapping[str, str]) -> int:
    return int(form["revision"]) if form.get("revision", "").isdigit() else -1


def _back(entry: Entry, kind: str, name: str) -> web.StreamResponse:
    raise web.HTTPSeeOther(f"/staff/services/{entry.id}?{kind}={name}")


async def _entry(request: web.Request) -> Entry:
    found = await catalogue_work.entry(request.app, request.match_info["id"])
    if found is None:
        raise web.HTTPNotFound
    return found
