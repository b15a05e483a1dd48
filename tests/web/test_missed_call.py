"""A telephone exchange tells of calls nobody answered: each becomes one callback, whoever and whatever repeats it."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer
from pydantic import SecretStr, ValidationError
from sqlalchemy import select, text

from bot.callbacks import missed_calls, queue
from bot.callbacks.callback import Callback
from bot.callbacks.missed_calls import ExchangeCallerRow, ExchangeEventRow
from bot.callbacks.request import Outcome
from bot.channels.missed_call import PATH, SIGNATURE, TIMESTAMP, add_missed_calls, signature_of
from bot.clock import SettableClock
from bot.database import Base, Database
from bot.reach import EVERYWHERE
from bot.settings import Settings
from tests.callbacks.scenes import ANNA, LEASE, booked
from tests.web.conftest import Client
from tests.web.family_app import family_app

EXCHANGE_SECRET = "a secret of the exchange, 32 characters"
CALLER = "+358501234567"
AT_ONCE = 20
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.fixture
async def client(database: Database, clock: SettableClock) -> AsyncIterator[Client]:
    app = family_app(database, clock)
    add_missed_calls(app, Settings(exchange_secret=SecretStr(EXCHANGE_SECRET)))
    async with TestClient(TestServer(app)) as found:
        yield found


def an_event(**changes: Any) -> dict[str, Any]:
    return {
        "event_id": "ex-1",
        "caller": CALLER,
        "called_at": "2026-11-24T09:58:30+02:00",
        "kind": "missed",
        **changes,
    }


def sent_at(moment: datetime) -> str:
    return str(int(moment.timestamp()))


async def tells(
    client: Client,
    event: object,
    *,
    now: datetime = NOW,
    secret: str = EXCHANGE_SECRET,
    headers: Mapping[str, str] | None = None,
) -> ClientResponse:
    body = event if isinstance(event, bytes) else json.dumps(event).encode()
    signed = {
        "Content-Type": "application/json",
        TIMESTAMP: sent_at(now),
        SIGNATURE: signature_of(secret, sent_at(now), body),
    }
    return await client.post(PATH, data=body, headers=signed | dict(headers or {}))


def waiting(database: Database) -> list[Callback]:
    items, total = database.read_now(lambda session: queue.list_waiting(session, EVERYWHERE, limit=100))
    assert total == len(items)
    return items


def only(database: Database) -> Callback:
    (found,) = waiting(database)
    opened = database.read_now(lambda session: queue.find(session, found.id, EVERYWHERE))
    assert opened
    return opened


async def test_a_missed_call_becomes_a_callback_with_the_ordinary_promise(
    client: Client, database: Database
) -> None:
    response = await tells(client, an_event())
    assert response.status == 201
    callback = only(database)
    assert await response.json() == {
        "result": "created",
        "callback": callback.id,
        "promised_day": "2026-11-27",
    }
    asked = callback.request
    assert (asked.phone, asked.channel, asked.need, asked.area) == (CALLER, "missed_call", None, "muu")
    assert (asked.urgency, asked.name, asked.notes, asked.message_allowed) == ("none", None, "", None)
    assert [(entry.actor, entry.what) for entry in callback.history] == [
        ("system", "booked"),
        ("family", "rang"),
    ]


async def test_a_voicemail_of_a_line_of_a_municipality_keeps_where_it_can_be_heard(
    client: Client, database: Database
) -> None:
    event = an_event(kind="voicemail", recording="vm/2026/000123", municipality="Träskända")
    assert (await tells(client, event)).status == 201
    callback = only(database)
    assert callback.request.municipality == "Järvenpää"
    assert callback.request.area == "jarvenpaa"
    assert (callback.history[-1].what, callback.history[-1].note) == ("voicemail", "vm/2026/000123")


async def test_the_same_event_again_gets_the_same_answer_and_makes_nothing_new(
    client: Client, database: Database, clock: SettableClock
) -> None:
    first = await tells(client, an_event())
    later = clock() + timedelta(hours=3)
    clock.set(later)
    again = await tells(client, an_event(kind="voicemail"), now=later)
    assert (again.status, await again.json()) == (first.status, await first.json())
    assert [entry.what for entry in only(database).history] == ["booked", "rang"]


async def test_twenty_deliveries_at_once_of_one_event_are_one_callback(
    client: Client, database: Database
) -> None:
    responses = await asyncio.gather(*(tells(client, an_event()) for _ in range(AT_ONCE)))
    assert {response.status for response in responses} == {201}
    assert len({json.dumps(await response.json()) for response in responses}) == 1
    assert [entry.what for entry in only(database).history] == ["booked", "rang"]


async def test_twenty_calls_at_once_of_one_number_are_one_callback_with_twenty_lines(
    client: Client, database: Database
) -> None:
    events = [an_event(event_id=f"ex-{number}") for number in range(AT_ONCE)]
    responses = await asyncio.gather(*(tells(client, event) for event in events))
    assert sorted(response.status for response in responses) == [200] * (AT_ONCE - 1) + [201]
    assert [entry.what for entry in only(database).history] == ["booked", *["rang"] * AT_ONCE]


async def test_who_has_booked_or_is_being_rung_gets_a_line_and_no_second_callback(
    client: Client, database: Database
) -> None:
    entry = booked(database, phone=CALLER)
    database.write_now(lambda s: queue.claim(s, entry.id, ANNA, now=NOW, lease=LEASE))
    response = await tells(client, an_event(kind="voicemail"))
    assert (response.status, (await response.json())["result"]) == (200, "added")
    assert waiting(database) == []
    found = database.read_now(lambda session: queue.find(session, entry.id, EVERYWHERE))
    assert found
    assert found.holder == ANNA.id
    assert [line.what for line in found.history] == ["booked", "claimed", "voicemail"]


async def test_a_call_after_the_last_one_was_closed_is_a_new_callback(
    client: Client, database: Database
) -> None:
    entry = booked(database, phone=CALLER)
    database.write_now(lambda s: queue.claim(s, entry.id, ANNA, now=NOW, lease=LEASE))
    database.write_now(lambda s: queue.close(s, entry.id, ANNA, Outcome.ENOUGH, now=NOW))
    assert (await tells(client, an_event())).status == 201
    assert only(database).id != entry.id


async def test_a_withheld_number_gets_a_clear_answer_and_makes_no_callback(
    client: Client, database: Database
) -> None:
    for _ in range(2):
        response = await tells(client, an_event(caller="withheld"))
        answer = await response.json()
        assert (response.status, answer["result"], answer["callback"]) == (200, "withheld", None)
        assert "withheld" in answer["detail"]
    assert waiting(database) == []


@pytest.mark.parametrize("minutes", [-6, 6], ids=["an old message sent again", "a clock that is ahead"])
async def test_what_was_signed_long_ago_or_is_yet_to_come_is_refused(
    client: Client, database: Database, minutes: int
) -> None:
    response = await tells(client, an_event(), now=NOW + timedelta(minutes=minutes))
    assert response.status == 401
    assert "five minutes" in (await response.json())["detail"]
    assert waiting(database) == []


async def test_clocks_may_differ_by_less_than_five_minutes(client: Client) -> None:
    assert (await tells(client, an_event(), now=NOW - timedelta(seconds=299))).status == 201


@pytest.mark.parametrize(
    "headers",
    [
        {SIGNATURE: ""},
        {SIGNATURE: "sha256=" + "0" * 64},
        {SIGNATURE: "ä"},
        {TIMESTAMP: sent_at(NOW + timedelta(seconds=1))},
        {TIMESTAMP: ""},
    ],
)
async def test_what_the_exchange_has_not_signed_is_refused(
    client: Client, database: Database, headers: dict[str, str]
) -> None:
    response = await tells(client, an_event(), headers=headers)
    assert (response.status, response.content_type) == (401, "application/problem+json")
    assert waiting(database) == []


async def test_another_secret_and_a_changed_body_are_refused(client: Client, database: Database) -> None:
    assert (await tells(client, an_event(), secret="another secret of the exchange..")).status == 401
    body = json.dumps(an_event()).encode()
    signature = signature_of(EXCHANGE_SECRET, sent_at(NOW), body)
    changed = body.replace(b"1234567", b"7654321")
    assert (await tells(client, changed, headers={SIGNATURE: signature})).status == 401
    assert waiting(database) == []


async def test_a_moment_that_is_none_is_refused_although_signed(client: Client) -> None:
    body = json.dumps(an_event()).encode()
    for moment in ("soon", "-1", "1" * 40, "²"):
        signature = signature_of(EXCHANGE_SECRET, moment, body)
        headers = {TIMESTAMP: moment, SIGNATURE: signature}
        assert (await tells(client, body, headers=headers)).status == 401


@pytest.mark.parametrize(
    ("event", "status", "member"),
    [
        (b"{", 422, ""),
        (b"[]", 422, ""),
        (an_event(event_id=""), 422, "event_id"),
        (an_event(event_id="x" * 201), 422, "event_id"),
        (an_event(caller="050 123 4567"), 422, "caller"),
        (an_event(caller="+3585"), 422, "caller"),
        (an_event(caller=None), 422, "caller"),
        (an_event(called_at="2026-11-24T09:58:30"), 422, "called_at"),
        (an_event(kind="answered"), 422, "kind"),
        (an_event(recording="x" * 501), 422, "recording"),
        (an_event(more="x" * 9_000), 413, None),
        (an_event(called_at="2026-11-24T10:06:00+02:00"), 422, None),
        (an_event(called_at="2026-11-10T10:00:00+02:00"), 422, None),
    ],
)
async def test_what_is_no_event_is_told_by_its_member_and_not_repeated(
    client: Client, database: Database, event: object, status: int, member: str | None
) -> None:
    response = await tells(client, event)
    assert (response.status, response.content_type) == (status, "application/problem+json")
    told = await response.text()
    if member is not None:
        assert member in [one["member"] for one in json.loads(told)["errors"]]
    assert "1234567" not in told
    assert "123 4567" not in told
    assert waiting(database) == []


async def test_another_kind_of_body_is_refused(client: Client) -> None:
    response = await tells(client, an_event(), headers={"Content-Type": "text/plain"})
    assert response.status == 415


async def test_without_a_secret_the_address_does_not_exist(database: Database, clock: SettableClock) -> None:
    app = family_app(database, clock)
    add_missed_calls(app, Settings(exchange_secret=None))
    async with TestClient(TestServer(app)) as client:
        response = await tells(client, an_event())
        assert (response.status, response.content_type) == (404, "application/problem+json")


def test_a_short_secret_is_no_secret() -> None:
    with pytest.raises(ValidationError):
        Settings(exchange_secret=SecretStr("short"))


async def test_what_cannot_be_kept_is_not_acknowledged(
    sqlite_database: Database, clock: SettableClock
) -> None:
    app = family_app(sqlite_database, clock)
    add_missed_calls(app, Settings(exchange_secret=SecretStr(EXCHANGE_SECRET)))
    async with TestClient(TestServer(app)) as client:
        sqlite_database.write_now(lambda session: session.execute(text("DROP TABLE callback_event")))
        assert (await tells(client, an_event())).status == 503
        Base.metadata.create_all(sqlite_database.engine)
        assert (await tells(client, an_event())).status == 201


async def test_no_number_is_in_the_database_as_it_was_told(client: Client, database: Database) -> None:
    await tells(client, an_event(kind="voicemail", recording="vm/000123"))
    kept = database.read_now(
        lambda session: [str(session.execute(select(table)).all()) for table in Base.metadata.sorted_tables]
    )
    assert not [row for row in kept if "1234567" in row or "vm/000123" in row or "ex-1" in row]


async def test_events_are_forgotten_after_thirty_days(client: Client, database: Database) -> None:
    await tells(client, an_event())
    early, late = NOW + timedelta(days=29), NOW + timedelta(days=31)
    assert database.write_now(lambda session: missed_calls.forget_old(session, early)) == 0
    assert database.write_now(lambda session: missed_calls.forget_old(session, late)) == 2
    rows = database.read_now(
        lambda session: [
            *session.scalars(select(ExchangeEventRow)),
            *session.scalars(select(ExchangeCallerRow)),
        ]
    )
    assert rows == []
    assert len(waiting(database)) == 1
