"""Notices that wait until they are sent. A row is written in the transaction of what it tells, so none is lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from bot.callbacks.call_times import local_moment
from bot.callbacks.changing import changed
from bot.callbacks.history import count_change
from bot.callbacks.notices import MORNING, Kind, Way, is_time_to_remind, when_of
from bot.callbacks.request import OPEN_STATES, TRIES_BEFORE_DECISION, Actor
from bot.callbacks.tables import CallbackRow, NoticeRow
from bot.clock import helsinki
from bot.meaning import Window
from bot.reach import Reach

log = structlog.get_logger()

LEASE = timedelta(minutes=2)
"""How long a sending may last before another sender may try."""
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""When what is done is due: so it stays out of the way of those who look for what is to do."""
_OPEN = ("waiting", "sending")
_MOST_REMINDERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice as staff see it. Times are aware, in UTC."""

    kind: Kind
    state: str
    """`waiting`, `sending`, `sent`, `dropped` or `failed`."""
    way: Way | None
    reason: str | None
    created_at: datetime
    ended_at: datetime | None
    tries: int


def change_and_tell(
    session: Session,
    callback_id: str,
    kind: Kind,
    *guards: ColumnElement[bool],
    by: Actor,
    now: datetime,
    **values: Any,
) -> bool:
    """Change one callback as `change_if` does, and let a notice of it wait when the family wants any."""
    found = changed(session, callback_id, *guards, by=by, now=now, **values)
    if found and found.notify_by:
        put(session, callback_id, kind, found.version, now=now)
    return found is not None


def put(session: Session, callback_id: str, kind: Kind, version: int, *, now: datetime) -> None:
    """Let a notice of what made a callback this version wait."""
    occasion = f"{kind}:{version}"
    told = {"callback_id": callback_id, "occasion": occasion, "kind": kind.value, "state": "waiting"}
    session.execute(insert(NoticeRow).values(**told, created_at=now, due_at=now, tries=0))


def remind(session: Session, now: datetime) -> int:
    """Let a reminder wait for each open call of today, once; how many new ones. May run any number of times."""
    if helsinki(now).time() < MORNING:
        return 0
    rows = []
    for row in session.execute(_of_today(now)).all():
        window = Window(row.window_start, row.window_end) if row.window_start else None
        when = when_of(window, row.promised_day, row.next_try_at)
        day = helsinki(when.window.start).date() if when.window else when.day
        if is_time_to_remind(day, row.created_at, row.due_at, now):
            occasion = f"{Kind.REMINDER}:{day.isoformat()}"
            rows.append({"callback_id": row.id, "occasion": occasion, "kind": Kind.REMINDER.value})
    if not rows:
        return 0
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    same: dict[str, Any] = {"state": "waiting", "created_at": now, "due_at": now, "tries": 0}
    put_once = dialect.insert(NoticeRow).values([row | same for row in rows]).on_conflict_do_nothing()
    return len(session.execute(put_once.returning(NoticeRow.id)).all())


def _of_today(now: datetime) -> Any:
    """Open callbacks of families that want notices, whose day may be today, and that were told nothing today."""
    today = helsinki(now).date()
    start, end = local_moment(today), local_moment(today + timedelta(days=1))
    told = select(NoticeRow.id).where(NoticeRow.callback_id == CallbackRow.id, NoticeRow.created_at >= start)
    columns = (
        CallbackRow.id, CallbackRow.window_start, CallbackRow.window_end, CallbackRow.promised_day,
        CallbackRow.next_try_at, CallbackRow.created_at, CallbackRow.due_at,
    )  # fmt: skip
    days = or_(
        CallbackRow.promised_day == today,
        *(column.between(start, end) for column in (CallbackRow.window_start, CallbackRow.next_try_at)),
    )
    wanted = (
        CallbackRow.state.in_(OPEN_STATES),
        CallbackRow.notify_by.is_not(None),
        CallbackRow.due_at > now,
        # Nobody rings by itself after so many tries, so no call of today is promised.
        or_(CallbackRow.tries < TRIES_BEFORE_DECISION, CallbackRow.decision.in_(("try_again", "moved"))),
    )
    return select(*columns).where(*wanted, days, ~told.exists()).limit(_MOST_REMINDERS)


def claim(session: Session, *, now: datetime, most: int) -> Sequence[NoticeRow]:
    """Take up to `most` notices that are due, of each callback only the first that is open. One gets each."""
    earlier = aliased(NoticeRow)
    due = (
        select(NoticeRow.id)
        .where(
            NoticeRow.state.in_(_OPEN),
            NoticeRow.due_at <= now,
            ~select(earlier.id)
            .where(
                earlier.callback_id == NoticeRow.callback_id,
                earlier.id < NoticeRow.id,
                earlier.state.in_(_OPEN),
            )
            .exists(),
        )
        .order_by(NoticeRow.due_at, NoticeRow.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(
        update(NoticeRow)
        .where(NoticeRow.id.in_(due), NoticeRow.due_at <= now, NoticeRow.state.in_(_OPEN))
        .values(state="sending", due_at=now + LEASE, tries=NoticeRow.tries + 1)
        .returning(NoticeRow)
        .execution_options(synchronize_session=False, populate_existing=True)
    ).all()


def sent(session: Session, notice_id: int, way: Way, *, now: datetime) -> None:
    """It is on its way to the family."""
    _set(session, notice_id, state="sent", way=way.value, reason=None, due_at=NEVER, ended_at=now)


def later(session: Session, notice_id: int, due: datetime, way: Way, reason: str | None = None) -> None:
    """Try again at `due`; later notices of the same callback wait behind it."""
    _set(session, notice_id, state="waiting", due_at=due, way=way.value, reason=reason)


def drop(session: Session, notice_id: int, reason: str, *, now: datetime) -> None:
    """Nobody needs it any more, or there is no way to send it."""
    _set(session, notice_id, state="dropped", reason=reason, due_at=NEVER, ended_at=now)


def fail(session: Session, notice_id: int, reason: str, way: Way | None = None, *, now: datetime) -> None:
    """It could not be delivered; every open console sees it."""
    by = {"way": way.value} if way else {}
    _set(session, notice_id, state="failed", reason=reason, due_at=NEVER, ended_at=now, **by)
    count_change(session)


def sent_today(session: Session, phone_mark: str, now: datetime) -> int:
    """How many notices have gone to a number within 24 hours, whichever callback they told of."""
    to_number = select(CallbackRow.id).where(CallbackRow.phone_mark == phone_mark)
    counted = select(func.count()).where(
        NoticeRow.callback_id.in_(to_number),
        NoticeRow.way == Way.SMS.value,
        NoticeRow.ended_at > now - timedelta(hours=24),
        NoticeRow.state == "sent",
    )
    return session.scalar(counted) or 0


def of_callback(session: Session, callback_id: str, reach: Reach) -> list[Notice]:
    """The notices of a callback within reach, latest first."""
    rows = session.scalars(
        select(NoticeRow)
        .join(CallbackRow, CallbackRow.id == NoticeRow.callback_id)
        .where(NoticeRow.callback_id == callback_id, reach.guard(CallbackRow.area))
        .order_by(NoticeRow.id.desc())
        .execution_options(populate_existing=True)
    )
    return [
        Notice(
            kind=Kind(row.kind),
            state=row.state,
            way=Way(row.way) if row.way else None,
            reason=row.reason,
            created_at=row.created_at,
            ended_at=row.ended_at,
            tries=row.tries,
        )
        for row in rows
    ]


def forget(session: Session, callback_id: str) -> None:
    """Delete every notice of a callback, with those that were not yet sent."""
    session.execute(delete(NoticeRow).where(NoticeRow.callback_id == callback_id))


def end_for(session: Session, mark: str) -> None:
    """The chat with this mark has ended: no callback sends notices to it any more."""
    session.execute(
        update(CallbackRow)
        .where(CallbackRow.notify_mark == mark)
        .values(notify_by=None, notify_mark=None)
        .execution_options(synchronize_session=False)
    )


def _set(session: Session, notice_id: int, **values: Any) -> None:
    session.execute(
        update(NoticeRow)
        .where(NoticeRow.id == notice_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
