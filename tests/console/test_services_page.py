"""The catalogue in the console: what is published is what the next family reads."""

import re
from html import unescape
from typing import Any

import pytest

from bot.clock import SettableClock
from bot.database import Database
from bot.guidance import cards, matching, store
from bot.guidance.catalogue import Service
from bot.guidance.store import CatalogueCache
from tests.staff.building import AREAS_READ, TEXTS_READ, Client, Open, a_person, signed_in

ENTRY = {
    "id": "perhekahvila",
    "name": {"fi": "Perhekahvila", "sv": "Familjecafé", "en": "Family café"},
    "summary": {"fi": "Kahvila perheille.", "sv": "Café för familjer.", "en": "A café for families."},
    "provider": {"fi": "Seurakunta"},
    "areas": {"scope": "limited", "municipalities": ["Askola"]},
    "needs": ["peer_support"],
    "cost": {"type": "free"},
    "channels": [
        {"kind": "phone", "number": "+358501234567", "charge": {"fi": "Tavallinen hinta"}},
        {
            "kind": "visit",
            "address": {"street": "Kirkkotie 1", "postcode": "07500", "municipality": "Askola"},
        },
    ],
    "hours": [
        {"days": ["mon", "tue", "wed"], "opens": "09:00", "closes": "12:30"},
        {"kind": "exception", "date": "2026-12-07", "closed": True},
    ],
    "verified": {"at": "2026-11-12"},
}


@pytest.fixture
async def admin(client: Client, sqlite_database: Database, clock: SettableClock) -> Client:
    service = Service.model_validate(ENTRY)
    sqlite_database.write_now(lambda session: store.seed(session, [service], now=clock()))
    await signed_in(client, a_person(sqlite_database, clock, "Saara Kivelä", "admin"))
    return client


def fields_of(page: str) -> dict[str, Any]:
    """What the form would send."""
    form = page.partition('id="service"')[2]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input [^>]+>", form):
        name, value = re.search(r'name="(\w+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name is None or name[1] == "preview_language":
            continue
        if re.search(r'type="(radio|checkbox)"', tag) and " checked" not in tag:
            continue
        said = value[1] if value else ""
        if 'type="checkbox"' in tag:
            found.setdefault(name[1], []).append(said)
        else:
            found[name[1]] = said
    found |= dict(re.findall(r'<textarea id="\w+" name="(\w+)"[^>]*>([^<]*)</textarea>', form))
    for name, options in re.findall(r'<select id="\w+" name="(\w+)">(.*?)</select>', form):
        picked = re.search(r'<option value="(\w*)" selected>', options)
        found[name] = picked[1] if picked else ""
    return {
        name: [*map(unescape, said)] if isinstance(said, list) else unescape(said)
        for name, said in found.items()
    }


async def publish(client: Client, changed: dict[str, Any], **kwargs: Any) -> Any:
    fields = fields_of(await (await client.get("/staff/services/perhekahvila")).text()) | changed
    return await client.post("/staff/services/perhekahvila", data=fields, **kwargs)


def published(database: Database) -> Service:
    entry = database.read_now(lambda session: store.entry(session, "perhekahvila"))
    assert entry is not None
    assert entry.service is not None
    return entry.service


def drafted(database: Database) -> Service:
    entry = database.read_now(lambda session: store.entry(session, "perhekahvila"))
    assert entry is not None
    assert entry.draft is not None
    return entry.draft


async def test_publishing_without_a_change_changes_nothing(admin: Client, sqlite_database: Database) -> None:
    assert (await publish(admin, {}, allow_redirects=False)).status == 303
    assert published(sqlite_database) == Service.model_validate(ENTRY)


async def test_the_very_next_question_gets_the_new_words_cost_and_area(
    admin: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    cache = CatalogueCache(AREAS_READ)

    def asked(place: str) -> list[str]:
        catalogue = sqlite_database.read_now(cache.get)
        found = matching.find(
            catalogue, needs=["peer_support"], municipality=place, ages=(), language="fi", now=clock()
        )
        return [
            cards.card_text(
                cards.card(match.service, language="fi", municipality=place, now=clock(), texts=TEXTS_READ)
            )
            for match in found.services
        ]

    assert "Kahvila perheille." in asked("Askola")[0]
    assert asked("Kangasala") == []
    done = await publish(
        admin,
        {
            "summary_fi": "Tule kahville.",
            "cost_type": "paid",
            "cost_text_fi": "2 euroa",
            "municipalities": "Kangasala",
        },
    )
    assert "Julkaistu." in await done.text()
    assert asked("Askola") == []
    assert "Tule kahville." in asked("Kangasala")[0]
    assert "2 euroa" in asked("Kangasala")[0]


async def test_the_history_tells_who_changed_which_field_from_what_to_what(admin: Client) -> None:
    await publish(admin, {"summary_fi": "Tule kahville.", "cost_type": "varies"})
    page = await (await admin.get("/staff/services/perhekahvila")).text()
    assert "Saara Kivelä" in page
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition('class="changes"')[2]))
    assert "Tiivistelmä Oli: Kahvila perheille. On nyt: Tule kahville." in told
    assert "Hinta, laji Oli: Maksuton On nyt: Vaihtelee" in told
    assert "Tuli mukana alussa" in page


