"""A made-up queue of thousands, the advisors who look at it, and how many statements one look takes."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import event
from sqlalchemy.orm import Session

from bot.callbacks import queue
from bot.callbacks.request import Actor, NewCallback
from bot.clock import SettableClock
from bot.database import Database
from bot.staff import accounts, sign_ins
from tests.staff.building import an_app

_PLACES = (
    ("Järvenpää", "jarvenpaa"), ("Kangasala", "kangasala"), ("Askola", "askola"), ("Mikkeli", "etela-savo"),
)  # fmt: skip
_NEEDS = (
    "school",
    "infant_care",
    "separation",
    "finances",
    "teen_life",
    "child_mood",
    "home_help",
    "upbringing",
)
_LANGUAGES = ("fi",) * 12 + ("sv", "en", "ru", "et", "ar", "so", "uk")
_INTERPRETED = ("ar", "so", "uk")
_WORDS = (
    "Koulusta soitetaan joka viikko, enkä enää tiedä mitä sanoa. Iltaisin riidellään läksyistä.",
    "Vauva herää tunnin välein ja itken päivisin. Puoliso on reissutöissä eikä isovanhempia ole lähellä.",
    "Rahat loppuvat ennen kuun vaihdetta ja talvivaatteet puuttuvat kahdelta lapselta.",
    "Ero on tuore, ja poika kysyy joka ilta isää. En tiedä mitä vastata.",
)


def fill(database: Database, *, waiting: int, advisors: int, now: datetime) -> list[str]:
    """Book so many requests, let every advisor hold one more, and sign them in; gives the sign-in tokens."""
    chance = random.Random(1)

    def book(session: Session, number: int) -> str:
        place, area = chance.choice(_PLACES)
        language = chance.choice(_LANGUAGES)
        need = chance.choice(_NEEDS)
        new = NewCallback(
            area=area, municipality=place, need=need, needs=(need,), phone=f"+35850{number + 1_000_000}",
            name="Maija Meikäläinen", child_ages=(chance.choice((0.5, 3.0, 7.0, 14.0)),), language=language,
            interpreter=language if language in _INTERPRETED else None,
            urgency=chance.choices(("none", "urgent", "immediate"), (95, 4.9, 0.1))[0],
            sender_role=chance.choices(("parent", "professional"), (9, 1))[0], notes=chance.choice(_WORDS),
        )  # fmt: skip
        at = now - timedelta(hours=chance.uniform(0, 80))  # of whom one in ten is late
        return queue.book(session, new, now=at, promised_day=(at + timedelta(days=3)).date()).id

    def some(session: Session, numbers: Sequence[int]) -> None:
        for number in numbers:
            book(session, number)

    for start in range(0, waiting, 250):
        numbers = range(start, min(start + 250, waiting))
        database.write_now(lambda session, numbers=numbers: some(session, numbers))  # type: ignore[misc]

    def advisor(session: Session, number: int) -> str:
        account = accounts.add(
            session, email=f"advisor{number}@example.org", name=f"Ohjaaja {number}", role="advisor",
            password=None, now=now,
        )  # fmt: skip
        session.flush()
        held = book(session, waiting + number)
        by = Actor(account.id, account.name, accounts.member(account).reach)
        queue.claim(session, held, by, now=now, lease=timedelta(hours=8))
        return sign_ins.begin(session, account, "provider", now).token

    return [
        database.write_now(lambda session, number=number: advisor(session, number))  # type: ignore[misc]
        for number in range(advisors)
    ]


async def statements(database: Database, token: str) -> tuple[int, int]:
    """How many selects and inserts the page of the queue takes, the look at who is signed in among them."""
    seen: list[str] = []
    client = TestClient(TestServer(an_app(database, SettableClock(datetime.now().astimezone()))))
    await client.start_server()
    try:
        event.listen(database.engine, "before_cursor_execute", lambda *args: seen.append(args[2].split()[0]))
        answer = await client.get("/staff/", cookies={"perheovi_staff": token})
        if answer.status != 200:  # noqa: PLR2004
            raise RuntimeError(f"the queue answered {answer.status}")
    finally:
        await client.close()
    return seen.count("SELECT"), seen.count("INSERT")
