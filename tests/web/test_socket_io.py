"""The Socket.IO channel speaks as Rasa's own does."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
import socketio
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.channels.socket_io import add_socket_io, to_rasa
from bot.messages import Answer, Button, IncomingMessage, Reply
from bot.web import appkeys
from bot.web.limits import CONNECTIONS_BY_ADDRESS
from tests.web.family_app import BOOKED, GUIDANCE, TEXTS, family_app

OTHER_SITE = "https://www.example.org"
ANSWER_PARTS = 6
CONNECTIONS = CONNECTIONS_BY_ADDRESS.amount
pytestmark = pytest.mark.usefixtures("standing_time")


class Visitor:
    """A client that keeps what the bot says."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.session = ""
        self.heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        client.on("bot_uttered", self.heard.put_nowait)

    async def requests_session(self, data: object = None) -> str:
        confirmed: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.client.on("session_confirm", confirmed.set_result)
        await self.client.emit("session_request", data)
        self.session = await asyncio.wait_for(confirmed, 10)
        return self.session

    async def says(self, text: object, **more: object) -> list[dict[str, Any]]:
        """Say it and wait until it is acknowledged; gives what the bot said to it."""
        await self.client.call(
            "user_uttered", {"message": text, "session_id": self.session, **more}, timeout=10
        )
        return [self.heard.get_nowait() for _ in range(self.heard.qsize())]


Visits = Callable[..., Awaitable[Visitor]]


@pytest.fixture
def app() -> web.Application:
    found = family_app(demo=False)
    found[appkeys.EMBED_ORIGINS] = frozenset({OTHER_SITE})
    add_socket_io(found)
    return found


@pytest.fixture
async def server(app: web.Application) -> AsyncIterator[TestServer]:
    found = TestServer(app)
    await found.start_server()
    yield found
    await found.close()


@pytest.fixture
async def visits(server: TestServer) -> AsyncIterator[Visits]:
    """Each call is one more client at the same server."""
    async with AsyncExitStack() as stack:

        async def visit(**headers: str) -> Visitor:
            session = await stack.enter_async_context(ClientSession())
            client = socketio.AsyncClient(reconnection=False, handle_sigint=False, http_session=session)
            await client.connect(str(server.make_url("/")), headers=headers, transports=["websocket"])
            stack.push_async_callback(client.disconnect)
            return Visitor(client)

        yield visit


async def test_a_client_is_told_its_conversation_and_answered_paragraph_by_paragraph(visits: Visits) -> None:
    visitor = await visits()
    assert re.fullmatch("[0-9a-f]{32}", await visitor.requests_session({"session_id": None}))
    said = await visitor.says("väsyttää")
    assert len(said) == ANSWER_PARTS
    assert said[0] == {"text": "Illat ovat myrskyä ja yöt katkonaisia. Ei ihme, että voimat ovat loppu."}
    assert {"text": GUIDANCE.name} in said
    assert said[-1]["quick_replies"][0] == {
        "content_type": "text",
        "title": "Pyydä soitto",
        "payload": "/ask_callback",
    }


def test_events_hold_what_rasa_sends_and_nothing_else() -> None:
    replies = (
        Reply(text="Yksi.\n\nKaksi.\n"),
        Reply(text="Kolme.\n\nNeljä?", buttons=(Button("Joo", "/affirm"),)),
    )
    joo = {"content_type": "text", "title": "Joo", "payload": "/affirm"}
    assert to_rasa(Answer(replies=replies, urgency="urgent")) == [
        {"text": "Yksi."},
        {"text": "Kaksi."},
        {"text": "Kolme.", "quick_replies": []},
        {"text": "Neljä?", "quick_replies": [joo]},
    ]


async def test_who_comes_back_has_the_same_conversation(visits: Visits) -> None:
    first = await visits()
    session = await first.requests_session()
    again = await visits()
    assert await again.requests_session({"session_id": session}) == session


@pytest.mark.parametrize("own_choice", ["1", "admin", "A" * 32, 5, {"a": 1}, ["x"]])
async def test_an_id_that_is_none_of_ours_is_replaced(visits: Visits, own_choice: object) -> None:
    visitor = await visits()
    assert re.fullmatch("[0-9a-f]{32}", await visitor.requests_session({"session_id": own_choice}))


async def test_a_client_that_asks_for_no_session_is_answered_all_the_same(visits: Visits) -> None:
    visitor = await visits()
    assert len(await visitor.says("väsyttää", session_id=None)) == ANSWER_PARTS


async def test_nobody_hears_what_another_is_told(visits: Visits) -> None:
    one, other = await visits(), await visits()
    await one.requests_session()
    await other.requests_session()
    assert str(BOOKED.code) in str(await one.says("varaa soitto"))
    assert other.heard.empty()


async def test_an_answer_reaches_the_connection_that_came_after_a_lost_one(
    app: web.Application, visits: Visits
) -> None:
    came, may_answer = asyncio.Event(), asyncio.Event()

    async def slowly(_message: IncomingMessage) -> Answer:
        came.set()
        await may_answer.wait()
        return Answer(replies=(Reply(text="Olen tässä."),))

    app._state[appkeys.TAKE_TURN] = slowly  # a running application is closed to ordinary changes
    lost, again = await visits(), await visits()
    session = await lost.requests_session()
    await lost.client.emit("user_uttered", {"message": "hei", "session_id": session})
    await came.wait()
    await lost.client.disconnect()
    await again.requests_session({"session_id": session})
    may_answer.set()
    assert await asyncio.wait_for(again.heard.get(), 10) == {"text": "Olen tässä."}


