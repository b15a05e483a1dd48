"""The staff API on callbacks, as a program meets it."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from bot.audit import AuditRow
from bot.callbacks.tables import CallbackRow
from bot.clock import SettableClock
from bot.database import Database
from tests.staff.building import Client, a_client, a_person, a_request, a_token, an_app

PATH = "/api/v1/callbacks"


async def problem_of(response: Any, status: int) -> dict[str, Any]:
    assert response.status == status
    assert response.content_type == "application/problem+json"
    told: dict[str, Any] = await response.json()
    assert told["status"] == status
    assert told["title"]
    return told


@pytest.fixture
async def client(database: Database, clock: SettableClock) -> Any:
    opened = await a_client(an_app(database, clock))
    yield opened
    await opened.close()


async def test_a_program_without_a_token_is_told_to_send_one(client: Client) -> None:
    response = await client.get(PATH)
    await problem_of(response, 401)
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    await problem_of(await client.get(PATH, headers={"Authorization": "Bearer väärä"}), 401)


async def test_a_call_entered_by_staff_is_answered_whole_and_listed_masked(
    client: Client, database: Database, clock: SettableClock
) -> None:
    machine = a_token(database, clock, "kone")
    sent = {
        "phone": "050 123 4567",
        "name": "Testi Perhe",
        "municipality": "Mikkeli",
        "child_ages": [0.5, 6],
        "need": "infant_care",
        "language": "ru",
        "interpreter": "ru",
        "window": {"start": "2026-11-25T13:00:00+02:00", "end": "2026-11-25T15:00:00+02:00"},
        "message_allowed": False,
        "who_may_answer": "only_me",
        "show_number": False,
        "code_word": "mansikka",
        "notes": "vauva itkee yöt",
        "urgency": "urgent",
    }
    response = await client.post(PATH, json=sent, headers=machine)
    assert response.status == 201
    one = await response.json()
    assert one | {"phone": "+358501234567", "child_ages": [0.5, 6], "area": "etela-savo"} == one
    assert one["window"] == sent["window"]
    assert (one["state"], one["holder"], one["attempts"]) == ("waiting", None, [])
    assert (one["promised_day"], one["anonymous"]) == ("2026-11-27", False)
    page = await (await client.get(PATH, headers=machine)).json()
    assert page["total"] == 1
    assert page["items"][0]["phone"] == "+358•••••••67"
    assert page["items"][0]["notes"] == "vauva itkee yöt"
    whole = await (await client.get(f"{PATH}/{one['id']}", headers=machine)).json()
    assert whole["phone"] == "+358501234567"


async def test_times_without_a_day_become_the_first_such_window(
    client: Client, database: Database, clock: SettableClock
) -> None:
    machine = a_token(database, clock, "kone")
    sent = {"phone": "+358501234567", "window": {"start": "09:00", "end": "09:30"}}
    one = await (await client.post(PATH, json=sent, headers=machine)).json()
    assert one["window"] == {"start": "2026-11-25T09:00:00+02:00", "end": "2026-11-25T09:30:00+02:00"}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"phone": "050 12"}, "phone"),
        ({"need": "pizza"}, "need"),
        ({"child_ages": [-1]}, "child_ages.0"),
        ({"surprise": 1}, "surprise"),
        ({"window": {"start": "2026-11-25T13:00:00", "end": "14:00"}}, "window"),
    ],
)
async def test_a_field_that_cannot_be_used_is_named_and_not_repeated(
    client: Client, database: Database, clock: SettableClock, changed: dict[str, Any], field: str
) -> None:
    machine = a_token(database, clock, "kone")
    sent = {"phone": "+358501234567", "notes": "salainen asia"} | changed
    response = await client.post(PATH, json=sent, headers=machine)
    told = await problem_of(response, 422)
    assert any(error["field"].startswith(field) for error in told["errors"])
    assert "salainen" not in await response.text()


async def test_a_body_that_is_not_json_is_a_bad_request(
    client: Client, database: Database, clock: SettableClock
) -> None:
    machine = a_token(database, clock, "kone")
    as_json = machine | {"Content-Type": "application/json"}
    for sent in (b"", b"{", b"nothing", b'{"phone": "\xff"}', b'{"notes": "\\ud800"}', b"[" * 10_000):
        await problem_of(await client.post(PATH, data=sent, headers=as_json), 400)


async def test_the_whole_life_of_a_callback(client: Client, database: Database, clock: SettableClock) -> None:
    aino, veikko = a_token(database, clock, "Aino"), a_token(database, clock, "Veikko")
    one = f"{PATH}/{a_request(database, clock).id}"

    async def asked(what: str, who: dict[str, str], **body: Any) -> Any:
        return await client.post(f"{one}/{what}", json=body or None, headers=who)

    assert (await problem_of(await asked("attempts", aino, result="no_answer"), 409))["holder"] is None
    claimed = await asked("claim", aino)
    assert claimed.status == 200
    assert (await claimed.json())["holder"] == "Aino"
    assert (await asked("claim", aino)).status == 200
    for what, body in (
        ("claim", {}),
        ("release", {}),
        ("attempts", {"result": "busy"}),
        ("close", {"outcome": "other"}),
    ):
        assert (await problem_of(await asked(what, veikko, **body), 409))["holder"] == "Aino"
    missed = await (await asked("attempts", aino, result="no_answer")).json()
    assert (missed["state"], missed["holder"], missed["attempts"][0]["result"]) == (
        "waiting",
        None,
        "no_answer",
    )
    assert missed["next_try_at"]
    await asked("claim", veikko)
    assert (await asked("release", veikko)).status == 200
    await asked("claim", veikko)
    reached = await (await asked("attempts", veikko, result="reached")).json()
    assert reached["state"] == "claimed"
    closed = await (await asked("close", veikko, outcome="enough", services=["x"], note="juteltiin")).json()
    assert (closed["state"], closed["outcome"], closed["services"]) == ("done", "enough", ["x"])
    assert closed["history"][-1]["note"] == "juteltiin"
    told = await problem_of(await asked("claim", aino), 409)
    assert told["state"] == "done"
    done = await (await client.get(PATH, params={"state": "done"}, headers=aino)).json()
    assert done["total"] == 1


async def test_a_callback_read_from_the_api_may_be_sent_as_it_is_and_gets_an_id_of_its_own(
    client: Client, database: Database, clock: SettableClock
) -> None:
    aino = a_token(database, clock, "Aino")
    read = await (await client.get(f"{PATH}/{a_request(database, clock).id}", headers=aino)).json()
    response = await client.post(PATH, json=read | {"phone": "+358501234599"}, headers=aino)
    assert response.status == 201, await response.text()
    entered = await response.json()
    same = ("need", "name", "municipality", "child_ages", "language", "window", "notes")
    assert {name: entered[name] for name in same} == {name: read[name] for name in same}
    assert entered["id"] != read["id"]
    assert entered["code"] != read["code"]


async def test_times_without_a_day_are_kept_as_the_wish(
    client: Client, database: Database, clock: SettableClock
) -> None:
    sent = {"phone": "040 111 2233", "municipality": "Askola", "window": {"start": "09:00", "end": "10:30"}}
    response = await client.post(PATH, json=sent, headers=a_token(database, clock, "Aino"))
    assert (await response.json())["wish"] == "09.00–10.30"


async def test_a_callback_is_offered_by_address_and_not_to_a_stranger(
    client: Client, database: Database, clock: SettableClock
) -> None:
    a_person(database, clock, "Kerttu Nurmela", "coordinator")
    aino = a_token(database, clock, "Aino")
    one = f"{PATH}/{a_request(database, clock).id}"
    await client.post(f"{one}/claim", headers=aino)
    await problem_of(await client.post(f"{one}/transfer", json={"to": "x@example.org"}, headers=aino), 422)
    response = await client.post(f"{one}/transfer", json={"to": "kerttu@example.org"}, headers=aino)
    told = await response.json()
    assert (told["holder"], told["offered_to"]) == ("Aino", "Kerttu Nurmela")


async def test_a_callback_changes_hands_once_the_colleague_accepts_it(
    client: Client, database: Database, clock: SettableClock
) -> None:
    desk, veikko = a_token(database, clock, "Etulinja"), a_token(database, clock, "Veikko")
    a_token(database, clock, "Omistaja", "owner")
    one = f"{PATH}/{a_request(database, clock).id}"
    await client.post(f"{one}/claim", headers=veikko)
    await problem_of(await client.post(f"{one}/transfer", json={"to": "Omistaja"}, headers=veikko), 422)
    await problem_of(await client.post(f"{one}/transfer", json={"to": "Veikko"}, headers=veikko), 422)
    too_early = await problem_of(await client.post(f"{one}/transfer/accept", headers=desk), 409)
    assert too_early["holder"] == "Veikko"
    await client.post(f"{one}/transfer", json={"to": "etulinja", "note": "Puhut venäjää"}, headers=veikko)
    declined = await (await client.post(f"{one}/transfer/decline", headers=desk)).json()
    assert (declined["holder"], declined["offered_to"]) == ("Veikko", None)
    await client.post(f"{one}/transfer", json={"to": "etulinja"}, headers=veikko)
    accepted = await (await client.post(f"{one}/transfer/accept", headers=desk)).json()
    assert (accepted["holder"], accepted["offered_to"]) == ("Etulinja", None)
    late = await problem_of(
        await client.post(f"{one}/close", json={"outcome": "enough"}, headers=veikko), 409
    )
    assert late["holder"] == "Etulinja"


async def test_of_forty_who_claim_at_once_one_gets_it_and_the_others_learn_who(
    client: Client, database: Database, clock: SettableClock
) -> None:
    people = {f"Kone {n}": a_token(database, clock, f"Kone {n}") for n in range(8)}
    callback_id = a_request(database, clock).id
    answers = await asyncio.gather(
        *(client.post(f"{PATH}/{callback_id}/claim", headers=who) for who in list(people.values()) * 5)
    )
    told = [(answer.status, await answer.json()) for answer in answers]
    winners = {body["holder"] for status, body in told if status == 200}
    assert len(winners) == 1
    assert sum(status == 200 for status, _ in told) == 5  # the winner, who asked five times
    assert {body["holder"] for status, body in told if status == 409} == winners


async def test_an_unknown_callback_is_not_found(
    client: Client, database: Database, clock: SettableClock
) -> None:
    machine = a_token(database, clock, "kone")
    for method, path in (("GET", ""), ("POST", "/claim"), ("POST", "/release")):
        await problem_of(await client.request(method, f"{PATH}/{'0' * 32}{path}", headers=machine), 404)


async def test_every_reading_of_a_family_is_one_line_in_the_audit(
    client: Client, database: Database, clock: SettableClock
) -> None:
    machine = a_token(database, clock, "kone")
    ids = {a_request(database, clock, phone=f"+35850123456{n}").id for n in range(3)}
    await client.get(PATH, headers=machine)
    await client.get(f"{PATH}/{min(ids)}", headers=machine)

    def lines(session: Any) -> list[tuple[str, set[str]]]:
        return [(row.action, set(row.ids)) for row in session.scalars(select(AuditRow).order_by(AuditRow.id))]

    assert database.read_now(lines) == [("listed", ids), ("read", {min(ids)})]


async def test_the_summary_counts_what_stands_where(
    client: Client, database: Database, clock: SettableClock
) -> None:
    advisor, coordinator = a_token(database, clock, "Aino"), a_token(database, clock, "K", "coordinator")
    first, _ = a_request(database, clock), a_request(database, clock, phone="+358501234560")
    await client.post(f"{PATH}/{first.id}/claim", headers=advisor)
    answer = await (await client.get("/api/v1/reports/summary", headers=coordinator)).json()
    assert answer == {"waiting": 1, "claimed": 1, "done": 0, "cancelled": 0, "late": 0, "total": 2}


async def test_nothing_a_family_said_stands_readable_in_the_database(
    client: Client, database: Database, clock: SettableClock
) -> None:
    machine = a_token(database, clock, "kone")
    await client.post(PATH, json={"phone": "+358501234567", "notes": "salainen asia"}, headers=machine)
    box = database.read_now(lambda session: session.scalars(select(CallbackRow.box)).one())
    assert box is not None
    assert b"salainen" not in box
