"""What the family was sent about its call, as the page of the call shows it."""

import pytest

from bot.callbacks import notice_outbox, queue
from bot.callbacks.notices import Way
from bot.callbacks.request import FAMILY
from bot.clock import SettableClock
from bot.database import Database
from tests.staff.building import Client, a_person, a_request, signed_in


@pytest.fixture
async def staff(client: Client, sqlite_database: Database, clock: SettableClock) -> Client:
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    return client


def one_waiting(database: Database, clock: SettableClock) -> int:
    """The notice that is taken up next."""
    (found,) = database.write_now(lambda s: [row.id for row in notice_outbox.claim(s, now=clock(), most=1)])
    return found


async def page(client: Client, callback_id: str) -> str:
    return await (await client.get(f"/staff/callbacks/{callback_id}")).text()


async def test_staff_see_when_and_how_the_family_was_told(
    staff: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    booked = a_request(sqlite_database, clock, message_allowed=True)
    assert "Pyyntö vastaanotettu: odottaa lähetystä" in await page(staff, booked.id)
    notice = one_waiting(sqlite_database, clock)
    sqlite_database.write_now(lambda s: notice_outbox.sent(s, notice, Way.SMS, now=clock()))
    shown = await page(staff, booked.id)
    assert "klo 10 · tekstiviesti" in shown
    assert "Pyyntö vastaanotettu: lähetetty" in shown
    assert "ei mennyt perille" not in shown


async def test_a_notice_that_could_not_be_delivered_is_seen_at_once(
    staff: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    booked = a_request(sqlite_database, clock, message_allowed=True)
    notice = one_waiting(sqlite_database, clock)
    sqlite_database.write_now(lambda s: notice_outbox.fail(s, notice, "refused", Way.SMS, now=clock()))
    shown = await page(staff, booked.id)
    assert "Viesti ei mennyt perille: Pyyntö vastaanotettu (tekstiviesti). Kerro asia, kun soitat." in shown
    assert "ei mennyt perille, numero tai osoite ei kelvannut" in shown


async def test_without_a_way_staff_see_that_nothing_is_sent(
    staff: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    booked = a_request(sqlite_database, clock, message_allowed=True)
    notice = one_waiting(sqlite_database, clock)
    sqlite_database.write_now(lambda s: notice_outbox.drop(s, notice, "no_way", now=clock()))
    shown = await page(staff, booked.id)
    assert "ei lähetetty, lähetystapaa ei ole määritetty" in shown
    assert "Kerro asia, kun soitat" not in shown


async def test_a_family_that_wants_none_has_no_list_of_them(
    staff: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    booked = a_request(sqlite_database, clock, message_allowed=False)
    sqlite_database.write_now(lambda s: queue.cancel(s, booked.id, by=FAMILY, now=clock()))
    assert "Viestit perheelle" not in await page(staff, booked.id)
