"""What a person sees of their own message on its way, and what comes of it when the connection is lost."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, Route, expect

from bot.clock import SettableClock
from bot.database import Database
from bot.messages import Answer, IncomingMessage
from bot.web import appkeys
from tests.web.family_app import TEXTS, family_app, take_turn
from tests.web.test_browser import TIRED, opened, say

pytestmark = pytest.mark.browser

MESSAGES = "**/chat/messages"


class Held:
    """A turn that notes what came, and answers once it is let go."""

    def __init__(self) -> None:
        self.came: list[str] = []
        self.let_go = asyncio.Event()

    async def take(self, message: IncomingMessage) -> Answer:
        """As a turn does."""
        self.came.append(message.message_id)
        await self.let_go.wait()
        return await take_turn(message)


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
async def server(sqlite_database: Database, clock: SettableClock, held: Held) -> AsyncIterator[TestServer]:
    app = family_app(sqlite_database, clock)
    app[appkeys.TAKE_TURN] = held.take
    found = TestServer(app)
    async with found:
        yield found


def word(name: str) -> str:
    return TEXTS.text(f"page_chat_{name}", "fi")


async def send(page: Page, words: str) -> None:
    await page.fill("#message", words)
    await page.press("#message", "Enter")


async def test_while_an_answer_is_awaited_the_message_is_there_and_somebody_writes(
    browser: Browser, server: TestServer, held: Held
) -> None:
    async with opened(browser, server, "/chat") as page:
        await send(page, TIRED)
        await expect(page.locator(".own [data-status]")).to_have_text(word("delivered"))
        sign = page.get_by_role("status").filter(has_text=word("typing"))
        await expect(sign).to_be_visible()
        moves = "one => getComputedStyle(one, '::after').animationName"
        assert await sign.evaluate(moves) == "none"
        await page.emulate_media(reduced_motion="no-preference")
        assert await sign.evaluate(moves) == "breathe"
        held.let_go.set()
        await expect(page.locator(".answer")).to_have_count(1)
        await expect(page.get_by_text(word("typing"))).to_have_count(0)
        await expect(page.locator(".own [data-status]")).to_have_text(word("delivered"))


async def test_only_the_latest_message_says_that_it_arrived(
    browser: Browser, server: TestServer, held: Held
) -> None:
    held.let_go.set()
    async with opened(browser, server, "/chat") as page:
        await say(page, TIRED)
        await say(page, "varaa aika")
        await expect(page.get_by_text(word("delivered")).filter(visible=True)).to_have_count(1)


async def test_an_answer_cut_off_in_the_middle_goes_on_where_it_broke(
    browser: Browser, server: TestServer, held: Held
) -> None:
    held.let_go.set()
    known: list[str | None] = []

    async def cut_off_once(route: Route) -> None:
        known.append(await route.request.header_value("last-event-id"))
        if len(known) > 1:
            return await route.continue_()
        whole = await route.fetch()
        begins, _, _ = (await whole.text()).partition("id: 3\n")
        return await route.fulfill(response=whole, body=begins + "id: 3\nevent: rep")

    async with opened(browser, server, "/chat") as page:
        await page.route(MESSAGES, cut_off_once)
        await send(page, TIRED)
        await expect(page.locator(".answer:not([data-coming])")).to_have_count(1)
        assert known == [None, "2"]
        assert len(set(held.came)) == 1
        shown = page.locator(".answer > :is(.said, .service)")
        heard, *_, offered = await shown.all_inner_texts()
        assert heard.startswith("Illat ovat myrskyä")
        assert offered.startswith("Jos soittaminen tuntuu raskaalta")
        await expect(shown).to_have_count(6)
        await expect(page.locator(".own")).to_have_count(1)


async def test_when_the_answer_never_comes_whole_the_page_says_what_is_true(
    browser: Browser, server: TestServer, held: Held
) -> None:
    held.let_go.set()
    tries: list[Route] = []

    async def cut_off(route: Route) -> None:
        tries.append(route)
        await route.fulfill(response=await route.fetch(), body=": taken\n\n")

    async with opened(browser, server, "/chat") as page:
        await page.clock.install()
        await page.route(MESSAGES, cut_off)
        await send(page, TIRED)
        trouble = page.get_by_text(word("cut"))
        while not await trouble.count():
            await page.clock.fast_forward(1_000)
        await expect(page.locator(".bubble")).to_have_text(TIRED)
        await page.unroute(MESSAGES)
        await page.get_by_role("button", name=word("again")).click()
        await expect(page.locator(".answer")).to_have_count(1)
        await expect(trouble).to_have_count(0)
        assert len(tries) == 4
        assert len(set(held.came)) == 1


async def test_what_is_written_without_a_connection_leaves_by_itself_when_it_is_back(
    browser: Browser, server: TestServer, held: Held
) -> None:
    held.let_go.set()
    async with opened(browser, server, "/chat") as page:
        await page.context.set_offline(True)
        for words in (TIRED, "varaa aika"):
            await send(page, words)
        await expect(page.get_by_text(word("offline"))).to_have_count(2)
        await expect(page.locator(".bubble")).to_have_text([TIRED, "varaa aika"])
        await expect(page.get_by_role("button", name=word("again"))).to_have_count(2)
        await page.context.set_offline(False)
        await expect(page.locator(".answer")).to_have_count(2)
        await expect(page.locator(".answer").last.locator(".code")).to_be_visible()
        await expect(page.get_by_text(word("offline"))).to_have_count(0)
        assert len(held.came) == 2


async def test_a_page_left_while_the_answer_was_on_its_way_shows_it_when_it_is_back(
    browser: Browser, server: TestServer, held: Held
) -> None:
    async with opened(browser, server, "/chat") as page:
        await send(page, TIRED)
        await expect(page.locator(".own [data-status]")).to_have_text(word("delivered"))
        await page.reload()
        held.let_go.set()
        await expect(page.locator(".answer")).to_have_count(1)
        await expect(page.locator(".bubble")).to_have_text(TIRED)
        assert len(set(held.came)) == 1
        await page.reload()
        await expect(page.locator(".answer")).to_have_count(1)
