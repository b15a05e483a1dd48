"""Lists are narrowed and paged; a request sent twice with one key is entered once; what is wrong is a problem."""

import asyncio
import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot import audit
from bot.callbacks.tables import CallbackRow
from bot.clock import SettableClock
from bot.database import Database
from tests.api.test_callbacks_api import problem_of
from tests.staff.building import Client, a_client, a_request, a_token, an_app

PATH = "/api/v1/callbacks"
HERE, THERE = "jarvenpaa", "askola"
SENT = {"phone": "+358501234567", "notes": "asia", "municipality": "Askola"}


@pytest.fixture
async def client(database: Database, clock: SettableClock) -> Any:
    opened = await a_client(an_app(database, clock))
    yield opened
    await opened.close()


async def ids(client: Client, who: dict[str, str], **query: str) -> list[str]:
    response = await client.get(PATH, params=query, headers=who)
    assert response.status == 200, await response.text()
    return [item["id"] for item in (await response.json())["items"]]


async def test_a_list_is_narrowed_by_each_filter(
    client: Client, database: Database, clock: SettableClock
) -> None:
    desk, other = a_token(database, clock, "Etulinja"), a_token(database, clock, "Veikko")
    school = a_request(database, clock, need="school", needs=("school",), phone="+358501234501").id
    somali = a_request(database, clock, language="so", area="askola", phone="+358501234502").id
    gone = a_request(database, clock, phone="+358501234503").id
    await client.post(f"{PATH}/{gone}/claim", headers=desk)
    assert await ids(client, desk, need="school") == [school]
    assert await ids(client, desk, language="so") == [somali]
    assert await ids(client, desk, area="askola") == [somali]
    assert await ids(client, desk, state="all", mine="true") == [gone]
    assert await ids(client, other, state="all", mine="true") == []
    assert set(await ids(client, desk, state="all", mine="false")) == {school, somali}
    assert await ids(client, desk, state="cancelled") == []
    assert await ids(client, desk, late="true") == []
    clock.set(clock() + timedelta(days=10))
    await client.post(f"{PATH}/{somali}/claim", headers=other)
    assert set(await ids(client, desk, late="true", state="all")) == {school, somali, gone}
    assert await ids(client, desk, late="false", state="all") == []
    since = clock().isoformat()
    assert await ids(client, desk, state="all", updated_since=since) == [somali]


async def test_a_program_follows_the_links_through_all_pages(
    client: Client, database: Database, clock: SettableClock
) -> None:
    machine = a_token(database, clock, "kone")
    entered = {a_request(database, clock, phone=f"+3585012345{n:02}").id for n in range(7)}
    seen: list[str] = []
    address, pages = f"{PATH}?limit=3&state=all", 0
    while address:
        response = await client.get(address, headers=machine)
        page = await response.json()
        assert page["total"] == 7
        seen += [item["id"] for item in page["items"]]
        pages += 1
        found = re.search(r'<([^>]+)>; rel="next"', response.headers.get("Link", ""))
        address = found[1] if found else ""
    assert (pages, len(seen), set(seen)) == (3, 7, entered)
    last = await client.get(f"{PATH}?limit=3&offset=6", headers=machine)
    assert last.headers["Link"] == f'<{PATH}?limit=3&offset=3>; rel="prev"'


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=1001", "limit=a", "limit=1.0", "limit=%2B1", "offset=-1", "state=lost", "late=yes",
        "mine=1", "need=pizza", "updated_since=12", "updated_since=2026-11-24T10:00:00", "surprise=1",
        "limit=1&limit=2", "area=%00", "language=FI",
    ],
)  # fmt: skip
async def test_a_query_that_cannot_be_used_is_refused(
    client: Client, database: Database, clock: SettableClock, query: str
) -> None:
    told = await problem_of(
        await client.get(f"{PATH}?{query}", headers=a_token(database, clock, "kone")), 422
    )
    assert told["errors"][0]["field"] == query.partition("=")[0]


async def test_a_request_sent_twice_with_one_key_is_entered_once(
    client: Client, database: Database, clock: SettableClock
) -> None:
    machine = a_token(database, clock, "kone") | {"Idempotency-Key": "paperi-17"}
    answers = await asyncio.gather(*(client.post(PATH, json=SENT, headers=machine) for _ in range(6)))
    told = [(answer.status, (await answer.json())["id"]) for answer in answers]
    assert {status for status, _ in told} == {201}
    assert len({callback_id for _, callback_id in told}) == 1
    assert (await (await client.get(PATH, headers=machine)).json())["total"] == 1
    await problem_of(await client.post(PATH, json=SENT | {"notes": "toinen"}, headers=machine), 422)
    await problem_of(await client.post(PATH, json=SENT, headers=machine | {"Idempotency-Key": "ä"}), 400)


