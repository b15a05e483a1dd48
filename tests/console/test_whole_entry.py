"""The sample entry, which has every field: nothing is lost in the studio, and all of it can be edited there."""

import pytest

from bot.clock import SettableClock
from bot.console import service_form
from bot.console.words import words
from bot.database import Database
from bot.guidance import reading, store
from tests.console.test_services_page import fields_of
from tests.staff.building import AREAS_READ, ROOT, Client, a_person, signed_in

CATALOGUE = ROOT / "services_catalog"
SAMPLE = reading.read_service(CATALOGUE / "services" / "esimerkkila-perhetupa.yaml")
PAGE = f"/staff/services/{SAMPLE.id}"


@pytest.fixture
async def admin(client: Client, sqlite_database: Database, clock: SettableClock) -> Client:
    sqlite_database.write_now(lambda session: store.seed(session, [SAMPLE], now=clock()))
    await signed_in(client, a_person(sqlite_database, clock, "Saara Kivelä", "admin"))
    return client


def kept(database: Database) -> store.Entry:
    entry = database.read_now(lambda session: store.entry(session, SAMPLE.id))
    assert entry is not None
    return entry


async def test_saving_the_whole_sample_unchanged_gives_the_same_file(
    admin: Client, sqlite_database: Database
) -> None:
    typed = fields_of(await (await admin.get(PAGE)).text())
    fields = {  # a browser ends lines so
        name: said.replace("\n", "\r\n") if isinstance(said, str) else said for name, said in typed.items()
    }
    assert (await admin.post(PAGE, data=fields | {"do": "publish"}, allow_redirects=False)).status == 303
    after = kept(sqlite_database)
    assert after.revision == 2
    assert after.service is not None
    assert reading.export(after.service) == reading.export(SAMPLE)


def test_every_entry_we_ship_comes_back_from_its_form_as_it_was() -> None:
    for service in reading.read_services(CATALOGUE):
        typed = service_form.read(service_form.shown(service, words()), service, AREAS_READ, words())
        assert typed.errors == {}, service.id
        assert typed.service is not None
        assert reading.export(typed.service) == reading.export(service)


async def test_each_field_a_family_sees_is_edited_in_the_form(
    admin: Client, sqlite_database: Database
) -> None:
    fields = fields_of(await (await admin.get(PAGE)).text())
    fields |= {
        "do": "draft", "aka_sv": "Rönnens familjehus", "producers_fi": "Pihlajan perhetyö ry\nToinen ry",
        "price_0_type": "paid", "price_0_text_fi": "Viisi euroa.", "price_1_municipality": "Askola",
        "price_1_type": "free", "times_deadline_fi": "Hae kuukautta ennen.", "languages": "suomi, arabia",
        "main_need": "upbringing", "way_1_easting": "385000", "way_1_northing": "6672000,5",
        "way_1_detail_fi": "Ovi kadulta.", "way_1_accessibility_fi": "Pääset pyörätuolilla.", "way_1_place": "1",
        "way_3_sign_in": "no", "way_4_url_sv": "https://esimerkkila.example/ny", "way_0_value": "050 765 4321",
        "hours": "arkisin 9-15\n1.6.2027-31.7.2027 ma 9-12 (Kesällä. | sv: I sommar.)\n23.12.2026-24.12.2026 suljettu",
        "group_1_age_max": "4", "group_1_cost_type": "paid", "group_0_languages": "suomi",
        "group_0_sessions": "1.12.2026 17.30-19 (Kirjasto)", "person_0_role_fi": "Ohjaaja", "person_1_site_fi": "Koulu",
        "person_1_role_fi": "Kuraattori", "classes": "P3.7\nP3.1", "keywords_sv": "", "archive_at": "2031-01-01",
        "locks": ["channels", "summary"],
    }  # fmt: skip
    answer = await admin.post(PAGE, data=fields)
    assert answer.status == 200, await answer.text()
    draft = kept(sqlite_database).draft
    assert draft is not None
    told = reading.export(draft)
    for line in (
        "sv: Rönnens familjehus", "- fi: Toinen ry", "fi: Viisi euroa.", "fi: Hae kuukautta ennen.",
        "easting: 385000.0", "northing: 6672000.5", "fi: Ovi kadulta.", "fi: Pääset pyörätuolilla.",
        "sign_in: 'no'", "sv: https://esimerkkila.example/ny", "sv: I sommar.", "valid_to: '2027-07-31'",
        "date: '2026-12-23'", "date: '2026-12-24'", "fi: Kirjasto", "fi: Kuraattori", "archive_at: '2031-01-01'",
        "summary: locked",
    ):  # fmt: skip
        assert line in told, line
    assert list(draft.cost.by_municipality) == ["Esimerkkilä", "Askola"]
    assert [one.kind for one in draft.channels[:2]] == ["visit", "phone"]
    assert (draft.channels[1].number, draft.needs[0], draft.languages) == (
        "+358507654321", "upbringing", ("fi", "ar"),
    )  # fmt: skip
    assert (draft.groups[1].ages.max, draft.groups[1].cost and draft.groups[1].cost.type) == (4, "paid")
    assert (draft.classes, draft.keywords.sv) == (("P3.7", "P3.1"), ())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"way_1_easting": "12"}, "Tarkista koordinaatit."),
        ({"price_0_municipality": "Kuvitteela"}, "Tällaista kuntaa ei löydy"),
        ({"classes": "perheet"}, "Tarkista koodit."),
        ({"languages": "klingoni ja muut"}, "En tunnista kieltä ”klingoni ja muut”."),
        ({"producers_fi": "-"}, "Kirjoita tämä ensin suomeksi."),
        ({"person_0_role_fi": ""}, "Kirjoita tämä ensin suomeksi."),
    ],
)
def test_a_mistake_in_them_is_said_at_its_field(changed: dict[str, str], said: str) -> None:
    form = (
        service_form.shown(SAMPLE, words())
        | changed
        | ({"producers_sv": "Ab"} if "producers_fi" in changed else {})
    )
    typed = service_form.read(form, SAMPLE, AREAS_READ, words())
    assert typed.service is None
    assert any(text.startswith(said) for text in typed.errors.values()), typed.errors
