"""What families say is wrong with entries, as those see it who keep them true."""

import re
from datetime import timedelta
from functools import partial

import pytest

from bot.clock import SettableClock
from bot.database import Database
from bot.guidance import reports, reviewing, store
from bot.guidance.catalogue import Service
from bot.staff import accounts
from tests.console.test_services_page import ENTRY
from tests.staff.building import Client, Open, a_person, signed_in

PAGE = "/staff/services/reports"
OWN, OTHER = "perhekahvila", "toinen"


def told(database: Database, clock: SettableClock) -> None:
    """Two entries, and a word about each."""
    services = [Service.model_validate(ENTRY | {"id": one}) for one in (OWN, OTHER)]
    database.write_now(lambda session: store.seed(session, services, now=clock()))
    for minute, (one, words) in enumerate(((OWN, "numero ei vastaa"), (OTHER, "<b>osoite</b> on vanha"))):
        tell = partial(reports.tell, language="fi", now=clock() + timedelta(minutes=minute))
        database.write_now(partial(tell, service_id=one, text=words))


@pytest.fixture
async def saara(sqlite_database: Database, client: Client, clock: SettableClock) -> Client:
    told(sqlite_database, clock)
    await signed_in(client, a_person(sqlite_database, clock, "Saara Kivelä", "admin"))
    return client


@pytest.fixture
async def onni(saara: Client, sqlite_database: Database, open_client: Open, clock: SettableClock) -> Client:
    """The owner of the first entry alone; `saara` made both."""
    assert saara
    opened = await open_client()
    await signed_in(opened, a_person(sqlite_database, clock, "Onni Rautala", "owner"))
    (own,) = [one.id for one in sqlite_database.read_now(accounts.everybody) if one.role == "owner"]
    sqlite_database.write_now(lambda session: reviewing.set_owners(session, OWN, [own]))
    return opened


async def test_an_admin_reads_them_all_and_takes_one_off(saara: Client, sqlite_database: Database) -> None:
    page = await (await saara.get(PAGE)).text()
    assert page.index("numero ei vastaa") < page.index("&lt;b&gt;osoite&lt;/b&gt; on vanha")
    first = re.findall(rf'action="({PAGE}/\w+)"', page)[0]
    after = await (await saara.post(first)).text()
    assert "Ilmoitus on hoidettu ja poistettu." in after
    assert "numero ei vastaa" not in after
    assert (await saara.post(first)).status == 404
    assert [one.service_id for one in sqlite_database.read_now(reports.waiting)] == [OTHER]


async def test_an_owner_reads_what_is_said_of_its_own(
    onni: Client, saara: Client, sqlite_database: Database
) -> None:
    page = await (await onni.get(PAGE)).text()
    assert "numero ei vastaa" in page
    assert "on vanha" not in page
    of_another = re.findall(rf'action="({PAGE}/\w+)"', await (await saara.get(PAGE)).text())[1]
    assert (await onni.post(of_another)).status == 404
    assert len(sqlite_database.read_now(reports.waiting)) == 2


def test_words_are_sealed_and_gone_in_ninety_days(database: Database, clock: SettableClock) -> None:
    told(database, clock)
    boxes = database.read_now(lambda session: [row.box for row in session.query(reports.ReportRow)])
    assert not any(b"numero" in box for box in boxes)
    first = clock() + timedelta(days=90)
    assert database.write_now(lambda session: reports.forget_old(session, first)) == 0
    assert database.write_now(lambda session: reports.forget_old(session, first + timedelta(seconds=1))) == 1
    assert [one.service_id for one in database.read_now(reports.waiting)] == [OTHER]
