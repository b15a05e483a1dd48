"""Changes of the rota: each is one transaction of whoever calls it, and moves the counter on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from sqlalchemy import delete
from sqlalchemy.orm import Session

from bot.database import count_up
from bot.reach import Reach
from bot.rota.tables import AdvisorAbsenceRow, AdvisorHoursRow, AreaExceptionRow, RotaRevisionRow

ABSENCES = ("leave", "training", "meeting", "away")
"""What an absence may be called. None of them says anything of anybody's health."""
_LONGEST_EXCEPTION = timedelta(days=92)
_LONGEST_ABSENCE = timedelta(days=366)
_MOST_STRETCHES = 6
"""Of one day of one advisor."""


class RotaError(ValueError):
    """It cannot be written like this; `reason` is the end of a key of the console's texts."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when until when somebody works on a weekday (0 is Monday); local times."""

    weekday: int
    starts: time
    ends: time


def set_hours(
    session: Session,
    staff_id: str,
    stretches: Sequence[Stretch],
    *,
    first_day: date | None = None,
    last_day: date | None = None,
    areas: Sequence[str] = (),
) -> None:
    """Write an advisor's week anew: what stood before is gone. Empty: the hours are not known any more.

    Raises `RotaError` (`order`, `overlap`, `many`) and changes nothing then.
    """
    if first_day and last_day and first_day > last_day:
        raise RotaError("order")
    for weekday in range(7):
        of_day = sorted((one for one in stretches if one.weekday == weekday), key=lambda one: one.starts)
        if len(of_day) > _MOST_STRETCHES:
            raise RotaError("many")
        if any(one.starts >= one.ends for one in of_day):
            raise RotaError("order")
        if any(one.ends > after.starts for one, after in pairwise(of_day)):
            raise RotaError("overlap")
    session.execute(delete(AdvisorHoursRow).where(AdvisorHoursRow.staff_id == staff_id))
    session.add_all(
        AdvisorHoursRow(
            staff_id=staff_id,
            weekday=one.weekday,
            starts=one.starts,
            ends=one.ends,
            first_day=first_day,
            last_day=last_day,
            areas=list(areas),
        )
        for one in stretches
    )
    count_change(session)


def add_absence(session: Session, staff_id: str, start: datetime, end: datetime, kind: str) -> str:
    """Note that an advisor is away from `start` to `end` (aware); the absence's id. Raises `RotaError`."""
    if start >= end:
        raise RotaError("order")
    if end - start > _LONGEST_ABSENCE:
        raise RotaError("long")
    if kind not in ABSENCES:
        raise RotaError("kind")
    row = AdvisorAbsenceRow(staff_id=staff_id, starts_at=start, ends_at=end, kind=kind)
    session.add(row)
    session.flush()
    count_change(session)
    return row.id


def remove_absence(session: Session, absence_id: str, of: Iterable[str]) -> bool:
    """Take an absence back when it is of one of these people; whether it was there."""
    gone = session.scalar(
        delete(AdvisorAbsenceRow)
        .where(AdvisorAbsenceRow.id == absence_id, AdvisorAbsenceRow.staff_id.in_(tuple(of)))
        .returning(AdvisorAbsenceRow.id)
    )
    if gone:
        count_change(session)
    return gone is not None


def add_exception(
    session: Session,
    area: str,
    first_day: date,
    last_day: date,
    hours: tuple[time, time] | None,
    *,
    reason: str,
    by: str,
    now: datetime,
) -> str:
    """Let an area ring at other hours on some days, or not at all (`hours` None); the exception's id.

    Callbacks that are booked stay as they are: the team page shows what has no place any more. Raises `RotaError`.
    """
    if first_day > last_day or (hours and hours[0] >= hours[1]):
        raise RotaError("order")
    if last_day - first_day > _LONGEST_EXCEPTION:
        raise RotaError("long")
    row = AreaExceptionRow(
        area=area, first_day=first_day, last_day=last_day, reason=reason[:200], created_by=by, created_at=now,
        opens=hours[0] if hours else None, closes=hours[1] if hours else None,
    )  # fmt: skip
    session.add(row)
    session.flush()
    count_change(session)
    return row.id


def remove_exception(session: Session, exception_id: str, reach: Reach) -> str | None:
    """Take an exception back when its area is within reach; the area, None when there was none."""
    area = session.scalar(
        delete(AreaExceptionRow)
        .where(AreaExceptionRow.id == exception_id, reach.guard(AreaExceptionRow.area))
        .returning(AreaExceptionRow.area)
    )
    if area is not None:
        count_change(session)
    return area


def count_change(session: Session) -> None:
    """Let every process notice that the rota has changed."""
    count_up(session, RotaRevisionRow.id, RotaRevisionRow.number)
