"""The nightly link check: planned once a night by one process, and asked by the one that has the lease."""

from datetime import time, timedelta

from bot.clock import Clock
from bot.database import Database
from bot.guidance.links import nightly, store
from bot.jobs.job import Calendar, Work
from bot.jobs.running import Runner

NIGHTLY = Calendar(name="plan the link check", work=store.plan, at=time(3), grace=timedelta(hours=12))


def link_work(database: Database, clock: Clock, runner: Runner) -> Work:
    """The asking; a process without the lease asks nothing."""

    async def work() -> int:
        return await nightly.check_due(database, clock) if runner.term else 0

    return Work("ask links", work, 30)
