"""A server that talks with the emulator: worked by hand, step by step, so that nothing has to be waited for."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from pydantic import AnyHttpUrl, SecretStr

from bot import texts
from bot.channels.routes import add_routes
from bot.channels.telegram import running
from bot.channels.telegram.client import close_bot
from bot.channels.telegram.running import Telegram
from bot.clock import Clock, SettableClock
from bot.conversation import reading as flows_reading
from bot.database import Database
from bot.guidance import areas
from bot.guidance import reading as services_reading
from bot.guidance.catalogue import Service
from bot.guidance.store import CatalogueCache, seed
from bot.rota.reading import RotaCache
from bot.settings import Settings
from bot.turn import Content, Turns
from bot.web import appkeys
from bot.web.live import Announcer
from bot.web.setup import prepare
from tests.hearing import ButtonsOnly
from tests.telegram.emulator import TOKEN, Emulator

ROOT = Path(__file__).resolve().parent.parent.parent
PUBLIC = "https://perheovi.example"
Client = TestClient[web.Request, web.Application]


@dataclass
class Place:
    """Telegram on one side, our server on the other."""

    emulator: Emulator
    telegram: Telegram
    client: Client
    database: Database
    clock: SettableClock

    @property
    def address(self) -> str:
        return str(self.client.make_url("/webhooks/telegram"))

    async def bring(self, update: dict[str, Any], **more: Any) -> int:
        """Telegram brings an update; what is answered to it."""
        return await self.emulator.bring(update, self.address, **more)

    async def work(self) -> None:
        """Answer and send whatever is due."""
        await self.telegram.desk.work_off()
        await self.telegram.sender.work_off()

    async def hears(self, *updates: dict[str, Any]) -> None:
        """Updates brought, answered and the answers sent."""
        for update in updates:
            assert await self.bring(update) == 200
        await self.work()


@cache
def content() -> Content:
    return Content(flows_reading.load(ROOT / "dialogues"), texts.load(ROOT / "dialogues"), ButtonsOnly())


@cache
def known_areas() -> areas.Areas:
    return areas.load(ROOT / "services_catalog")


@cache
def services() -> list[Service]:
    return list(services_reading.read_services(ROOT / "services_catalog"))


def settings(api_url: str, mode: Literal["webhook", "polling"] = "webhook") -> Settings:
    return Settings(
        _env_file=None,
        telegram_api_url=AnyHttpUrl(api_url),
        telegram_token=SecretStr(TOKEN),
        telegram_mode=mode,
        public_url=AnyHttpUrl(PUBLIC),
    )


def written() -> texts.Texts:
    return content().texts


def family_app(database: Database, clock: Clock) -> web.Application:
    """The family's pages on the real turn, with an ear that understands only buttons."""
    database.write_now(lambda session: seed(session, services(), now=clock()))
    catalogue = CatalogueCache(known_areas())
    turns = Turns(
        database=database,
        clock=clock,
        content=content,
        areas=known_areas(),
        catalogue=catalogue.get,
        rota=RotaCache(known_areas()),
    )
    app = web.Application()
    prepare(app)
    app[appkeys.DATABASE] = database
    app[appkeys.CLOCK] = clock
    app[appkeys.TAKE_TURN] = turns.take
    app[appkeys.TEXTS] = written
    app[appkeys.AREAS] = known_areas()
    app[appkeys.ROTA] = RotaCache(known_areas())
    app[appkeys.ANNOUNCER] = Announcer()
    add_routes(app)
    return app


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    """Telegram; in the end nothing that it was asked may have been against the description."""
    found = Emulator()
    found.address = await found.start()
    yield found
    await found.stop()
    assert found.wrong == []


@pytest.fixture
async def place(emulator: Emulator, database: Database, clock: SettableClock) -> AsyncIterator[Place]:
    app = family_app(database, clock)
    telegram = running.assembled(app, settings(emulator.address), TOKEN)
    running.add_routes(app, telegram)
    await telegram.say_how()
    async with TestClient(TestServer(app)) as client:
        yield Place(emulator, telegram, client, database, clock)
    await close_bot(telegram.bot)
