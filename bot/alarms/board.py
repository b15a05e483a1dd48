"""The alarms as staff see them, within their reach; and the acknowledging of one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.alarms.deciding import Kind
from bot.alarms.tables import AlarmRow, OpenConsoleRow
from bot.callbacks.history import count_change
from bot.callbacks.request import Actor
from bot.reach import Reach

LOUD = (Kind.CRISIS, Kind.UNWATCHED)
"""The kinds that ask for a sound and a band on every page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """An alarm that is open. Moments are aware, in UTC."""

    id: int
    kind: Kind
    callback_id: str | None
    area: str
    level: int
    since: datetime
    raised_at: datetime
    acknowledged_by: str | None
    """The name of the one who has acknowledged it; None while nobody has."""
    acknowledged_at: datetime | None

    @property
    def loud(self) -> bool:
        """Whether it asks for a sound and a band on every page: somebody is in danger or nobody is there."""
        return self.kind in LOUD and self.acknowledged_at is None


@dataclass(frozen=True, slots=True)
class Standing:
    """How many open alarms there are of a kind and level."""

    kind: Kind
    level: int
    acknowledged: bool
    number: int

    @property
    def loud(self) -> bool:
        """Whether somebody may be in danger, or nobody is there."""
        return self.kind in LOUD


def standing(session: Session) -> list[Standing]:
    """Count the open alarms of all areas; one select."""
    seen = AlarmRow.acknowledged_at.is_not(None)
    rows = session.execute(
        select(AlarmRow.kind, AlarmRow.level, seen, func.count())
        .where(AlarmRow.ended_at.is_(None))
        .group_by(AlarmRow.kind, AlarmRow.level, seen)
    )
    return [Standing(Kind(kind), level, bool(is_seen), number) for kind, level, is_seen, number in rows]


def open_alarms(session: Session, reach: Reach, staff_id: str) -> list[Raised]:
    """The open alarms of the areas within reach and of this person, the loudest and oldest first; one select."""
    rows = session.scalars(
        select(AlarmRow)
        .where(*_shown(reach, staff_id))
        .order_by(AlarmRow.level.desc(), AlarmRow.since, AlarmRow.id)
        .execution_options(populate_existing=True)
    )
    return [
        Raised(
            id=row.id, kind=Kind(row.kind), callback_id=row.callback_id, area=row.area, level=row.level,
            since=row.since, raised_at=row.raised_at, acknowledged_by=row.acknowledged_name,
            acknowledged_at=row.acknowledged_at,
        )
        for row in rows
    ]  # fmt: skip


def acknowledge(session: Session, alarm_id: int, by: Actor, *, now: datetime) -> Raised | None:
    """Note that somebody has seen an open alarm within their reach; None when there is none that waits for it."""
    taken = session.execute(
        update(AlarmRow)
        .where(AlarmRow.id == alarm_id, AlarmRow.acknowledged_at.is_(None), *_shown(by.reach, by.id))
        .values(acknowledged_by=by.id, acknowledged_name=by.name, acknowledged_at=now)
        .returning(AlarmRow.id)
        .execution_options(synchronize_session=False)
    )
    if taken.first() is None:
        return None
    count_change(session)
    return next(one for one in open_alarms(session, by.reach, by.id) if one.id == alarm_id)


def note_open(session: Session, staff_ids: frozenset[str], now: datetime) -> None:
    """Write down that these people have a console open; one statement."""
    if not staff_ids:
        return
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    rows = dialect.insert(OpenConsoleRow).values(
        [{"staff_id": staff_id, "seen_at": now} for staff_id in sorted(staff_ids)]
    )
    session.execute(rows.on_conflict_do_update(index_elements=["staff_id"], set_={"seen_at": now}))


def _shown(reach: Reach, staff_id: str) -> tuple[ColumnElement[bool], ...]:
    mine = or_(AlarmRow.staff_id.is_(None), AlarmRow.staff_id == staff_id)
    return AlarmRow.ended_at.is_(None), reach.guard(AlarmRow.area), mine
