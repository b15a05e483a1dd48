"""The public pages of services: found, decided by, told of when wrong, and read by search engines."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import text

from bot.clock import SettableClock
from bot.database import Database
from bot.guidance import reading, reports, store
from bot.guidance.catalogue import Service
from tests.web.conftest import Client
from tests.web.family_app import ROOT

SAMPLE = ROOT / "services_catalog" / "services" / "esimerkkila-perhetupa.yaml"
HERE = "/services/esimerkkila-perhetupa"
Seed = Callable[..., Service]


@pytest.fixture
def seeded(sqlite_database: Database, clock: SettableClock) -> Seed:
    """Puts the shipped catalogue into the database, with the sample entry as it is or changed."""

    def seed(**changed: Any) -> Service:
        whole = reading.read_services(ROOT / "services_catalog")
        sample = Service.model_validate({**reading.read_service(SAMPLE).plain(), **changed})
        others = [one for one in whole if one.id != sample.id]
        sqlite_database.write_now(lambda session: store.seed(session, [*others, sample], now=clock()))
        return sample

    return seed


async def text_of(client: Client, path: str, status: int = 200) -> str:
    answer = await client.get(path)
    assert answer.status == status
    return await answer.text()


def words_of(page: str) -> str:
    """What a reader sees of the main part, without tags."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def data_of(page: str) -> list[dict[str, Any]]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    graph: list[dict[str, Any]] = json.loads(found[1])["@graph"]
    return graph


async def test_a_service_is_told_whole(client: Client, seeded: Seed) -> None:
    seeded()
    page = words_of(await text_of(client, f"{HERE}?lang=fi&municipality=Esimerkkilä"))
    for said in (
        "Perhetupa Pihlaja", "Esimerkkiläläisille kaikki on maksutonta.", "Ei synny", "050 123 4567",
        "Jos perheelläsi on jo sosiaalityöntekijä, ota yhteyttä häneen.", "Tule käymään tai soita ensin.",
        "Pihlajakuja 1, 00001 Esimerkkilä", "Tiedot tarkistettu 12.11.2026", "ti 1.12. klo 17.30",
        "suomi, ruotsi, englanti, arabia", "Lähde: Keksitty esimerkki", "pyhinä suljettu", "Tieto on väärin",
    ):  # fmt: skip
        assert said in page
    assert "Syyslomalla" not in page, "what is over is told no more"


async def test_the_page_is_in_the_reader_s_language(client: Client, seeded: Seed) -> None:
    seeded()
    page = await text_of(client, f"{HERE}?lang=sv")
    assert '<html lang="sv"' in page
    assert "Familjestugan Rönnen" in words_of(page)
    arabic = await text_of(client, f"{HERE}?lang=ar")
    assert '<h1 lang="fi" dir="ltr">Perhetupa Pihlaja</h1>' in arabic
    assert "ساعات العمل" in words_of(arabic)


async def test_what_is_not_there_shows_a_way_on_and_what_ended_is_gone(
    client: Client, seeded: Seed, sqlite_database: Database
) -> None:
    seeded()
    ended = text("UPDATE service SET status = 'archived' WHERE id = 'esimerkkila-perhetupa'")
    sqlite_database.write_now(lambda session: session.execute(ended))
    missing = await text_of(client, "/services/ei-tallaista?lang=fi", 404)
    assert 'href="/services"' in missing
    assert "Tätä palvelua ei löydy" in missing
    assert "Tätä palvelua ei enää ole" in await text_of(client, f"{HERE}?lang=fi", 410)


