"""What imports propose, in the console: read, taken, left, refused; an owner sees only own entries."""

from datetime import timedelta
from typing import Any

import pytest

from bot.clock import SettableClock
from bot.database import Database
from bot.guidance import reviewing, store
from bot.guidance.catalogue import Service
from bot.guidance.importing import proposals
from bot.guidance.importing.incoming import Incoming
from bot.staff import accounts
from tests.console.test_studio import saves, shown
from tests.staff.building import Client, Open, a_person, signed_in

ENTRY: dict[str, Any] = {
    "id": "ptv-1",
    "name": {"fi": "Perhetyö"},
    "summary": {"fi": "Apua kotiin."},
    "provider": {"fi": "Hyvinvointialue"},
    "areas": {"scope": "limited", "municipalities": ["Askola"]},
    "channels": [
        {"kind": "web", "url": {"fi": "https://perhe.example/"}, "external": {"scheme": "ptv", "id": "a"}}
    ],
    "needs": ["home_help"],
    "external": [{"scheme": "ptv", "id": "1"}],
}
NUMBER = {"kind": "phone", "number": "+358501234567", "external": {"scheme": "ptv", "id": "b"}}
LIST = "/staff/services/imports"


class Imported:
    def __init__(self, database: Database, clock: SettableClock) -> None:
        self.database, self.clock = database, clock

    def __call__(self, *, apply: bool = False, key: str = "1", **changes: Any) -> str:
        """Import one entry; the id of its proposal, if there is one."""
        entry = ENTRY | {"id": f"ptv-{key}", "external": [{"scheme": "ptv", "id": key}]} | changes
        one = Incoming(key=key, entry=Service.model_validate(entry).plain(), notes=(("emails", "fax"),))

        def work(session: Any) -> str:
            decided = proposals.look(session, "ptv", [one], {})
            proposals.carry_out(session, "ptv", decided, apply=apply, now=self.clock())
            return next((row.id for row in proposals.waiting(session) if row.external_id == key), "")

        return self.database.write_now(work)

    def entry(self, key: str = "1") -> store.Entry | None:
        return self.database.read_now(lambda session: store.entry(session, f"ptv-{key}"))


@pytest.fixture
def imported(sqlite_database: Database, clock: SettableClock) -> Imported:
    sqlite_database.write_now(lambda session: store.seed(session, [], now=clock()))
    return Imported(sqlite_database, clock)


def seen(imported: Imported, key: str = "1") -> str | None:
    """The summary families see; None when they do not see the entry."""
    found = imported.entry(key)
    assert found is not None
    return found.service.summary.fi if found.service else None


async def posted(client: Client, path: str, **fields: Any) -> str:
    answer = await client.post(path, data=fields, headers={"Origin": str(client.make_url("")).rstrip("/")})
    assert answer.status == 200
    return await answer.text()


async def test_a_proposal_is_read_and_taken(
    client: Client, imported: Imported, sqlite_database: Database, clock: SettableClock
) -> None:
    proposal = imported()
    await signed_in(client, a_person(sqlite_database, clock, "Saara Kivelä", "admin"))
    assert "Perhetyö" in await (await client.get(LIST)).text()
    page = await (await client.get(f"{LIST}/{proposal}")).text()
    assert "Verkkosivu · https://perhe.example/" in page
    assert "Faksinumero jäi pois." in page
    assert "1 otettu käyttöön." in await posted(client, f"{LIST}/{proposal}", what="take")
    found = imported.entry()
    assert found is not None
    assert found.status == "published"


async def test_a_new_number_and_a_crisis_entry_are_published_by_a_colleague_of_who_took_them(
    client: Client, open_client: Open, imported: Imported, sqlite_database: Database, clock: SettableClock
) -> None:
    imported(apply=True, key="2")
    crisis = Service.model_validate(
        ENTRY | {"id": "ptv-2", "external": [{"scheme": "ptv", "id": "2"}], "urgency": "crisis"}
    )
    sqlite_database.write_now(
        lambda session: store.publish(session, crisis, based_on=1, by="x", now=clock() + timedelta(hours=1))
    )
    ids = [imported(channels=[NUMBER]), imported(key="2", summary={"fi": "Apua heti."})]
    await signed_in(client, a_person(sqlite_database, clock, "Saara Kivelä", "admin"))
    page = await posted(client, LIST, what="take", proposals=ids)
    assert "2 odottaa luonnoksena." in page
    assert "otettu käyttöön" not in page
    assert (seen(imported), seen(imported, "2")) == (None, "Apua kotiin.")
    kerttu = await open_client()
    await signed_in(kerttu, a_person(sqlite_database, clock, "Kerttu Nurmela", "coordinator"))
    for key, summary in (("1", "Apua kotiin."), ("2", "Apua heti.")):
        path = f"/staff/services/ptv-{key}"
        assert "Saara Kivelä lähetti tämän tarkistettavaksi." in await shown(kerttu, path)
        assert "Julkaistu." in await saves(kerttu, "publish", path)
        assert seen(imported, key) == summary


