"""What families say is wrong with entries, to those who keep them true: read, mended, handled."""

from collections.abc import Collection

from aiohttp import web
from sqlalchemy.orm import Session

from bot import audit
from bot.clock import helsinki
from bot.console.moments import date_words
from bot.console.page import draw
from bot.console.words import words
from bot.guidance import reports
from bot.staff.accounts import Member
from bot.staff.permissions import Permission
from bot.web import catalogue_work
from bot.web.appkeys import CATALOGUE, CLOCK, DATABASE


async def show(request: web.Request, member: Member) -> web.StreamResponse:
    """The list, the oldest first; an owner sees what is told of its own entries."""
    return await _drawn(request, member)


async def handle(request: web.Request, member: Member) -> web.StreamResponse:
    """Take a report off the list: it is deleted."""
    now, report_id = request.app[CLOCK](), request.match_info["id"]
    only = await _theirs(request, member)

    def work(session: Session) -> bool:
        service_id = reports.handled(session, report_id, only)
        if service_id is not None:
            audit.record(session, member.id, "handled", "service_report", [service_id], now=now)
        return service_id is not None

    if not await request.app[DATABASE].write(work):
        return await _drawn(request, member, error=words()("service_reports.gone"), status=404)
    return await _drawn(request, member, done=words()("service_reports.done"))


async def _drawn(
    request: web.Request, member: Member, *, done: str = "", error: str = "", status: int = 200
) -> web.StreamResponse:
    only, cache = await _theirs(request, member), request.app[CATALOGUE]
    w, today = words(), helsinki(request.app[CLOCK]()).date()
    told, catalogue = await request.app[DATABASE].read(
        lambda session: (reports.waiting(session, only), cache.get(session))
    )
    rows = [
        (
            report,
            catalogue.by_id[report.service_id].name.fi if report.service_id in catalogue.by_id else "",
            date_words(helsinki(report.at).date(), today, w),
        )
        for report in told
    ]
    return draw(
        request, member, "staff/service_reports.html",
        status=status, tab="services", rows=rows, done=done, error=error,
    )  # fmt: skip


async def _theirs(request: web.Request, member: Member) -> Collection[str] | None:
    """The entries whose reports this member sees; None for all."""
    if member.may(Permission.PUBLISH_CATALOGUE):
        return None
    return await catalogue_work.owned(request.app, member)
