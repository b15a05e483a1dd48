"""One process' part in the jobs: it seeks the lease, and while it has it, runs what is due.

APScheduler only ticks; it keeps nothing.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.database import Database, DatabaseUnavailableError, new_id
from bot.jobs import health, lease, periods
from bot.jobs.job import Led, Sweep, Work, pause_after
from bot.jobs.lease import Term, TermOverError

log = structlog.get_logger()

_CALENDAR_EVERY = 30
"""Seconds between two looks whether a calendar job is due."""
_NOTE_EVERY = timedelta(minutes=5)
"""How often it is written down that a job goes well."""


class Runner:
    """Runs jobs for one process."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._holder = new_id()
        self._rests: dict[str, datetime] = {}
        self._noted: dict[str, datetime] = {}
        self.term: Term | None = None
        """The lease, as far as this process knows."""

    async def seek(self) -> None:
        """Renew the lease, or take it when nobody has it."""
        before = self.term
        try:
            self.term = await self._database.write(
                lambda session: lease.seek(session, self._holder, self._clock())
            )
        except DatabaseUnavailableError:
            log.warning("lease not sought")
            return
        if (before and before.number) != (self.term and self.term.number):
            log.info("jobs", mine=self.term is not None, term=self.term.number if self.term else None)

    async def run(self, job: Led) -> int:
        """One round of a job, when this process has the lease; gives how many rows were touched."""
        term, now = self.term, self._clock()
        if term is None or self._rests.get(job.name, now) > now:
            return 0

        def act(session: Session) -> int:
            lease.hold(session, term, self._clock())
            if isinstance(job, Sweep):
                return job.work(session, self._clock())
            return periods.work_off(session, job, self._clock())

        try:
            touched = await self._database.write(act)
        except TermOverError:
            await (
                self.seek()
            )  # the clock may have been put on; whoever has the lease now acts at the next tick
            return 0
        except DatabaseUnavailableError:
            log.warning("job not run", job=job.name)
            return 0
        except Exception as error:  # noqa: BLE001  (a job that fails must not end the clock)
            await self._failed(job, error)
            return 0
        await self._went_well(job)
        if touched:
            log.info("job", job=job.name, rows=touched)
        return touched

    async def stop(self) -> None:
        """Hand the lease to whoever asks next."""
        term, self.term = self.term, None
        if term is None:
            return
        try:
            await self._database.write(lambda session: lease.give_back(session, term))
        except DatabaseUnavailableError:
            log.warning("lease not given back")

    async def _failed(self, job: Led, error: Exception) -> None:
        kind, now = type(error).__name__, self._clock()
        # The kind of error and where, never its message: it could hold a family's words.
        log.error("job failed", job=job.name, kind=kind, at=_where(error))
        self._noted.pop(job.name, None)
        try:
            failures = await self._database.write(lambda session: health.failed(session, job.name, kind, now))
        except DatabaseUnavailableError:
            failures = 1
        self._rests[job.name] = now + pause_after(failures)

    async def _went_well(self, job: Led) -> None:
        now = self._clock()
        self._rests.pop(job.name, None)
        noted = self._noted.get(job.name)
        if noted is not None and noted <= now < noted + _NOTE_EVERY:
            return
        self._noted[job.name] = now
        try:
            await self._database.write(lambda session: health.went_well(session, job.name, now))
        except DatabaseUnavailableError:
            self._noted.pop(job.name)


def scheduler(
    runner: Runner, led: Sequence[Led], works: Sequence[Work], content_changed: Callable[[], Any]
) -> AsyncIOScheduler:
    """A scheduler, not yet started, that ticks for every job and looks whether content files changed."""
    ticking = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})

    def every(seconds: int, name: str, work: Callable[..., Any], *given: Any) -> None:
        ticking.add_job(work, "interval", args=given, seconds=seconds, misfire_grace_time=None, name=name)

    every(lease.RENEW_EVERY, "seek the lease", runner.seek)
    for job in led:
        every(job.every if isinstance(job, Sweep) else _CALENDAR_EVERY, job.name, runner.run, job)
    for work in works:
        every(work.every, work.name, work_off, work)
    every(5, "look at content", content_changed)
    return ticking


async def work_off(work: Work) -> int:
    """One round of a work; how much it did, 0 when the database does not answer."""
    try:
        return await work.work()
    except DatabaseUnavailableError:
        log.warning("work not done", work=work.name)
        return 0


def _where(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace else "unknown"
