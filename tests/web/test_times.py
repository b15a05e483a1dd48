"""Free times on the family's pages: offered, kept exactly, full; and one promise wherever it is told."""

import re
from datetime import date, timedelta

from sqlalchemy.orm import Session

from bot.callbacks import booking, queue
from bot.callbacks.callback import Callback, as_json
from bot.callbacks.request import Booked, NewCallback
from bot.clock import SettableClock
from bot.database import Database
from bot.meaning import Window
from bot.reach import EVERYWHERE
from bot.rota import changing
from bot.rota.reading import RotaCache
from tests.callbacks.scenes import at
from tests.rota.scenes import AREA, AREAS
from tests.web.conftest import Client


def a_call(database: Database, clock: SettableClock, phone: str, window: Window | None) -> Booked:
    def work(session: Session) -> Booked:
        now = clock()
        places = RotaCache(AREAS).get(session, now).places(session, AREA, now)
        new = NewCallback(area=AREA, municipality="Järvenpää", phone=phone, window=window)
        promised = places.calendar.promised_day(now, window.start.date() if window else None)
        return booking.book(session, new, now=now, promised_day=promised, places=places.candidates(window))

    return database.write_now(work)


def filled(database: Database, clock: SettableClock, day: str, start: str, end: str) -> None:
    moment, number = at(f"{day} {start}"), 0
    while moment < at(f"{day} {end}"):
        for _ in range(2):
            number += 1
            half = Window(moment, moment + timedelta(minutes=30))
            a_call(database, clock, f"+3584000{day[-2:]}{number:03}", half)
        moment += timedelta(minutes=30)


def read(database: Database, booked: Booked) -> Callback:
    found = database.read_now(lambda s: queue.find(s, booked.id, EVERYWHERE))
    assert found is not None
    return found


def codes_of(page: str) -> list[str]:
    return re.findall(r"\d{4}-\d\d-\d\dT\d\d:\d\d/\d\d:\d\d", page)


async def test_the_own_page_offers_free_times_and_keeps_the_pressed_one_exactly(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    booked = a_call(sqlite_database, clock, "+358501234567", None)
    page = await (await client.get(f"/my/{booked.code}")).text()
    assert codes_of(page) == ["2026-11-24T11:00/12:00", "2026-11-24T14:00/15:00", "2026-11-25T09:00/10:00"]
    assert "Huomenna klo 9–10" in page
    await client.post(f"/my/{booked.code}/move", data={"wish_chosen": "2026-11-25T09:00/10:00"})
    found = read(sqlite_database, booked)
    assert found.request.window == Window(at("2026-11-25 09:00"), at("2026-11-25 10:00"))
    assert found.place is not None


async def test_a_move_to_a_full_time_is_refused_with_the_nearest_free_one(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    filled(sqlite_database, clock, "2026-11-25", "14:00", "15:00")
    window = Window(at("2026-11-26 09:00"), at("2026-11-26 10:00"))
    booked = a_call(sqlite_database, clock, "+358501234567", window)
    page = await (await client.post(f"/my/{booked.code}/move", data={"wish": "huomenna klo 14"})).text()
    assert "Silloin kaikki ajat on jo varattu. Lähin vapaa aika on keskiviikkona 25.11. klo 15–16." in page
    assert read(sqlite_database, booked).request.window == window
    await client.post(f"/my/{booked.code}/move", data={"wish_chosen": codes_of(page)[0]})
    assert read(sqlite_database, booked).request.window == Window(
        at("2026-11-25 15:00"), at("2026-11-25 16:00")
    )


async def test_the_form_offers_what_is_free_in_every_area(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    filled(sqlite_database, clock, "2026-11-24", "09:00", "16:00")
    page = await (await client.get("/form")).text()
    assert codes_of(page)[0] == "2026-11-25T09:00/10:00"
    assert codes_of(page)[-1] == "2026-11-26T09:00/10:00"


async def test_the_day_that_is_promised_is_one_day_wherever_it_is_told(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    """The area is closed on Thursday, so its third working day from Tuesday is Monday."""
    day = date(2026, 11, 26)
    sqlite_database.write_now(
        lambda s: changing.add_exception(s, AREA, day, day, None, reason="", by="x", now=clock())
    )
    promised = sqlite_database.read_now(
        lambda s: RotaCache(AREAS).get(s, clock()).calendar(AREA).promised_day(clock())
    )
    assert promised == date(2026, 11, 30)
    booked = a_call(sqlite_database, clock, "+358501234567", None)
    assert "viimeistään maanantaina 30.11." in await (await client.get(f"/my/{booked.code}")).text()
    found = read(sqlite_database, booked)
    assert as_json(found, masked=True)["promised_day"] == "2026-11-30"
    assert not found.is_late(at("2026-11-30 23:59"))
    assert found.is_late(at("2026-12-01 00:01"))