async def test_the_language_and_place_a_page_knows_ride_along(app: web.Application, visits: Visits) -> None:
    heard: list[IncomingMessage] = []

    async def listen(message: IncomingMessage) -> Answer:
        heard.append(message)
        return Answer(replies=())

    app._state[appkeys.TAKE_TURN] = listen
    visitor = await visits()
    await visitor.requests_session()
    await visitor.says("hej", customData={"language": "sv"})
    await visitor.says("hej", metadata='{"language": "sv", "municipality": "Järvenpää", "message_id": "1"}')
    await visitor.says("hej", metadata={"message_id": "1"})
    assert [one.language for one in heard] == ["sv", "sv", None]
    assert heard[1].municipality == "Järvenpää"
    assert heard[1].message_id == heard[2].message_id != heard[0].message_id
    assert {(one.channel, one.sender) for one in heard} == {("socketio", visitor.session)}


async def test_what_clients_send_by_themselves_at_the_start_is_a_greeting(
    app: web.Application, visits: Visits
) -> None:
    heard: list[str] = []

    async def listen(message: IncomingMessage) -> Answer:
        heard.append(message.text)
        return Answer(replies=())

    app._state[appkeys.TAKE_TURN] = listen
    visitor = await visits()
    for text in (None, "/get_started", "/start", "aloita"):
        await visitor.says(text)
    assert heard == ["/greet", "/greet", "/greet", "aloita"]


async def test_messages_of_one_connection_are_answered_one_after_the_other(
    app: web.Application, visits: Visits
) -> None:
    async def first_slower(message: IncomingMessage) -> Answer:
        for _ in range(20 if message.text == "yksi" else 1):
            await asyncio.sleep(0)
        return Answer(replies=(Reply(text=message.text),))

    app._state[appkeys.TAKE_TURN] = first_slower
    visitor = await visits()
    session = await visitor.requests_session()
    words = ["yksi", "kaksi", "kolme"]
    for word in words:
        await visitor.client.emit("user_uttered", {"message": word, "session_id": session})
    heard = [(await asyncio.wait_for(visitor.heard.get(), 10))["text"] for _ in words]
    assert heard == words


async def test_a_flood_is_told_to_wait_and_a_cry_for_help_never_is(visits: Visits) -> None:
    visitor = await visits()
    await visitor.requests_session()
    for _ in range(40):
        await visitor.says("varaa")
    assert await visitor.says("varaa") == [{"text": TEXTS.text("page_error_429_text", "fi")}]
    assert "112" in str(await visitor.says("en halua enää elää"))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("x" * 9_000, "page_error_413_text"),
        (5, "page_chat_empty"),
        ("rikki", "page_error_500_text"),
    ],
)
async def test_what_cannot_be_answered_is_told_in_words(visits: Visits, text: object, answer: str) -> None:
    visitor = await visits()
    await visitor.requests_session()
    assert await visitor.says(text) == [{"text": TEXTS.text(answer, "fi")}]


async def test_nonsense_does_not_close_the_channel(visits: Visits) -> None:
    visitor = await visits()
    await visitor.client.emit("user_uttered")
    await visitor.client.emit("user_uttered", "hei")
    await visitor.client.emit("connect", {"aiohttp.request": 1})
    await visitor.client.emit("something_else", {"a": 1})
    await visitor.requests_session()
    assert len(await visitor.says("väsyttää \ud83d", customData="{")) == ANSWER_PARTS


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({"Origin": "https://evil.example"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Origin": OTHER_SITE, "Sec-Fetch-Site": "cross-site"}, True),
        ({}, True),
    ],
)
async def test_only_pages_we_were_told_of_may_connect(
    visits: Visits, headers: dict[str, str], allowed: bool
) -> None:
    if allowed:
        assert await (await visits(**headers)).requests_session()
    else:
        with pytest.raises(socketio.exceptions.ConnectionError):
            await visits(**headers)


async def test_an_address_may_not_open_one_connection_after_another(server: TestServer) -> None:
    opening = server.make_url("/socket.io/?EIO=4&transport=polling")
    async with ClientSession() as session:
        statuses = [(await session.get(opening)).status for _ in range(CONNECTIONS + 1)]
    assert statuses == [200] * CONNECTIONS + [429]


async def test_an_older_protocol_is_refused_and_no_cookie_is_set(server: TestServer) -> None:
    async with ClientSession() as session:
        old = await session.get(server.make_url("/socket.io/?EIO=3&transport=polling"))
        assert old.status == 400
        now = server.make_url("/socket.io/?EIO=4&transport=polling")
        stranger = await session.get(now, headers={"Origin": "https://evil.example"})
        assert stranger.status == 403
        assert "Access-Control-Allow-Origin" not in stranger.headers
        found = await session.get(now, headers={"Origin": OTHER_SITE})
        assert found.status == 200
        assert found.headers["Access-Control-Allow-Origin"] == OTHER_SITE
        assert "Access-Control-Allow-Credentials" not in found.headers
        assert "Set-Cookie" not in found.headers
