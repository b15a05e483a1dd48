"""The sweep that makes the alarms of the tables what they should be now, and lets letters wait where one is louder."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, insert, or_, select, update
from sqlalchemy.orm import Session

from bot.alarms import deciding, escalating
from bot.alarms.deciding import Alarm, Waiting
from bot.alarms.escalating import Louder
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
_TABLE = cast("Table", AlarmRow.__table__)
"""Rows by the hundred go past the objects, which would split them into a statement for each shape."""


@dataclass(frozen=True, slots=True)
class _Change:
    """An alarm to be written: a new row, or another level or a new beginning of a known one."""

    alarm: Alarm
    row: AlarmRow | None
    before: int


def sweep(session: Session, areas: Areas, calendar_of: CalendarOf, now: datetime) -> int:
    """Raise, make louder and end alarms at `now` (aware); gives how many rows changed. Repeats without harm.

    The number of its statements does not grow with that of the alarms.
    """
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
    ended = _end(session, known, wanted, now)
    oldest_first = sorted(wanted.values(), key=lambda alarm: alarm.since)  # letters tell of the oldest
    changes = list(_to_raise(known, oldest_first, calendar_of, now))
    escalating.tell(session, areas, _raise(session, changes, now), now)
    if ended or changes:
        count_change(session)
    return ended + len(changes)


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


def _to_raise(
    known: Mapping[_Key, AlarmRow], wanted: Iterable[Alarm], calendar_of: CalendarOf, now: datetime
) -> Iterator[_Change]:
    """What must be written so that each alarm is what it should be; nothing for those that are."""
    for alarm in wanted:
        row = known.get((alarm.kind.value, alarm.subject))
        if row is None:
            yield _Change(alarm, None, 0)
            continue
        quiet = row.acknowledged_at is not None and not deciding.begins_anew(
            alarm.kind, calendar_of(alarm.area), row.acknowledged_at, now
        )
        if row.ended_at is None and (quiet or (row.acknowledged_at is None and row.level >= alarm.level)):
            continue
        anew = row.ended_at is not None or row.acknowledged_at is not None
        yield _Change(alarm, row, 0 if anew else row.level)


def _raise(session: Session, changes: Sequence[_Change], now: datetime) -> list[Louder]:
    """Write the changes: one insert for all that are new, one update for all that are known."""
    new = [
        {"kind": one.alarm.kind.value, "subject": one.alarm.subject, **_values(one.alarm), "raised_at": now}
        for one in changes
        if one.row is None
    ]
    numbers: dict[_Key, int] = {}
    if new:
        written = insert(_TABLE).returning(_TABLE.c.kind, _TABLE.c.subject, _TABLE.c.id)
        numbers = {(kind, subject): id_ for kind, subject, id_ in session.execute(written, new)}
    seen = dict.fromkeys(("acknowledged_by", "acknowledged_name", "acknowledged_at"))
    older = [
        {
            "number": one.row.id, **_values(one.alarm), **seen, "ended_at": None,
            "raised_at": one.row.raised_at if one.before else now,
        }
        for one in changes
        if one.row is not None
    ]  # fmt: skip
    if older:
        session.execute(update(_TABLE).where(_TABLE.c.id == bindparam("number")), older)
    return [
        Louder(
            one.row.id if one.row else numbers[one.alarm.kind.value, one.alarm.subject], one.alarm, one.before
        )
        for one in changes
    ]


def _values(alarm: Alarm) -> dict[str, Any]:
    return {
        "callback_id": alarm.callback_id, "area": alarm.area, "staff_id": alarm.staff_id, "level": alarm.level,
        "since": alarm.since,
    }  # fmt: skip