async def test_services_are_found_by_words_place_need_and_language(client: Client, seeded: Seed) -> None:
    seeded()
    found = await text_of(client, "/services?lang=fi&q=perhetupa&municipality=Esimerkkilä")
    assert words_of(found).count("Perhetupa Pihlaja") == 1
    assert "Hakusanasi on palvelun nimessä." in words_of(found)
    by_need = words_of(await text_of(client, "/services?lang=fi&municipality=Esimerkkilä&need=peer_support"))
    assert "Perhetupa Pihlaja" in by_need
    assert "Auttaa asiassa:" in by_need
    not_spoken = await text_of(client, "/services?lang=fi&municipality=Esimerkkilä&q=perhetupa&served_in=so")
    assert "Perhetupa Pihlaja" not in words_of(not_spoken)
    everywhere = words_of(await text_of(client, "/services?lang=fi"))
    assert "Perhetupa Pihlaja" not in everywhere, "what is made up is shown only in its made-up place"
    unknown = words_of(await text_of(client, "/services?lang=fi&municipality=Atlantis"))
    assert "Tämännimistä kuntaa en löydä." in unknown


async def test_what_is_over_is_not_listed(client: Client, seeded: Seed) -> None:
    seeded(archive_at="2026-11-01")
    found = words_of(await text_of(client, "/services?lang=fi&municipality=Esimerkkilä"))
    assert "Perhetupa Pihlaja" not in found
    by_words = words_of(await text_of(client, "/services?lang=fi&municipality=Esimerkkilä&q=perhetupa"))
    assert "Perhetupa Pihlaja" not in by_words


async def test_search_engines_read_what_it_is_when_it_is_open_and_when_groups_meet(
    client: Client, seeded: Seed
) -> None:
    seeded(
        name={"fi": "Tupa </script><b>", "sv": "Stuga", "en": "House"},
        source={"name": "PTV", "system": "ptv"},
        cost={"type": "free"},
    )
    page = await text_of(client, f"{HERE}?lang=fi")
    service, *events = data_of(page)
    assert (service["@type"], service["name"]) == ("GovernmentService", "Tupa </script><b>")
    assert service["areaServed"] == [{"@type": "AdministrativeArea", "name": "Esimerkkilä"}]
    assert service["audience"]["suggestedMaxAge"] == 12
    assert service["offers"]["price"] == "0"
    phone = service["availableChannel"][0]["servicePhone"]
    assert (phone["@type"], phone["telephone"]) == ("ContactPoint", "+358501234567")
    assert phone["availableLanguage"] == ["fi", "sv", "en", "ar"]
    hours = service["hoursAvailable"]
    assert {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": ["Friday"],
        "opens": "09:00",
        "closes": "14:00",
    } in hours
    special = {one["validFrom"]: (one["opens"], one["closes"]) for one in hours if "dayOfWeek" not in one}
    assert special["2026-12-31"] == ("09:00", "12:00")
    assert special["2026-12-25"] == ("00:00", "00:00")
    assert special["2027-01-01"] == ("12:00", "15:00")
    assert events[0]["startDate"] == "2026-12-01T17:30:00+02:00"
    assert events[0]["location"]["name"] == "Perhetuvan sali"
    assert events[-1]["eventSchedule"][0]["byDay"] == ["https://schema.org/Wednesday"]
    assert "Lähde: Suomi.fi-palvelutietovaranto (DVV)" in words_of(page)


async def test_the_address_says_its_languages(client: Client, seeded: Seed) -> None:
    seeded()
    page = await text_of(client, f"{HERE}?lang=ru")
    assert re.search(
        r'<link rel="canonical" href="http://[^"]+/services/esimerkkila-perhetupa\?lang=fi">', page
    )
    assert re.findall(r'<link rel="alternate" hreflang="([^"]+)"', page) == ["fi", "sv", "en", "x-default"]
    assert '<meta name="robots" content="noindex">' in page, "what is made up is no search result"


