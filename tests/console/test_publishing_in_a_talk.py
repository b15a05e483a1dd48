"""What is published in the studio is what the bot says in its next message, in the same process, without a restart."""

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.app import Options, build
from bot.clock import SettableClock
from bot.database import Database
from bot.guidance import store
from bot.guidance.catalogue import Service
from tests.boundary.test_family_doors import parts
from tests.console.test_services_page import ENTRY, fields_of
from tests.staff.building import PASSWORD, Client, a_person

PAGE = "/staff/services/perhekahvila"


@pytest.fixture
async def whole(sqlite_database: Database, clock: SettableClock) -> AsyncIterator[Client]:
    """Families' doors and the console of one server, with an admin signed in."""
    service = Service.model_validate(ENTRY)
    sqlite_database.write_now(lambda session: store.seed(session, [service], now=clock()))
    client = TestClient(TestServer(build(parts(sqlite_database, clock), Options(demo=True))))
    await client.start_server()
    email = a_person(sqlite_database, clock, "Saara Kivelä", "admin")
    await client.post("/staff/sign-in", data={"email": email, "password": PASSWORD})
    yield client
    await client.close()


async def told(client: Client, family: str) -> str:
    """What a family in Askola that looks for other parents is told."""
    said = ""
    for message in ("/peer_support", "/SetSlots(municipality=Askola)"):
        answer = await client.post("/webhooks/rest/webhook", json={"sender": family, "message": message})
        assert answer.status == 200, await answer.text()
        said += await answer.text()
    return said


async def test_the_next_message_says_what_was_published_and_nothing_of_what_was_archived(
    whole: Client,
) -> None:
    assert "Kahvila perheille." in await told(whole, "first")
    fields = fields_of(await (await whole.get(PAGE)).text())
    await whole.post(PAGE, data=fields | {"do": "draft", "summary_fi": "Tule kahville lapsen kanssa."})
    assert "Kahvila perheille." in await told(whole, "second")
    fields = fields_of(await (await whole.get(PAGE)).text())
    await whole.post(PAGE, data=fields | {"do": "publish"})
    after = await told(whole, "third")
    assert "Tule kahville lapsen kanssa." in after
    assert "Kahvila perheille." not in after
    revision = fields_of(await (await whole.get(PAGE)).text())["revision"]
    await whole.post(f"{PAGE}/step", data={"step": "archived", "words": "Loppui.", "revision": revision})
    assert "Perhekahvila" not in await told(whole, "fourth")


async def test_a_long_entry_in_many_languages_is_published_whole(
    whole: Client, sqlite_database: Database
) -> None:
    fields = fields_of(await (await whole.get(PAGE)).text())
    long = {f"description_{code}": f"{'ä' * 99} " * 49 for code in ("fi", "sv", "en", "ru")}
    done = await whole.post(PAGE, data=fields | long | {"do": "publish"}, allow_redirects=False)
    assert done.status == 303
    entry = sqlite_database.read_now(lambda session: store.entry(session, "perhekahvila"))
    assert entry is not None
    assert entry.service is not None
    assert entry.service.description is not None
    assert len(entry.service.description.ru or "") > 4000
