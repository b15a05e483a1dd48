"""What the scenes of this folder are built from."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from itertools import count

from sqlalchemy.orm import Session

from bot.callbacks import queue
from bot.callbacks.area_calendar import AreaCalendar, CallingHours
from bot.callbacks.callback import Callback
from bot.callbacks.request import Actor, AttemptResult, Booked, Change, NewCallback
from bot.clock import HELSINKI
from bot.database import Database
from bot.reach import EVERYWHERE

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # Tuesday, 10:00 in Finland
HOURS = AreaCalendar(hours=CallingHours(time(9), time(16)))
_FAMILIES = count(2_000_000)
LEASE = timedelta(minutes=30)
ANNA, BEN = Actor("staff-anna", "Anna", EVERYWHERE), Actor("staff-ben", "Ben", EVERYWHERE)


def at(text: str) -> datetime:
    """A local time of Finland: `2026-11-24 10:00`."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=HELSINKI)


def a_request(**changes: object) -> NewCallback:
    """A family of its own unless `phone` is given: two requests of one number for one matter are one call."""
    facts: dict[str, object] = {
        "area": "jarvenpaa", "municipality": "Järvenpää", "need": "sleep", "phone": f"+35850{next(_FAMILIES):07}",
        "name": "Maija", "child_ages": (4.0, 0.5), "notes": "Poika ei nuku", "conversation": "talk-1",
    }  # fmt: skip
    return NewCallback(**(facts | changes))  # type: ignore[arg-type]  # tests name the fields they change


def booked(database: Database, *, now: datetime = NOW, **changes: object) -> Booked:
    request = a_request(**changes)
    wished = request.window.start.date() if request.window else None
    day = HOURS.promised_day(now, wished)
    return database.write_now(lambda s: queue.book(s, request, now=now, promised_day=day))


def claimed(database: Database, staff: Actor = ANNA, *, now: datetime = NOW, **changes: object) -> Booked:
    entry = booked(database, now=now, **changes)
    database.write_now(lambda s: queue.claim(s, entry.id, staff, now=now, lease=LEASE))
    return entry


def read(database: Database, callback_id: str) -> Callback:
    found = database.read_now(lambda s: queue.find(s, callback_id, EVERYWHERE))
    assert found is not None
    return found


def attempt(
    session: Session, callback_id: str, result: AttemptResult, now: datetime, note: str | None = None
) -> Change:
    return queue.record_attempt(
        session, callback_id, ANNA, result, now=now, hours=HOURS, lease=LEASE, note=note
    )


def change(database: Database, work: Callable[[Session], Change]) -> Change:
    return database.write_now(work)
