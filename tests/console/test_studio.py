"""The studio of the catalogue: drafts, review, two pairs of eyes, owners, checks, archive and old versions."""

import re
from typing import Any

import pytest

from bot.clock import SettableClock
from bot.database import Database
from bot.guidance import reviewing, store
from bot.guidance.catalogue import Service
from bot.guidance.store import Entry
from bot.staff import accounts
from tests.console.test_services_page import ENTRY, fields_of
from tests.staff.building import Client, Open, a_person, signed_in

PAGE = "/staff/services/perhekahvila"


@pytest.fixture
def seeded(sqlite_database: Database, clock: SettableClock) -> Database:
    entries = [
        ENTRY,
        ENTRY
        | {"id": "kriisi", "urgency": "crisis", "needs": ["violence"], "verified": {"at": "2026-08-01"}},
    ]
    services = [Service.model_validate(one) for one in entries]
    sqlite_database.write_now(lambda session: store.seed(session, services, now=clock()))
    return sqlite_database


@pytest.fixture
async def saara(seeded: Database, client: Client, clock: SettableClock) -> Client:
    await signed_in(client, a_person(seeded, clock, "Saara Kivelä", "admin"))
    return client


@pytest.fixture
async def kerttu(seeded: Database, open_client: Open, clock: SettableClock) -> Client:
    opened = await open_client()
    await signed_in(opened, a_person(seeded, clock, "Kerttu Nurmela", "coordinator"))
    return opened


@pytest.fixture
async def onni(seeded: Database, open_client: Open, clock: SettableClock) -> Client:
    """The owner of the café."""
    opened, person = await open_client(), a_person(seeded, clock, "Onni Rautala", "owner")
    await signed_in(opened, person)
    (own,) = [one.id for one in seeded.read_now(accounts.everybody) if one.role == "owner"]
    seeded.write_now(lambda session: reviewing.set_owners(session, "perhekahvila", [own]))
    return opened


async def shown(client: Client, path: str = PAGE) -> str:
    return await (await client.get(path)).text()


async def saves(client: Client, do: str, path: str = PAGE, **changed: Any) -> str:
    fields = fields_of(await shown(client, path)) | changed | {"do": do}
    answer = await client.post(path, data=fields)
    assert answer.status == 200, await answer.text()
    return await answer.text()


async def steps(client: Client, step: str, words: str = "", path: str = PAGE) -> str:
    revision = fields_of(await shown(client, path))["revision"]
    form = {"step": step, "words": words, "revision": revision}
    return await (await client.post(f"{path}/step", data=form)).text()


def entry(database: Database, service_id: str = "perhekahvila") -> Entry:
    found = database.read_now(lambda session: store.entry(session, service_id))
    assert found is not None
    return found


def seen_name(database: Database, service_id: str = "perhekahvila") -> str:
    service = entry(database, service_id).service
    assert service is not None
    return service.name.fi


async def test_an_owner_sends_an_edit_and_a_colleague_sends_it_back_and_then_publishes_it(
    onni: Client, kerttu: Client, seeded: Database
) -> None:
    said = await saves(onni, "publish", name_fi="Perhekahvila Mänty")
    assert "Oman muutoksesi julkaisee kollega." in said
    assert seen_name(seeded) == "Perhekahvila"
    assert "Onni Rautala lähetti tämän tarkistettavaksi." in await shown(kerttu)
    assert "Kirjoita ensin, mitä pitää korjata." in await steps(kerttu, "returned")
    await steps(kerttu, "returned", "Mänty on jo toinen paikka.")
    returned = await shown(onni)
    assert "Kerttu Nurmela palautti tämän muokattavaksi" in returned
    assert "Mänty on jo toinen paikka." in returned
    await saves(onni, "send", name_fi="Perhekahvila Kuusi")
    assert "Julkaistu." in await saves(kerttu, "publish")
    assert seen_name(seeded) == "Perhekahvila Kuusi"
    assert "Julkaisi Kerttu Nurmela, muokannut Onni Rautala" in await shown(kerttu)


async def test_a_new_number_is_published_by_somebody_else_than_who_wrote_it(
    saara: Client, kerttu: Client, seeded: Database
) -> None:
    said = await saves(saara, "publish", way_0_value="+358407654321")
    assert "Puhelinnumero muuttui" in said
    assert "Puhelinnumero muuttui" in await saves(saara, "publish")
    assert "+358407654321" not in str(entry(seeded).service)
    await saves(kerttu, "publish")
    assert "+358407654321" in str(entry(seeded).service)


async def test_a_number_stays_its_writer_s_when_another_edits_something_else(
    saara: Client, kerttu: Client, seeded: Database
) -> None:
    await saves(saara, "draft", way_0_value="+358407654321")
    await saves(kerttu, "draft", provider_fi="Toinen seurakunta")
    assert "Puhelinnumero muuttui" in await saves(saara, "publish")
    assert "Julkaistu." in await saves(kerttu, "publish")
    assert "Toinen seurakunta" in str(entry(seeded).service)


async def test_every_edit_of_an_entry_for_a_crisis_is_seen_by_two(
    saara: Client, kerttu: Client, seeded: Database
) -> None:
    path = "/staff/services/kriisi"
    assert "toinenkin ihminen" in await saves(saara, "publish", path, name_fi="Kriisikahvila")
    assert seen_name(seeded, "kriisi") == "Perhekahvila"
    await saves(kerttu, "publish", path)
    assert seen_name(seeded, "kriisi") == "Kriisikahvila"


