"""Of several replicas one acts; another takes over when it falls silent, and then the first does nothing more."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot import audit
from bot.audit import AuditRow
from bot.clock import SettableClock
from bot.database import Database
from bot.jobs import lease
from bot.jobs.job import Sweep
from bot.jobs.lease import RENEW_EVERY, TERM, TermOverError
from bot.jobs.running import Runner


def leave_a_trace(session: Session, now: datetime) -> int:
    audit.record(session, "system", "acted", "test", ["1"], now=now)
    return 1


SWEEP = Sweep("leave a trace", leave_a_trace, 5)


def traces(database: Database) -> int:
    return database.read_now(lambda session: session.scalar(select(func.count()).select_from(AuditRow))) or 0


async def test_one_of_five_replicas_acts(database: Database, clock: SettableClock) -> None:
    replicas = [Runner(database, clock) for _ in range(5)]
    for replica in replicas:
        await replica.seek()
    assert sum(replica.term is not None for replica in replicas) == 1
    for _ in range(20):
        before = traces(database)
        for replica in replicas:
            await replica.seek()
            await replica.run(SWEEP)
        assert traces(database) == before + 1
        clock.set(clock() + timedelta(seconds=RENEW_EVERY))


async def test_after_a_holder_is_killed_another_acts_within_twenty_seconds(
    database: Database, clock: SettableClock
) -> None:
    killed, other = Runner(database, clock), Runner(database, clock)
    await killed.seek()
    died = clock()
    while other.term is None:
        clock.set(clock() + timedelta(seconds=RENEW_EVERY))
        await other.seek()
    assert clock() - died <= timedelta(seconds=20)
    assert await other.run(SWEEP) == 1


async def test_a_holder_that_was_stopped_and_wakes_up_late_changes_nothing(
    database: Database, clock: SettableClock
) -> None:
    stopped, other = Runner(database, clock), Runner(database, clock)
    await stopped.seek()
    stale = stopped.term
    assert stale is not None
    clock.set(clock() + timedelta(seconds=60))
    await other.seek()
    for _ in range(3):
        stopped.term = stale  # it has not looked yet
        assert await stopped.run(SWEEP) == 0
    assert traces(database) == 0
    assert await other.run(SWEEP) == 1
    with pytest.raises(TermOverError):  # nor when its own clock stands still
        database.write_now(lambda session: lease.hold(session, stale, stale.until - TERM))


async def test_a_lease_handed_back_is_taken_at_once(database: Database, clock: SettableClock) -> None:
    leaving, other = Runner(database, clock), Runner(database, clock)
    await leaving.seek()
    await other.seek()
    assert other.term is None
    await leaving.stop()
    await other.seek()
    assert other.term is not None
    assert await leaving.run(SWEEP) == 0


async def test_a_lease_that_a_wrong_clock_gave_is_not_believed(
    database: Database, clock: SettableClock
) -> None:
    wrong = SettableClock(clock() + timedelta(days=1))
    await Runner(database, wrong).seek()
    other = Runner(database, clock)
    await other.seek()
    assert other.term is not None


async def test_each_who_takes_over_has_a_higher_number(database: Database, clock: SettableClock) -> None:
    numbers = []
    for _ in range(10):
        replica = Runner(database, clock)
        await replica.seek()
        assert replica.term is not None
        numbers.append(replica.term.number)
        await replica.seek()
        assert replica.term.number == numbers[-1]
        clock.set(clock() + TERM)
    assert numbers == sorted(set(numbers))
