"""The rota as it is now: every area's calendar and team, held in memory and read again when it has changed."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.callbacks.area_calendar import AreaCalendar, CallingHours
from bot.callbacks.places import Away, Places, Shift, Team
from bot.callbacks.tables import CallbackRow
from bot.clock import helsinki
from bot.guidance.areas import ELSEWHERE, Area, Areas
from bot.rota.tables import AdvisorAbsenceRow, AdvisorHoursRow, AreaExceptionRow, RotaRevisionRow
from bot.staff import accounts
from bot.staff.accounts import Member
from bot.staff.permissions import Permission

_FRESH = timedelta(minutes=1)
"""How long what was read is used: accounts and their areas change without the rota's counter."""
_LONGEST_CALL = timedelta(hours=2)
"""Places that began longer ago than this are no longer looked at."""


@dataclass(frozen=True, slots=True)
class Rota:
    """Everything about who is at work when, as it was read at one revision."""

    areas: Areas
    revision: int = 0
    calendars: Mapping[str, AreaCalendar] = field(default_factory=dict)
    teams: Mapping[str, Team] = field(default_factory=dict)

    def calendar(self, area_id: str) -> AreaCalendar:
        """The calendar of an area; that of everybody else's for an area that is no longer there."""
        return self.calendars.get(area_id) or calendar_of(self._area(area_id))

    def team(self, area_id: str) -> Team:
        """The people of an area; as many as the area says where nobody has entered hours."""
        return self.teams.get(area_id) or team_of(self._area(area_id))

    def places(self, session: Session, area_id: str, now: datetime) -> Places:
        """The places of an area with those that are taken now; one select."""
        return self.places_of(session, [area_id], now)[area_id]

    def places_of(self, session: Session, area_ids: Collection[str], now: datetime) -> dict[str, Places]:
        """The same of several areas; one select for all of them, and for what their people do in others."""
        place = CallbackRow.place_start, CallbackRow.place_number, CallbackRow.place_advisor
        shared = {staff for area_id in area_ids for staff in self.team(area_id).shared}
        theirs = or_(CallbackRow.area.in_(area_ids), CallbackRow.place_advisor.in_(shared))
        wanted = select(CallbackRow.area, *place).where(theirs, place[0] >= now - _LONGEST_CALL)
        taken: dict[str, dict[datetime, set[int]]] = {area_id: defaultdict(set) for area_id in area_ids}
        busy: dict[datetime, set[str]] = defaultdict(set)
        for area_id, start, number, advisor in session.execute(wanted):
            if area_id in taken and start is not None and number is not None:
                taken[area_id][start].add(number)
            if start is not None and advisor is not None:
                busy[start].add(advisor)
        return {
            area_id: Places(calendar=self.calendar(area_id), team=self.team(area_id), taken=found, busy=busy)
            for area_id, found in taken.items()
        }

    def _area(self, area_id: str) -> Area:
        return self.areas.by_id.get(area_id) or self.areas.by_id[ELSEWHERE]


class RotaCache:
    """Holds the rota and reads it again when its counter has moved on, on whatever replica, or after a minute."""

    def __init__(self, areas: Areas) -> None:
        """`areas`: as read from `areas.yaml`; they change only with the installation."""
        self._rota, self._read_at = Rota(areas, revision=-1), None

    def get(self, session: Session, now: datetime) -> Rota:
        """The rota as it is now (aware): one select, and four more when it is read again."""
        number = revision(session)
        old = self._read_at is None or not timedelta(0) <= now - self._read_at < _FRESH
        if number != self._rota.revision or old:
            self._rota, self._read_at = load(session, self._rota.areas, now, number), now
        return self._rota

    _read_at: datetime | None


def revision(session: Session) -> int:
    """How many changes the rota has seen."""
    return session.scalar(select(RotaRevisionRow.number)) or 0


def load(session: Session, areas: Areas, now: datetime, number: int) -> Rota:
    """Read everything that still matters at `now` (aware)."""
    today = helsinki(now).date()
    exceptions = _exceptions(session, today)
    advisors = accounts.members(session, Permission.WORK_THE_QUEUE)
    shifts = session.scalars(
        select(AdvisorHoursRow).where(
            AdvisorHoursRow.last_day.is_(None) | (AdvisorHoursRow.last_day >= today)
        )
    ).all()
    absences = session.scalars(select(AdvisorAbsenceRow).where(AdvisorAbsenceRow.ends_at > now)).all()
    away = tuple(Away(one.staff_id, one.starts_at, one.ends_at) for one in absences)
    of_areas = {area.id: _shifts(area.id, advisors, shifts) for area in areas.all}
    works_for = Counter(staff for found in of_areas.values() for staff in {one.staff for one in found})
    shared = frozenset(staff for staff, times in works_for.items() if times > 1)
    return Rota(
        areas,
        number,
        {area.id: calendar_of(area, exceptions.get(area.id, {})) for area in areas.all},
        {area.id: team_of(area, of_areas[area.id], away, shared) for area in areas.all},
    )


def calendar_of(area: Area, exceptions: Mapping[date, CallingHours | None] | None = None) -> AreaCalendar:
    """The calendar of an area as `areas.yaml` has it, with the days that are otherwise."""
    return AreaCalendar(
        hours=CallingHours(area.calling_hours.start, area.calling_hours.end),
        promise_working_days=area.promise_working_days,
        exceptions=exceptions or {},
    )


def team_of(
    area: Area,
    shifts: tuple[Shift, ...] = (),
    away: tuple[Away, ...] = (),
    shared: frozenset[str] = frozenset(),
) -> Team:
    """The team of an area, with what `areas.yaml` says of its calls; `shared`: who works for several areas."""
    return Team(
        shifts=shifts,
        away=away,
        at_once=area.calls_at_once,
        minutes=area.minutes_per_call,
        share=area.share_for_calls,
        shared=shared & {one.staff for one in shifts},
    )


def _exceptions(session: Session, today: date) -> dict[str, dict[date, CallingHours | None]]:
    rows = session.scalars(
        select(AreaExceptionRow)
        .where(AreaExceptionRow.last_day >= today - timedelta(days=31))
        .order_by(AreaExceptionRow.created_at, AreaExceptionRow.id)
    )
    found: dict[str, dict[date, CallingHours | None]] = defaultdict(dict)
    for row in rows:
        hours = CallingHours(row.opens, row.closes) if row.opens and row.closes else None
        days = (row.last_day - row.first_day).days + 1
        found[row.area] |= {row.first_day + timedelta(days=offset): hours for offset in range(days)}
    return found


def _shifts(area_id: str, advisors: Iterable[Member], rows: Iterable[AdvisorHoursRow]) -> tuple[Shift, ...]:
    """The stretches that advisors of the area work for it."""
    team = {member.id for member in advisors if not member.areas or area_id in member.areas}
    return tuple(
        Shift(
            staff=row.staff_id,
            weekday=row.weekday,
            start=row.starts,
            end=row.ends,
            first_day=row.first_day,
            last_day=row.last_day,
        )
        for row in rows
        if row.staff_id in team and (not row.areas or area_id in row.areas)
    )
