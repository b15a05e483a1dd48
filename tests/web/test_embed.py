"""The chat on the page of another site, with a strict policy of its own, and what strangers' pages get."""

import gzip
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from playwright.async_api import Browser, Response, expect

from bot.clock import SettableClock
from bot.database import Database
from bot.web import appkeys
from tests.web.family_app import family_app

MOST_BYTES = 30 * 1024
STRANGER = "https://elsewhere.example.org"
Client = TestClient[web.Request, web.Application]


def host_page(ours: str) -> web.Application:
    """Another site: it lets in nothing but itself and us."""

    async def page(_request: web.Request) -> web.Response:
        policy = (
            f"default-src 'none'; script-src {ours}; style-src {ours}; connect-src {ours}; font-src {ours}"
        )
        body = (
            f'<!doctype html><html lang="fi"><title>Kunta</title><h1>Perheille</h1>'
            f'<script type="module" src="{ours}/embed.js"></script>'
            f'<perheovi-chat municipality="Mikkeli"><a href="{ours}/chat">Perheovi</a></perheovi-chat>'
        )
        return web.Response(text=body, content_type="text/html", headers={"Content-Security-Policy": policy})

    app = web.Application()
    app.router.add_get("/", page)
    return app


@pytest.fixture
async def sites(
    sqlite_database: Database, clock: SettableClock
) -> AsyncIterator[tuple[TestServer, TestServer]]:
    """Us, and a site that has the chat on its page."""
    app = family_app(sqlite_database, clock)
    origins: set[str] = set()
    app[appkeys.EMBED_ORIGINS] = origins  # known only when the other server is up
    ours = TestServer(app)
    await ours.start_server()
    theirs = TestServer(host_page(str(ours.make_url("")).rstrip("/")))
    await theirs.start_server()
    origins.add(str(theirs.make_url("")).rstrip("/"))
    yield ours, theirs
    await theirs.close()
    await ours.close()


async def test_a_family_talks_on_another_site_s_page(
    browser: Browser, sites: tuple[TestServer, TestServer]
) -> None:
    ours, theirs = sites
    context = await browser.new_context(locale="fi", reduced_motion="reduce")
    page = await context.new_page()
    faults: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(str(theirs.make_url("/")))
    await page.fill("#message", "vauva valvottaa yöt")
    await page.press("#message", "Enter")
    await expect(page.locator(".answer")).to_have_count(1)
    await expect(page.locator(".service").first).to_be_visible()
    await page.reload()
    await expect(page.locator(".bubble")).to_have_text("vauva valvottaa yöt")
    hosts = {str(ours.make_url("")), str(theirs.make_url(""))}
    assert faults == []
    assert [url for url in asked if not url.startswith(tuple(hosts))] == []
    assert await context.cookies() == []
    await context.close()


async def test_a_stranger_s_page_may_neither_read_nor_send(sites: tuple[TestServer, TestServer]) -> None:
    async with TestClient[web.Request, web.Application](sites[0]) as client:
        strange = {"Origin": STRANGER, "Sec-Fetch-Site": "cross-site"}
        assert (await client.get("/embed/chat", headers=strange)).status == 403
        assert (await client.options("/chat/messages", headers=strange)).status == 403
        sent = await client.post(
            "/chat/messages", json={"sender": "0" * 32, "message": "hei"}, headers=strange
        )
        assert sent.status == 403


async def test_a_known_site_may_send_to_the_chat_and_to_nothing_else(
    sites: tuple[TestServer, TestServer],
) -> None:
    known = {"Origin": str(sites[1].make_url("")).rstrip("/"), "Sec-Fetch-Site": "cross-site"}
    async with TestClient[web.Request, web.Application](sites[0]) as client:
        sent = await client.post("/chat/messages", json={"sender": "0" * 32, "message": "hei"}, headers=known)
        assert (sent.status, sent.headers["Access-Control-Allow-Origin"]) == (200, known["Origin"])
        assert (await client.post("/form", data={}, headers=known)).status == 403


async def test_a_person_s_words_are_read_by_a_known_site_and_by_no_stranger(
    sites: tuple[TestServer, TestServer],
) -> None:
    ours, theirs = sites
    known = str(theirs.make_url("")).rstrip("/")
    async with TestClient(ours) as client:
        for origin, allowed in ((known, known), (STRANGER, None)):
            stream = await client.get(f"/chat/events?sender={'f' * 32}", headers={"Origin": origin})
            assert stream.headers.get("Access-Control-Allow-Origin") == allowed


async def test_all_scripts_and_styles_the_widget_loads_are_small(
    browser: Browser, sites: tuple[TestServer, TestServer]
) -> None:
    ours, theirs = sites
    page = await browser.new_page(locale="fi")
    loaded: list[Response] = []
    page.on("response", lambda response: loaded.append(response))  # noqa: PLW0108  (Playwright marks what it calls)
    await page.goto(str(theirs.make_url("/")))
    await page.fill("#message", "vauva valvottaa yöt")
    await page.press("#message", "Enter")
    await expect(page.locator(".service").first).to_be_visible()
    packed = {
        one.url.rpartition("/")[2]: len(gzip.compress(await one.body(), 9))
        for one in loaded
        if one.url.startswith(str(ours.make_url("/")))
        and one.request.resource_type in ("script", "stylesheet")
    }
    assert {"embed.js", "widget.js", "chat-talk.js", "chat-carry.js", "chat.css", "widget.css"} <= set(packed)
    assert sum(packed.values()) <= MOST_BYTES, packed
    await page.close()
