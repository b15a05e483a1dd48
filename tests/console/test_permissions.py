"""Every role at every door: what is not opened in the tables stays closed."""

import pytest
from aiohttp import web

from bot.clock import SettableClock
from bot.database import Database
from bot.staff.permissions import PERMISSIONS, ROLES, Permission
from bot.web.signed_in import REQUIRED, Guarded
from tests.staff.building import Client, a_person, a_token, an_app, signed_in

OURS = ("/staff", "/api")


def address(guarded: Guarded) -> str:
    path = guarded.path.replace("{id:[0-9a-f]{32}}", "0" * 32).replace("{id:[a-z0-9-]+}", "no-such-service")
    return path.replace("{id}", "0" * 32).replace("{language}", "fi")


def doors(app: web.Application) -> list[Guarded]:
    # The stream stays open for whoever may listen, so it has tests of its own.
    return [door for door in app[REQUIRED] if door.path not in ("/staff/live", "/staff/sign-out")]


def test_the_router_serves_exactly_what_the_tables_say(
    sqlite_database: Database, clock: SettableClock
) -> None:
    app = an_app(sqlite_database, clock)
    served = {
        (route.method, route.resource.canonical)
        for route in app.router.routes()
        if route.resource and route.resource.canonical.startswith(OURS) and route.method != "HEAD"
    }
    written = [(door.method, door.path) for door in app[REQUIRED]]
    plain = {
        (method, path.replace(":[0-9a-f]{32}", "").replace(":[a-z0-9-]+", "")) for method, path in written
    }
    assert len(written) == len(set(written))
    assert served == plain


def test_only_the_sign_in_page_and_the_apis_description_are_open_to_everybody(
    sqlite_database: Database, clock: SettableClock
) -> None:
    open_doors = {door.path for door in an_app(sqlite_database, clock)[REQUIRED] if door.permission is None}
    ways_in = {
        "/staff/sign-in", "/staff/sign-in/code", "/staff/provider", "/staff/provider/back", "/staff/reset",
        "/staff/forgot", "/staff/day.ics",
    }  # fmt: skip
    assert open_doors == {*ways_in, "/staff", "/api/openapi.json", "/api/docs"}


async def test_a_stranger_gets_nowhere(client: Client) -> None:
    for door in doors(client.app):
        if door.permission is None:
            continue
        answer = await client.request(door.method, address(door), allow_redirects=False)
        wanted = 303 if door.path.startswith("/staff") and door.method == "GET" else 401
        assert answer.status == wanted, door


@pytest.mark.parametrize("role", ROLES)
async def test_each_role_opens_its_own_doors_and_no_other(
    client: Client, sqlite_database: Database, clock: SettableClock, role: str
) -> None:
    await signed_in(client, a_person(sqlite_database, clock, "Joku Muu", role))
    token = a_token(sqlite_database, clock, "kone", role)
    for door in doors(client.app):
        if door.permission is None:
            continue
        headers = token if door.path.startswith("/api") else {}
        answer = await client.request(door.method, address(door), headers=headers, allow_redirects=False)
        allowed = door.permission in PERMISSIONS[role]  # type: ignore[index]
        assert (answer.status != 403) == allowed, (role, door, answer.status)


def test_whoever_keeps_accounts_or_the_catalogue_reads_nothing_of_families() -> None:
    families = {Permission.READ_CALLBACKS, Permission.WORK_THE_QUEUE}
    assert not families & PERMISSIONS["admin"]
    assert not families & PERMISSIONS["owner"]
