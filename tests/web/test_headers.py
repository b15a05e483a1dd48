"""Headers, addresses and origins: what a family's browser is told and where it may go."""

import re
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.database import Database
from bot.keys import Keys
from tests.web.conftest import Client
from tests.web.family_app import family_app

PAGES = ("/", "/chat", "/my", "/help", "/privacy", "/accessibility", "/exit")
ANSWERS = (
    *PAGES,
    "/no-such-page",
    "/health/live",
    "/health/ready",
    "/metrics",
    "/my/7K3M9QXTR2VB",
    "/chat/messages",
)


@pytest.mark.parametrize("path", ANSWERS)
async def test_every_answer_has_the_strict_headers(client: Client, path: str) -> None:
    response = await client.get(path)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", [*PAGES, "/no-such-page"])
async def test_no_page_loads_or_names_anything_of_others(client: Client, path: str) -> None:
    page = await (await client.get(path)).text()
    assert not re.findall(r"https?://|\bsrc=\"//|\bstyle=", page)
    assert "<script>" not in page


@pytest.mark.parametrize("path", PAGES)
async def test_looking_at_a_page_sets_no_cookie(client: Client, path: str) -> None:
    response = await client.get(path)
    assert not [cookie for cookie in response.cookies.values() if cookie.value]


async def test_static_files_are_kept_for_good_under_their_revision(client: Client) -> None:
    page = await (await client.get("/")).text()
    names = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    assert len(names) >= 5
    for name in names:
        response = await client.get(name)
        assert response.status == 200
        assert "immutable" in response.headers["Cache-Control"]


async def test_an_old_revision_still_finds_its_file_and_an_unknown_file_is_not_there(client: Client) -> None:
    old = await client.get("/static/0000000000000000/base.css")
    assert (old.status, old.headers["Cache-Control"]) == (200, "no-cache")
    fonts = re.findall(r'url\("([^"]+)"\)', await old.text())
    for font in fonts:
        assert (await client.get(f"/static/0000000000000000/{font}")).headers["Content-Type"] == "font/woff2"
    assert (await client.get("/static/0000000000000000/../appkeys.py")).status == 404
    assert (await client.get("/static/0000000000000000/none.css")).status == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 200),
        ({}, 200),
    ],
)
async def test_a_change_must_come_from_our_own_pages(
    client: Client, headers: dict[str, str], status: int
) -> None:
    response = await client.post("/chat", data={"message": "hei"}, headers=headers)
    assert response.status == status


async def test_a_server_without_its_database_is_not_ready(tmp_path: Path, keys: Keys) -> None:
    database = Database(f"sqlite:///{tmp_path}", keys)  # a folder, and no database
    async with TestClient(TestServer(family_app(database))) as client:
        assert (await client.get("/health/live")).status == 200
        assert (await client.get("/health/ready")).status == 503
    database.close()


async def test_a_ready_server_says_so_and_gives_its_figures(client: Client) -> None:
    assert (await client.get("/health/ready")).status == 200
    figures = await client.get("/metrics")
    assert figures.content_type == "text/plain"
    assert "python_info" in await figures.text()


async def test_other_programs_may_use_the_rest_channel_from_anywhere(client: Client) -> None:
    response = await client.post(
        "/webhooks/rest/webhook",
        json={"sender": "abc", "message": "hei"},
        headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"},
    )
    assert response.status == 200
