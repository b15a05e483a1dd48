"""Calendar jobs: each period is done once, by a unique row in the transaction of its work."""

from datetime import date, datetime

import structlog
from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.jobs.job import Calendar
from bot.jobs.tables import JobPeriodRow

log = structlog.get_logger()

DONE, MISSED = "done", "missed"


def work_off(session: Session, job: Calendar, now: datetime) -> int:
    """Do the newest period of `job` unless it is done; gives how many rows its work wrote.

    Periods for which nobody was there are written down as missed and logged. The first period of a new database
    is the one that has begun.
    """
    latest = job.latest(now)
    newest = session.scalar(select(func.max(JobPeriodRow.period)).where(JobPeriodRow.job == job.name))
    if newest is not None and newest >= latest:
        return 0
    missed = list(job.between(newest, latest)) if newest else []
    if now > job.due(latest) + job.grace:
        missed.append(latest)
    for period in missed:
        if _take(session, job, period, MISSED, now):
            log.error("period missed", job=job.name, period=period.isoformat())
    if latest in missed or not _take(session, job, latest, DONE, now):
        return 0
    return job.work(session, now)


def _take(session: Session, job: Calendar, period: date, became: str, now: datetime) -> bool:
    """Write the period down; False when it stands there already."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(JobPeriodRow).values(job=job.name, period=period, became=became, at=now)
    written = session.execute(row.on_conflict_do_nothing().returning(JobPeriodRow.period))
    return written.first() is not None
