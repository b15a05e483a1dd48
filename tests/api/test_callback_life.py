"""Over the API: two requests of one number become one call, and a person decides after three tries."""

from typing import Any

import pytest

from bot.callbacks.request import AttemptResult
from bot.clock import SettableClock
from bot.database import Database
from tests.staff.building import Client, a_client, a_request, a_token, an_app

PATH = "/api/v1/callbacks"
PHONE = "+358501119999"


@pytest.fixture
async def client(database: Database, clock: SettableClock) -> Any:
    opened = await a_client(an_app(database, clock))
    yield opened
    await opened.close()


async def refused(client: Client, path: str, who: dict[str, str], status: int, **body: Any) -> None:
    response = await client.post(f"{PATH}/{path}", json=body, headers=who)
    assert (response.status, response.content_type) == (status, "application/problem+json")


async def sent(client: Client, path: str, who: dict[str, str], **body: Any) -> dict[str, Any]:
    response = await client.post(f"{PATH}/{path}", json=body, headers=who)
    assert response.status == 200, await response.text()
    told: dict[str, Any] = await response.json()
    return told


async def test_two_requests_become_one_call_and_two_again(
    client: Client, database: Database, clock: SettableClock
) -> None:
    aino = a_token(database, clock, "Aino")
    one = a_request(database, clock, phone=PHONE, notes="Yöt valvotaan").id
    other = a_request(
        database, clock, phone=PHONE, need="school", needs=("school",), notes="Koulu soittaa"
    ).id
    await refused(client, f"{one}/merge", aino, 409, other=other)
    await sent(client, f"{one}/claim", aino)
    merged = await sent(client, f"{one}/merge", aino, other=other)
    assert merged["notes"] == "Yöt valvotaan\nKoulu soittaa"
    joined = await (await client.get(f"{PATH}/{other}", headers=aino)).json()
    assert (joined["state"], joined["stage"]) == ("cancelled", "joined")
    assert joined["history"][-1]["detail"]["merged_into"] == one
    apart = await sent(client, f"{one}/split", aino, other=other)
    assert apart["notes"] == "Yöt valvotaan"
    assert (await (await client.get(f"{PATH}/{other}", headers=aino)).json())["state"] == "waiting"
    stranger = a_request(database, clock).id
    await refused(client, f"{one}/merge", aino, 404, other=stranger)


async def test_after_three_tries_a_decision_is_asked_for_and_kept(
    client: Client, database: Database, clock: SettableClock
) -> None:
    aino = a_token(database, clock, "Aino")
    one = a_request(database, clock).id
    for _ in range(3):
        await sent(client, f"{one}/claim", aino)
        told = await sent(client, f"{one}/attempts", aino, result=AttemptResult.NO_ANSWER.value)
    assert (told["needs_decision"], told["next_try_at"], told["stage"]) == (True, None, "tried")
    await refused(client, f"{one}/decision", aino, 422, decision="try_again", at="2026-11-25T22:00:00+02:00")
    decided = await sent(
        client, f"{one}/decision", aino, decision="try_again", at="2026-11-25T13:00:00+02:00"
    )
    assert (decided["needs_decision"], decided["next_try_at"]) == (False, "2026-11-25T13:00:00+02:00")
    assert decided["history"][-1]["by"] == "Aino"


async def test_what_is_entered_twice_is_one_call(
    client: Client, database: Database, clock: SettableClock
) -> None:
    aino = a_token(database, clock, "Aino")
    body = {"phone": PHONE, "municipality": "Askola", "need": "school", "notes": "Ensin"}
    first = await (await client.post(PATH, json=body, headers=aino)).json()
    again = await client.post(PATH, json={**body, "notes": "Toisen kerran"}, headers=aino)
    told = await again.json()
    assert (again.status, told["id"]) == (201, first["id"])
    assert told["notes"] == "Ensin\nToisen kerran"
