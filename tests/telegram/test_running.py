"""The workers running by themselves beside the server, by polling and by webhook, through the real library."""

import asyncio
from contextlib import suppress
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from structlog.testing import capture_logs

from bot.app import Options, Parts, build
from bot.app.live_content import LiveContent
from bot.channels.telegram import running
from bot.channels.telegram.client import close_bot
from bot.clock import SettableClock
from bot.database import Database
from bot.guidance.store import CatalogueCache
from bot.rota.reading import RotaCache
from bot.settings import Settings, SetupError
from bot.turn import Turns
from tests.hearing import ButtonsOnly
from tests.telegram.conftest import ROOT, family_app, known_areas, settings
from tests.telegram.emulator import TOKEN, Emulator
from tests.telegram.updates import CHAT, CRISIS, presses, says


async def test_polling_hears_answers_and_acknowledges(
    emulator: Emulator, sqlite_database: Database, clock: SettableClock
) -> None:
    app = family_app(sqlite_database, clock)
    running.add_telegram(app, settings(emulator.address, "polling"))
    async with TestClient(TestServer(app)) as client:
        assert (await client.post("/webhooks/telegram")).status == 404
        await emulator.offer(says("/start"))
        await emulator.until("sendMessage", 1)
        second = says("/help")
        await emulator.offer(second)
        await emulator.until("sendMessage", 2)
        await emulator.until("getUpdates", 3)
    assert "Perheovi" in emulator.texts(CHAT)[0]
    assert emulator.called("deleteWebhook") == [{"drop_pending_updates": False}]
    assert emulator.called("getUpdates")[-1]["offset"] == second["update_id"] + 1


async def test_a_poll_that_fails_is_tried_again_and_nothing_is_acknowledged_unkept(
    emulator: Emulator, sqlite_database: Database, clock: SettableClock
) -> None:
    app = family_app(sqlite_database, clock)
    rests: list[float] = []

    async def rest(seconds: float) -> None:
        rests.append(seconds)

    emulator.answers["deleteWebhook"] = [(502, {"description": "Bad Gateway"})]
    emulator.answers["getUpdates"] = [
        (409, {"description": "Conflict: terminated by other getUpdates request"}),
        (502, {"description": "Bad Gateway"}),
    ]
    telegram = running.assembled(app, settings(emulator.address, "polling"), TOKEN, rest=rest)
    working = asyncio.create_task(telegram.run())
    await emulator.offer(says("/start"))
    await emulator.until("sendMessage")
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working
    await close_bot(telegram.bot)
    assert rests == [2.0, 2.0, 4.0]


async def test_the_webhook_answers_by_itself(
    emulator: Emulator, sqlite_database: Database, clock: SettableClock
) -> None:
    app = family_app(sqlite_database, clock)
    running.add_telegram(app, settings(emulator.address))
    async with TestClient(TestServer(app)) as client:
        await emulator.until("setWebhook")
        address = str(client.make_url("/webhooks/telegram"))
        assert await emulator.bring(says("/start"), address) == 200
        await emulator.until("sendMessage")
    assert "Perheovi" in emulator.texts(CHAT)[0]


async def test_without_a_token_there_is_no_telegram(sqlite_database: Database, clock: SettableClock) -> None:
    app = family_app(sqlite_database, clock)
    running.add_telegram(app, Settings(_env_file=None))
    async with TestClient(TestServer(app)) as client:
        assert (await client.post("/webhooks/telegram")).status == 404


async def test_a_token_without_a_public_address_is_refused(
    sqlite_database: Database, clock: SettableClock
) -> None:
    app = family_app(sqlite_database, clock)
    lacking = settings("http://127.0.0.1:1").model_copy(update={"public_url": None})
    with pytest.raises(SetupError, match="PERHEOVI_PUBLIC_URL"):
        running.add_telegram(app, lacking)


async def test_the_whole_server_speaks_telegram_and_closes_quietly(
    emulator: Emulator, sqlite_database: Database, clock: SettableClock
) -> None:
    family_app(sqlite_database, clock)  # seeds the catalogue
    catalogue = CatalogueCache(known_areas())
    ear: Any = ButtonsOnly()
    live = LiveContent(ROOT / "dialogues", ear)
    turns = Turns(
        database=sqlite_database,
        clock=clock,
        content=live.now,
        areas=known_areas(),
        catalogue=catalogue.get,
        rota=RotaCache(known_areas()),
    )
    parts = Parts(
        settings(emulator.address), clock, sqlite_database, known_areas(), catalogue, live, ear, turns
    )
    with capture_logs() as logged:
        async with TestClient(TestServer(build(parts, Options()))) as client:
            await emulator.until("setWebhook")
            for update in (presses("=/parental_exhaustion"), says(CRISIS, chat=42)):
                assert await emulator.bring(update, str(client.make_url("/webhooks/telegram"))) == 200
            await emulator.until("sendMessage", 2)
    assert "112" in emulator.texts(42)[0]
    assert [one for one in logged if one["log_level"] in ("warning", "error")] == []
