"""What waits too long, to be acknowledged; and the figures of a week for those without mail."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from aiohttp import web

from bot.alarms.board import Raised
from bot.alarms.deciding import COORDINATORS, Kind
from bot.alarms.week import NAMES
from bot.clock import helsinki
from bot.console.moments import clock_words, date_words, day_words
from bot.console.page import draw
from bot.console.words import Words, words
from bot.guidance.areas import Areas
from bot.jobs import health
from bot.jobs.health import ClockHealth
from bot.staff.accounts import Member
from bot.staff.permissions import Permission
from bot.web import alarm_work
from bot.web.appkeys import AREAS, CLOCK, DATABASE

_ORDER = tuple(Kind)
"""A crisis stands first, whatever else has waited how long."""
_MOST = 60
_LONGEST_NUMBER = 18


@dataclass(frozen=True, slots=True)
class Line:
    """One alarm to look at."""

    id: int
    kind: str
    where: str
    """Area, and since when."""
    level: int
    callback_id: str | None
    acknowledged: str
    """Who has acknowledged it and when; empty while nobody has."""


async def show(request: web.Request, member: Member) -> web.StreamResponse:
    """The page."""
    return await _drawn(request, member)


async def acknowledge(request: web.Request, member: Member) -> web.StreamResponse:
    """Acknowledge one alarm and come back."""
    number = request.match_info["id"]
    is_one = number.isascii() and number.isdecimal() and len(number) < _LONGEST_NUMBER
    found = await alarm_work.acknowledge(request.app, member, int(number)) if is_one else None
    if found is None:
        return await _drawn(request, member, status=409, error=words()("alarms.gone"))
    raise web.HTTPSeeOther("/staff/alarms")


async def digest(request: web.Request, member: Member) -> web.StreamResponse:
    """The figures of a week of the member's areas."""
    w, today = words(), helsinki(request.app[CLOCK]()).date()
    found = await alarm_work.digest(request.app, member, _monday(request.query.get("monday", ""), today))
    monday = found.monday
    areas = request.app[AREAS]
    return draw(
        request, member, "staff/digest.html",
        tab="alarms", week=monday.isocalendar().week, first=date_words(monday, today, w), names=NAMES,
        last=date_words(monday + timedelta(days=6), today, w),
        rows=[(_area_words(areas, area), numbers) for area, numbers in found.areas.items()],
        before=monday - timedelta(days=7), after=monday + timedelta(days=7),
        has_after=monday + timedelta(days=7) <= today,
    )  # fmt: skip


async def _drawn(
    request: web.Request, member: Member, *, status: int = 200, error: str = ""
) -> web.StreamResponse:
    found, now, w = await alarm_work.listed(request.app, member), request.app[CLOCK](), words()
    areas = request.app[AREAS]
    shown = sorted((one for one in found if _alone(one)), key=lambda one: _ORDER.index(one.kind))
    clock = await _clock(request) if member.may(Permission.HEAR_ALARMS) else None
    return draw(
        request, member, "staff/alarms.html", status=status,
        tab="alarms", error=error, lines=lines(shown[:_MOST], areas, now, w), more=max(len(shown) - _MOST, 0),
        promises=_promises(found, areas), clock=clock,
    )  # fmt: skip


def _alone(one: Raised) -> bool:
    """Whether it has a row of its own; what is promised or only just late is counted by area."""
    return one.kind in (Kind.CRISIS, Kind.UNWATCHED, Kind.AGREED) or (
        one.kind is Kind.LATE and one.level >= COORDINATORS
    )


def lines(alarms: Iterable[Raised], areas: Areas, now: datetime, w: Words) -> list[Line]:
    """The alarms in words."""
    today = helsinki(now).date()
    return [_line(one, areas, today, w) for one in alarms]


def _line(one: Raised, areas: Areas, today: date, w: Words) -> Line:
    since, seen = helsinki(one.since), one.acknowledged_at
    whole_day = one.kind is Kind.LATE and since.time() == time()  # late from the midnight that ends its day
    day = since.date() - timedelta(days=1) if whole_day else since.date()
    where = w(
        "alarms.by" if whole_day else "alarms.since",
        area=_area_words(areas, one.area),
        day=day_words(day, today, w),
        time=clock_words(since.time()),
    )
    acknowledged = (
        w("alarms.acknowledged", name=one.acknowledged_by, time=clock_words(helsinki(seen).time()))
        if seen
        else ""
    )
    return Line(one.id, one.kind.value, where, one.level, one.callback_id, acknowledged)


def _promises(alarms: Sequence[Raised], areas: Areas) -> list[tuple[str, str, int]]:
    """How many calls are late, promised for today and for the next calling day, by area."""
    counted = Counter((one.kind, one.area) for one in alarms if not _alone(one))
    keys = sorted(counted, key=lambda key: (_ORDER.index(key[0]), key[1]))
    return [(kind.value, _area_words(areas, area), counted[kind, area]) for kind, area in keys]


async def _clock(request: web.Request) -> ClockHealth:
    now = request.app[CLOCK]()
    return await request.app[DATABASE].read(lambda session: health.read(session, now))


def _area_words(areas: Areas, area_id: str) -> str:
    area = areas.by_id.get(area_id)
    return area.name.fi if area else area_id


def _monday(written: str, today: date) -> date | None:
    """The Monday of the day in the address; None when there is none, or it is still to come."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    monday = day - timedelta(days=day.weekday())
    return monday if monday <= today else None
