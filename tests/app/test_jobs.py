"""What the clock does by itself."""

from datetime import timedelta

from bot import jobs
from bot.callbacks import queue
from bot.callbacks.request import Actor, NewCallback, State
from bot.callbacks.workdays import promised_day
from bot.clock import SettableClock
from bot.database import Database

AINO = Actor("aino", "Aino")


async def test_an_abandoned_claim_comes_back_to_the_queue_once(
    database: Database, clock: SettableClock
) -> None:
    booked = database.write_now(
        lambda session: queue.book(
            session,
            NewCallback(area="jarvenpaa", phone="+358501234567"),
            now=clock(),
            promised_day=promised_day(clock()),
        )
    )
    lease = timedelta(minutes=30)
    database.write_now(lambda session: queue.claim(session, booked.id, AINO, now=clock(), lease=lease))
    clock.set(clock() + timedelta(minutes=31))
    rounds = [
        await jobs.run(database, clock, name, sweep) for name, sweep, _ in jobs.SWEEPS[:1] for _ in range(2)
    ]
    assert rounds == [1, 0]
    found = database.read_now(lambda session: queue.find(session, booked.id))
    assert found is not None
    assert (found.state, found.holder) == (State.WAITING, None)


def test_every_sweep_and_the_look_at_content_are_on_the_clock(
    sqlite_database: Database, clock: SettableClock
) -> None:
    ticking = jobs.scheduler(sqlite_database, clock, lambda: None)
    assert {job.name for job in ticking.get_jobs()} == {name for name, _, _ in jobs.SWEEPS} | {
        "look at content"
    }
