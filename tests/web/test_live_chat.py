"""The family's side of the live chat: the stream, what a lost connection missed, the page without JavaScript."""

import asyncio
import json
from typing import Any

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient

from bot.clock import SettableClock
from bot.conversation.store import conversation_id
from bot.database import Database
from bot.live_chat import changing
from bot.live_chat.chat import Ending
from bot.web.appkeys import ANNOUNCER
from bot.web.live import LIVE_CHAT
from tests.live_chat.scenes import AINO, taken

Client = TestClient[web.Request, web.Application]
SENDER = "0123456789abcdef" * 2
HANGS = 20
"""Seconds after which a test that waits for an event has failed."""


@pytest.fixture
def chat_id(sqlite_database: Database, clock: SettableClock) -> str:
    conversation = sqlite_database.read_now(lambda s: conversation_id(s, "web", SENDER))
    return taken(sqlite_database, now=clock(), conversation=conversation)


def says(client: Client, database: Database, clock: SettableClock, chat_id: str, text: str) -> None:
    database.write_now(lambda s: changing.say(s, chat_id, AINO, text, text, now=clock()))
    tell(client)


def tell(client: Client) -> None:
    assert client.app is not None
    client.app[ANNOUNCER].announce(LIVE_CHAT)


async def listening(client: Client, after: int | None = None) -> ClientResponse:
    headers = {} if after is None else {"Last-Event-ID": str(after)}
    stream = await client.get(f"/chat/events?sender={SENDER}", headers=headers)
    assert stream.content_type == "text/event-stream"
    return stream


async def event(stream: ClientResponse) -> tuple[str, int, Any]:
    """The next event: its name, number and data."""
    name, number, data = "", 0, None
    while True:
        line = (await asyncio.wait_for(stream.content.readline(), HANGS)).decode()
        if not line:
            return "ended", 0, None
        field, _, value = line.rstrip("\n").partition(": ")
        if field == "event":
            name = value
        elif field == "id":
            number = int(value)
        elif field == "data":
            data = json.loads(value) if value else None
        elif not line.strip() and name:
            return name, number, data


async def test_a_persons_words_come_as_they_are_written(
    client: Client, sqlite_database: Database, clock: SettableClock, chat_id: str
) -> None:
    stream = await listening(client)
    name, number, data = await event(stream)
    assert (name, number) == ("line", 1)
    assert data["replies"][0]["text"].startswith("Aino on nyt tässä")
    says(client, sqlite_database, clock, chat_id, "Hei, mitä teille kuuluu")
    name, number, data = await event(stream)
    assert (name, number, data["from"]) == ("line", 2, "Aino")
    assert data["replies"][0]["text"] == "Hei, mitä teille kuuluu"
    stream.close()


async def test_after_a_lost_connection_what_was_missed_comes_once(
    client: Client, sqlite_database: Database, clock: SettableClock, chat_id: str
) -> None:
    for text in ("yksi", "kaksi", "kolme"):
        says(client, sqlite_database, clock, chat_id, text)
    stream = await listening(client, after=2)
    found = [await event(stream) for _ in range(2)]
    assert [data["replies"][0]["text"] for _, _, data in found] == ["kaksi", "kolme"]
    says(client, sqlite_database, clock, chat_id, "neljä")
    assert (await event(stream))[1] == 5
    stream.close()


async def test_the_stream_says_how_it_ended_and_ends(
    client: Client, sqlite_database: Database, clock: SettableClock, chat_id: str
) -> None:
    stream = await listening(client, after=1)
    sqlite_database.write_now(lambda s: changing.give_back(s, chat_id, AINO, Ending.HANDED_BACK, now=clock()))
    tell(client)
    assert "takaisin minulle" in (await event(stream))[2]["replies"][0]["text"]
    assert (await event(stream))[0] == "over"
    assert (await event(stream))[0] == "ended"


async def test_a_stranger_hears_nothing_of_it(client: Client, chat_id: str) -> None:
    assert chat_id
    assert (await client.get("/chat/events?sender=me")).status == 400
    other = await client.get(f"/chat/events?sender={'f' * 32}")
    assert (await event(other))[0] == "over"


async def test_without_javascript_the_page_shows_the_chat_when_asked(
    client: Client, sqlite_database: Database, clock: SettableClock, chat_id: str
) -> None:
    sqlite_database.write_now(lambda s: changing.pass_on(s, chat_id, "täällä ollaan", now=clock()))
    says(client, sqlite_database, clock, chat_id, "Hei vain")
    page = await (await client.post("/chat", data={"sender": SENDER, "refresh": "1"})).text()
    assert page.index("täällä ollaan") < page.index("Hei vain")
    assert "Näytä uudet viestit" in page
    assert f'value="{SENDER}"' in page
    again = await (await client.post("/chat", data={"sender": SENDER, "message": "kiitos"})).text()
    assert "Hei vain" in again


async def test_without_javascript_a_page_without_a_live_chat_is_as_before(client: Client) -> None:
    page = await (await client.post("/chat", data={"sender": SENDER, "message": "hei"})).text()
    assert "Näytä uudet viestit" not in page
