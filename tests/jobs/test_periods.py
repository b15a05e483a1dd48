"""Jobs of a day and of a week: each period once, whatever replicas come and go; what was missed is told."""

import asyncio
import random
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import audit
from bot.audit import AuditRow
from bot.clock import SettableClock, helsinki
from bot.database import Database
from bot.jobs import health
from bot.jobs.job import Calendar
from bot.jobs.periods import DONE, MISSED
from bot.jobs.running import Runner
from bot.jobs.tables import JobPeriodRow


def job(name: str, at: time, grace: timedelta, weekday: int | None = None) -> Calendar:
    def work(session: Session, now: datetime) -> int:
        audit.record(session, "system", name, "test", [helsinki(now).date().isoformat()], now=now)
        return 1

    return Calendar(name=name, work=work, at=at, weekday=weekday, grace=grace)


DAILY = job("daily", time(8), timedelta(hours=6))
WEEKLY = job("weekly", time(7), timedelta(hours=36), weekday=0)


def periods(database: Database, name: str) -> dict[date, str]:
    rows = database.read_now(
        lambda session: session.scalars(select(JobPeriodRow).where(JobPeriodRow.job == name)).all()
    )
    return {row.period: row.became for row in rows}


def effects(database: Database, name: str) -> int:
    return len(
        database.read_now(
            lambda session: session.scalars(select(AuditRow).where(AuditRow.action == name)).all()
        )
    )


async def test_five_replicas_and_a_thousand_ticks_do_every_period_once(
    database: Database, clock: SettableClock
) -> None:
    """R-09: replicas pause and come back at random, and all of them tick at the same moment."""
    chance = random.Random(9)
    replicas = [Runner(database, clock) for _ in range(5)]
    began, pausing = clock(), Counter[int]()

    async def tick(replica: Runner) -> None:
        await replica.seek()
        await asyncio.gather(replica.run(DAILY), replica.run(WEEKLY))

    for _ in range(1000):
        for number in range(5):
            pausing[number] = max(pausing[number] - 1, 0) or (
                chance.randint(1, 8) if chance.random() < 0.15 else 0
            )
        await asyncio.gather(
            *(tick(replica) for number, replica in enumerate(replicas) if not pausing[number])
        )
        clock.set(clock() + timedelta(minutes=chance.choice((1, 5, 20, 60, 200))))
    for each in (DAILY, WEEKLY):
        found = periods(database, each.name)
        expected = set()
        period = each.latest(began)
        while period <= max(found):
            expected.add(period)
            period += each.step
        assert set(found) == expected
        assert effects(database, each.name) == sum(became == DONE for became in found.values())
    assert len(periods(database, "daily")) > 30


async def test_a_period_is_made_good_within_its_grace_and_reported_after_it(
    database: Database, clock: SettableClock
) -> None:
    runner = Runner(database, clock)

    async def at(moment: str) -> int:
        clock.set(datetime.fromisoformat(moment))
        await runner.seek()
        return await runner.run(DAILY)

    assert await at("2026-11-24T07:59+02:00") == 0  # yesterday's is long over
    assert await at("2026-11-24T08:00+02:00") == 1
    assert await at("2026-11-24T23:00+02:00") == 0
    assert await at("2026-11-25T13:59+02:00") == 1
    assert await at("2026-11-28T14:01+02:00") == 0
    assert await at("2026-11-29T08:00+02:00") == 1
    assert periods(database, "daily") == {
        date(2026, 11, 23): MISSED, date(2026, 11, 24): DONE, date(2026, 11, 25): DONE,
        date(2026, 11, 26): MISSED, date(2026, 11, 27): MISSED, date(2026, 11, 28): MISSED,
        date(2026, 11, 29): DONE,
    }  # fmt: skip
    assert database.read_now(lambda session: health.read(session, clock())).missed == 4


async def test_a_period_whose_work_fails_is_done_at_a_later_try(
    database: Database, clock: SettableClock
) -> None:
    broken = [True]

    def work(session: Session, now: datetime) -> int:
        audit.record(session, "system", "daily", "test", ["1"], now=now)
        if broken.pop() if broken else False:
            raise ZeroDivisionError
        return 1

    runner = Runner(database, clock)
    failing = Calendar(name="daily", work=work, at=time(8), grace=timedelta(hours=6))
    await runner.seek()
    assert await runner.run(failing) == 0
    assert (periods(database, "daily"), effects(database, "daily")) == ({}, 0)
    clock.set(clock() + timedelta(minutes=1))
    await runner.seek()
    assert await runner.run(failing) == 1
    assert effects(database, "daily") == 1


@pytest.mark.parametrize(
    "midnight", [datetime(2027, 3, 27, 22, 0, tzinfo=UTC), datetime(2027, 10, 30, 21, 0, tzinfo=UTC)]
)
async def test_when_clocks_are_moved_no_night_is_done_twice_or_left_out(
    sqlite_database: Database, clock: SettableClock, midnight: datetime
) -> None:
    times = (time(0), time(3), time(3, 30), time(4), time(5))
    nightly = [job(f"at {at}", at, timedelta(hours=6)) for at in times]
    runner = Runner(sqlite_database, clock)
    clock.set(midnight - timedelta(minutes=30))
    for _ in range(8 * 12):  # eight hours, every five minutes
        await runner.seek()
        for each in nightly:
            await runner.run(each)
        clock.set(clock() + timedelta(minutes=5))
    for each in nightly:
        tonight = helsinki(midnight).date()
        yesterday = MISSED  # the server was not there then
        assert periods(sqlite_database, each.name) == {tonight - each.step: yesterday, tonight: DONE}
        assert effects(sqlite_database, each.name) == 1
