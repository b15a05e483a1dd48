"""How the jobs fare, as every replica can read it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.jobs.job import ALARM_AFTER
from bot.jobs.periods import MISSED
from bot.jobs.tables import JobHealthRow, JobLeaseRow, JobPeriodRow

_MISSED_SHOWN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class JobHealth:
    """One job. Times are aware, in UTC."""

    job: str
    failures: int
    """In a row; 0 when the last round went well."""
    error: str | None
    """The kind of the last error, never its message."""
    failed_at: datetime | None
    went_well_at: datetime | None

    @property
    def alarming(self) -> bool:
        """Whether somebody should look."""
        return self.failures >= ALARM_AFTER


@dataclass(frozen=True, slots=True)
class ClockHealth:
    """Everything about the clock."""

    led: bool
    """Whether some replica runs the jobs at this moment."""
    jobs: tuple[JobHealth, ...]
    missed: int
    """Periods of calendar jobs of the last seven days for which nobody was there."""

    @property
    def failing(self) -> tuple[str, ...]:
        """The jobs somebody should look at."""
        return tuple(one.job for one in self.jobs if one.alarming)


def failed(session: Session, job: str, error: str, now: datetime) -> int:
    """Count a failure; gives how many there have been in a row."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(JobHealthRow).values(job=job, failures=1, error=error[:100], failed_at=now)
    counted = row.on_conflict_do_update(
        index_elements=["job"],
        set_={"failures": JobHealthRow.failures + 1, "error": error[:100], "failed_at": now},
    )
    number: int = session.execute(counted.returning(JobHealthRow.failures)).scalar_one()
    return number


def went_well(session: Session, job: str, now: datetime) -> None:
    """Note that a round went well; ends a row of failures."""
    well = update(JobHealthRow).where(JobHealthRow.job == job).values(failures=0, went_well_at=now)
    if session.execute(well.returning(JobHealthRow.job)).first() is None:
        dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        row = dialect.insert(JobHealthRow).values(job=job, failures=0, went_well_at=now)
        session.execute(row.on_conflict_do_nothing())


def read(session: Session, now: datetime) -> ClockHealth:
    """How the clock and its jobs fare at `now` (aware); three selects."""
    until = session.scalar(select(JobLeaseRow.until))
    rows = session.scalars(select(JobHealthRow).order_by(JobHealthRow.job))
    jobs = tuple(JobHealth(row.job, row.failures, row.error, row.failed_at, row.went_well_at) for row in rows)
    missed = session.scalar(
        select(func.count())
        .select_from(JobPeriodRow)
        .where(JobPeriodRow.became == MISSED, JobPeriodRow.at > now - _MISSED_SHOWN)
    )
    return ClockHealth(until is not None and until > now, jobs, missed or 0)
