"""The letters of a morning: to each advisor what is agreed for today, to each coordinator the figures of the week."""

from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from bot.alarms import letters, week
from bot.callbacks.area_calendar import local_moment
from bot.callbacks.request import State
from bot.callbacks.tables import CallbackRow
from bot.clock import helsinki
from bot.staff import accounts
from bot.staff.permissions import Permission


def write_days(session: Session, now: datetime) -> int:
    """Let a letter wait to everybody for whom something is agreed for today; how many. Once a day and recipient."""
    today = helsinki(now).date()
    calls, follow_ups = _calls(session, now), _follow_ups(session, now)
    written = 0
    for member in accounts.members(session, Permission.WORK_THE_QUEUE):
        number, first, late = calls.get(member.id, (0, None, 0))
        if not (number or late or follow_ups.get(member.id)):
            continue
        detail = {
            "calls": number,
            "first": f"{helsinki(first):%-H.%M}" if first else "",
            "follow_ups": follow_ups.get(member.id, 0),
            "late": late,
        }
        occasion = f"day:{today.isoformat()}"
        written += letters.put(
            session, letters.to_staff(member.id), occasion, letters.Kind.DAY, detail, now=now
        )
    return written


def write_digests(session: Session, now: datetime) -> int:
    """Let the figures of last week wait to every coordinator; how many. Once a week and recipient."""
    monday = week.last_monday(now)
    written = 0
    for member in accounts.members(session, Permission.HEAR_ALARMS):
        found = week.figures(session, member.reach, monday, now)
        detail = {
            "monday": monday.isoformat(),
            "areas": {area: dict(numbers) for area, numbers in found.areas.items()},
        }
        occasion = f"digest:{monday.isoformat()}"
        written += letters.put(
            session, letters.to_staff(member.id), occasion, letters.Kind.DIGEST, detail, now=now
        )
    return written


def _calls(session: Session, now: datetime) -> dict[str, tuple[int, datetime | None, int]]:
    """By holder: how many agreed times of today there are, the first of them, and how many calls are late."""
    today = helsinki(now).date()
    start, end = local_moment(today), local_moment(today + timedelta(days=1))
    of_today = and_(CallbackRow.window_start >= start, CallbackRow.window_start < end)
    late = CallbackRow.due_at < now
    rows = session.execute(
        select(
            CallbackRow.holder,
            func.count().filter(of_today),
            func.min(CallbackRow.window_start).filter(of_today),
            func.count().filter(late),
        )
        .where(CallbackRow.state == State.CLAIMED, or_(of_today, late))
        .group_by(CallbackRow.holder)
    )
    return {holder: (number, first, overdue) for holder, number, first, overdue in rows if holder}


def _follow_ups(session: Session, now: datetime) -> dict[str, int]:
    """By advisor: how many follow-ups are agreed for today or before."""
    rows = session.execute(
        select(CallbackRow.follow_up_by, func.count())
        .where(CallbackRow.follow_up_on <= helsinki(now).date(), CallbackRow.follow_up_by.is_not(None))
        .group_by(CallbackRow.follow_up_by)
    )
    return {staff_id: number for staff_id, number in rows if staff_id}
