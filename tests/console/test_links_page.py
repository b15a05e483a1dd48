"""Addresses to look at: what the page says of them, and what its two buttons do."""

from datetime import timedelta
from functools import partial

import pytest

from bot.clock import SettableClock
from bot.database import Database
from bot.guidance import store as catalogue
from bot.guidance.catalogue import Service
from bot.guidance.links import store
from bot.guidance.links.link import Result, addresses_of
from tests.staff.building import Client, a_person, signed_in

OLD, NEW = "https://www.kunta.example.org/vanha", "https://www.kunta.example.org/uusi"


def entry(service_id: str, name: str) -> Service:
    words = {"fi": name, "sv": name, "en": name}
    return Service.model_validate(
        {
            "id": service_id, "name": words, "summary": words, "provider": words, "needs": ["peer_support"],
            "areas": {"scope": "whole_country"},
            "channels": [{"kind": "web", "url": {"fi": OLD + "#ajat", "sv": "https://sv.example.org/"}}],
        }
    )  # fmt: skip


def answered(database: Database, clock: SettableClock, *statuses: int) -> None:
    for status in statuses:
        database.write_now(lambda session: store.plan(session, clock()))
        for link in database.write_now(lambda session: store.take(session, 99, now=clock())):
            said = Result(at=clock(), status=status if link.url == OLD else 200)
            database.write_now(partial(store.keep, link=link, result=said))
        clock.set(clock() + timedelta(days=1))


@pytest.fixture
async def admin(client: Client, sqlite_database: Database, clock: SettableClock) -> Client:
    services = [entry("kahvila", "Perhekahvila"), entry("ryhma", "Vertaisryhmä")]
    sqlite_database.write_now(lambda session: catalogue.seed(session, services, now=clock()))
    answered(sqlite_database, clock, 404, 404)
    await signed_in(client, a_person(sqlite_database, clock, "Saara Kivelä", "admin"))
    return client


def link_id(database: Database, clock: SettableClock) -> str:
    (link,) = database.read_now(lambda session: store.to_look_at(session, clock()))
    return link.id


async def page_of(client: Client) -> str:
    return await (await client.get("/staff/services/links")).text()


async def test_the_page_asks_to_look_at_a_link_and_names_its_services(admin: Client) -> None:
    page = await page_of(admin)
    assert "Tarkista linkki, sivua ei löytynyt kahtena yönä" in page
    assert OLD in page
    assert "Perhekahvila" in page
    assert "Vertaisryhmä" in page
    assert "https://sv.example.org/" not in page
    assert "rikki" not in page.lower()


async def test_an_ignored_link_is_away_for_90_days(
    admin: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    answer = await admin.post(f"/staff/services/links/{link_id(sqlite_database, clock)}/ignore")
    page = await answer.text()
    assert "Osoite on ohitettu 90 päivän ajan." in page
    assert OLD not in page
    clock.set(clock() + timedelta(days=91))
    assert sqlite_database.read_now(lambda session: store.to_look_at(session, clock()))


async def test_a_new_address_stands_in_the_drafts_of_all_services_and_not_before_families_yet(
    admin: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    path = f"/staff/services/links/{link_id(sqlite_database, clock)}/replace"
    page = await (await admin.post(path, data={"new": NEW})).text()
    assert "Uusi osoite on nyt luonnoksissa: 2 palvelua." in page
    for found in sqlite_database.read_now(catalogue.entries):
        assert found.draft is not None
        assert found.service is not None
        assert addresses_of(found.draft) == {NEW, "https://sv.example.org/"}
        assert OLD in addresses_of(found.service)


async def test_what_is_no_web_address_is_asked_again_and_changes_nothing(
    admin: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    path = f"/staff/services/links/{link_id(sqlite_database, clock)}/replace"
    answer = await admin.post(path, data={"new": "javascript:alert(1)"})
    page = await answer.text()
    assert answer.status == 422
    assert "Osoitteen pitää alkaa https://" in page
    assert 'value="javascript:alert(1)"' in page
    found = sqlite_database.read_now(lambda session: catalogue.entry(session, "kahvila"))
    assert found is not None
    assert found.draft is None


async def test_who_only_reads_the_catalogue_sees_the_list_without_buttons(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    services = [entry("kahvila", "Perhekahvila")]
    sqlite_database.write_now(lambda session: catalogue.seed(session, services, now=clock()))
    answered(sqlite_database, clock, 503)
    await signed_in(client, a_person(sqlite_database, clock, "Aino Laine", "advisor"))
    page = await page_of(client)
    assert OLD in page
    assert "Korvaa kaikissa" not in page
