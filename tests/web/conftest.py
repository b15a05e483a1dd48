"""A client of the family's pages, and a browser."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from playwright.async_api import Browser, async_playwright

from bot.clock import SettableClock
from bot.database import Database
from tests.browser.chromium import ARGUMENTS, found_or_told
from tests.web.family_app import family_app

Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def client(sqlite_database: Database, clock: SettableClock) -> AsyncIterator[Client]:
    """The pages of a demo."""
    async with TestClient(TestServer(family_app(sqlite_database, clock))) as found:
        yield found


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Chromium, one for each test."""
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(
            executable_path=found_or_told(playwright.chromium.executable_path), args=list(ARGUMENTS)
        )
        yield found
        await found.close()
