"""Web addresses of the catalogue that did not answer with their page: to look at, ignore for a while, or replace."""

from dataclasses import dataclass
from datetime import date

from aiohttp import web

from bot.clock import helsinki
from bot.console.moments import date_words
from bot.console.page import draw, form_of
from bot.console.words import Words, words
from bot.guidance.links.link import Result
from bot.staff.accounts import Member
from bot.staff.permissions import Permission
from bot.web import link_work
from bot.web.appkeys import CLOCK, LINK_CHECK
from bot.web.link_work import Marked

_LONGEST = 500
_OTHERWISE = frozenset({403, 429})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One address as the page shows it."""

    id: str
    url: str
    state: str
    results: tuple[str, ...]
    entries: tuple[tuple[str, str], ...]
    """Ids and names."""
    new: str
    """What stands in the field for the new address."""


async def show(request: web.Request, member: Member) -> web.StreamResponse:
    """The list, and what became of the last press."""
    w, done = words(), ""
    if "ignored" in request.query:
        done = w("links.ignored")
    elif (number := request.query.get("replaced", "")).isdecimal():
        done = w("links.replaced", number=number[:6])
    left = request.query.get("left", "0")
    if left.isdecimal() and int(left):
        done = f"{done} {w('links.left', number=left[:6])}"
    return await _drawn(request, member, done=done)


async def ignore(request: web.Request, member: Member) -> web.StreamResponse:
    """Leave it be for 90 days."""
    if not await link_work.ignore(request.app, member, request.match_info["id"]):
        return await _drawn(request, member, error=words()("links.gone"), status=404)
    raise web.HTTPSeeOther("/staff/services/links?ignored=1")


async def replace(request: web.Request, member: Member) -> web.StreamResponse:
    """Write the new address into drafts of all entries that have the old one."""
    link = await link_work.find(request.app, request.match_info["id"])
    if link is None:
        return await _drawn(request, member, error=words()("links.gone"), status=404)
    new = (await form_of(request)).get("new", "")[: _LONGEST + 1]
    try:
        made = await link_work.replace(request.app, member, link, new)
    except ValueError:
        error = words()("service.error_url")
        return await _drawn(request, member, error=error, typed={link.id: new}, status=422)
    raise web.HTTPSeeOther(f"/staff/services/links?replaced={made.done}&left={made.left}")


async def _drawn(
    request: web.Request,
    member: Member,
    *,
    done: str = "",
    error: str = "",
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> web.StreamResponse:
    w, today = words(), helsinki(request.app[CLOCK]()).date()
    rows = [_row(one, typed or {}, today, w) for one in await link_work.marked(request.app)]
    return draw(
        request, member, "staff/links.html", status=status, tab="services", rows=rows, done=done, error=error,
        on=request.app[LINK_CHECK], may_edit=member.may(Permission.EDIT_CATALOGUE),
    )  # fmt: skip


def _row(marked: Marked, typed: dict[str, str], today: date, w: Words) -> _Row:
    link = marked.link
    return _Row(
        id=link.id,
        url=link.url,
        state=link.state,
        results=tuple(
            w("links.result", day=date_words(helsinki(one.at).date(), today, w), what=_what(one, w))
            for one in link.results
        ),
        entries=tuple((service_id, service.name.fi) for service_id, service in marked.entries.items()),
        new=typed.get(link.id, link.moved_to or ""),
    )


def _what(result: Result, w: Words) -> str:
    """How the address answered, in words."""
    if result.fault:
        return w(f"links.fault_{result.fault}")
    if result.moved_to:
        return w("links.moved_to", address=result.moved_to)
    if result.status in _OTHERWISE:
        return w("links.refused", status=result.status)
    return w.known("links", f"status_{result.status}", w("links.status", status=result.status))
