"""The list of catalogue entries: what needs doing, one's own first, and a search by words."""

from aiohttp import web
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.clock import helsinki
from bot.console import service_tasks
from bot.console.page import draw
from bot.console.service_tasks import TASKS, Known
from bot.guidance import reviewing
from bot.guidance.importing.tables import Proposal
from bot.guidance.links import store as links
from bot.guidance.reports import ReportRow
from bot.guidance.store import Entry, entries
from bot.staff.accounts import Member
from bot.staff.permissions import Permission
from bot.web.appkeys import AREAS, CLOCK, DATABASE


async def show(request: web.Request, member: Member) -> web.StreamResponse:
    """The list, narrowed to a thing to do (`show`) and to words (`q`)."""
    query, now = request.query.get("q", "").strip()[:100], request.app[CLOCK]()
    chosen = request.query.get("show", "")
    chosen = chosen if chosen in TASKS else ""

    def read(session: Session) -> tuple[list[Entry], Known, int]:
        known = Known(
            mine=reviewing.owned_by(session, member.id),
            reported=frozenset(session.scalars(select(ReportRow.service_id).distinct())),
            links=frozenset(link.url for link in links.to_look_at(session, now)),
        )
        return entries(session), known, session.scalar(select(func.count()).select_from(Proposal)) or 0

    found, known, proposals = await request.app[DATABASE].read(read)
    worded = [one for one in found if _has_words(one, query)]
    needs = {one.id: service_tasks.tasks(one, known, helsinki(now).date()) for one in worded}
    rows = sorted(
        (
            (one, shown, needs[one.id])
            for one in worded
            if (shown := one.newest) and _wanted(needs[one.id], chosen)
        ),
        key=lambda row: ("mine" not in row[2], row[1].name.fi.casefold()),
    )
    may_edit = member.may(Permission.EDIT_CATALOGUE)
    return draw(
        request, member, "staff/services.html", tab="services", query=query, rows=rows, chosen=chosen,
        names={area.id: area.name.fi for area in request.app[AREAS].all}, may_edit=may_edit,
        groups=service_tasks.groups(list(needs.values()), chosen), proposals=proposals if may_edit else 0,
    )  # fmt: skip


def _wanted(needs: frozenset[str], chosen: str) -> bool:
    """Archived entries are shown only when asked for."""
    return chosen in needs if chosen else "archived" not in needs


def _has_words(entry: Entry, query: str) -> bool:
    found = entry.newest
    if found is None:
        return False
    areas = (*found.areas.municipalities, *found.areas.counties, *found.areas.service_areas)
    text = " ".join((found.name.fi, found.provider.fi, entry.id, *areas)).casefold()
    return all(word in text for word in query.casefold().split())
