"""The channels as doors of one bot: each takes a parent's message its own way, and tells what the bot answered.

A door has the `take` of `bot.turn.Turns`, so that `transcript.Player` plays through it. Before it gives the answer
back, it makes sure that the parent was shown all of it.
"""

import html
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.routes import add_routes
from bot.channels.telegram import running
from bot.channels.telegram.answering import PERSONAL
from bot.channels.telegram.client import close_bot
from bot.channels.telegram.running import Telegram as Running
from bot.channels.telegram.wording import data_for
from bot.messages import Answer, CrisisCard, IncomingMessage, Reply, SummaryCard
from bot.turn import Turns
from bot.web import appkeys
from bot.web.live import Announcer
from bot.web.setup import prepare
from tests.telegram.conftest import PUBLIC, settings
from tests.telegram.emulator import TOKEN, Emulator
from tests.telegram.updates import CHAT, presses, says

ELSEWHERE = "https://kunta.example"
"""A site that has our widget on its pages."""
Client = TestClient[web.Request, web.Application]


@dataclass
class Server:
    """The family's channels on one bot, and what it answered last."""

    client: Client
    answers: list[Answer]


def _app(turns: Turns, answers: list[Answer]) -> web.Application:
    """The family's pages and channels on `turns`; what it answers is put into `answers`."""

    async def take(message: IncomingMessage) -> Answer:
        answers.append(await turns.take(message))
        return answers[-1]

    app = web.Application()
    prepare(app)
    app[appkeys.DATABASE], app[appkeys.CLOCK], app[appkeys.TAKE_TURN] = turns.database, turns.clock, take
    app[appkeys.TEXTS] = lambda: turns.content().texts
    app[appkeys.AREAS], app[appkeys.ANNOUNCER] = turns.areas, Announcer()
    app[appkeys.DEMO], app[appkeys.EMBED_ORIGINS] = True, frozenset({ELSEWHERE})
    add_routes(app)
    return app


@asynccontextmanager
async def server(turns: Turns) -> AsyncIterator[Server]:
    """The family's channels with `turns` behind them, served."""
    answers: list[Answer] = []
    async with TestClient(TestServer(_app(turns, answers))) as client:
        yield Server(client, answers)


@dataclass
class Rest:
    """Rasa's REST channel."""

    server: Server

    async def take(self, message: IncomingMessage) -> Answer:
        """Say it as a front end made for Rasa does."""
        metadata = {"language": message.language, "message_id": message.message_id}
        body = {"sender": message.sender, "message": message.text, "metadata": metadata}
        told = await (await self.server.client.post("/webhooks/rest/webhook", json=body)).json()
        answer = self.server.answers[-1]
        assert [(one["text"], one.get("buttons", [])) for one in told] == _as_sent(answer)
        custom = told[-1]["custom"]
        assert (custom["asks"], custom["language"], custom["urgency"]) == _understood(answer)
        assert custom["services"] == list(answer.services)
        assert bool(custom["callback"]) == bool(answer.callback)
        return answer


@dataclass
class Widget:
    """The widget on another site: its page is fetched from there, its messages are JSON."""

    server: Server
    sender: str = ""

    async def take(self, message: IncomingMessage) -> Answer:
        """Say it as the widget's script does."""
        headers = {"Origin": ELSEWHERE}
        if not self.sender:
            page = await (await self.server.client.get("/embed/chat", headers=headers)).text()
            self.sender = _sender_in(page)
        body = {"sender": self.sender, "message": message.text, "message_id": message.message_id,
                "language": message.language}  # fmt: skip
        response = await self.server.client.post("/chat/messages", json=body, headers=headers)
        assert response.headers["Access-Control-Allow-Origin"] == ELSEWHERE
        told, answer = await response.json(), self.server.answers[-1]
        assert [(one["text"], one["buttons"]) for one in told["replies"]] == _as_sent(answer)
        assert (told["asks"], told["language"], told["urgency"]) == _understood(answer)
        return answer


@dataclass
class Plain:
    """The page `/chat` where no script runs: each message is a form, each answer a page."""

    server: Server
    sender: str = ""

    async def take(self, message: IncomingMessage) -> Answer:
        """Send the form and read the page."""
        if not self.sender:
            self.sender = _sender_in(await (await self.server.client.get("/chat")).text())
        fields = {"sender": self.sender, "message": message.text, "message_id": message.message_id,
                  "language": message.language or "fi"}  # fmt: skip
        page = await (await self.server.client.post("/chat", data=fields)).text()
        answer = self.server.answers[-1]
        assert f'lang="{answer.language}"' in page
        assert_shown(page, answer.replies, buttons=True)
        return answer


