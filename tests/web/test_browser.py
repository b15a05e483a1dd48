"""Small things of the chat in a real browser; the whole path is in tests/browser."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, ViewportSize, expect

from bot.clock import SettableClock
from bot.database import Database
from tests.web.family_app import family_app

pytestmark = pytest.mark.browser

PHONE = ViewportSize(width=390, height=844)
TIRED = "oon ihan loppu, vauva valvottaa yöt"


@pytest.fixture
async def server(sqlite_database: Database, clock: SettableClock) -> AsyncIterator[TestServer]:
    found = TestServer(family_app(sqlite_database, clock))
    async with found:
        yield found


@asynccontextmanager
async def opened(browser: Browser, server: TestServer, path: str) -> AsyncIterator[Page]:
    context = await browser.new_context(
        base_url=str(server.make_url("/")), viewport=PHONE, locale="fi", reduced_motion="reduce"
    )
    page = await context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    await page.goto(path)
    yield page
    assert not faults
    await context.close()


async def say(page: Page, words: str) -> None:
    before = await page.locator(".answer").count()
    await page.fill("#message", words)
    await page.press("#message", "Enter")
    await expect(page.locator(".answer")).to_have_count(before + 1)


async def test_shift_and_enter_makes_a_line_and_enter_sends(browser: Browser, server: TestServer) -> None:
    async with opened(browser, server, "/chat") as page:
        await page.fill("#message", "väsyttää")
        low = await page.evaluate("document.querySelector('#message').offsetHeight")
        await page.press("#message", "Shift+Enter")
        await page.keyboard.type("kovasti")
        assert await page.input_value("#message") == "väsyttää\nkovasti"
        assert await page.evaluate("document.querySelector('#message').offsetHeight") > low
        await page.press("#message", "Enter")
        await expect(page.locator(".bubble")).to_have_text("väsyttää\nkovasti")


async def test_an_empty_box_says_what_is_missing(browser: Browser, server: TestServer) -> None:
    async with opened(browser, server, "/chat") as page:
        await page.click(".send")
        await expect(page.get_by_text("Yksikin sana riittää.")).to_be_visible()
        await expect(page.locator("#message")).to_be_focused()


async def test_one_escape_does_nothing(browser: Browser, server: TestServer) -> None:
    async with opened(browser, server, "/chat") as page:
        await page.keyboard.press("Escape")
        await say(page, TIRED)
        await expect(page.locator(".bubble")).to_be_visible()


async def test_what_is_answered_is_shown_as_text_and_never_run(browser: Browser, server: TestServer) -> None:
    async with opened(browser, server, "/chat") as page:
        await say(page, "<img src=x onerror=alert(1)>")
        await expect(page.locator(".bubble")).to_have_text("<img src=x onerror=alert(1)>")
        assert await page.locator(".chat-log img").count() == 0
