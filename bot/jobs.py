"""What the clock starts. Every job is a sweep that asks the tables what is due and may run twice without harm.

APScheduler only ticks; it keeps nothing.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.orm import Session

from bot.callbacks.claiming import return_expired_leases
from bot.callbacks.missed_calls import forget_old as forget_missed_calls
from bot.callbacks.notice_outbox import remind
from bot.clock import Clock
from bot.conversation.store import forget_old
from bot.database import Database, DatabaseUnavailableError
from bot.learning.unclear import forget_old as forget_unclear
from bot.live_chat.changing import forget_old as forget_old_chats
from bot.live_chat.changing import return_left_alone

log = structlog.get_logger()

Sweep = Callable[[Session, datetime], int]

SWEEPS: tuple[tuple[str, Sweep, int], ...] = (
    ("return expired leases", return_expired_leases, 20),
    ("remind of calls of today", remind, 60),
    ("forget old conversations", forget_old, 300),
    ("return chats left alone", return_left_alone, 5),
    ("forget old live chats", forget_old_chats, 300),
    ("forget messages not understood", forget_unclear, 3600),
    ("forget events of the exchange", forget_missed_calls, 3600),
)
"""Name, sweep, and the seconds between two rounds."""

Work = Callable[[], Awaitable[int]]
"""What waits for the network and so is no sweep: it works off what is due and gives how much that was."""


def scheduler(
    database: Database,
    clock: Clock,
    content_changed: Callable[[], Any],
    sweeps: Sequence[tuple[str, Sweep, int]] = SWEEPS,
    works: Sequence[tuple[str, Work, int]] = (),
) -> AsyncIOScheduler:
    """A scheduler, not yet started, that runs every sweep and work and looks whether content files changed."""
    ticking = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})
    for name, sweep, seconds in sweeps:
        ticking.add_job(
            run,
            "interval",
            args=(database, clock, name, sweep),
            seconds=seconds,
            misfire_grace_time=None,
            name=name,
        )
    for name, work, seconds in works:
        ticking.add_job(
            work_off, "interval", args=(name, work), seconds=seconds, misfire_grace_time=None, name=name
        )
    ticking.add_job(content_changed, "interval", seconds=5, misfire_grace_time=None, name="look at content")
    return ticking


async def run(database: Database, clock: Clock, name: str, sweep: Sweep) -> int:
    """One round of a sweep; how many rows it touched, 0 when the database does not answer."""
    try:
        touched = await database.write(lambda session: sweep(session, clock()))
    except DatabaseUnavailableError:
        log.warning("sweep not run", sweep=name)
        return 0
    if touched:
        log.info("sweep", sweep=name, rows=touched)
    return touched


async def work_off(name: str, work: Work) -> int:
    """One round of a work; how much it did, 0 when the database does not answer."""
    try:
        return await work()
    except DatabaseUnavailableError:
        log.warning("work not done", work=name)
        return 0
