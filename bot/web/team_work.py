"""What staff do to the rota: each function is one transaction with its line in the audit."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeVar

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import audit
from bot.callbacks.area_calendar import AreaCalendar
from bot.callbacks.placed import Placed, placed_at
from bot.callbacks.places import Places
from bot.clock import helsinki
from bot.rota import changing
from bot.rota.changing import Stretch
from bot.rota.outlook import Day, outlook
from bot.rota.tables import AdvisorAbsenceRow, AdvisorHoursRow, AreaExceptionRow
from bot.staff import accounts
from bot.staff.accounts import Member
from bot.staff.permissions import Permission
from bot.web.appkeys import ANNOUNCER, CLOCK, DATABASE, ROTA
from bot.web.live import QUEUE

KIND = "rota"
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """An area's team as it stands: its people with their hours and absences, the area's days, and the days ahead."""

    area: str
    places: Places
    people: Sequence[Member]
    hours: dict[str, list[AdvisorHoursRow]]
    """By the id of the advisor."""
    absences: Sequence[AdvisorAbsenceRow]
    exceptions: Sequence[AreaExceptionRow]
    days: Sequence[Day]
    over: Sequence[Placed]
    """The calls at times that hold more calls than people."""

    @property
    def calendar(self) -> AreaCalendar:
        """When the area rings."""
        return self.places.calendar


def may_manage(member: Member, who: Member) -> bool:
    """Whether `member` may write the hours and absences of `who`.

    Everybody their own; a coordinator those of people whose every area lies within the coordinator's own.
    """
    if who.id == member.id:
        return True
    within = member.reach.areas is None or (bool(who.areas) and set(who.areas) <= member.reach.areas)
    return member.may(Permission.MANAGE_TEAM) and within


async def look(app: web.Application, member: Member, area: str, days: int = 10) -> Sight | None:
    """The team of an area and its next working days; None for an area the member does not reach.

    The audit names the calls whose names are shown.
    """
    if not member.reach.covers(area):
        return None
    now = app[CLOCK]()
    today = helsinki(now).date()

    def read(session: Session) -> Sight:
        rota = app[ROTA].get(session, now)
        places = rota.places(session, area, now)
        ahead = outlook(places, today, days)
        over = placed_at(session, area, [start for day in ahead for start in day.over], member.reach)
        if over:
            audit.record(
                session, member.id, "listed", "callback", [one.id for one in over], now=now, areas=[area]
            )
        people = [
            one for one in accounts.members(session, Permission.WORK_THE_QUEUE) if one.reach.covers(area)
        ]
        ids = [one.id for one in people]
        return Sight(
            area=area,
            places=places,
            people=people,
            hours=_hours(session, ids),
            absences=_absences(session, ids, now),
            exceptions=_exceptions(session, area, today),
            days=ahead,
            over=over,
        )

    return await app[DATABASE].write(read)


async def set_hours(
    app: web.Application,
    member: Member,
    staff_id: str,
    stretches: Sequence[Stretch],
    *,
    first_day: date | None,
    last_day: date | None,
    areas: Sequence[str],
) -> Member | None:
    """Write the working week of an advisor anew; the advisor, None when the member may not. Raises `RotaError`."""
    now = app[CLOCK]()

    def work(session: Session) -> Member | None:
        who = _of(session, member, staff_id)
        if who is None:
            return None
        changing.set_hours(session, staff_id, stretches, first_day=first_day, last_day=last_day, areas=areas)
        audit.record(session, member.id, "set_hours", KIND, [staff_id], now=now)
        return who

    return await _changed(app, work)


async def add_absence(
    app: web.Application, member: Member, staff_id: str, *, start: datetime, end: datetime, kind: str
) -> Member | None:
    """Note when an advisor is away (aware); the advisor, None when the member may not. Raises `RotaError`."""
    now = app[CLOCK]()

    def work(session: Session) -> Member | None:
        who = _of(session, member, staff_id)
        if who is None:
            return None
        changing.add_absence(session, staff_id, start, end, kind)
        audit.record(session, member.id, "added_absence", KIND, [staff_id], now=now)
        return who

    return await _changed(app, work)


async def remove_absence(app: web.Application, member: Member, absence_id: str) -> Member | None:
    """Take an absence back; whose it was, None when there is none that the member may take back."""
    now = app[CLOCK]()

    def work(session: Session) -> Member | None:
        staff_id = session.scalar(
            select(AdvisorAbsenceRow.staff_id).where(AdvisorAbsenceRow.id == absence_id)
        )
        who = _of(session, member, staff_id) if staff_id else None
        if who is None or not changing.remove_absence(session, absence_id, [who.id]):
            return None
        audit.record(session, member.id, "removed_absence", KIND, [who.id], now=now)
        return who

    return await _changed(app, work)


async def add_exception(
    app: web.Application,
    member: Member,
    area: str,
    *,
    first_day: date,
    last_day: date,
    hours: tuple[time, time] | None,
    reason: str,
) -> bool:
    """Let an area ring at other hours on some days, or not; False when it is not the member's. Raises `RotaError`."""
    now = app[CLOCK]()
    if not member.reach.covers(area):
        return False

    def work(session: Session) -> bool:
        made = changing.add_exception(
            session, area, first_day, last_day, hours, reason=reason, by=member.id, now=now
        )
        audit.record(session, member.id, "added_exception", KIND, [made], now=now, areas=[area])
        return True

    return await _changed(app, work)


async def remove_exception(app: web.Application, member: Member, exception_id: str) -> str | None:
    """Take an exception back; its area, None when there is none within the member's reach."""
    now = app[CLOCK]()

    def work(session: Session) -> str | None:
        area = changing.remove_exception(session, exception_id, member.reach)
        if area is not None:
            audit.record(session, member.id, "removed_exception", KIND, [exception_id], now=now, areas=[area])
        return area

    return await _changed(app, work)


async def _changed(app: web.Application, work: Callable[[Session], T]) -> T:
    """Change it, and let every open page look again."""
    done = await app[DATABASE].write(work)
    app[ANNOUNCER].announce(QUEUE)
    return done


def _of(session: Session, member: Member, staff_id: str) -> Member | None:
    everybody = accounts.members(session, Permission.WORK_THE_QUEUE)
    return next((who for who in everybody if who.id == staff_id and may_manage(member, who)), None)


def _hours(session: Session, ids: Collection[str]) -> dict[str, list[AdvisorHoursRow]]:
    rows = session.scalars(
        select(AdvisorHoursRow)
        .where(AdvisorHoursRow.staff_id.in_(ids))
        .order_by(AdvisorHoursRow.weekday, AdvisorHoursRow.starts)
    )
    found: dict[str, list[AdvisorHoursRow]] = {}
    for row in rows:
        found.setdefault(row.staff_id, []).append(row)
    return found


def _absences(session: Session, ids: Collection[str], now: datetime) -> Sequence[AdvisorAbsenceRow]:
    wanted = AdvisorAbsenceRow.staff_id.in_(ids), AdvisorAbsenceRow.ends_at > now
    return session.scalars(
        select(AdvisorAbsenceRow).where(*wanted).order_by(AdvisorAbsenceRow.starts_at)
    ).all()


def _exceptions(session: Session, area: str, today: date) -> Sequence[AreaExceptionRow]:
    wanted = AreaExceptionRow.area == area, AreaExceptionRow.last_day >= today
    return session.scalars(select(AreaExceptionRow).where(*wanted).order_by(AreaExceptionRow.first_day)).all()
