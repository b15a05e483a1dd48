"""The staff API on the catalogue."""

from typing import Any

import pytest

from bot.clock import SettableClock
from bot.database import Database
from bot.guidance import store
from bot.guidance.catalogue import Service
from tests.console.test_services_page import ENTRY
from tests.staff.building import Client, a_client, a_token, an_app

PATH = "/api/v1/services"


@pytest.fixture
async def client(database: Database, clock: SettableClock) -> Any:
    database.write_now(lambda session: store.seed(session, [Service.model_validate(ENTRY)], now=clock()))
    opened = await a_client(an_app(database, clock))
    yield opened
    await opened.close()


async def test_an_entry_is_read_changed_and_published(
    client: Client, database: Database, clock: SettableClock
) -> None:
    owner = a_token(database, clock, "kone", "admin")
    listed = await (await client.get(PATH, headers=owner)).json()
    assert listed["total"] == 1
    one = await (await client.get(f"{PATH}/perhekahvila", headers=owner)).json()
    assert (one["summary"]["fi"], one["status"], one["revision"]) == ("Kahvila perheille.", "published", 1)
    one["summary"]["fi"] = "Tule kahville."
    drafted = await (await client.put(f"{PATH}/perhekahvila", json=one, headers=owner)).json()
    assert drafted["summary"]["fi"] == "Kahvila perheille."
    assert drafted["draft"]["summary"]["fi"] == "Tule kahville."
    done = await client.post(f"{PATH}/perhekahvila/publish", headers=owner)
    assert done.status == 200
    published = await done.json()
    assert (published["summary"]["fi"], published["draft"]) == ("Tule kahville.", None)
    old = await client.put(f"{PATH}/perhekahvila", json=one, headers=owner)
    assert old.status == 409
    assert (await old.json())["revision"] == published["revision"]


async def test_a_new_entry_is_a_draft_until_it_is_published(
    client: Client, database: Database, clock: SettableClock
) -> None:
    owner = a_token(database, clock, "kone", "admin")
    new = ENTRY | {"id": "uusi-kerho", "channels": []}
    made = await client.post(PATH, json=new, headers=owner)
    assert made.status == 201
    assert (await made.json())["status"] == "draft"
    assert (await client.post(PATH, json=new, headers=owner)).status == 409
    await client.post(f"{PATH}/uusi-kerho/publish", headers=owner)
    one = await (await client.get(f"{PATH}/uusi-kerho", headers=owner)).json()
    assert one["status"] == "published"


async def test_a_mistake_in_an_entry_is_named(
    client: Client, database: Database, clock: SettableClock
) -> None:
    owner = a_token(database, clock, "kone", "admin")
    answer = await client.post(PATH, json=ENTRY | {"needs": ["pizza"]}, headers=owner)
    assert answer.status == 422
    assert (await answer.json())["errors"][0]["field"] == "needs"


async def test_a_place_nobody_lives_in_is_refused(
    client: Client, database: Database, clock: SettableClock
) -> None:
    owner = a_token(database, clock, "kone", "admin")
    answer = await client.post(
        PATH, json=ENTRY | {"areas": {"scope": "limited", "municipalities": ["Narnia"]}}, headers=owner
    )
    assert answer.status == 422
    assert "Narnia" in (await answer.json())["detail"]


async def test_an_advisor_reads_and_does_not_change(
    client: Client, database: Database, clock: SettableClock
) -> None:
    advisor = a_token(database, clock, "kone")
    assert (await client.get(f"{PATH}/perhekahvila", headers=advisor)).status == 200
    assert (await client.post(f"{PATH}/perhekahvila/publish", headers=advisor)).status == 403
    assert (await client.get(f"{PATH}/ei-ole", headers=advisor)).status == 404


async def test_who_wrote_a_number_does_not_publish_it_and_a_colleague_does(
    client: Client, database: Database, clock: SettableClock
) -> None:
    one, other = a_token(database, clock, "kone", "admin"), a_token(database, clock, "toinen", "admin")
    entry = await (await client.get(f"{PATH}/perhekahvila", headers=one)).json()
    entry["channels"][0]["number"] = "+358407654321"
    assert (await client.put(f"{PATH}/perhekahvila", json=entry, headers=one)).status == 200
    refused = await client.post(f"{PATH}/perhekahvila/publish", headers=one)
    assert refused.status == 409
    assert refused.content_type == "application/problem+json"
    assert (await refused.json())["reason"] == "number"
    assert (await client.post(f"{PATH}/perhekahvila/publish", headers=other)).status == 200


async def test_an_owner_changes_its_own_entries_only_and_a_colleague_publishes_them(
    client: Client, database: Database, clock: SettableClock
) -> None:
    owner, admin = a_token(database, clock, "kone", "owner"), a_token(database, clock, "toinen", "admin")
    assert (await client.put(f"{PATH}/perhekahvila", json=ENTRY, headers=owner)).status == 403
    assert (await client.post(PATH, json=ENTRY | {"id": "oma", "channels": []}, headers=owner)).status == 201
    refused = await client.post(f"{PATH}/oma/publish", headers=owner)
    assert (refused.status, (await refused.json())["reason"]) == (409, "review")
    assert (await client.post(f"{PATH}/oma/publish", headers=admin)).status == 200


async def test_an_edit_never_says_that_the_facts_were_checked(
    client: Client, database: Database, clock: SettableClock
) -> None:
    admin = a_token(database, clock, "kone", "admin")
    entry = ENTRY | {"verified": {"at": "2026-11-20"}, "summary": {"fi": "Uusi.", "sv": "Ny.", "en": "New."}}
    await client.put(f"{PATH}/perhekahvila", json=entry, headers=admin)
    await client.post(f"{PATH}/perhekahvila/publish", headers=admin)
    one = await (await client.get(f"{PATH}/perhekahvila", headers=admin)).json()
    assert (one["summary"]["fi"], one["verified"]["at"]) == ("Uusi.", "2026-11-12")
