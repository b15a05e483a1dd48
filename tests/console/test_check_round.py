"""Many entries are checked one after another with one press each; whoever accepts a draft sees what it changes."""

from typing import Any

import pytest

from bot.clock import SettableClock
from bot.database import Database
from bot.guidance import reviewing, store
from bot.guidance.catalogue import Service
from bot.staff import accounts
from tests.console.test_services_page import ENTRY, fields_of
from tests.staff.building import Client, Open, a_person, signed_in

ROUND = "/staff/services/check?show=unchecked"


@pytest.fixture
async def saara(sqlite_database: Database, client: Client, clock: SettableClock) -> Client:
    """An admin, with three entries nobody has checked and one that holds."""
    names = {"aamu": "Aamukahvila", "ilta": "Iltakahvila", "yo": "Yökahvila"}
    unchecked = [ENTRY | {"id": one, "name": {"fi": name}, "verified": {}} for one, name in names.items()]
    services = [Service.model_validate(one) for one in (*unchecked, ENTRY)]
    sqlite_database.write_now(lambda session: store.seed(session, services, now=clock()))
    await signed_in(client, a_person(sqlite_database, clock, "Saara Kivelä", "admin"))
    return client


async def shown(client: Client, path: str) -> str:
    return await (await client.get(path)).text()


async def presses(client: Client, service_id: str, show: str = "unchecked", **form: Any) -> str:
    fields = {"revision": "1", "round": show, "how": "page"} | form
    return await (await client.post(f"/staff/services/{service_id}/check", data=fields)).text()


async def test_one_press_checks_an_entry_and_shows_the_next(saara: Client, sqlite_database: Database) -> None:
    assert f'href="{ROUND}"' in await shown(saara, "/staff/services?show=unchecked")
    first = await shown(saara, ROUND)
    assert ">Aamukahvila</h2>" in first
    assert "Jäljellä 3" in first
    assert "ma-ke 9-12.30" in first
    assert 'href="tel:+358501234567"' in first
    second = await presses(saara, "aamu")
    assert "Merkitty tarkistetuksi tänään." in second
    assert ">Iltakahvila</h2>" in second
    last = await shown(saara, f"{ROUND}&after=ilta")
    assert ">Yökahvila</h2>" in last
    done = await presses(saara, "yo")
    assert "Ohitit tai jätit myöhemmäksi 1." in done
    found = sqlite_database.read_now(lambda session: store.entry(session, "aamu"))
    assert found is not None
    assert found.service is not None
    assert found.service.verified.how == "Katsottu verkkosivulta"
    late = await presses(saara, "ilta", revision="7")
    assert "Palvelu muuttui sillä välin." in late
    assert ">Iltakahvila</h2>" in late


async def test_an_owner_goes_through_own_entries_only(
    saara: Client, open_client: Open, sqlite_database: Database, clock: SettableClock
) -> None:
    onni = await open_client()
    await signed_in(onni, a_person(sqlite_database, clock, "Onni Rautala", "owner"))
    (own,) = [one.id for one in sqlite_database.read_now(accounts.everybody) if one.role == "owner"]
    sqlite_database.write_now(lambda session: reviewing.set_owners(session, "ilta", [own]))
    assert 'href="/staff/services/check?show=mine"' in await shown(onni, "/staff/services")
    assert ">Iltakahvila</h2>" in await shown(onni, "/staff/services/check?show=mine")
    assert "Kaikki on tarkistettu." in await presses(onni, "ilta", "mine")
    assert saara is not None


async def test_who_accepts_a_number_sees_old_and_new_and_others_see_what_families_see(
    saara: Client, open_client: Open, sqlite_database: Database, clock: SettableClock
) -> None:
    page = "/staff/services/perhekahvila"
    fields = fields_of(await shown(saara, page)) | {"do": "publish", "way_0_value": "040 765 4321"}
    await saara.post(page, data=fields)
    kerttu, aino = await open_client(), await open_client()
    await signed_in(kerttu, a_person(sqlite_database, clock, "Kerttu Nurmela", "coordinator"))
    await signed_in(aino, a_person(sqlite_database, clock, "Aino Lehtola"))
    review = (await shown(kerttu, page)).partition('class="coming"')[2].partition("</section>")[0]
    assert "Puhelin 050 123 4567, numero" in review
    assert 'Soita siihen ennen kuin julkaiset: <a href="tel:+358407654321">' in review
    assert 'value="publish"' in review
    advised = await shown(aino, page)
    assert "050 123 4567" in advised
    assert "040 765 4321" not in advised.partition('id="changes"')[0]
    done = await kerttu.post(page, data=fields_of(await shown(kerttu, page)) | {"do": "publish"})
    assert "Julkaistu." in await done.text()
    assert "040 765 4321" in await shown(aino, page)
