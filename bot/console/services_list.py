"""The list of catalogue entries: what needs doing, one's own first, and a search by words."""

from dataclasses import dataclass

from aiohttp import web
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.clock import helsinki
from bot.console import service_tasks
from bot.console.page import draw
from bot.console.service_tasks import TASKS, Known
from bot.guidance import reviewing
from bot.guidance.catalogue import Service
from bot.guidance.importing.tables import Proposal
from bot.guidance.links import store as links
from bot.guidance.reports import ReportRow
from bot.guidance.store import Entry, entries
from bot.staff.accounts import Member
from bot.staff.permissions import Permission
from bot.web.appkeys import AREAS, CLOCK, DATABASE


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of the list with the codes of what needs doing with it."""

    entry: Entry
    service: Service
    needs: frozenset[str]


async def show(request: web.Request, member: Member) -> web.StreamResponse:
    """The list, narrowed to a thing to do (`show`) and to words (`q`); an owner's things to do are of own entries."""
    query = request.query.get("q", "").strip()[:100]
    chosen = request.query.get("show", "")
    chosen = chosen if chosen in TASKS else ""
    listed = [one for one in await found(request, member) if _has_words(one, query)]
    may_edit, every = member.may(Permission.EDIT_CATALOGUE), member.may(Permission.PUBLISH_CATALOGUE)
    theirs = [one for one in listed if "mine" in one.needs] if may_edit and not every else listed
    rows = [one for one in (theirs if chosen else listed) if _wanted(one.needs, chosen)]
    proposals = await request.app[DATABASE].read(_proposals) if may_edit else 0
    groups = service_tasks.groups([one.needs for one in theirs], chosen)
    return draw(
        request, member, "staff/services.html", tab="services", query=query, rows=rows, chosen=chosen,
        names={area.id: area.name.fi for area in request.app[AREAS].all}, may_edit=may_edit,
        groups=groups, proposals=proposals, round=_round(member, listed, chosen),
    )  # fmt: skip


async def found(request: web.Request, member: Member) -> list[Listed]:
    """Every entry with what needs doing with it: one's own first, then by name."""
    now = request.app[CLOCK]()

    def read(session: Session) -> tuple[list[Entry], Known]:
        known = Known(
            mine=reviewing.owned_by(session, member.id),
            reported=frozenset(session.scalars(select(ReportRow.service_id).distinct())),
            links=frozenset(link.url for link in links.to_look_at(session, now)),
        )
        return entries(session), known

    every, known = await request.app[DATABASE].read(read)
    listed = [
        Listed(one, one.newest, service_tasks.tasks(one, known, helsinki(now).date()))
        for one in every
        if one.newest
    ]
    return sorted(listed, key=lambda one: ("mine" not in one.needs, one.service.name.fi.casefold()))


def _round(member: Member, listed: list[Listed], chosen: str) -> str:
    """The round of checks the list leads to; none when there is nothing to check for this member."""
    if chosen in {"late", "unchecked"} and any(chosen in one.needs for one in listed):
        return chosen if member.may(Permission.PUBLISH_CATALOGUE) else "mine"
    own = any("mine" in one.needs and {"late", "unchecked"} & one.needs for one in listed)
    return "mine" if own and chosen in {"", "mine"} else ""


def _proposals(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Proposal)) or 0


def _wanted(needs: frozenset[str], chosen: str) -> bool:
    """Archived entries are shown only when asked for."""
    return chosen in needs if chosen else "archived" not in needs


def _has_words(one: Listed, query: str) -> bool:
    service = one.service
    areas = (*service.areas.municipalities, *service.areas.counties, *service.areas.service_areas)
    text = " ".join((service.name.fi, service.provider.fi, one.entry.id, *areas)).casefold()
    return all(word in text for word in query.casefold().split())
