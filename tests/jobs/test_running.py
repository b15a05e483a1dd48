"""What the clock does by itself: what is due is done, and a job that fails rests, is retried and is told of."""

from datetime import date, datetime, timedelta
from itertools import pairwise

from sqlalchemy.orm import Session

from bot.callbacks import queue
from bot.callbacks.claiming import return_expired_leases
from bot.callbacks.request import Actor, NewCallback, State
from bot.clock import SettableClock
from bot.database import Database
from bot.jobs import health
from bot.jobs.job import ALARM_AFTER, Sweep, pause_after
from bot.jobs.running import Runner, scheduler
from bot.jobs.table import JOBS
from bot.reach import EVERYWHERE

AINO = Actor("aino", "Aino", EVERYWHERE)


async def test_an_abandoned_claim_comes_back_to_the_queue_once(
    database: Database, clock: SettableClock
) -> None:
    new = NewCallback(area="jarvenpaa", phone="+358501234567")
    booked = database.write_now(
        lambda session: queue.book(session, new, now=clock(), promised_day=date(2026, 11, 27))
    )
    lease = timedelta(minutes=30)
    database.write_now(lambda session: queue.claim(session, booked.id, AINO, now=clock(), lease=lease))
    clock.set(clock() + timedelta(minutes=31))
    runner = Runner(database, clock)
    await runner.seek()
    sweep = Sweep("return expired leases", return_expired_leases, 20)
    assert [await runner.run(sweep) for _ in range(2)] == [1, 0]
    found = database.read_now(lambda session: queue.find(session, booked.id, EVERYWHERE))
    assert found is not None
    assert (found.state, found.holder) == (State.WAITING, None)


async def test_a_job_that_fails_rests_longer_each_time_is_an_alarm_and_recovers(
    database: Database, clock: SettableClock
) -> None:
    rounds: list[datetime] = []
    broken = True

    def work(_session: Session, now: datetime) -> int:
        rounds.append(now)
        if broken:
            raise ZeroDivisionError
        return 1

    job, runner = Sweep("count", work, 5), Runner(database, clock)
    alarmed_after = 0
    for _ in range(720):  # an hour, every five seconds
        await runner.seek()
        await runner.run(job)
        found = database.read_now(lambda session: health.read(session, clock()))
        if found.failing and not alarmed_after:
            alarmed_after = len(rounds)
        clock.set(clock() + timedelta(seconds=5))
    pauses = [later - earlier for earlier, later in pairwise(rounds)]
    assert pauses == [pause_after(failures) for failures in range(1, len(rounds))]
    assert alarmed_after == ALARM_AFTER
    told = database.read_now(lambda session: health.read(session, clock()))
    assert [(one.job, one.error) for one in told.jobs] == [("count", "ZeroDivisionError")]
    broken = False
    clock.set(clock() + timedelta(minutes=15))
    await runner.seek()
    assert await runner.run(job) == 1
    assert database.read_now(lambda session: health.read(session, clock())).failing == ()


async def test_what_a_failing_job_had_begun_is_undone(database: Database, clock: SettableClock) -> None:
    def work(session: Session, now: datetime) -> int:
        new = NewCallback(area="jarvenpaa", phone="+358501234567")
        queue.book(session, new, now=now, promised_day=date(2026, 11, 27))
        raise ZeroDivisionError

    runner = Runner(database, clock)
    await runner.seek()
    await runner.run(Sweep("book", work, 5))
    assert database.read_now(lambda session: queue.list_waiting(session, EVERYWHERE))[1] == 0


async def test_the_jobs_of_the_table_are_on_the_clock_under_names_of_their_own(
    sqlite_database: Database, clock: SettableClock
) -> None:
    ticking = scheduler(Runner(sqlite_database, clock), JOBS, (), lambda: None)
    names = [job.name for job in ticking.get_jobs()]
    assert len(names) == len(set(names))
    assert set(names) == {job.name for job in JOBS} | {"seek the lease", "look at content"}


async def test_every_job_of_the_table_runs_on_an_empty_database_and_may_run_twice(
    database: Database, clock: SettableClock
) -> None:
    runner = Runner(database, clock)
    await runner.seek()
    for job in (*JOBS, *JOBS):
        await runner.run(job)
    found = database.read_now(lambda session: health.read(session, clock()))
    assert {one.job: one.failures for one in found.jobs} == {job.name: 0 for job in JOBS}
