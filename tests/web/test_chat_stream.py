"""An answer that comes reply by reply, as the page reads it: in order, each once, also after a lost connection."""

import asyncio
import json
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import SettableClock
from bot.database import Database
from bot.messages import Answer, IncomingMessage
from bot.web import appkeys
from tests.web.conftest import Client
from tests.web.family_app import family_app, take_turn

MESSAGES = "/chat/messages"
STREAM = {"Accept": "text/event-stream"}
Event = tuple[str, str | None, Any]


def _body(message: str) -> dict[str, str]:
    return {"sender": "a" * 32, "message": message, "message_id": "m1", "language": "fi"}


async def events(response: ClientResponse) -> list[Event]:
    """(name, id, data) of every event of the whole stream."""
    assert response.content_type == "text/event-stream"
    found = []
    for block in (await response.text()).split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if fields:
            found.append((fields["event"], fields.get("id"), json.loads(fields["data"])))
    return found


async def test_the_replies_come_one_by_one_and_say_what_the_whole_answer_says(client: Client) -> None:
    whole = await (await client.post(MESSAGES, json=_body("väsyttää"))).json()
    first, *replies, last = await events(await client.post(MESSAGES, json=_body("väsyttää"), headers=STREAM))
    assert first == ("answer", None, {name: value for name, value in whole.items() if name != "replies"})
    assert [data for _, _, data in replies] == whole["replies"]
    assert [number for _, number, _ in replies] == [str(one) for one in range(1, len(replies) + 1)]
    assert last[0] == "end"


async def test_after_a_lost_connection_only_what_is_missing_comes(client: Client) -> None:
    whole = await events(await client.post(MESSAGES, json=_body("väsyttää"), headers=STREAM))
    again = await client.post(MESSAGES, json=_body("väsyttää"), headers=STREAM | {"Last-Event-ID": "2"})
    assert await events(again) == [whole[0], *whole[3:]]


@pytest.mark.parametrize("known", ["", "-1", "two", "9" * 40, "²"])
async def test_a_number_that_is_none_asks_for_everything(client: Client, known: str) -> None:
    whole = await events(await client.post(MESSAGES, json=_body("väsyttää"), headers=STREAM))
    again = await client.post(MESSAGES, json=_body("väsyttää"), headers=STREAM | {"Last-Event-ID": known})
    assert await events(again) == whole


async def test_the_message_is_said_to_be_taken_before_there_is_an_answer(
    sqlite_database: Database, clock: SettableClock
) -> None:
    taken = asyncio.Event()

    async def waits(message: IncomingMessage) -> Answer:
        await taken.wait()
        return await take_turn(message)

    app = family_app(sqlite_database, clock)
    app[appkeys.TAKE_TURN] = waits
    async with TestClient(TestServer(app)) as client:
        response = await client.post(MESSAGES, json=_body("väsyttää"), headers=STREAM)
        assert response.status == 200
        taken.set()
        assert (await events(response))[-1][0] == "end"


async def test_an_answer_that_breaks_has_no_end(client: Client) -> None:
    found = await events(await client.post(MESSAGES, json=_body("rikki"), headers=STREAM))
    assert found == []


@pytest.mark.usefixtures("standing_time")
async def test_a_flood_is_refused_with_words_and_a_crisis_in_it_is_answered(client: Client) -> None:
    for _ in range(40):
        await client.post(MESSAGES, json=_body("hei"), headers=STREAM)
    refused = await client.post(MESSAGES, json=_body("hei"), headers=STREAM)
    assert refused.status == 429
    assert (await refused.json())["detail"]
    crisis = await events(await client.post(MESSAGES, json=_body("aion tappaa itseni"), headers=STREAM))
    assert crisis[1][2]["card"]["contacts"][0]["href"] == "tel:112"


async def test_a_long_message_is_refused_with_words_for_its_writer(client: Client) -> None:
    refused = await client.post(MESSAGES, json=_body("x" * 9_000), headers=STREAM)
    assert refused.status == 413
    assert (await refused.json())["detail"].startswith("Viestisi on pitkä.")
