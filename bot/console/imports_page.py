"""What imports propose: the list with its counts, and one proposal with what it would change."""

from typing import Any

from aiohttp import web

from bot.console import import_view
from bot.console.entry_words import EntryWords
from bot.console.page import chosen, draw, form_of
from bot.console.words import words
from bot.guidance.importing.proposals import GoneError
from bot.staff.accounts import Member
from bot.web import import_work
from bot.web.appkeys import AREAS
from bot.web.import_work import What

LIST = "/staff/services/imports"
_KINDS = ("conflict", "gone", "changed", "new")
_ON_ONE_PAGE = 50


async def show(request: web.Request, member: Member) -> web.StreamResponse:
    """The list, fifty at a time."""
    found = await import_work.waiting(request.app, member)
    kind = request.query.get("kind")
    shown = [one for one in found if kind not in _KINDS or one.kind == kind]
    counts = [(one, sum(row.kind == one for row in found)) for one in _KINDS]
    return draw(
        request, member, "staff/imports.html",
        tab="services", rows=[import_view.row(one, words()) for one in shown[:_ON_ONE_PAGE]], all=len(found),
        hidden=max(len(shown) - _ON_ONE_PAGE, 0), kind=kind if kind in _KINDS else "",
        counts=[pair for pair in counts if pair[1]], ticked="all" in request.query, **_told(request),
    )  # fmt: skip


async def one(request: web.Request, member: Member) -> web.StreamResponse:
    """One proposal, field by field."""
    try:
        found, merged = await import_work.one(request.app, member, request.match_info["id"])
    except GoneError as error:
        raise web.HTTPNotFound from error
    says = EntryWords(words(), {area.id: area.name.fi for area in request.app[AREAS].all})
    return draw(
        request, member, "staff/import.html",
        tab="services", proposal=import_view.row(found, words()), fields=import_view.fields(found, merged, says),
        notes=import_view.notes(found, words()),
    )  # fmt: skip


async def decide(request: web.Request, member: Member) -> web.StreamResponse:
    """Take, leave or refuse what is ticked."""
    what, ids = await _what(request), await chosen(request, "proposals")
    if not ids:
        raise web.HTTPSeeOther(f"{LIST}?none=1")
    return await _decided(request, member, what, ids)


async def decide_one(request: web.Request, member: Member) -> web.StreamResponse:
    """Take, leave or refuse the one that is shown."""
    theirs = await chosen(request, "theirs")
    return await _decided(request, member, await _what(request), (request.match_info["id"],), theirs)


async def _decided(
    request: web.Request, member: Member, what: What, ids: tuple[str, ...], theirs: tuple[str, ...] = ()
) -> web.StreamResponse:
    outcome = await import_work.decide(request.app, member, what, ids, theirs=theirs)
    told = f"number={outcome.done}&drafts={outcome.drafts}&missed={outcome.missed}"
    raise web.HTTPSeeOther(f"{LIST}?done={what}&{told}")


async def _what(request: web.Request) -> What:
    said = (await form_of(request)).get("what")
    for one in import_work.WHAT:
        if one == said:
            return one
    raise web.HTTPBadRequest


def _told(request: web.Request) -> dict[str, Any]:
    """What the last step did, from the address it led to."""
    w, query = words(), request.query
    if "none" in query:
        return {"done": "", "error": w("imports.none_ticked")}
    if query.get("done") not in import_work.WHAT:
        return {"done": "", "error": ""}
    counts = {name: query.get(name, "0")[:4] for name in ("number", "drafts", "missed")}
    number, drafts, missed = (count if count.isdigit() and int(count) else "" for count in counts.values())
    told = [
        w.known("imports.done", query["done"]).replace("{number}", number) if number else "",
        w("imports.drafts", number=drafts) if drafts else "",
    ]
    return {
        "done": " ".join(filter(None, told)),
        "error": w("imports.missed", number=missed) if missed else "",
    }
