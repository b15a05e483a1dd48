"""What somebody held is in the queue again when they sign out or their account is closed."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.callbacks import queue
from bot.callbacks.callback import Callback
from bot.clock import SettableClock
from bot.database import Database
from bot.reach import EVERYWHERE
from tests.staff.building import Client, a_client, a_person, a_request, an_app, signed_in

Open = Callable[[str], Awaitable[Client]]


@pytest.fixture
async def enters(database: Database, clock: SettableClock) -> AsyncIterator[Open]:
    opened: list[Client] = []

    async def enter(email: str) -> Client:
        client = await a_client(an_app(database, clock))
        opened.append(client)
        await signed_in(client, email)
        return client

    yield enter
    for client in opened:
        await client.close()


def found(database: Database, callback_id: str) -> Callback:
    callback = database.read_now(lambda s: queue.find(s, callback_id, EVERYWHERE))
    assert callback is not None
    return callback


async def test_signing_out_in_the_last_browser_gives_back_what_one_holds(
    enters: Open, database: Database, clock: SettableClock
) -> None:
    aino = a_person(database, clock, "Aino Lehtola")
    one = a_request(database, clock).id
    desk, tablet = await enters(aino), await enters(aino)
    await desk.post(f"/staff/callbacks/{one}/claim")
    await tablet.post("/staff/sign-out")
    assert found(database, one).state == "claimed"
    await desk.post("/staff/sign-out")
    given_back = found(database, one)
    assert (given_back.state, given_back.history[-1].detail["why"]) == ("waiting", "signed_out")


async def test_closing_an_account_ends_what_it_holds_and_what_it_is_offered(
    enters: Open, database: Database, clock: SettableClock
) -> None:
    aino, veikko = a_person(database, clock, "Aino Lehtola"), a_person(database, clock, "Veikko Sarala")
    admin = a_person(database, clock, "Saara Kivelä", "admin")
    held, offered = a_request(database, clock).id, a_request(database, clock).id
    first, second = await enters(aino), await enters(veikko)
    await second.post(f"/staff/callbacks/{held}/claim")
    who = found(database, held).holder
    await first.post(f"/staff/callbacks/{offered}/claim")
    await first.post(f"/staff/callbacks/{offered}/transfer", data={"to": who})
    assert found(database, offered).offered_to == who
    desk = await enters(admin)
    closed = await desk.post(f"/staff/people/{who}", data={"what": "disable"})
    assert closed.status == 200
    assert found(database, held).state == "waiting"
    assert (found(database, offered).offered_to, found(database, offered).holder_name) == (
        None,
        "Aino Lehtola",
    )
