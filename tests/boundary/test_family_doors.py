"""The rest of the router: what families and front ends use. Without a key of its own nobody sees a family there."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.app import Options, Parts, build
from bot.app.live_content import LiveContent
from bot.clock import SettableClock
from bot.database import Database
from bot.guidance.store import CatalogueCache
from bot.rota.reading import RotaCache
from bot.settings import Settings
from bot.turn import Turns
from tests.boundary.place import CANARIES, CODE_WORD, NAME, NOTE, PHONE, PLACE
from tests.boundary.test_matrix import routes
from tests.hearing import ButtonsOnly
from tests.staff.building import AREAS_READ, ROOT, a_request

CODE = "0123-4567-89AB"
"""No request has it."""
OPEN = {
    "GET /": 200,
    "GET /chat": 200,
    "POST /chat": 200,
    "POST /chat/messages": 415,
    "GET /chat/events": 400,
    "OPTIONS /chat/messages": 403,
    "GET /embed.js": 200,
    "GET /embed/chat": 403,
    "GET /form": 200,
    "POST /form": 422,
    "GET /my": 200,
    "POST /my": 404,
    "GET /my/{code}": 404,
    "POST /my/{code}/move": 404,
    "POST /my/{code}/safe": 404,
    "GET /my/{code}/cancel": 404,
    "POST /my/{code}/cancel": 404,
    "GET /my/{code}/delete": 404,
    "POST /my/{code}/delete": 404,
    "GET /services": 200,
    "GET /services/{slug}": 404,
    "GET /services/{slug}/groups.ics": 404,
    "POST /services/{slug}/wrong": 404,
    "GET /robots.txt": 200,
    "GET /sitemap.xml": 200,
    "GET /help": 200,
    "GET /privacy": 200,
    "GET /accessibility": 200,
    "GET /exit": 200,
    "GET /favicon.ico": 204,
    "GET /webhooks/rest/": 200,
    "POST /webhooks/rest/webhook": 401,
    "OPTIONS /webhooks/rest/webhook": 403,
    "GET /health/live": 200,
    "GET /health/ready": 200,
    "GET /metrics": 200,
}
"""What each answers to somebody without any key."""


def parts(database: Database, clock: SettableClock) -> Parts:
    """Everything but the model: no words are heard here."""
    ear: Any = ButtonsOnly()
    live = LiveContent(ROOT / "dialogues", ear)
    catalogue = CatalogueCache(AREAS_READ)
    turns = Turns(
        database=database,
        clock=clock,
        content=live.now,
        areas=AREAS_READ,
        catalogue=catalogue.get,
        rota=RotaCache(AREAS_READ),
    )
    return Parts(Settings(_env_file=None), clock, database, AREAS_READ, catalogue, live, ear, turns)


async def test_every_other_route_is_written_here_and_shows_nobody_s_family(
    sqlite_database: Database, clock: SettableClock
) -> None:
    booked = a_request(
        sqlite_database,
        clock,
        municipality=PLACE,
        phone=f"{PHONE}54321",
        name=NAME,
        notes=NOTE,
        code_word=CODE_WORD,
    )
    app = build(parts(sqlite_database, clock), Options())
    served = {one for one in routes(app) if not one.split(" ")[1].startswith(("/staff", "/api", "/static"))}
    assert served == set(OPEN), "tell here what a new route answers to somebody without any key"
    wrong = []
    async with TestClient(TestServer(app)) as client:
        for route, wanted in OPEN.items():
            method, path = route.split(" ", 1)
            form = {"code": CODE} if method == "POST" else None
            answer = await client.request(
                method, path.replace("{code}", CODE), allow_redirects=False, data=form
            )
            body = await answer.text() + str(dict(answer.headers))
            shown = [word for word in (*CANARIES, booked.code, booked.id) if word in body]
            if answer.status != wanted or shown:
                wrong.append(f"{route}: {answer.status} instead of {wanted}, shows {shown}")
    if wrong:
        pytest.fail("\n".join(wrong))