async def test_a_key_is_its_senders_own(client: Client, database: Database, clock: SettableClock) -> None:
    found = []
    for name, phone in (("kone", "+358501234501"), ("toinen", "+358501234502")):
        headers = a_token(database, clock, name) | {"Idempotency-Key": "1"}
        found.append(await (await client.post(PATH, json=SENT | {"phone": phone}, headers=headers)).json())
    assert found[0]["id"] != found[1]["id"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("GET /api", 404),
        ("GET /api/v1", 404),
        ("GET /api/v1/pizza", 404),
        ("GET /api/v2/callbacks", 404),
        (f"DELETE {PATH}", 405),
        (f"PUT {PATH}/{'0' * 32}", 405),
        (f"GET {PATH}/{'0' * 32}/claim", 405),
        (f"GET {PATH}/nonsense", 404),
        (f"GET {PATH}/{'0' * 32}", 404),
        (f"GET {PATH}/%00", 404),
        (f"POST {PATH}/{'0' * 32}/claim", 404),
        ("POST /api/v1/alarms/1/acknowledge", 404),
        ("POST /api/v1/alarms/x/acknowledge", 404),
        ("GET /api/v1/services/EI", 404),
    ],
)
async def test_what_is_not_there_is_a_problem_too(
    client: Client, database: Database, clock: SettableClock, asked: str, status: int
) -> None:
    method, path = asked.split()
    answer = await client.request(method, path, headers=a_token(database, clock, "kone"))
    await problem_of(answer, status)
    if status == 405:
        assert answer.headers["Allow"]


async def test_a_body_too_long_or_of_another_kind_is_refused(
    client: Client, database: Database, clock: SettableClock
) -> None:
    machine = a_token(database, clock, "kone")
    await problem_of(await client.post(PATH, json=SENT | {"notes": "x" * 70_000}, headers=machine), 413)
    await problem_of(await client.post(PATH, json=SENT | {"notes": "x" * 5_000}, headers=machine), 422)
    await problem_of(await client.post(PATH, data=SENT, headers=machine), 415)
    await problem_of(
        await client.post(PATH, data=b"<a/>", headers=machine | {"Content-Type": "text/xml"}), 415
    )


async def test_a_character_no_database_keeps_is_replaced(
    client: Client, database: Database, clock: SettableClock
) -> None:
    sent = SENT | {"notes": "a\0b", "name": "M\0"}
    entered = await client.post(PATH, json=sent, headers=a_token(database, clock, "kone"))
    assert ((await entered.json())["notes"], (await entered.json())["name"]) == ("a\ufffdb", "M\ufffd")


async def test_alarms_are_listed_and_acknowledged(
    client: Client, database: Database, clock: SettableClock
) -> None:
    from tests.alarms.test_watching import looks  # noqa: PLC0415  (its fixtures would be found twice)

    booked = a_request(database, clock, urgency="immediate")
    clock.set(clock() + timedelta(minutes=6))
    looks(database, clock)
    machine = a_token(database, clock, "kone")
    listed = await (await client.get("/api/v1/alarms", headers=machine)).json()
    crisis = next(one for one in listed["items"] if one["kind"] == "crisis")
    assert (crisis["callback"], crisis["level"], crisis["acknowledged_by"]) == (booked.id, 1, None)
    done = await client.post(f"/api/v1/alarms/{crisis['id']}/acknowledge", headers=machine)
    assert (await done.json())["acknowledged_by"] == "kone"
    await problem_of(await client.post(f"/api/v1/alarms/{crisis['id']}/acknowledge", headers=machine), 404)


