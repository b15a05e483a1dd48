"""A catalogue entry on one page, with the card a family will see."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.clock import helsinki
from bot.console import service_checks, service_form, service_history, service_tasks, service_view
from bot.console.entry_words import Difference, EntryWords
from bot.console.page import chosen, draw, form_of
from bot.console.words import words
from bot.guidance import cards
from bot.guidance.catalogue import Service
from bot.guidance.publishing import ColleagueNeededError
from bot.guidance.store import ConflictError, Entry
from bot.meaning import LANGUAGES
from bot.staff import accounts
from bot.staff.accounts import Member
from bot.staff.permissions import Permission
from bot.web import catalogue_work
from bot.web.appkeys import AREAS, CATALOGUE, CLOCK, DATABASE, TEXTS

_ERRORS = ("conflict_nobody", "return_note_missing", "archive_reason_missing")
"""What a step beside the form may complain of."""


async def new(request: web.Request, member: Member) -> web.StreamResponse:
    """The empty form."""
    return await _drawn(request, member, None, service_form.shown(None, words()))


async def edit(request: web.Request, member: Member) -> web.StreamResponse:
    """The form of one entry."""
    entry = await _entry(request)
    values = service_form.shown(entry.newest, words())
    w = words()
    done = w.known("service.done", request.query.get("done"))
    error = w.known("service", request.query["error"]) if request.query.get("error") in _ERRORS else ""
    return await _drawn(request, member, entry, values, notice=done or None, error=error)


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
        card=_card(request, found.service, language),
        checks=_checks(request, found.service),
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
        return await _drawn(request, member, entry, form, errors=found.errors, status=422)
    based_on = int(form["revision"]) if str(form.get("revision", "")).isdigit() else 0
    try:
        done = await _saved(request, member, found.service, entry=entry, based_on=based_on)
    except ConflictError as error:
        return await _clashed(request, member, form, found.service.id, error)
    raise web.HTTPSeeOther(f"/staff/services/{found.service.id}?done={done}")


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
    base = entry.newest if entry else None
    typed = service_form.read(values, base, areas, w)
    everybody = await request.app[DATABASE].read(accounts.everybody)
    people = {account.id: account.name for account in everybody}
    changes = await catalogue_work.history(request.app, entry.id) if entry else []
    says = EntryWords(w, {area.id: area.name.fi for area in areas.all})
    given = {**service_form.shown(None, w), "revision": str(entry.revision if entry else 0), **values}
    return draw(
        request, member, "staff/service.html",
        status=status, tab="services", values=given, errors=errors or {}, error=error, notice=notice, entry=entry,
        card=_card(request, typed.service, _language(request, errors or {})), checks=_checks(request, typed.service),
        history=service_history.told(changes, people, says), people=people,
        coming=_coming(entry, says),
        register=service_view.register(base, w), lockable=service_view.lockable(base, w),
        beside=_language(request, errors or {}), **service_view.choices(given, errors or {}, areas, w),
        may_edit=not entry or await catalogue_work.may_change(request.app, member, entry.id),
        may_publish=member.may(Permission.PUBLISH_CATALOGUE) or (entry and entry.review == "waiting"),
        may_give=member.may(Permission.MANAGE_STAFF),
        owners=await catalogue_work.owners(request.app, entry.id) if entry else (),
        outdated=service_tasks.outdated(base) if base else (),
        checked=service_view.checked_words(base, w),
        depends=await _depends(request, entry),
        keepers=[one for one in everybody if one.role == "owner" and one.active],
    )  # fmt: skip


def _coming(entry: Entry | None, says: EntryWords) -> tuple[Difference, ...]:
    """What the draft would change for families; nothing for an entry they have never seen."""
    if entry is None or entry.service is None or entry.draft is None:
        return ()
    return says.differences(entry.service.plain(), entry.draft.plain())


def _language(request: web.Request, errors: Mapping[str, str]) -> str:
    """The language beside the Finnish: that of a mistake, else the one asked for."""
    wrong = [code for code in LANGUAGES for name in errors if name.endswith(f"_{code}")]
    asked = wrong[:1] or [request.query.get("language", "")]
    return asked[0] if asked[0] in LANGUAGES else "fi"


async def _depends(request: web.Request, entry: Entry | None) -> list[str]:
    if entry is None or entry.status != "published":
        return []
    catalogue = await request.app[DATABASE].read(request.app[CATALOGUE].get)
    return service_view.depends_words(catalogue, entry.service, request.app[CLOCK](), words())


def _checks(request: web.Request, service: Service | None) -> tuple[service_checks.Told, ...] | None:
    if service is None:
        return None
    return service_checks.told(service, helsinki(request.app[CLOCK]()).date(), words())


def _card(request: web.Request, service: Service | None, language: str) -> Any:
    if service is None:
        return None
    place = service.areas.municipalities[0] if service.areas.municipalities else None
    return cards.card(
        service,
        language=language if language in LANGUAGES else "fi",
        municipality=place,
        now=request.app[CLOCK](),
        texts=request.app[TEXTS](),
    )


async def _typed(request: web.Request) -> dict[str, Any]:
    ticked = {name: await chosen(request, name) for name in ("needs", "service_areas", "flags", "locks")}
    return {**await form_of(request), **ticked}


async def _entry(request: web.Request) -> Entry:
    found = await catalogue_work.entry(request.app, request.match_info["id"])
    if found is None:
        raise web.HTTPNotFound
    return found


async def _people(request: web.Request) -> dict[str, str]:
    everybody = await request.app[DATABASE].read(accounts.everybody)
    return {account.id: account.name for account in everybody}