async def test_search_engines_are_shown_only_what_is_public(client: Client, seeded: Seed) -> None:
    seeded()
    robots = await text_of(client, "/robots.txt")
    assert "Disallow: /\n" in robots
    assert "Allow: /services\n" in robots
    for private in ("/my", "/staff", "/chat", "/form"):
        assert f"Allow: {private}" not in robots
    sitemap = await text_of(client, "/sitemap.xml")
    assert "esimerkkila-perhetupa" not in sitemap
    addresses = re.findall(r"<loc>([^<]+)</loc>", sitemap)
    real = [one for one in reading.read_services(ROOT / "services_catalog") if not one.fictional]
    assert len(addresses) == 1 + sum(one.status == "published" for one in real)
    assert all("/services" in one for one in addresses)


async def test_groups_come_into_a_calendar(client: Client, seeded: Seed) -> None:
    seeded(
        groups=[
            {
                "id": "uhma",
                "name": {"fi": "Uhmaryhmä"},
                "sessions": [
                    {"date": "2026-12-01", "time": "17:30", "until": "19:00"},
                    {"date": "2026-12-08", "time": "17:30", "cancelled": True},
                ],
            },
            {
                "id": "avoin",
                "name": {"fi": "Avoin tupa"},
                "weekly": [
                    {"days": ["wed"], "opens": "09:30", "closes": "11:30"},
                    {"kind": "exception", "date": "2026-12-09", "opens": "12:00", "closes": "13:00"},
                    {"kind": "exception", "date": "2026-12-16", "closed": True},
                ],
            },
        ]
    )
    read: list[Any] = [
        Calendar.from_ical(await text_of(client, f"{HERE}/groups.ics?lang=fi")) for _ in range(2)
    ]
    first, again = (list(one.walk("VEVENT")) for one in read)
    assert [event["uid"] for event in first] == [event["uid"] for event in again]
    assert len({event["uid"] for event in first}) == len(first)
    assert [str(zone["tzid"]) for zone in read[0].walk("VTIMEZONE")] == ["Europe/Helsinki"]
    single, cancelled, weekly, moved = first[:4]
    assert single.decoded("dtend").isoformat() == "2026-12-01T19:00:00+02:00"
    assert "Pihlajakuja 1" in single["location"]
    assert (cancelled["status"], cancelled["summary"]) == ("CANCELLED", "Peruttu: Uhmaryhmä")
    assert weekly["rrule"]["byday"] == ["WE"]
    left_out = {day.dt.date().isoformat() for entry in weekly["exdate"] for day in entry.dts}
    assert {"2026-12-09", "2026-12-16", "2027-01-06"} <= left_out, "moved, closed, and Epiphany"
    assert "2026-12-23" not in left_out
    assert moved.decoded("dtstart").isoformat() == "2026-12-09T12:00:00+02:00"
    assert len(first) == 4


async def test_a_family_tells_that_something_is_wrong(
    client: Client, seeded: Seed, sqlite_database: Database
) -> None:
    seeded()
    answer = await client.post(f"{HERE}/wrong?lang=fi", data={"wrong": "Numero ei vastaa."})
    assert answer.status == 200
    assert "Kiitos. Palvelun tiedoista vastaava saa tiedon." in await answer.text()
    (told,) = sqlite_database.read_now(reports.waiting)
    assert (told.service_id, told.text) == ("esimerkkila-perhetupa", "Numero ei vastaa.")
    assert (await client.post("/services/ei-ole/wrong", data={"wrong": "x"})).status == 404


@pytest.mark.usefixtures("standing_time")
async def test_one_address_tells_only_so_much_yet_a_crisis_is_always_answered(
    client: Client, seeded: Seed, sqlite_database: Database
) -> None:
    seeded()
    answers = [await client.post(f"{HERE}/wrong?lang=fi", data={"wrong": "väärin"}) for _ in range(11)]
    assert [one.status for one in answers] == [200] * 10 + [429]
    crisis = await client.post(f"{HERE}/wrong?lang=fi", data={"wrong": "en halua elää enää"})
    assert crisis.status == 200
    assert 'href="tel:112"' in await crisis.text()
    assert len(sqlite_database.read_now(reports.waiting)) == 10
