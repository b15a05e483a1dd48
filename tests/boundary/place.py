"""An application with families in one area and staff of every kind, to be asked at every door."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aiohttp import ClientResponse, DummyCookieJar
from aiohttp.test_utils import TestClient, TestServer

from bot.callbacks import queue
from bot.callbacks.request import Actor
from bot.clock import SettableClock
from bot.database import Database
from bot.live_chat import changing
from bot.live_chat.chat import Taker
from bot.reach import EVERYWHERE
from bot.staff import accounts, tokens
from bot.staff import changing as changing_staff
from tests.boundary.doors import ELSEWHERE, HERE, Door
from tests.live_chat.scenes import asked
from tests.staff.building import PASSWORD, Client, a_request, an_app

NAME, NOTE, PLACE, CODE_WORD = (
    "Kanaria Lintukoto",
    "kanarialintu lauloi yöllä",
    "Kanarialanmaa",
    "kanarianmuna",
)
PHONE = "+3585076"
"""How each number begins; each family has its own."""
CANARIES = (NAME, "Lintukoto", NOTE, "kanarialintu", PLACE, CODE_WORD, PHONE, "05076", "050 76", "+358 50 76")
LEASE = timedelta(minutes=30)
UNKNOWN = "0" * 32
_PEOPLE = {
    "advisor": ("advisor", HERE),
    "advisor elsewhere": ("advisor", ELSEWHERE),
    "coordinator": ("coordinator", HERE),
    "coordinator elsewhere": ("coordinator", ELSEWHERE),
    "owner": ("owner", ELSEWHERE),
    "admin": ("admin", ELSEWHERE),
    "disabled": ("coordinator", HERE),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, to its last byte."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def holds(self, word: str) -> bool:
        """Whether the word is anywhere in it."""
        return word in self.body.decode("utf-8", "replace") or any(
            word in part for part in self.headers.values()
        )


class Place:
    """The application, a way in for each kind of caller, and families whose every word is a canary."""

    def __init__(self, database: Database, clock: SettableClock, client: Client) -> None:
        self.database, self.clock, self.client = database, clock, client
        self.ways_in: dict[str, dict[str, str]] = {}
        self.ids: dict[str, str] = {}
        self.codes: list[str] = []
        self.bookings: list[str] = []

    async def open(self) -> None:
        """Let everybody in, and let families come."""
        for number, (actor, (role, area)) in enumerate(_PEOPLE.items()):
            self.ids[actor] = self._account(f"p{number}@example.org", actor, role, area)
            self.ways_in[actor] = {"Cookie": await self._signed_in(f"p{number}@example.org")}
        self.database.write_now(lambda session: changing_staff.disable(session, self.ids["disabled"]))
        self.ways_in["nobody"], self.ways_in["family"] = {}, {"Cookie": "perheovi_web=" + "a" * 32}
        self.ways_in["program elsewhere"] = self._program("program", "coordinator", areas=[ELSEWHERE])
        self.ways_in["program of the catalogue"] = self._program(
            "catalogue", "coordinator", areas=[HERE], scopes=["catalogue:read"]
        )
        for facts in ({}, {"urgency": "immediate", "category": "violence_now"}):
            self.callback(**facts)
        self.callback(held_by="advisor")
        self.chat()

    def callback(self, held_by: str | None = None, **facts: Any) -> str:
        """A family of the area `HERE` asks for a call."""
        booked = a_request(
            self.database, self.clock, area=HERE, municipality=PLACE, name=NAME, notes=NOTE, code_word=CODE_WORD,
            phone=f"{PHONE}{len(self.bookings):05}", **facts,
        )  # fmt: skip
        self.codes += [booked.code, booked.code.replace("-", "")]
        self.bookings.append(booked.id)
        if held_by:
            who, now = Actor(self._id(held_by), held_by, EVERYWHERE), self.clock()
            self.database.write_now(lambda s: queue.claim(s, booked.id, who, now=now, lease=LEASE))
        return booked.id

    def chat(self, held_by: str | None = None) -> str:
        """A family of the area `HERE` asks for a person to write with."""
        now = self.clock()
        conversation = f"{len(self.bookings) + len(self.codes):064}"
        self.codes.append("conversation never shown")
        chat_id = asked(
            self.database, now=now, conversation=conversation, area=HERE, municipality=PLACE, urgency="immediate",
            category="violence_now",
        )  # fmt: skip
        self.database.write_now(lambda s: changing.pass_on(s, chat_id, NOTE, now=now))
        if held_by:
            who = Taker(self._id(held_by), held_by, EVERYWHERE)
            self.database.write_now(lambda s: changing.take(s, chat_id, who, now=now))
        self.bookings.append(chat_id)
        return chat_id

    async def ask(self, route: str, door: Door, actor: str, id_: str) -> Answer:
        """One request as `actor`."""
        method, path = route.split(" ", 1)
        for name, value in {"id": id_, **door.path}.items():
            path = path.replace(f"{{{name}}}", value)
        more: dict[str, Any] = {"json": door.body} if door.body is not None else {}
        if door.form is not None:
            more = {
                "data": {key: value.format(actor=actor.replace(" ", "-")) for key, value in door.form.items()}
            }
        answer = await self.client.request(
            method, path, headers=self.ways_in[actor], allow_redirects=False, **more
        )
        return Answer(answer.status, dict(answer.headers), await _read(answer))

    def _id(self, actor: str) -> str:
        return self.ids.get(actor, UNKNOWN)

    def _account(self, email: str, name: str, role: str, area: str) -> str:
        def work(session: Any) -> str:
            made = accounts.add(
                session, email=email, name=name, role=role, password=PASSWORD, areas=[area], now=self.clock()
            )
            return made.id

        return self.database.write_now(work)

    async def _signed_in(self, email: str) -> str:
        form = {"email": email, "password": PASSWORD}
        answer = await self.client.post("/staff/sign-in", data=form, allow_redirects=False)
        return "; ".join(f"{cookie.key}={cookie.value}" for cookie in answer.cookies.values())

    def _program(self, name: str, role: str, **more: Any) -> dict[str, str]:
        token = self.database.write_now(
            lambda session: tokens.add(session, name=name, role=role, now=self.clock(), **more)
        )
        return {"Authorization": f"Bearer {token}"}


async def _read(answer: ClientResponse) -> bytes:
    """The body; of a stream what it says first."""
    if answer.content_type != "text/event-stream":
        return await answer.read()
    begun = await answer.content.readuntil(b"\n\n")
    begun += await answer.content.readuntil(b"\n\n")
    answer.close()
    return begun


async def a_place(database: Database, clock: SettableClock) -> Place:
    """The application, opened."""
    client: Client = TestClient(TestServer(an_app(database, clock)), cookie_jar=DummyCookieJar())
    await client.start_server()
    place = Place(database, clock, client)
    await place.open()
    return place
