"""The family's pages in a real browser: accessible, calm, and working when things go wrong."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp.test_utils import TestServer
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, Route, ViewportSize, expect

from bot.callbacks import booking
from bot.callbacks.request import NewCallback
from bot.clock import SettableClock
from bot.database import Database
from tests.web.family_app import family_app

pytestmark = pytest.mark.browser

PHONE, DESKTOP = ViewportSize(width=390, height=844), ViewportSize(width=1280, height=800)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
TIRED = "oon ihan loppu, vauva valvottaa yöt"


@pytest.fixture
async def server(sqlite_database: Database, clock: SettableClock) -> AsyncIterator[TestServer]:
    found = TestServer(family_app(sqlite_database, clock))
    async with found:
        yield found


@asynccontextmanager
async def opened(
    browser: Browser, server: TestServer, path: str, *, phone: bool = True, language: str = "fi",
    dark: bool = False, script: bool = True,
) -> AsyncIterator[Page]:  # fmt: skip
    context = await browser.new_context(
        base_url=str(server.make_url("/")),
        viewport=PHONE if phone else DESKTOP,
        locale=language,
        color_scheme="dark" if dark else "light",
        java_script_enabled=script,
        reduced_motion="reduce",
        bypass_csp=False,
    )
    page = await context.new_page()
    page.set_default_timeout(10_000)
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


async def violations(page: Page) -> list[str]:
    found = await Axe().run(page, options=RULES)
    return [
        f"{rule['id']}: {[node['html'][:120] for node in rule['nodes']]}"
        for rule in found.response["violations"]
    ]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
async def test_no_page_has_an_accessibility_fault(
    browser: Browser,
    server: TestServer,
    sqlite_database: Database,
    clock: SettableClock,
    language: str,
) -> None:
    now = clock()
    booked = sqlite_database.write_now(
        lambda session: booking.book(
            session,
            NewCallback(area="jarvenpaa", phone="+358501234567"),
            now=now,
            promised_day=(now + timedelta(days=3)).date(),
        )
    )
    pages = ("/", "/my", f"/my/{booked.code}", f"/my/{booked.code}/cancel", "/help", "/privacy")
    for dark, phone in ((False, True), (True, False)):
        async with opened(browser, server, "/", phone=phone, language=language, dark=dark) as page:
            for path in (*pages, "/accessibility", "/exit", "/no-such-page"):
                await page.goto(path)
                assert not await violations(page), path


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("path", ["/", "/chat"])
async def test_a_conversation_with_every_card_has_no_accessibility_fault(
    browser: Browser, server: TestServer, path: str, dark: bool
) -> None:
    async with opened(browser, server, path, dark=dark, phone=path == "/chat") as page:
        await say(page, TIRED)
        await page.locator(".service summary").first.click()
        await say(page, "varaa soitto")
        await say(page, "aion tappaa itseni")
        assert not await violations(page)
        await page.click(".language-button")
        assert not await violations(page)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
async def test_no_page_scrolls_sideways_on_any_phone(
    browser: Browser, server: TestServer, language: str
) -> None:
    async with opened(browser, server, "/", language=language) as page:
        for width in (320, 360, 390):
            await page.set_viewport_size({"width": width, "height": 640})
            for path in ("/", "/my", "/privacy"):
                await page.goto(path)
                assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
                    path,
                    width,
                )
                name = page.locator(".top .button-ink")
                box = await name.bounding_box()
                assert box
                assert box["x"] + box["width"] <= width


async def test_nothing_scrolls_sideways_on_a_narrow_phone(browser: Browser, server: TestServer) -> None:
    async with opened(browser, server, "/chat") as page:
        await page.set_viewport_size({"width": 320, "height": 640})
        await say(page, "varaa soitto")
        await say(page, "aion tappaa itseni")
        await say(page, TIRED)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_a_conversation_survives_a_reload_and_focus_stays_in_the_box(
    browser: Browser, server: TestServer
) -> None:
    async with opened(browser, server, "/") as page:
        await say(page, TIRED)
        await expect(page.locator("#message")).to_be_focused()
        await page.reload()
        await expect(page.locator(".bubble")).to_have_text(TIRED)
        await expect(page.locator(".service")).to_have_count(2)


async def test_a_message_that_did_not_leave_is_sent_again_with_the_same_id(
    browser: Browser, server: TestServer
) -> None:
    ids: list[str] = []

    async def answer(route: Route) -> None:
        ids.append(json.loads(route.request.post_data or "")["message_id"])
        await (route.abort() if len(ids) == 1 else route.continue_())

    async with opened(browser, server, "/chat") as page:
        await page.route("**/chat/messages", answer)
        await page.fill("#message", TIRED)
        await page.press("#message", "Enter")
        await expect(page.get_by_text("Ei lähtenyt. Viestisi on tallessa.")).to_be_visible()
        await page.get_by_role("button", name="Yritä uudelleen").click()
        await expect(page.locator(".service")).to_have_count(2)
        await expect(page.locator(".bubble")).to_have_count(1)
    assert len(ids) == 2
    assert len(set(ids)) == 1


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


@pytest.mark.parametrize("way", ["button", "escape"])
async def test_leaving_at_once_leaves_nothing_in_the_tab(
    browser: Browser, server: TestServer, way: str
) -> None:
    async with opened(browser, server, "/chat") as page:
        await say(page, TIRED)
        if way == "button":
            await page.get_by_role("link", name="Poistu heti").click()
        else:
            await page.keyboard.press("Escape")
            await page.keyboard.press("Escape")
        await page.wait_for_url("**/exit")
        assert await page.evaluate("sessionStorage.length") == 0
        await page.go_back()
        assert "/chat" not in page.url


async def test_one_escape_does_nothing(browser: Browser, server: TestServer) -> None:
    async with opened(browser, server, "/chat") as page:
        await page.keyboard.press("Escape")
        await say(page, TIRED)
        await expect(page.locator(".bubble")).to_be_visible()


async def test_a_crisis_answer_is_announced_and_its_whole_row_calls(
    browser: Browser, server: TestServer
) -> None:
    async with opened(browser, server, "/chat") as page:
        await say(page, "aion tappaa itseni")
        row = page.get_by_role("alert").get_by_role("link").and_(page.locator(".helpline")).first
        await expect(row).to_have_attribute("href", "tel:112")
        box = await row.bounding_box()
        assert box
        assert box["width"] > 300
        assert box["height"] >= 44
        await expect(page.locator("#message")).to_be_focused()


async def test_the_chat_works_without_javascript(browser: Browser, server: TestServer) -> None:
    async with opened(browser, server, "/", script=False) as page:
        await page.fill("#message", TIRED)
        await page.click(".send")
        await expect(page.locator(".bubble")).to_have_text(TIRED)
        await page.locator(".service summary").first.click()
        await expect(page.get_by_role("link", name="050 123 4567")).to_be_visible()
        await page.get_by_role("button", name="Pyydä soitto").click()
        await expect(page.locator(".answer")).to_be_visible()


async def test_dark_colours_can_be_chosen_and_stay(browser: Browser, server: TestServer) -> None:
    async with opened(browser, server, "/") as page:
        await page.get_by_role("button", name="Tumma näkymä").click()
        await page.reload()
        assert await page.evaluate("getComputedStyle(document.body.parentElement).colorScheme") == "dark"
        await page.get_by_role("button", name="Vaalea näkymä").click()
        assert await page.evaluate("getComputedStyle(document.body.parentElement).colorScheme") == "light"


async def test_what_is_answered_is_shown_as_text_and_never_run(browser: Browser, server: TestServer) -> None:
    async with opened(browser, server, "/chat") as page:
        await say(page, "<img src=x onerror=alert(1)>")
        await expect(page.locator(".bubble")).to_have_text("<img src=x onerror=alert(1)>")
        assert await page.locator(".chat-log img").count() == 0
