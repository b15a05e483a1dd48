"""The team of an area: who is there when, the days that are otherwise, and how full the days ahead are."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, time, timedelta

from aiohttp import web

from bot.clock import helsinki
from bot.console import team_view
from bot.console.page import chosen, draw, form_of
from bot.console.team_form import read_day, read_moment, read_stretches, read_week
from bot.console.words import words
from bot.rota.changing import ABSENCES, RotaError
from bot.staff.accounts import Member
from bot.staff.permissions import Permission
from bot.web import team_work
from bot.web.appkeys import AREAS, CLOCK

_WHOLE_DAY = time(0)


async def show(request: web.Request, member: Member) -> web.StreamResponse:
    """The team of the area in the address, else of the first one within reach."""
    return await _drawn(request, member, request.query.get("area", ""))


async def hours(request: web.Request, member: Member) -> web.StreamResponse:
    """Write an advisor's working week anew."""
    form, areas = await form_of(request), await chosen(request, "areas")

    async def work() -> str | None:
        who = await team_work.set_hours(
            request.app,
            member,
            form.get("staff", ""),
            read_week(form),
            first_day=read_day(form.get("first_day", "")),
            last_day=read_day(form.get("last_day", "")),
            areas=[area for area in areas if area in request.app[AREAS].by_id],
        )
        return words()("team.hours_done", name=who.name) if who else None

    return await _done(request, member, form, "hours", work)


async def absence(request: web.Request, member: Member) -> web.StreamResponse:
    """Note when an advisor is away; without times whole days."""
    form = await form_of(request)

    async def work() -> str | None:
        start = read_moment(form.get("from_day", ""), form.get("from_time", ""), otherwise=_WHOLE_DAY)
        who = await team_work.add_absence(
            request.app, member, form.get("staff", ""), start=start, end=_end(form), kind=form.get("kind", "")
        )
        return words()("team.absence_done", name=who.name) if who else None

    return await _done(request, member, form, "absence", work)


async def no_absence(request: web.Request, member: Member) -> web.StreamResponse:
    """Take an absence back."""
    form = await form_of(request)

    async def work() -> str | None:
        who = await team_work.remove_absence(request.app, member, request.match_info["id"])
        return words()("team.absence_removed", name=who.name) if who else None

    return await _done(request, member, form, "absence", work)


async def exception(request: web.Request, member: Member) -> web.StreamResponse:
    """Let the area ring at other hours on some days, or not."""
    form = await form_of(request)

    async def work() -> str | None:
        first = read_day(form.get("first_day", ""))
        if first is None:
            raise RotaError("day")
        stretches = read_stretches(form.get("hours", ""))
        if len(stretches) > 1:
            raise RotaError("one")
        made = await team_work.add_exception(
            request.app,
            member,
            form.get("area", ""),
            first_day=first,
            last_day=read_day(form.get("last_day", "")) or first,
            hours=stretches[0] if stretches else None,
            reason=form.get("reason", ""),
        )
        return words()("team.exception_done") if made else None

    return await _done(request, member, form, "exception", work)


async def no_exception(request: web.Request, member: Member) -> web.StreamResponse:
    """Take an exception back."""
    form = await form_of(request)

    async def work() -> str | None:
        area = await team_work.remove_exception(request.app, member, request.match_info["id"])
        return words()("team.exception_removed") if area else None

    return await _done(request, member, form, "exception", work)


def _end(form: Mapping[str, str]) -> datetime:
    """When somebody is back: without a time after the last day, which is the first one when none is named."""
    day, at = form.get("until_day", "") or form.get("from_day", ""), form.get("until_time", "")
    end = read_moment(day, at, otherwise=_WHOLE_DAY)
    if at:
        return end
    return read_moment((helsinki(end).date() + timedelta(days=1)).isoformat(), "", otherwise=_WHOLE_DAY)


async def _done(
    request: web.Request,
    member: Member,
    form: Mapping[str, str],
    what: str,
    work: Callable[[], Awaitable[str | None]],
) -> web.StreamResponse:
    """Do it and draw the page with what was done, or with what is wrong; what is not theirs does not exist."""
    area = form.get("area", "")
    try:
        done = await work()
    except RotaError as error:
        wrong = {"form": f"{what}:{form.get('staff', '')}", "text": words()(f"team.{error.reason}_wrong")}
        return await _drawn(request, member, area, wrong=wrong, values=form, status=422)
    if done is None:
        raise web.HTTPNotFound
    return await _drawn(request, member, area, done=done)


async def _drawn(
    request: web.Request,
    member: Member,
    area: str,
    *,
    status: int = 200,
    done: str = "",
    wrong: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
) -> web.StreamResponse:
    areas = [one for one in request.app[AREAS].all if member.reach.covers(one.id)]
    wanted = area or (areas[0].id if areas else "")
    sight = await team_work.look(request.app, member, wanted) if wanted in request.app[AREAS].by_id else None
    if sight is None:
        raise web.HTTPNotFound
    w, today = words(), helsinki(request.app[CLOCK]()).date()
    manages = member.may(Permission.MANAGE_TEAM)
    cards = team_view.person_cards(sight, member)
    return draw(
        request, member, "staff/team.html",
        status=status, tab="team", done=done, wrong=wrong or {}, values=values or {},
        area=request.app[AREAS].by_id[wanted], areas=[(one.id, one.name.fi) for one in areas], manages=manages,
        days=team_view.day_rows(sight, today, w), cards=cards, week_words=lambda week: team_view.week_words(week, w),
        changeable=[(card.id, card.name) for card in cards if card.may_change],
        absences=team_view.absence_lines(sight, member, today, w),
        exceptions=team_view.exception_lines(sight.exceptions, today, w, may_remove=manages),
        kinds=[(kind, w(f"team.kind_{kind}")) for kind in ABSENCES],
        names={one.id: one.name.fi for one in request.app[AREAS].all},
    )  # fmt: skip