@dataclass
class Telegram:
    """A private chat in Telegram; once something personal is asked, the page its one-time link opens."""

    server: Server
    emulator: Emulator
    running: Running
    page: Plain | None = None
    updates: dict[str, dict[str, Any]] = field(default_factory=dict)

    async def take(self, message: IncomingMessage) -> Answer:
        """Write it or press it there, or go on where the link has led."""
        if self.page:
            return await self.page.take(message)
        text, language = message.text, message.language or "fi"
        new = presses(data_for(text)[0]) if text.startswith("/") else says(text, language=language)
        update = self.updates.setdefault(message.message_id, new)
        before = len(self.emulator.texts(CHAT))
        address = str(self.server.client.make_url("/webhooks/telegram"))
        assert await self.emulator.bring(update, address) == 200
        await self.running.desk.work_off()
        await self.running.sender.work_off()
        said = "\n".join(self.emulator.texts(CHAT)[before:])
        answer = self.server.answers[-1]
        if answer.asks in PERSONAL:
            assert not [one.text for one in answer.replies if one.style == "question" and one.text in said]
            await self._follow_link(answer)
        else:
            titles = [button["text"] for button in self.emulator.buttons(CHAT)]
            assert not [one.text for one in answer.replies if one.text.strip() not in said]
            assert not [
                one.title for reply in answer.replies[-1:] for one in reply.buttons if one.title not in titles
            ]
        return answer

    async def _follow_link(self, answer: Answer) -> None:
        (link,) = self.emulator.buttons(CHAT)
        page = await (await self.server.client.post(link["url"].removeprefix(PUBLIC))).text()
        assert_shown(page, answer.replies, buttons=True)
        self.page = Plain(self.server, _sender_in(page))


@asynccontextmanager
async def telegram(turns: Turns) -> AsyncIterator[Telegram]:
    """The emulator of Telegram before the same bot; in the end nothing that it was asked may have been wrong."""
    emulator, answers = Emulator(), list[Answer]()
    emulator.address = await emulator.start()
    app = _app(turns, answers)
    assembled = running.assembled(app, settings(emulator.address), TOKEN)
    running.add_routes(app, assembled)
    await assembled.say_how()
    async with TestClient(TestServer(app)) as client:
        yield Telegram(Server(client, answers), emulator, assembled)
    await close_bot(assembled.bot)
    await emulator.stop()
    assert emulator.wrong == []


def assert_shown(page: str, replies: Iterable[Reply], *, buttons: bool) -> None:
    """Every word of the replies stands on the page, and every button."""
    text = " ".join(html.unescape(re.sub(r"</?(?:bdi|strong|span)[^>]*>", "", page)).split())
    for reply in replies:
        for part in _parts(reply):
            assert " ".join(part.split()) in text, part
        for button in reply.buttons if buttons else ():
            assert f'value="{button.payload}">{button.title}<' in text, button.title


def _parts(reply: Reply) -> list[str]:
    """What of a reply must be readable on a page."""
    card = reply.card
    if card is None:
        return [reply.text]
    if isinstance(card, CrisisCard):
        return [card.heard, *card.steps, *(contact.value for contact in card.contacts), *card.after]
    if isinstance(card, SummaryCard):
        return [card.heading, card.when, *(part for row in card.rows for part in row), card.code or ""]
    if card.kind == "service":
        return [
            card.name,
            card.summary,
            card.cost,
            *card.notes,
            *(contact.value for contact in card.contacts),
        ]
    return [card.emergency.value, *(text for _, text in (*card.danger, *card.call))]


def _as_sent(answer: Answer) -> list[tuple[str, list[dict[str, str]]]]:
    return [(reply.text, [asdict(button) for button in reply.buttons]) for reply in answer.replies]


def _understood(answer: Answer) -> tuple[str | None, str, str]:
    return answer.asks, answer.language, answer.urgency


def _sender_in(page: str) -> str:
    found = re.search(r'name="sender" value="([0-9a-f]{32})"', page)
    assert found
    return found[1]