async def test_whoever_was_slower_is_told_who_changed_it_and_keeps_what_they_typed(
    admin: Client, open_client: Open, sqlite_database: Database, clock: SettableClock
) -> None:
    owner = await open_client()
    await signed_in(owner, a_person(sqlite_database, clock, "Onni Rautala", "coordinator"))
    began = fields_of(await (await admin.get("/staff/services/perhekahvila")).text())
    await publish(owner, {"summary_fi": "Onnin sanat."})
    answer = await admin.post("/staff/services/perhekahvila", data=began | {"summary_fi": "Saaran sanat."})
    page = await answer.text()
    assert answer.status == 409
    assert "Onni Rautala muutti tätä palvelua sillä välin." in page
    assert fields_of(page)["summary_fi"] == "Saaran sanat."
    assert published(sqlite_database).summary.fi == "Onnin sanat."
    again = await admin.post("/staff/services/perhekahvila", data=fields_of(page), allow_redirects=False)
    assert again.status == 303
    assert published(sqlite_database).summary.fi == "Saaran sanat."


async def test_what_the_form_does_not_show_stays(admin: Client, sqlite_database: Database) -> None:
    await publish(
        admin,
        {
            "do": "draft",
            "way_0_value": "+358407654321",
            "hours": "ma-pe 8-16\nla 10.30-12\n7.12.2026 suljettu",
        },
    )
    service = drafted(sqlite_database)
    assert service.channels[0].number == "+358407654321"
    assert service.channels[0].charge is not None
    assert service.channels[1].address is not None
    assert [(rule.kind, rule.days, rule.opens) for rule in service.hours] == [
        ("weekly", ("mon", "tue", "wed", "thu", "fri"), "08:00"),
        ("weekly", ("sat",), "10:30"),
        ("exception", (), None),
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"summary_fi": ""}, "Tämä kohta tarvitaan."),
        ({"summary_sv": "x" * 151}, "enintään 150 merkkiä"),
        ({"municipalities": "Kuvitteela"}, "Tällaista kuntaa ei löydy"),
        ({"municipalities": ""}, "Valitse koko maa tai anna ainakin yksi paikka."),
        ({"way_0_value": "12"}, "Tätä numeroa ei voi soittaa."),
        ({"way_2_kind": "web", "way_2_value": "perhekahvila"}, "Osoitteen pitää alkaa https://"),
        ({"hours": "aamuisin"}, "En ymmärtänyt riviä ”aamuisin”."),
        ({"age_min": "9", "age_max": "3"}, "Alkuikä ei voi olla loppuikää suurempi."),
    ],
)
async def test_a_mistake_is_said_in_words_and_nothing_is_published(
    admin: Client, sqlite_database: Database, changed: dict[str, Any], said: str
) -> None:
    answer = await publish(admin, {"name_fi": "Uusi nimi"} | changed)
    page = await answer.text()
    assert answer.status == 422
    assert said in page
    assert fields_of(page)["name_fi"] == "Uusi nimi"
    assert published(sqlite_database).name.fi == "Perhekahvila"


async def test_the_card_follows_what_is_typed(admin: Client) -> None:
    fields = fields_of(await (await admin.get("/staff/services/perhekahvila")).text())
    fields |= {"summary_sv": "Kom på kaffe.", "preview_language": "sv"}
    card = await (await admin.post("/staff/services/preview", data=fields)).text()
    assert "Kom på kaffe." in card
    assert "Familjecafé" in card
    assert "<html" not in card


async def test_a_new_entry_is_added_once(admin: Client, sqlite_database: Database) -> None:
    fields = {
        "id": "uusi-kerho", "name_fi": "Uusi kerho", "summary_fi": "Kerho kaikille.", "provider_fi": "Yhdistys",
        "scope": "whole_country", "needs": ["peer_support"], "cost_type": "unknown", "referral": "unknown",
        "makes_client": "unknown", "revision": "0",
    }  # fmt: skip
    assert (await admin.post("/staff/services", data=fields, allow_redirects=False)).status == 303
    again = await admin.post("/staff/services", data=fields)
    assert again.status == 409
    assert "Tällä tunnuksella on jo palvelu." in await again.text()
    assert "Uusi kerho" in await (await admin.get("/staff/services?q=kerho")).text()
    assert sqlite_database.read_now(store.revision) == 2


async def test_an_advisor_reads_the_catalogue_and_changes_nothing(
    admin: Client, open_client: Open, sqlite_database: Database, clock: SettableClock
) -> None:
    advisor = await open_client()
    await signed_in(advisor, a_person(sqlite_database, clock, "Aino Lehtola"))
    page = await (await advisor.get("/staff/services/perhekahvila")).text()
    assert "Voit katsoa tietoja." in page
    assert "Julkaise</button>" not in page
    assert (await advisor.post("/staff/services/perhekahvila", data=fields_of(page))).status == 403
    assert admin is not None


async def test_services_are_found_by_words_beside_a_call(
    admin: Client, open_client: Open, sqlite_database: Database, clock: SettableClock
) -> None:
    advisor = await open_client()
    await signed_in(advisor, a_person(sqlite_database, clock, "Aino Lehtola"))
    found = await (await advisor.get("/staff/services/find?q=perhekahvilan&municipality=Askola")).text()
    assert "Perhekahvila" in found
    nothing = await (await advisor.get("/staff/services/find?q=avaruusraketti&municipality=Askola")).text()
    assert "Sillä haulla ei löytynyt palvelua." in nothing
    assert admin is not None
