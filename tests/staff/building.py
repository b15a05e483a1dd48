"""An application of console and API on a real database, and the people who use it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot import texts
from bot.api import routes as api_routes
from bot.callbacks import queue
from bot.callbacks.request import Booked, NewCallback
from bot.clock import Clock, SettableClock
from bot.console import routes as console_routes
from bot.database import Database
from bot.guidance import areas
from bot.guidance.store import CatalogueCache
from bot.reach import EVERYWHERE
from bot.rota.reading import RotaCache
from bot.staff import accounts, changing, tokens
from bot.web import setup
from bot.web.appkeys import (
    ANNOUNCER,
    AREAS,
    CATALOGUE,
    CLOCK,
    DATABASE,
    DEMO,
    LEARNS,
    LEASE,
    LINK_CHECK,
    ROTA,
    TEXTS,
)
from bot.web.live import SIGN_INS, Announcer, watching
from bot.web.queue_watch import QueueWatch

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "kuusi-ja-lumi-2026"
TEXTS_READ = texts.load(ROOT / "dialogues")
AREAS_READ = areas.load(ROOT / "services_catalog")

Client = TestClient[web.Request, web.Application]
Open = Callable[[], Awaitable[Client]]


def _texts() -> texts.Texts:
    return TEXTS_READ


def an_app(database: Database, clock: SettableClock) -> web.Application:
    app = web.Application()
    app[DATABASE] = database
    now: Clock = clock
    app[CLOCK] = now
    app[DEMO] = False
    app[TEXTS] = _texts
    app[AREAS] = AREAS_READ
    app[CATALOGUE] = CatalogueCache(AREAS_READ)
    app[ROTA] = RotaCache(AREAS_READ)
    app[LEARNS] = True
    app[LINK_CHECK] = True
    app[LEASE] = timedelta(minutes=30)
    app[ANNOUNCER] = Announcer()
    setup.prepare(app)
    api_routes.add_routes(app)
    console_routes.add_routes(app)
    app.cleanup_ctx.append(_watch)
    app.on_shutdown.append(_end_streams)
    return app


async def _watch(app: web.Application) -> AsyncIterator[None]:
    found = QueueWatch()
    async with (
        watching(app[ANNOUNCER], lambda: app[DATABASE].read(found.look), every_seconds=0.05),
        watching(
            app[ANNOUNCER],
            lambda: app[DATABASE].read(changing.endings),
            topic=SIGN_INS,
            every_seconds=0.05,
        ),
    ):
        yield


async def _end_streams(app: web.Application) -> None:
    app[ANNOUNCER].close()


async def a_client(app: web.Application) -> Client:
    client = TestClient(TestServer(app))
    await client.start_server()
    return client


def a_token(
    database: Database, clock: SettableClock, name: str, role: str = "advisor", areas: Sequence[str] = ()
) -> dict[str, str]:
    token = database.write_now(
        lambda session: tokens.add(session, name=name, role=role, areas=areas, now=clock())
    )
    return {"Authorization": f"Bearer {token}"}


def a_person(database: Database, clock: SettableClock, name: str, role: str = "advisor") -> str:
    """Adds an account and gives its address: the first name at example.org."""
    email = f"{name.split(maxsplit=1)[0].lower()}@example.org"
    database.write_now(
        lambda session: accounts.add(
            session, email=email, name=name, role=role, password=PASSWORD, now=clock()
        )
    )
    return email


async def signed_in(client: Client, email: str) -> None:
    response = await client.post("/staff/sign-in", data={"email": email, "password": PASSWORD})
    assert response.status == 200, await response.text()


def a_request(database: Database, clock: SettableClock, **changed: Any) -> Booked:
    """A family's request, of a family of its own unless `phone` is given: 050 1234567 for the first."""
    _, before = database.read_now(lambda session: queue.list_callbacks(session, None, EVERYWHERE, limit=1))
    facts: dict[str, Any] = {
        "area": "jarvenpaa",
        "municipality": "Järvenpää",
        "need": "upbringing",
        "needs": ("upbringing",),
        "phone": f"+35850{1_234_567 + before}",
        "child_ages": (4.0,),
        "notes": "joka aamu sama huuto eteisessä",
    }
    new = NewCallback(**(facts | changed))
    return database.write_now(
        lambda session: queue.book(session, new, now=clock(), promised_day=date(2026, 11, 27))
    )
