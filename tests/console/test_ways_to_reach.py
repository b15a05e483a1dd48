"""A family that is not to be rung, and one that wishes for easy language: nobody who rings can miss it."""

from typing import Any

import pytest

from bot.clock import SettableClock
from bot.database import Database
from tests.staff.building import Client, a_person, a_request, signed_in


async def taken(
    client: Client, database: Database, clock: SettableClock, **asked: Any
) -> tuple[str, str, str]:
    """The queue before, the page of the call, and the page with its number, all as Aino sees them."""
    await signed_in(client, a_person(database, clock, "Aino Lehtola"))
    booked = a_request(database, clock, **asked)
    path = f"/staff/callbacks/{booked.id}"
    queue = await (await client.get("/staff/")).text()
    await client.post(f"{path}/claim")
    page = await (await client.get(path)).text()
    return queue, page, await (await client.post(f"{path}/number")).text()


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("text", ("Älä soita: tekstiviesti", "Vastaa tekstiviestillä.")),
        ("video_interpreting", ("Älä soita: video ja tulkki", "Tapaaminen on videolla, tulkki mukana.")),
    ],
)
async def test_a_family_that_is_not_to_be_rung_is_seen_at_once(
    client: Client, sqlite_database: Database, clock: SettableClock, mode: str, said: tuple[str, str]
) -> None:
    queue, page, number = await taken(
        client, sqlite_database, clock, contact_mode=mode, message_allowed=None, urgency="immediate"
    )
    chip, way = said
    assert f"{chip}</li>" in queue
    assert "chip-berry" in queue
    assert "Älä soita." in page
    assert way in page
    assert "Soita heti" not in page
    assert "älä jätä viestiä" not in page, "nothing says both to write and not to write"
    assert "sms:+358501234567" in number
    assert "tel:" not in number


async def test_a_call_is_a_call(client: Client, sqlite_database: Database, clock: SettableClock) -> None:
    queue, page, number = await taken(client, sqlite_database, clock)
    assert "Älä soita" not in queue + page
    assert "tel:+358501234567" in number


async def test_a_way_we_do_not_know_is_told_as_it_is(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    queue, page, _ = await taken(client, sqlite_database, clock, contact_mode="visit")
    assert "Tapa: visit" in queue
    assert "Katso, miten yhteyttä toivotaan." in page


async def test_easy_language_is_seen_in_the_queue_and_before_ringing(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    queue, page, _ = await taken(client, sqlite_database, clock, easy_language=True)
    assert "Selkokieli</li>" in queue
    assert "Selkokieli toivottu" in page
