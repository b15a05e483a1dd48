"""Services beside a call: found for this family, each with the reason it is there."""

import re

import pytest

from bot.clock import SettableClock
from bot.database import Database
from bot.guidance import store
from tests.entries import entry
from tests.staff.building import Client, a_person, a_request, signed_in

FIND = "/staff/services/find"


@pytest.fixture
async def advisor(client: Client, sqlite_database: Database, clock: SettableClock) -> Client:
    services = [
        entry("perhekahvila", "Perhekahvila", hours=[{"kind": "always"}]),
        entry("nuorten-kahvila", "Kahvila nuorille", ages={"min": 13, "max": 17}, languages=["fi", "ru"]),
        entry("sukukahvila", "Sukukahvila", areas={"scope": "whole_country"}, needs=["peer_support"]),
        entry("uniohjaus", "Uniohjaus", needs=["infant_care"]),
    ]
    sqlite_database.write_now(lambda session: store.seed(session, services, now=clock()))
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    return client


async def found(advisor: Client, query: str) -> dict[str, str]:
    """The ids found, in their order, with the reason of each."""
    page = await (await advisor.get(f"{FIND}?municipality=Askola&{query}")).text()
    items = page.split('<li class="found">')[1:]
    whys = [re.search(r'class="why">([^<]*)<', item) for item in items]
    ids = [re.search(r'value="([^"]*)"', item) for item in items]
    return {id_[1]: why[1] if why else "" for id_, why in zip(ids, whys, strict=True) if id_}


async def test_each_service_tells_why_it_is_found(advisor: Client) -> None:
    services = await found(advisor, "q=kahvila&language=ru")
    assert services == {
        "perhekahvila": "Sana on nimessä · Omasta kunnasta · Auki nyt",
        "nuorten-kahvila": "Sana on nimessä · Omasta kunnasta · Palvelee perheen kielellä",
        "sukukahvila": "Sana on nimessä · Koko maassa",
    }


async def test_what_the_family_needs_follows_what_the_words_name(advisor: Client) -> None:
    services = await found(advisor, "q=perhekahvila&need=infant_care&need=no_such_need")
    assert next(iter(services)) == "perhekahvila"
    assert services["uniohjaus"] == "Tähän asiaan · Omasta kunnasta"


async def test_a_service_for_other_ages_comes_only_when_there_is_no_other(advisor: Client) -> None:
    assert "nuorten-kahvila" not in await found(advisor, "q=kahvila&age=0.5")
    assert "nuorten-kahvila" in await found(advisor, "q=kahvila&age=0.5&age=14")
    assert list(await found(advisor, "q=nuorille&age=0.5")) == ["nuorten-kahvila"]
    assert "nuorten-kahvila" in await found(advisor, "q=kahvila&age=vauva")


async def test_the_page_of_a_call_searches_for_its_family(
    advisor: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    booked = a_request(
        sqlite_database,
        clock,
        municipality="Askola",
        needs=("infant_care", "upbringing"),
        child_ages=(0.5,),
        told=("perhekahvila",),
    )
    await advisor.post(f"/staff/callbacks/{booked.id}/claim")
    page = await (await advisor.get(f"/staff/callbacks/{booked.id}")).text()
    form = page.partition("data-find>")[2].partition("</form>")[0]
    asked = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    assert asked == [
        ("municipality", "Askola"),
        ("language", "fi"),
        ("need", "infant_care"),
        ("need", "upbringing"),
        ("age", "0.5"),
    ]
    shown = page.partition('value="perhekahvila"')[2].partition("</li>")[0]
    assert "Botti näytti tämän" in shown
    assert "Tähän asiaan · Omasta kunnasta" in page.partition('value="uniohjaus"')[2].partition("</li>")[0]