async def test_what_is_wrong_in_a_request_is_put_right_by_whoever_read_the_last_version(
    client: Client, database: Database, clock: SettableClock
) -> None:
    machine = a_token(database, clock, "kone")
    one = f"{PATH}/{a_request(database, clock).id}"
    read = await (await client.get(one, headers=machine)).json()
    sent = {"phone": "050 999 8877", "name": "Maija", "needs": ["school"], "version": read["version"]}
    done = await client.patch(one, json=sent, headers=machine)
    assert done.status == 200, await done.text()
    now = await done.json()
    assert (now["phone"], now["name"], now["need"]) == ("+358509998877", "Maija", "school")
    assert (now["notes"], now["child_ages"]) == (read["notes"], read["child_ages"])
    assert now["history"][-1]["detail"] == {"fields": ["name", "need", "needs", "phone"]}
    told = await problem_of(await client.patch(one, json=sent, headers=machine), 409)
    assert told["version"] == now["version"]
    wrongs: tuple[dict[str, Any], ...] = (
        {"phone": None},
        {"needs": []},
        {"area": "askola"},
        {"window": None},
        {"notes": 1},
    )
    for wrong in wrongs:
        await problem_of(await client.patch(one, json=wrong, headers=machine), 422)
    other = a_token(database, clock, "Veikko")
    await client.post(f"{one}/claim", headers=other)
    assert (await client.patch(one, json={"name": None}, headers=other)).status == 200
    missing = await client.patch(f"{PATH}/{'0' * 32}", json={"name": "x"}, headers=machine)
    await problem_of(missing, 404)


async def test_with_another_municipality_a_call_goes_to_its_area_with_the_time_it_was_promised(
    client: Client, database: Database, clock: SettableClock
) -> None:
    both, here, there = (
        a_token(database, clock, name, areas=areas)
        for name, areas in (("Molemmat", [HERE, THERE]), ("Täällä", [HERE]), ("Siellä", [THERE]))
    )
    window = {"start": "2026-11-25T09:00+02:00", "end": "2026-11-25T09:30+02:00"}
    sent = {"phone": "+358501234501", "municipality": "Järvenpää", "window": window, "notes": "Yöt"}
    entered = await client.post(PATH, json=sent, headers=both)
    one = (await entered.json())["id"]
    for phone in ("+358501234502", "+358501234503"):  # in the other area that half hour is full
        await client.post(PATH, json=sent | {"phone": phone, "municipality": "Askola"}, headers=both)
    same = {"phone": "+358501234501", "municipality": "Järvenpää", "notes": "Vielä tämä"}
    await client.post(PATH, json=same, headers=both)

    await problem_of(await client.patch(f"{PATH}/{one}", json={"municipality": "Askola"}, headers=here), 403)
    await problem_of(
        await client.patch(f"{PATH}/{one}", json={"municipality": "Atlantis"}, headers=both), 422
    )
    done = await client.patch(f"{PATH}/{one}", json={"municipality": "Askola", "name": "Maija"}, headers=both)
    now = await done.json()
    assert (now["area"], now["municipality"], now["name"]) == (THERE, "Askola", "Maija")
    assert now["window"] == {"start": "2026-11-25T09:00:00+02:00", "end": "2026-11-25T09:30:00+02:00"}
    assert sorted(places_of(database)) == [(THERE, 1), (THERE, 2), (THERE, 3)]
    assert (await client.get(f"{PATH}/{one}", headers=here)).status == 404
    assert (await client.get(f"{PATH}/{one}", headers=there)).status == 200
    line = next(line for line in database.read_now(audit.latest) if line.action == "corrected")
    assert (line.ids, line.areas) == ([one], sorted((HERE, THERE)))
    # What it answered besides is of the old area and stands there by itself.
    left = await (await client.get(PATH, headers=here)).json()
    assert [(item["notes"], item["state"]) for item in left["items"]] == [("Vielä tämä", "waiting")]


async def test_a_call_that_a_colleague_has_goes_to_no_other_area(
    client: Client, database: Database, clock: SettableClock
) -> None:
    machine, other = a_token(database, clock, "kone"), a_token(database, clock, "Veikko")
    one = f"{PATH}/{a_request(database, clock).id}"
    await client.post(f"{one}/claim", headers=other)
    told = await problem_of(await client.patch(one, json={"municipality": "Askola"}, headers=machine), 409)
    assert told["holder"] == "Veikko"
    moved = await client.patch(one, json={"municipality": "Askola"}, headers=other)
    assert (await moved.json())["area"] == THERE


def places_of(database: Database) -> list[tuple[str, int]]:
    """The area and number of each place that is taken."""
    wanted = select(CallbackRow.area, CallbackRow.place_number).where(CallbackRow.place_number.is_not(None))
    return [(row.area, row.place_number) for row in database.read_now(lambda s: s.execute(wanted).all())]