async def test_applied_at_once_is_what_is_new_and_no_changed_number_crisis_or_draft(
    imported: Imported, sqlite_database: Database, clock: SettableClock
) -> None:
    assert imported(apply=True, channels=[NUMBER]) == ""
    other = NUMBER | {"number": "+358507654321"}
    assert imported(apply=True, channels=[other])
    drafted = Service.model_validate(ENTRY | {"summary": {"fi": "Kesken."}})
    sqlite_database.write_now(
        lambda session: store.save_draft(session, drafted, based_on=1, by="x", now=clock())
    )
    assert imported(apply=True, channels=[NUMBER], summary={"fi": "Tukea kotiin."})
    found = imported.entry()
    assert found is not None
    assert found.service is not None
    assert (found.service.channels[0].number, found.service.summary.fi) == (NUMBER["number"], "Apua kotiin.")


async def test_several_are_left_or_refused_at_once(
    client: Client, imported: Imported, sqlite_database: Database, clock: SettableClock
) -> None:
    ids = [imported(key=key) for key in ("1", "2", "3")]
    await signed_in(client, a_person(sqlite_database, clock, "Saara Kivelä", "coordinator"))
    assert "2 jätetty ennalleen." in await posted(client, LIST, what="leave", proposals=ids[:2])
    page = await posted(client, LIST, what="refuse", proposals=[ids[2], ids[0]])
    assert "1 poistettu." in page
    assert "1 ei onnistunut" in page
    assert "Mikään tuonti ei odota." in page
    assert imported.entry("1") is None


async def test_a_field_both_have_changed_is_chosen(
    client: Client, imported: Imported, sqlite_database: Database, clock: SettableClock
) -> None:
    imported(apply=True)
    edited = Service.model_validate(
        ENTRY | {"summary": {"fi": "Meiltä apua."}, "ownership": {"summary": "local"}}
    )
    sqlite_database.write_now(
        lambda session: store.publish(session, edited, based_on=1, by="x", now=clock() + timedelta(hours=1))
    )
    proposal = imported(summary={"fi": "Tukea kotiin."})
    await signed_in(client, a_person(sqlite_database, clock, "Saara Kivelä", "admin"))
    page = await (await client.get(f"{LIST}/{proposal}")).text()
    assert "Meiltä apua." in page
    assert "Tukea kotiin." in page
    await posted(client, f"{LIST}/{proposal}", what="take", theirs="summary")
    found = imported.entry()
    assert found is not None
    assert found.service is not None
    assert found.service.summary.fi == "Tukea kotiin."


async def test_an_owner_sees_what_touches_own_entries_and_takes_it_as_a_draft(
    open_client: Open, imported: Imported, sqlite_database: Database, clock: SettableClock
) -> None:
    imported(apply=True)
    imported(apply=True, key="2")
    owner = a_person(sqlite_database, clock, "Olli Omistaja", "owner")
    account = sqlite_database.read_now(lambda session: _id(session, "Olli Omistaja"))
    sqlite_database.write_now(lambda session: reviewing.set_owners(session, "ptv-1", [account]))
    own = imported(name={"fi": "Perhetyö kotona"})
    other = imported(key="2", name={"fi": "Toisen perhetyö"})
    client = await open_client()
    await signed_in(client, owner)
    page = await (await client.get(LIST)).text()
    assert "Perhetyö kotona" in page
    assert "Toisen perhetyö" not in page
    assert (await client.get(f"{LIST}/{other}")).status == 404
    assert "1 ei onnistunut" in await posted(client, f"{LIST}/{other}", what="take")
    await posted(client, f"{LIST}/{own}", what="take")
    found = imported.entry()
    assert found is not None
    assert found.draft is not None
    assert found.service is not None
    assert (found.draft.name.fi, found.service.name.fi) == ("Perhetyö kotona", "Perhetyö")


def _id(session: Any, name: str) -> str:
    return next(one.id for one in accounts.everybody(session) if one.name == name)
