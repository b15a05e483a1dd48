"""What is to be mended in an entry stands beside its preview while it is written."""

from bot.clock import SettableClock
from bot.database import Database
from bot.guidance import store
from bot.guidance.catalogue import Service
from tests.staff.building import Client, a_person, signed_in


async def test_the_page_of_an_entry_says_what_to_mend(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    words = {"fi": "Perhekahvila", "sv": "Familjecafé", "en": "Family café"}
    entry = Service.model_validate(
        {
            "id": "kahvila", "name": words, "provider": words, "needs": ["peer_support"],
            "areas": {"scope": "whole_country"},
            "summary": {"fi": "Tervetuloa mukaan!", "sv": "Välkommen.", "en": "Welcome."},
        }
    )  # fmt: skip
    sqlite_database.write_now(lambda session: store.seed(session, [entry], now=clock()))
    await signed_in(client, a_person(sqlite_database, clock, "Saara Kivelä", "admin"))
    page = await (await client.get("/staff/services/kahvila")).text()
    assert "Mitä korjata" in page
    assert "Huutomerkki. Piste riittää." in page
    assert "Yhteystapaa ei ole." in page
