"""Every route, every kind of caller, a family of one area: what is answered, and that no word of it leaves its area."""

import re
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot import audit
from bot.callbacks import queue
from bot.clock import SettableClock
from bot.database import Database
from bot.live_chat import reading
from bot.reach import EVERYWHERE
from bot.staff.permissions import Permission
from bot.web.signed_in import REQUIRED
from tests.boundary.doors import ACTORS, AWAY, DOORS, STRANGERS, Door
from tests.boundary.place import CANARIES, UNKNOWN, Answer, Place, a_place
from tests.staff.building import an_app

ORDER = sorted(DOORS, key=lambda route: DOORS[route].last)
PARTS = 6
"""A test for each part of the doors, so that none takes long on a busy machine."""
HOW_TO_ADD = (
    'add a line `"{route}": Door(who=…, says=…)` to tests/boundary/doors.py, saying who may use it and what it '
    "answers; for what is of one family `_family(WORKERS, …)`, which expects 404 from another area"
)


@pytest.fixture
async def place(database: Database, clock: SettableClock) -> AsyncIterator[Place]:
    opened = await a_place(database, clock)
    yield opened
    await opened.client.close()


def plain(path: str) -> str:
    """A path of the router with the bare names in it: `{id:[0-9a-f]{32}}` is `{id}`."""
    return re.sub(r"\{(\w+):(?:[^{}]|\{[^{}]*\})*\}", r"{\1}", path)


def routes(app: web.Application) -> set[str]:
    """Every route as `METHOD /path/{name}`."""
    return {
        f"{route.method} {plain(route.resource.canonical)}"
        for route in app.router.routes()
        if route.resource and route.method != "HEAD"
    }


def test_every_route_of_staff_has_its_line(sqlite_database: Database, clock: SettableClock) -> None:
    served = {
        one
        for one in routes(an_app(sqlite_database, clock))
        if one.split(" ")[1].startswith(("/staff", "/api"))
    }
    undeclared = sorted(served - set(DOORS))
    assert undeclared == [], "\n".join(f"{one}: {HOW_TO_ADD.format(route=one)}" for one in undeclared)
    assert sorted(set(DOORS) - served) == [], "these are served no more: take their lines away"


def test_what_the_permission_tables_open_to_everybody_is_what_is_written_here(
    sqlite_database: Database, clock: SettableClock
) -> None:
    app = an_app(sqlite_database, clock)
    unguarded = {f"{door.method} {door.path}" for door in app[REQUIRED] if door.permission is None}
    assert unguarded == {route for route, door in DOORS.items() if door.who is None}
    assert all(isinstance(door.permission, Permission | None) for door in app[REQUIRED])


def expected(route: str, door: Door, actor: str) -> int:
    if door.who is None:
        return door.inside if door.inside and actor not in STRANGERS else door.says
    if actor in STRANGERS:
        return 303 if route.startswith("GET /staff") else 401
    if actor not in door.who:
        return 403
    return door.away if actor in AWAY and door.away is not None else door.says


def may_see(door: Door, actor: str) -> bool:
    return (
        door.who is not None and actor in door.who and actor not in AWAY and actor not in ("owner", "admin")
    )


def leaked(place: Place, route: str, door: Door, actor: str, answer: Answer) -> list[str]:
    own = [] if door.of else [word for word in place.bookings if answer.holds(word)]
    words = [word for word in (*CANARIES, *place.codes) if answer.holds(word)]
    return [f"{actor} {route}: shows {word}" for word in (*words, *own)]


@pytest.mark.parametrize("part", range(PARTS))
async def test_everybody_gets_at_every_door_what_is_written_and_no_word_of_another_area(
    place: Place, part: int
) -> None:
    wrong, blind = [], []
    for route in ORDER[part::PARTS]:
        door = DOORS[route]
        for actor in ACTORS:
            id_ = _object(place, door, actor)
            before = _standing(place, door, id_)
            answer = await place.ask(route, door, actor, id_)
            wanted = expected(route, door, actor)
            if answer.status not in (wanted, door.or_says):
                wrong.append(f"{actor} {route}: {answer.status} instead of {wanted}")
            if not may_see(door, actor):
                wrong += leaked(place, route, door, actor, answer)
                if _standing(place, door, id_) != before:
                    wrong.append(f"{actor} {route}: changed what it may not reach")
            elif door.shows:
                if not leaked(place, route, door, actor, answer):
                    blind.append(f"{actor} {route}")
                if not _written_down(place, actor, id_ if door.of else place.bookings[0]):
                    wrong.append(f"{actor} {route}: not in the audit")
    if wrong:
        pytest.fail("\n".join(wrong))
    assert blind == [], "these show nothing to those who may see it, so looking for leaks there means nothing"


async def test_what_is_out_of_reach_is_answered_byte_for_byte_as_what_is_not_there(place: Place) -> None:
    different = []
    for route, door in DOORS.items():
        if not door.of:
            continue
        for actor in sorted(AWAY):
            there = await place.ask(route, door, actor, _object(place, door, actor))
            nowhere = await place.ask(route, door, actor, UNKNOWN)
            if _plain(there) != _plain(nowhere):
                different.append(f"{actor} {route}")
    assert different == []


def _plain(answer: Answer) -> tuple[int, dict[str, str], bytes]:
    passing = ("Date",)
    return answer.status, {k: v for k, v in answer.headers.items() if k not in passing}, answer.body


def _object(place: Place, door: Door, actor: str) -> str:
    """Something of the family for this door; of its own for each, when it may be changed."""
    held_by = actor if door.held else None
    if door.of == "callback":
        return place.callback(held_by=held_by)
    return place.chat(held_by=held_by) if door.of == "chat" else UNKNOWN


def _written_down(place: Place, actor: str, id_: str) -> bool:
    """Whether the newest entry of the audit is that this one was read, by whom."""
    (newest,) = place.database.read_now(lambda s: audit.latest(s, limit=1))
    return newest.actor == place.ids.get(actor, newest.actor) and id_ in newest.ids


def _standing(place: Place, door: Door, id_: str) -> object:
    """How it stands, to see whether anything was changed."""
    if door.of == "callback":
        found = place.database.read_now(lambda s: queue.find(s, id_, EVERYWHERE))
        return found and (found.version, found.lease_until)
    if door.of == "chat":
        chat = place.database.read_now(lambda s: reading.find(s, id_, EVERYWHERE))
        return chat and (chat.state, chat.holder, chat.last, chat.seen_at)
    return None
