"""What the scenes of this folder are built from."""

from collections.abc import Sequence
from datetime import time
from pathlib import Path

from sqlalchemy.orm import Session

from bot.callbacks import queue
from bot.callbacks.call_times import Fit, fit
from bot.callbacks.request import URGENT, Booked
from bot.database import Database
from bot.guidance import areas
from bot.meaning import TimeWish
from bot.rota import changing
from bot.rota.changing import Stretch
from bot.rota.reading import RotaCache
from bot.rota.taking import take_now
from bot.staff import accounts
from tests.callbacks.scenes import a_request, at

AREAS = areas.load(Path(__file__).resolve().parents[2] / "services_catalog")
AREA = "jarvenpaa"
NOW = at("2026-11-24 10:00")
WEEK = tuple(Stretch(day, time(9), time(16)) for day in range(5))


def wish(day: str, start: str = "09:00", end: str = "16:00") -> TimeWish:
    from_time, to_time = time.fromisoformat(start), time.fromisoformat(end)
    return TimeWish(
        words=f"{day} {start}", day=at(f"{day} 00:00").date(), from_time=from_time, to_time=to_time
    )


def an_advisor(
    database: Database, name: str, week: Sequence[Stretch] = WEEK, areas: Sequence[str] = ()
) -> str:
    """Somebody who works here, with a week; the id."""

    def work(session: Session) -> str:
        account = accounts.add(
            session, email=f"{name.lower()}@example.org", name=name, role="advisor",
            password="kuusi-ja-lumi-2026", areas=areas, now=NOW,
        )  # fmt: skip
        session.flush()
        if week:
            changing.set_hours(session, account.id, week)
        return account.id

    return database.write_now(work)


def asks(
    database: Database,
    wished: TimeWish,
    number: int,
    *,
    urgency: str = "none",
    rota: RotaCache | None = None,
    area: str = AREA,
) -> tuple[Fit, Booked | None]:
    """A family asks for a time as through every door: it gets it, or is offered another and nothing is booked."""
    cache = rota or RotaCache(AREAS)
    urgent = urgency in URGENT

    def work(session: Session) -> tuple[Fit, Booked | None]:
        places = cache.get(session, NOW).places(session, area, NOW)
        found = fit(wished, places.calendar, NOW, has_room=places.room_for(urgent))
        if found.asked_for_impossible:
            return found, None
        request = a_request(area=area, phone=f"+35850{number:07}", window=found.window, urgency=urgency)
        booked = queue.book(
            session, request, now=NOW, promised_day=found.promised_day,
            places=places.candidates(found.window, urgent=urgent),
        )  # fmt: skip
        return found, booked

    return take_now(database, work)
