"""Live updates: what changes is heard, and a stream ends with its sign-in."""

import asyncio

import pytest
from aiohttp import ClientResponse

from bot.callbacks import queue
from bot.callbacks.request import Actor
from bot.clock import SettableClock
from bot.database import Database
from bot.reach import EVERYWHERE
from bot.staff import accounts
from bot.web.live import CRISES, QUEUE, Announcer, Revision, areas_of, of_area, watching
from tests.staff.building import Client, Open, a_person, a_request, signed_in

HANGS = 20
"""Seconds after which a test that waits for an event has failed."""


async def event(stream: ClientResponse) -> str:
    """The name of the next event."""
    while True:
        line = (await asyncio.wait_for(stream.content.readline(), HANGS)).decode()
        if not line:
            return "ended"
        if line.startswith("event: "):
            return line.removeprefix("event: ").strip()


async def opened(client: Client) -> ClientResponse:
    stream = await client.get("/staff/live")
    assert stream.content_type == "text/event-stream"
    assert await event(stream) == "ready"
    return stream


async def until(stream: ClientResponse, wanted: str) -> bool:
    while (name := await event(stream)) != wanted:
        if name == "ended":
            return False
    return True


async def test_a_claim_by_one_is_heard_by_the_other_and_vanishes_from_their_queue(
    open_client: Open, sqlite_database: Database, clock: SettableClock
) -> None:
    aino, veikko = await open_client(), await open_client()
    await signed_in(aino, a_person(sqlite_database, clock, "Aino Lehtola"))
    await signed_in(veikko, a_person(sqlite_database, clock, "Veikko Sarala"))
    callback_id = a_request(sqlite_database, clock).id
    stream = await opened(veikko)
    assert f"row-{callback_id}" in await (await veikko.get("/staff/")).text()
    await aino.post(f"/staff/callbacks/{callback_id}/claim")
    assert await until(stream, "queue")
    assert f"row-{callback_id}" not in await (await veikko.get("/staff/")).text()
    stream.close()


async def test_a_booking_by_another_process_is_heard_too(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    stream = await opened(client)
    a_request(sqlite_database, clock)  # straight into the database: nobody in this process announces it
    assert await until(stream, "queue")
    stream.close()


async def test_signing_out_ends_the_stream(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    stream = await opened(client)
    await client.post("/staff/sign-out")
    assert await until(stream, "signed-out")
    assert await event(stream) == "ended"


async def test_closing_an_account_ends_its_stream_and_no_other(
    open_client: Open, sqlite_database: Database, clock: SettableClock
) -> None:
    aino, saara = await open_client(), await open_client()
    email = a_person(sqlite_database, clock, "Aino Lehtola")
    await signed_in(aino, email)
    await signed_in(saara, a_person(sqlite_database, clock, "Saara Kivelä", "admin"))
    account = sqlite_database.read_now(lambda session: accounts.by_email(session, email))
    assert account is not None
    hers, others = await opened(aino), await opened(saara)
    done = await saara.post(f"/staff/people/{account.id}", data={"what": "disable"})
    assert "Hänet kirjattiin ulos heti." in await done.text()
    assert await until(hers, "signed-out")
    assert await event(others) != "signed-out"
    others.close()


async def test_streams_end_when_the_server_stops(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    stream = await opened(client)
    assert client.app is not None
    await client.app.shutdown()
    assert not await until(stream, "never")


async def test_a_stranger_hears_nothing(client: Client) -> None:
    assert (await client.get("/staff/live", allow_redirects=False)).status == 303


async def test_the_queue_is_looked_at_only_while_somebody_listens() -> None:
    announcer, looked, enough = Announcer(), 0, asyncio.Event()

    async def revision() -> int:
        nonlocal looked
        looked += 1
        if looked == 3:
            enough.set()
        return looked

    async with watching(announcer, revision, every_seconds=0):
        for _ in range(50):
            await asyncio.sleep(0)
        assert looked == 0
        with announcer.listen() as listener:
            assert QUEUE in await listener.next(HANGS)
            await asyncio.wait_for(enough.wait(), HANGS)
        assert announcer.listeners == 0


async def test_many_changes_between_two_looks_are_heard_once() -> None:
    announcer = Announcer()
    with announcer.listen() as listener:
        for _ in range(100):
            announcer.announce(QUEUE)
        assert await listener.next(HANGS) == {QUEUE}
        assert await listener.next(0) == frozenset()


@pytest.mark.parametrize("how", ["move", "cancel"])
async def test_what_the_family_does_shows_on_the_open_page_of_the_call(
    client: Client, sqlite_database: Database, clock: SettableClock, how: str
) -> None:
    email = a_person(sqlite_database, clock, "Aino Lehtola")
    await signed_in(client, email)
    booked = a_request(sqlite_database, clock)
    await client.post(f"/staff/callbacks/{booked.id}/claim")
    stream = await opened(client)
    family = Actor("family", "", EVERYWHERE)
    if how == "move":
        sqlite_database.write_now(
            lambda session: queue.move(
                session, booked.id, window=None, promised_day=booked.promised_day, now=clock(), by=family
            )
        )
    else:
        sqlite_database.write_now(lambda session: queue.cancel(session, booked.id, by=family, now=clock()))
    assert await until(stream, "queue")
    page = await (await client.get(f"/staff/callbacks/{booked.id}")).text()
    assert {"move": "Perhe siirsi aikaa.", "cancel": "Perhe perui soittopyynnön."}[how] in page
    stream.close()


async def test_a_crisis_is_told_before_the_queue_and_only_to_those_who_reach_its_area() -> None:
    """As the consoles hear it: a topic for each area, told once when a crisis comes and once when it is taken."""
    announcer, waits = Announcer(), asyncio.Event()
    standing = [Revision(1), Revision(2, frozenset({(of_area(CRISES, "askola"), "a")})), Revision(3)]

    async def revision() -> Revision:
        found = standing.pop(0) if standing else Revision(3)
        if not standing:
            waits.set()
        return found

    with announcer.listen() as listener:
        heard: list[frozenset[str]] = []
        async with watching(announcer, revision, every_seconds=0):
            while not waits.is_set():
                heard.append(await listener.next(HANGS))
    of_crises = [areas_of(CRISES, one) for one in heard]
    assert [areas for areas in of_crises if areas] == [["askola"]] * sum(map(bool, of_crises))
    assert any(QUEUE in one and areas_of(CRISES, one) for one in heard), "both in one look"


async def test_the_stream_tells_of_a_crisis_and_no_fact_of_it(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    stream = await opened(client)
    a_request(sqlite_database, clock)
    assert await event(stream) == "queue"
    a_request(sqlite_database, clock, phone="+358507654321", urgency="immediate")
    assert [await event(stream) for _ in range(2)] == ["crisis", "queue"]
    stream.close()
