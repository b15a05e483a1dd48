"""Two servers on one database: what one takes away, the other's open pages and streams lose too."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from aiohttp import ClientResponse
from sqlalchemy.orm import Session

from bot.clock import SettableClock
from bot.database import Database
from bot.staff import accounts, changing, resets, second_factor
from tests.staff.building import Client, a_client, a_person, an_app, signed_in

WITHIN = 5
"""Seconds (reliability A-06)."""


@pytest.fixture
async def here(database: Database, clock: SettableClock) -> AsyncIterator[Client]:
    client = await a_client(an_app(database, clock))
    yield client
    await client.close()


@pytest.fixture
async def there(database: Database, clock: SettableClock) -> AsyncIterator[Client]:
    client = await a_client(an_app(database, clock))
    yield client
    await client.close()


async def ends(stream: ClientResponse) -> bool:
    """Whether the stream says that its person is signed out, and ends."""
    said = b"".join([chunk async for chunk, _ in stream.content.iter_chunks()])
    return b"event: signed-out" in said


async def listening(client: Client) -> ClientResponse:
    stream = await client.get("/staff/live")
    while not (await stream.content.readline()).startswith(b"event: ready"):
        pass
    return stream


CHANGES: dict[str, dict[str, str]] = {
    "closed": {"what": "disable"},
    "another role": {"what": "save", "name": "Aino Lehtola", "role": "coordinator"},
    "other areas": {"what": "save", "name": "Aino Lehtola", "role": "advisor", "areas": "jarvenpaa"},
    "second factor taken away": {"what": "remove_factor"},
    "let go of the provider": {"what": "unbind"},
}


@pytest.mark.parametrize("how", CHANGES)
async def test_what_an_admin_does_at_one_server_ends_the_stream_at_the_other(
    here: Client, there: Client, database: Database, clock: SettableClock, how: str
) -> None:
    email = a_person(database, clock, "Aino Lehtola")
    await signed_in(here, a_person(database, clock, "Saara Kivelä", "admin"))
    await signed_in(there, email)
    account = database.read_now(lambda session: accounts.by_email(session, email))
    assert account is not None
    database.write_now(lambda session: with_factor(session, account.id, clock))
    stream = await listening(there)
    done = await here.post(f"/staff/people/{account.id}", data=CHANGES[how])
    assert done.status == 200
    assert await asyncio.wait_for(ends(stream), WITHIN)
    assert (await there.get("/staff/me", allow_redirects=False)).status == 303


@pytest.mark.parametrize("how", ["a new password", "the command line"])
async def test_what_is_done_without_any_page_ends_the_stream_too(
    there: Client, database: Database, clock: SettableClock, how: str
) -> None:
    email = a_person(database, clock, "Aino Lehtola")
    await signed_in(there, email)
    account = database.read_now(lambda session: accounts.by_email(session, email))
    assert account is not None
    stream = await listening(there)
    ways: dict[str, Callable[[Session], object]] = {
        "a new password": lambda session: resets.use(
            session, resets.make(session, account.id, clock()), "koivu-ja-tuuli", clock()
        ),
        "the command line": lambda session: changing.disable(session, account.id),
    }
    database.write_now(ways[how])
    assert await asyncio.wait_for(ends(stream), WITHIN)


async def test_another_name_ends_nothing(
    here: Client, there: Client, database: Database, clock: SettableClock
) -> None:
    email = a_person(database, clock, "Aino Lehtola")
    await signed_in(here, a_person(database, clock, "Saara Kivelä", "admin"))
    await signed_in(there, email)
    account = database.read_now(lambda session: accounts.by_email(session, email))
    assert account is not None
    data = {"what": "save", "name": "Aino Lehtola-Koski", "role": "advisor"}
    await here.post(f"/staff/people/{account.id}", data=data)
    assert "Aino Lehtola-Koski" in await (await there.get("/staff/me")).text()


def with_factor(session: Session, staff_id: str, clock: SettableClock) -> None:
    session.add(
        second_factor.SecondFactor(staff_id=staff_id, box=b"not opened here", last_step=0, made_at=clock())
    )
