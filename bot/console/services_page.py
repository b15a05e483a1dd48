"""The catalogue in the console: the list, and one entry on one page with the card a family will see."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.console import service_form, service_history
from bot.console.page import chosen, draw, form_of
from bot.console.words import words
from bot.guidance import cards
from bot.guidance.catalogue import Service
from bot.guidance.store import ConflictError, Entry
from bot.meaning import NEEDS
from bot.staff import accounts
from bot.staff.accounts import Member
from bot.staff.permissions import Permission
from bot.web import catalogue_work
from bot.web.appkeys import AREAS, CLOCK, DATABASE, TEXTS


async def show(request: web.Request, member: Member) -> web.StreamResponse:
    """The list with its search."""
    query = request.query.get("q", "").strip()[:100]
    found = [one for one in await catalogue_work.entries(request.app) if _has_words(one, query)]
    may_edit = member.may(Permission.EDIT_CATALOGUE)
    rows = sorted(
        ((one, shown) for one in found if (shown := one.draft or one.service)),
        key=lambda pair: pair[1].name.fi.casefold(),
    )
    names = {area.id: area.name.fi for area in request.app[AREAS].all}
    return draw(
        request, member, "staff/services.html", tab="services", query=query, rows=rows, names=names,
        may_edit=may_edit,
    )  # fmt: skip


async def new(request: web.Request, member: Member) -> web.StreamResponse:
    """The empty form."""
    return await _drawn(request, member, None, service_form.shown(None, words()))


async def edit(request: web.Request, member: Member) -> web.StreamResponse:
    """The form of one entry."""
    entry = await _entry(request)
    values = service_form.shown(entry.draft or entry.service, words())
    notice = "service.published" if "published" in request.query else None
    return await _drawn(request, member, entry, values, notice=notice)


async def preview(request: web.Request, member: Member) -> web.StreamResponse:
    """A fragment: the card of what is typed."""
    form = await _typed(request)
    entry = await catalogue_work.entry(request.app, str(form.get("id", "")))
    base = (entry.draft or entry.service) if entry else None
    found = service_form.read(form, base, request.app[AREAS], words())
    language = str(form.get("preview_language", "fi"))
    return draw(request, member, "staff/preview.html", card=_card(request, found.service, language))


async def publish(request: web.Request, member: Member) -> web.StreamResponse:
    """Show it to families, or show again what was typed with what is wrong."""
    form, w = await _typed(request), words()
    service_id = request.match_info.get("id")
    entry = await _entry(request) if service_id else None
    base = (entry.draft or entry.service) if entry else None
    found = service_form.read(form, base, request.app[AREAS], w)
    if found.service is None:
        return await _drawn(request, member, entry, form, errors=found.errors, status=422)
    based_on = int(form["revision"]) if str(form.get("revision", "")).isdigit() else 0
    try:
        await catalogue_work.publish(request.app, member, found.service, based_on=based_on)
    except ConflictError as error:
        return await _clashed(request, member, form, found.service.id, error)
    raise web.HTTPSeeOther(f"/staff/services/{found.service.id}?published=1")


async def refill(request: web.Request, member: Member) -> web.StreamResponse:
    """The form as it was when the sign-in ended; nothing is published yet."""
    entry = await _entry(request) if "id" in request.match_info else None
    return await _drawn(request, member, entry, await _typed(request))


async def _clashed(
    request: web.Request, member: Member, form: Mapping[str, Any], service_id: str, error: ConflictError
) -> web.StreamResponse:
    """Somebody was quicker: say who, keep what was typed, and let the next press publish it."""
    w = words()
    if not form.get("revision") or form["revision"] == "0":
        errors = {"id": w("service.error_id_taken")}
        return await _drawn(request, member, None, form, errors=errors, status=409)
    changes = await catalogue_work.history(request.app, service_id)
    name = (await _people(request)).get(changes[0].by) if changes else None
    told = w("service.conflict", name=name) if name else w("service.conflict_nobody")
    entry = await catalogue_work.entry(request.app, service_id)
    values = {**form, "revision": str(error.current or 0)}
    return await _drawn(request, member, entry, values, error=told, status=409)


async def _drawn(
    request: web.Request,
    member: Member,
    entry: Entry | None,
    values: Mapping[str, Any],
    *,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    error: str = "",
    notice: str | None = None,
) -> web.StreamResponse:
    w, areas = words(), request.app[AREAS]
    base = (entry.draft or entry.service) if entry else None
    typed = service_form.read(values, base, areas, w)
    changes = await catalogue_work.history(request.app, entry.id) if entry else []
    given = {**service_form.shown(None, w), "revision": str(entry.revision if entry else 0), **values}
    return draw(
        request, member, "staff/service.html",
        status=status, tab="services", values=given, errors=errors or {}, error=error, notice=notice, entry=entry,
        card=_card(request, typed.service, "fi"), needs=[(need, w(f"need.{need}")) for need in NEEDS],
        areas=[(area.id, area.name.fi) for area in areas.all],
        history=service_history.told(changes, await _people(request), w),
        may_edit=member.may(Permission.EDIT_CATALOGUE),
    )  # fmt: skip


def _card(request: web.Request, service: Service | None, language: str) -> Any:
    if service is None:
        return None
    place = service.areas.municipalities[0] if service.areas.municipalities else None
    return cards.card(
        service,
        language=language if language in service_form.LANGUAGES else "fi",
        municipality=place,
        now=request.app[CLOCK](),
        texts=request.app[TEXTS](),
    )


async def _typed(request: web.Request) -> dict[str, Any]:
    ticked = {name: await chosen(request, name) for name in ("needs", "service_areas")}
    return {**await form_of(request), **ticked}


async def _entry(request: web.Request) -> Entry:
    found = await catalogue_work.entry(request.app, request.match_info["id"])
    if found is None:
        raise web.HTTPNotFound
    return found


async def _people(request: web.Request) -> dict[str, str]:
    everybody = await request.app[DATABASE].read(accounts.everybody)
    return {account.id: account.name for account in everybody}


def _has_words(entry: Entry, query: str) -> bool:
    found = entry.draft or entry.service
    if found is None:
        return False
    areas = (*found.areas.municipalities, *found.areas.counties, *found.areas.service_areas)
    text = " ".join((found.name.fi, found.provider.fi, entry.id, *areas)).casefold()
    return all(word in text for word in query.casefold().split())