async def test_an_owner_reads_the_entries_of_others_and_changes_only_its_own(
    onni: Client, saara: Client, seeded: Database
) -> None:
    other = "/staff/services/kriisi"
    page = await shown(onni, other)
    assert "Voit katsoa tietoja." in page
    assert "Lähetä tarkistettavaksi" not in page
    for door, form in (("", fields_of(page)), ("/step", {"step": "archived", "words": "x", "revision": "1"})):
        assert (await onni.post(other + door, data=form)).status == 403
    assert (await onni.post(f"{other}/check", data={"revision": "1"})).status == 403
    assert (await onni.post(f"{other}/restore", data={"revision": "1", "version": "1"})).status == 403
    assert (await onni.post(f"{other}/owners", data={})).status == 403
    people = seeded.read_now(lambda session: reviewing.owners(session, "perhekahvila"))
    await saara.post(f"{other}/owners", data={"owners": list(people)})
    assert "Lähetä tarkistettavaksi" in await shown(onni, other)


async def test_a_check_says_that_the_facts_hold_and_changes_nothing_else(
    onni: Client, seeded: Database
) -> None:
    before = entry(seeded).service
    assert before is not None
    said = await onni.post(f"{PAGE}/check", data={"revision": "1", "how": "page"})
    assert "Merkitty tarkistetuksi tänään." in await said.text()
    after = entry(seeded).service
    assert after is not None
    assert after.model_copy(update={"verified": before.verified}) == before
    assert (after.verified.by, after.verified.how) == ("Seurakunta", "Katsottu verkkosivulta")
    assert after.verified.at is not None
    assert after.verified.next_due is not None
    assert 180 < (after.verified.next_due - after.verified.at).days < 185


async def test_an_old_version_comes_back_as_a_draft(saara: Client, seeded: Database) -> None:
    await saves(saara, "publish", name_fi="Uusi nimi")
    await saves(saara, "publish", name_fi="Vielä uudempi")
    restored = await saara.post(f"{PAGE}/restore", data={"revision": "3", "version": "2"})
    assert "Vanha versio on nyt luonnoksena." in await restored.text()
    assert seen_name(seeded) == "Vielä uudempi"
    draft = entry(seeded).draft
    assert draft is not None
    assert draft.name.fi == "Uusi nimi"


async def test_archiving_shows_what_depends_on_it_and_wants_a_reason(saara: Client, seeded: Database) -> None:
    assert "Näihin asioihin ei jäisi yhtään palvelua: Vertaistuki (Askola)." in await shown(saara)
    assert "Kirjoita ensin, miksi" in await steps(saara, "archived")
    assert entry(seeded).status == "published"
    await steps(saara, "archived", "Kahvila loppui.")
    assert entry(seeded).status == "archived"
    assert "Poisti näkyvistä: ”Kahvila loppui.”" in await shown(saara)
    await steps(saara, "unarchived")
    assert (entry(seeded).status, entry(seeded).draft is not None) == ("draft", True)
    assert "Julkaistu." in await saves(saara, "publish")


async def test_whoever_was_slower_with_a_step_is_told_and_nothing_happens(
    saara: Client, seeded: Database
) -> None:
    await saves(saara, "draft", name_fi="Uusi nimi")
    late = await saara.post(f"{PAGE}/step", data={"step": "archived", "words": "x", "revision": "1"})
    assert "Palvelu muuttui sillä välin." in await late.text()
    assert entry(seeded).status == "published"


async def test_the_list_counts_what_needs_doing_and_shows_one_s_own_first(
    onni: Client, saara: Client
) -> None:
    listed = await shown(onni, "/staff/services")
    assert re.search(r"show=mine[^>]*>Omat <span class=\"count\">1<", listed)
    assert listed.index('href="/staff/services/perhekahvila"') < listed.index('href="/staff/services/kriisi"')
    await saves(onni, "send", name_fi="Uusi nimi")
    assert 'href="/staff/services/perhekahvila"' in await shown(saara, "/staff/services?show=review")
    assert 'href="/staff/services/kriisi"' not in await shown(saara, "/staff/services?show=review")
    late = await shown(saara, "/staff/services?show=late")
    assert 'href="/staff/services/kriisi"' in late
    assert 'href="/staff/services/perhekahvila"' not in late
    await steps(saara, "archived", "Loppui.", "/staff/services/kriisi")
    assert 'href="/staff/services/kriisi"' not in await shown(saara, "/staff/services")
    assert 'href="/staff/services/kriisi"' in await shown(saara, "/staff/services?show=archived")


async def test_a_translation_is_out_of_date_once_the_finnish_changes_until_somebody_has_looked(
    saara: Client, seeded: Database
) -> None:
    await saves(saara, "publish", summary_fi="Kahvila kaikille perheille.")
    assert 'href="/staff/services/perhekahvila"' in await shown(saara, "/staff/services?show=outdated")
    for language in ("sv", "en"):
        await steps(saara, "stamped", language)
    assert 'href="/staff/services/perhekahvila"' not in await shown(saara, "/staff/services?show=outdated")
    assert entry(seeded).draft is None
