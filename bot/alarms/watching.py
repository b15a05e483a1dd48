"""The sweep that makes the alarms of the tables what they should be now, and lets letters wait where one is louder."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, insert, or_, select, update
from sqlalchemy.orm import Session

from bot.alarms import deciding, escalating
from bot.alarms.deciding import Alarm, Waiting
from bot.alarms.tables import AlarmRow, OpenConsoleRow
from bot.callbacks.area_calendar import AreaCalendar
from bot.callbacks.history import count_change
from bot.callbacks.request import OPEN_STATES, State
from bot.callbacks.tables import CallbackRow
from bot.guidance.areas import Areas
from bot.staff import accounts
from bot.staff.permissions import Permission

CalendarOf = Callable[[str], AreaCalendar]
_SOON = timedelta(days=7)
"""Promises further ahead than this need no look."""
_Key = tuple[str, str]


def sweep(session: Session, areas: Areas, calendar_of: CalendarOf, now: datetime) -> int:
    """Raise, make louder and end alarms at `now` (aware); gives how many rows changed. Repeats without harm."""
    waiting = _waiting(session, now)
    wanted = {
        (alarm.kind.value, alarm.subject): alarm
        for alarm in (
            *_of_callbacks(waiting, calendar_of, now),
            *_of_areas(session, waiting, calendar_of, now),
        )
    }
    known = {
        (row.kind, row.subject): row
        for row in session.scalars(
            select(AlarmRow).where(_matters(wanted)).execution_options(populate_existing=True)
        )
    }
    changed = _end(session, known, wanted, now)
    for key, alarm in sorted(wanted.items(), key=lambda item: item[1].since):  # letters tell of the oldest
        changed += _raise(session, areas, known.get(key), alarm, calendar=calendar_of(alarm.area), now=now)
    if changed:
        count_change(session)
    return changed


def _matters(wanted: Mapping[_Key, Alarm]) -> Any:
    """Every alarm that is open, and the ended ones that begin again."""
    subjects = sorted({subject for _, subject in wanted})
    return or_(AlarmRow.ended_at.is_(None), AlarmRow.subject.in_(subjects))


def _of_callbacks(waiting: Iterable[Waiting], calendar_of: CalendarOf, now: datetime) -> list[Alarm]:
    return [alarm for one in waiting for alarm in deciding.alarms_of(one, calendar_of(one.area), now)]


def _of_areas(
    session: Session, waiting: Iterable[Waiting], calendar_of: CalendarOf, now: datetime
) -> list[Alarm]:
    """Areas where something is due and no console is open."""
    oldest: dict[str, datetime] = {}
    for one in waiting:
        if one.state is State.WAITING and (one.next_try_at is None or one.next_try_at <= now):
            oldest[one.area] = min(oldest.get(one.area, one.since), one.since)
    if not oldest:
        return []
    seen = _seen(session)
    found = []
    for area, since in oldest.items():
        last = max((at for reach, at in seen if reach.covers(area)), default=None)
        found.append(deciding.unwatched(area, calendar_of(area), since, last, now))
    return [alarm for alarm in found if alarm]


def _seen(session: Session) -> list[tuple[Any, datetime]]:
    """What each of those who work the queue reaches, and when their console was last open."""
    at = {row.staff_id: row.seen_at for row in session.scalars(select(OpenConsoleRow))}
    members = accounts.members(session, Permission.WORK_THE_QUEUE)
    return [(member.reach, at[member.id]) for member in members if member.id in at]


def _waiting(session: Session, now: datetime) -> list[Waiting]:
    """Every open callback that may be alarming soon; its words stay sealed."""
    soon = or_(
        CallbackRow.state == State.WAITING,
        and_(CallbackRow.state == State.CLAIMED, CallbackRow.due_at < now + _SOON),
    )
    rows = session.execute(
        select(
            CallbackRow.id, CallbackRow.area, CallbackRow.urgency, CallbackRow.state, CallbackRow.holder,
            CallbackRow.created_at, CallbackRow.next_try_at, CallbackRow.window_start, CallbackRow.promised_day,
            CallbackRow.due_at,
        )
        .where(CallbackRow.state.in_(OPEN_STATES), soon)
    )  # fmt: skip
    return [
        Waiting(
            id=row.id, area=row.area, urgent_now=row.urgency == "immediate", state=row.state, holder=row.holder,
            since=max(row.created_at, row.next_try_at or row.created_at),
            next_try_at=row.next_try_at, window_start=row.window_start, promised_day=row.promised_day,
            due_at=row.due_at,
        )
        for row in rows
    ]  # fmt: skip


def _end(
    session: Session, known: Mapping[_Key, AlarmRow], wanted: Mapping[_Key, Alarm], now: datetime
) -> int:
    over = [row.id for key, row in known.items() if row.ended_at is None and key not in wanted]
    if over:
        session.execute(update(AlarmRow).where(AlarmRow.id.in_(over)).values(ended_at=now))
    return len(over)


def _raise(
    session: Session,
    areas: Areas,
    row: AlarmRow | None,
    alarm: Alarm,
    *,
    calendar: AreaCalendar,
    now: datetime,
) -> int:
    """Make one alarm what it should be; 1 when that changed anything."""
    if row is None:
        values = {"kind": alarm.kind.value, "subject": alarm.subject, **_values(alarm), "raised_at": now}
        number = session.execute(insert(AlarmRow).values(**values).returning(AlarmRow.id)).scalar_one()
        escalating.tell(session, areas, number, alarm, before=0, now=now)
        return 1
    quiet = row.acknowledged_at is not None and not deciding.begins_anew(
        alarm.kind, calendar, row.acknowledged_at, now
    )
    if row.ended_at is None and (quiet or (row.acknowledged_at is None and row.level >= alarm.level)):
        return 0
    anew = row.ended_at is not None or row.acknowledged_at is not None
    before = 0 if anew else row.level
    values = _values(alarm) | ({"raised_at": now, "ended_at": None} if anew else {})
    values |= dict.fromkeys(("acknowledged_by", "acknowledged_name", "acknowledged_at"))
    session.execute(update(AlarmRow).where(AlarmRow.id == row.id).values(**values))
    escalating.tell(session, areas, row.id, alarm, before=before, now=now)
    return 1


def _values(alarm: Alarm) -> dict[str, Any]:
    return {
        "callback_id": alarm.callback_id, "area": alarm.area, "staff_id": alarm.staff_id, "level": alarm.level,
        "since": alarm.since,
    }  # fmt: skip
