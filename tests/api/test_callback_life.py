"""Over the API: two requests of one number become one call, and a person decides after three tries."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot.callbacks.request import AttemptResult
from bot.clock import SettableClock
from bot.database import Database
from bot.staff import tokens
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


async def test_a_call_is_closed_with_a_note_by_headings_and_a_day_of_a_follow_up(
    client: Client, database: Database, clock: SettableClock
) -> None:
    aino = a_token(database, clock, "Aino")
    one = a_request(database, clock).id
    await sent(client, f"{one}/claim", aino)
    ended: dict[str, Any] = {
        "outcome": "follow_up",
        "note": "Puhuttiin hetki",
        "note_parts": {"child": "Uni"},
    }
    for unfit in ("2026-11-01", "2028-11-24", "2026-11-29"):
        await refused(client, f"{one}/close", aino, 422, **ended, follow_up_on=unfit)
    await refused(client, f"{one}/close", aino, 422, **ended, follow_up_on="ensi viikolla")
    await refused(client, f"{one}/close", aino, 422, **(ended | {"note_parts": {"weather": "Sataa"}}))
    closed = await sent(client, f"{one}/close", aino, **ended, follow_up_on="2026-12-01")
    assert (closed["outcome"], closed["follow_up_on"]) == ("follow_up", "2026-12-01")
    assert closed["history"][-1]["note"] == "Puhuttiin hetki\nLapsen asiat: Uni"


async def test_what_a_narrowed_token_lacks_is_named(
    client: Client, database: Database, clock: SettableClock
) -> None:
    def narrowed(session: Session) -> str:
        return tokens.add(session, name="näyttö", role="advisor", now=clock(), scopes=["callbacks:read"])

    screen = {"Authorization": f"Bearer {database.write_now(narrowed)}"}
    owner = a_token(database, clock, "Perhetalo", role="owner")
    one = a_request(database, clock).id
    lacking = await (await client.post(f"{PATH}/{one}/claim", headers=screen)).json()
    assert (lacking["status"], lacking["scopes"]) == (403, ["callbacks:write"])
    assert lacking["detail"] == "näyttö needs the scope callbacks:write for this"
    never = await (await client.post(f"{PATH}/{one}/claim", headers=owner)).json()
    assert never["detail"] == "the role of Perhetalo does not allow this"
    assert "scopes" not in never


async def test_an_area_is_not_corrected_but_follows_from_the_municipality(
    client: Client, database: Database, clock: SettableClock
) -> None:
    aino = a_token(database, clock, "Aino")
    one = a_request(database, clock).id
    wanted = {"notes": "Kuultu väärin", "area": "muu"}
    answer = await client.patch(f"{PATH}/{one}", json=wanted, headers=aino)
    assert (answer.status, (await answer.json())["errors"][0]["field"]) == (422, "area")
    still = await (await client.get(f"{PATH}/{one}", headers=aino)).json()
    assert (still["area"], still["municipality"]) == ("jarvenpaa", "Järvenpää")
    assert still["notes"] == "joka aamu sama huuto eteisessä"
