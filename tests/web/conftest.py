"""A client of the family's pages, and a browser."""

import shutil
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from playwright.async_api import Browser, async_playwright

from bot.clock import SettableClock
from bot.database import Database
from tests.web.family_app import family_app

Client = TestClient[web.Request, web.Application]

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run",
)  # fmt: skip


@pytest.fixture
async def client(sqlite_database: Database, clock: SettableClock) -> AsyncIterator[Client]:
    """The pages of a demo."""
    async with TestClient(TestServer(family_app(sqlite_database, clock))) as found:
        yield found


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Chromium: the system's, else the one Playwright brought."""
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(ARGUMENTS)
        )
        yield found
        await found.close()
