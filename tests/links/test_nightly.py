"""A night of the link check: what is planned, asked, told and left alone."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import func, select

from bot.clock import SettableClock
from bot.database import Database
from bot.guidance import store as catalogue
from bot.guidance.catalogue import Service
from bot.guidance.links import nightly, store
from bot.guidance.links.link import Result, addresses_of, with_address
from bot.guidance.links.public_only import Ip
from bot.guidance.links.tables import LinkRow
from bot.jobs.job import Calendar
from bot.jobs.link_checking import NIGHTLY
from bot.jobs.running import Runner
from bot.jobs.tables import JobPeriodRow

Asked = Counter[str]


def here_only(address: Ip) -> bool:
    return address.is_loopback


def entry(service_id: str, *addresses: str, status: str = "published") -> Service:
    words = {"fi": service_id, "sv": service_id, "en": service_id}
    return Service.model_validate(
        {
            "id": service_id, "status": status, "name": words, "summary": words, "provider": words, "needs": [],
            "areas": {"scope": "whole_country"},
            "channels": [{"kind": "web", "url": {"fi": one}} for one in addresses],
        }
    )  # fmt: skip


def seed(database: Database, clock: SettableClock, *services: Service) -> None:
    database.write_now(lambda session: catalogue.seed(session, services, now=clock()))


def plan(database: Database, clock: SettableClock) -> int:
    return database.write_now(lambda session: store.plan(session, clock()))


def states(database: Database, clock: SettableClock) -> dict[str, str]:
    found = database.read_now(lambda session: store.to_look_at(session, clock()))
    return {one.url.rpartition("/")[2]: one.state for one in found}


@pytest.fixture
async def site() -> AsyncIterator[tuple[TestServer, Asked, dict[str, int]]]:
    asked: Asked = Counter()
    at_once: dict[str, int] = {"now": 0, "most": 0}

    async def answer(request: web.Request) -> web.Response:
        at_once["now"] += 1
        at_once["most"] = max(at_once["most"], at_once["now"])
        asked[request.path] += request.method == "HEAD"
        at_once["now"] -= 1
        return web.Response(status=int(request.path.strip("/x")))

    app = web.Application()
    app.router.add_route("*", "/{name:.*}", answer)
    server = TestServer(app)
    await server.start_server()
    yield server, asked, at_once
    await server.close()


async def a_night(database: Database, clock: SettableClock) -> int:
    plan(database, clock)
    return await nightly.check_due(database, clock, may_reach=here_only, pause=0)


async def test_an_address_of_several_entries_is_asked_once_a_night(
    database: Database, clock: SettableClock, site: tuple[TestServer, Asked, dict[str, int]]
) -> None:
    server, asked, at_once = site
    fine, missing = str(server.make_url("/200")), str(server.make_url("/404"))
    seed(database, clock, entry("a", fine, missing), entry("b", fine + "#ajat"))
    assert await a_night(database, clock) == 2
    assert await nightly.check_due(database, clock, may_reach=here_only, pause=0) == 0
    assert asked == {"/200": 1, "/404": 1}
    assert at_once["most"] == 1
    assert states(database, clock) == {"404": "look"}
    clock.set(clock() + timedelta(days=1))
    await a_night(database, clock)
    assert states(database, clock) == {"404": "gone"}


async def test_an_ignored_address_comes_back_when_its_time_is_over(
    database: Database, clock: SettableClock, site: tuple[TestServer, Asked, dict[str, int]]
) -> None:
    seed(database, clock, entry("a", str(site[0].make_url("/403"))))
    await a_night(database, clock)
    (link,) = database.read_now(lambda session: store.to_look_at(session, clock()))
    until = clock() + store.IGNORED
    assert database.write_now(lambda session: store.ignore(session, link.id, until=until))
    assert states(database, clock) == {}
    clock.set(until)
    assert states(database, clock) == {"403": "look"}


def test_only_published_entries_of_real_places_are_asked_and_the_rest_forgotten(
    database: Database, clock: SettableClock
) -> None:
    made_up = entry("c", "https://c.example.org/").model_copy(update={"fictional": True})
    seed(
        database,
        clock,
        entry("a", "https://a.example.org/"),
        entry("b", "https://b.example.org/", status="draft"),
        made_up,
    )
    assert plan(database, clock) == 1
    new = entry("a", "https://new.example.org/")
    database.write_now(lambda session: catalogue.publish(session, new, based_on=1, by="x", now=clock()))
    plan(database, clock)
    urls = database.read_now(lambda session: list(session.scalars(select(LinkRow.url))))
    assert urls == ["https://new.example.org/"]


def test_what_one_process_has_taken_another_does_not_get(database: Database, clock: SettableClock) -> None:
    seed(database, clock, entry("a", *(f"https://a.example.org/{number}" for number in range(5))))
    plan(database, clock)

    def take(most: int) -> list[str]:
        return [one.url for one in database.write_now(lambda session: store.take(session, most, now=clock()))]

    first, second = take(3), take(3)
    assert (len(first), len(second), len({*first, *second})) == (3, 2, 5)
    clock.set(clock() + timedelta(hours=1))
    assert len(take(9)) == 5


def test_the_last_three_results_are_kept(database: Database, clock: SettableClock) -> None:
    seed(database, clock, entry("a", "https://a.example.org/"))
    for status in (200, 403, 500, 404):
        plan(database, clock)
        (link,) = database.write_now(lambda session: store.take(session, 9, now=clock()))
        result = Result(at=clock(), status=status)
        database.write_now(partial(store.keep, link=link, result=result))
    (link,) = database.read_now(lambda session: store.to_look_at(session, clock()))
    assert [one.status for one in link.results] == [404, 500, 403]


async def test_a_night_is_planned_once_whatever_processes_there_are(
    database: Database, clock: SettableClock
) -> None:
    seed(database, clock, entry("a", "https://a.example.org/"))
    runner = Runner(database, clock)
    await runner.seek()
    assert isinstance(NIGHTLY, Calendar)
    assert [await runner.run(NIGHTLY) for _ in range(2)] == [1, 0]
    periods = select(func.count()).select_from(JobPeriodRow).where(JobPeriodRow.job == NIGHTLY.name)
    assert database.read_now(lambda session: session.scalar(periods)) == 1


def test_a_new_address_replaces_the_old_one_everywhere_in_an_entry() -> None:
    old, new = "https://a.example.org/vanha", "https://a.example.org/uusi"
    service = entry("a", old + "#ajat", "https://b.example.org/")
    group = {"name": {"fi": "Ryhmä"}, "sign_up_url": {"fi": old}}
    service = Service.model_validate(service.plain() | {"groups": [group]})
    assert addresses_of(with_address(service, old, new)) == {new, "https://b.example.org/"}
    assert with_address(service, "https://c.example.org/", new) == service
