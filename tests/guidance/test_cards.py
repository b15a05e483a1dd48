"""What a family reads of a service."""

from datetime import UTC, datetime

import pytest

from bot.guidance import cards, reading
from bot.guidance.areas import Areas
from bot.guidance.cards import card_text, own_county_text
from bot.guidance.catalogue import Service
from bot.messages import ServiceCard
from bot.texts import Texts
from tests.guidance.conftest import CATALOGUE, MakeService

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
"""Tuesday, 10 in Finland."""
GROUP = (
    "Uhmaikäisten vanhempien ryhmä, seuraava kerta ti 1.12. klo 17.30. Perhetuvan sali. "
    "Ilmoittaudu perheohjaajalle puhelimella."
)


@pytest.fixture(scope="module")
def sample() -> Service:
    return reading.read_service(CATALOGUE / "services" / "esimerkkila-perhetupa.yaml")


def shown(
    service: Service, texts: Texts, language: str = "fi", *, place: str | None = None, now: datetime = NOW
) -> ServiceCard:
    return cards.card(service, language=language, municipality=place, now=now, texts=texts)


def test_a_family_reads_everything_it_decides_by(sample: Service, shipped_texts: Texts) -> None:
    assert card_text(shown(sample, shipped_texts)).splitlines() == [
        "Perhetupa Pihlaja – Esimerkkilän kunta",
        "Matalan kynnyksen paikka, jossa perheohjaaja kuuntelee ja jonne voi tulla lapsen kanssa.",
        "Hinta: Käynti ja keskustelu ovat maksuttomia. Perheleirin omavastuu on 20 euroa perheeltä.",
        "Lähete: Ei tarvita",
        "Asiakkuus: Ei synny",
        "Auki nyt, klo 16 asti",
        "Perheohjaajan puhelin: 050 123 4567 (ma–pe 9–15. Tavallisen puhelun hinta)",
        "Tule käymään: Pihlajakuja 1, 00001 Esimerkkilä (Sisäänkäynti pihan puolelta)",
        "Perhechat: esimerkkila.example/chat (ti, to 18–20)",
        "Hae kotiapua verkossa: esimerkkila.example/kotiapu",
        "Yhteydenottolomake: esimerkkila.example/lomake",
        "Verkkosivu: esimerkkila.example/perhetupa",
        "Lähetä sähköpostia: perhetupa@esimerkkila.example",
        "Tämä on keksitty esimerkki. Palvelua ei ole oikeasti olemassa.",
        "Perheille, joissa on alle 13-vuotias lapsi.",
        "Jos perheelläsi on jo sosiaalityöntekijä, ota yhteyttä häneen.",
        "Tule käymään tai soita ensin. Aikaa ei tarvitse varata.",
        "Ajan saa yleensä viikon sisällä.",
        "Sinusta ei tehdä asiakasmerkintää. Kotiin annettavasta avusta tehdään.",
        "Voit asioida nimettömänä.",
        GROUP,
        "Tiedot tarkistettu 12.11.2026",
    ]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "sv",
            (
                "Familjestugan Rönnen",
                "Öppet nu, till kl. 16",
                "Uppgifterna kontrollerade 12.11.2026",
                "Remiss",
            ),
        ),
        (
            "en",
            (
                "Rowan Family House",
                "Open now, until 16:00",
                "Details checked on 12 November 2026",
                "Referral",
            ),
        ),
    ],
)
def test_a_card_speaks_the_readers_language(
    sample: Service, shipped_texts: Texts, language: str, told: tuple[str, ...]
) -> None:
    card = shown(sample, shipped_texts, language)
    assert (card.name, card.opening, card.checked, card.labels[1]) == told
    assert card.lang is None
    assert not any("finska" in note or "Finnish" in note for note in card.notes)


def test_the_price_is_that_of_the_familys_own_municipality(sample: Service, shipped_texts: Texts) -> None:
    assert (
        shown(sample, shipped_texts, place="Esimerkkilä").cost == "Esimerkkiläläisille kaikki on maksutonta."
    )


def test_what_is_not_known_is_asked_from_the_service(make_service: MakeService, shipped_texts: Texts) -> None:
    card = shown(make_service(), shipped_texts)
    assert (card.cost, card.referral, card.client) == ("Kysy palvelusta",) * 3
    assert (card.opening, card.open_now) == (None, None)
    assert card.checked == "Tietoja ei ole tarkistettu"


def test_a_service_without_a_channel_leads_to_the_callback(
    make_service: MakeService, shipped_texts: Texts
) -> None:
    assert any("Voit pyytää soiton" in note for note in shown(make_service(), shipped_texts).notes)
    reachable = make_service(channels=[{"kind": "phone", "number": "116111"}])
    assert not any("soiton" in note for note in shown(reachable, shipped_texts).notes)


def test_a_text_missing_in_the_readers_language_is_finnish_and_says_so(
    make_service: MakeService, shipped_texts: Texts
) -> None:
    service = make_service(name={"fi": "Perhetalo"}, cost={"type": "paid", "text": {"fi": "Käynti 5 euroa."}})
    card = shown(service, shipped_texts, "sv")
    assert (card.name, card.summary, card.lang) == ("Perhetalo", "Apua arkeen.", "fi")
    assert card.cost == "Avgiftsbelagd. Käynti 5 euroa."
    assert card.notes[-1] == "En del av uppgifterna finns bara på finska."


def test_a_language_without_texts_gets_a_card_wholly_in_finnish(
    sample: Service, shipped_texts: Texts
) -> None:
    card = shown(sample, shipped_texts, "fa")
    assert card.lang == "fi"
    assert card.opening == "Auki nyt, klo 16 asti"
    assert card.contacts[0].note == "ma–pe 9–15. Tavallisen puhelun hinta"


@pytest.mark.parametrize("language", ["ru", "et", "ar", "so", "uk"])
def test_what_the_catalogue_lacks_in_a_language_stands_in_finnish_with_a_plain_note(
    sample: Service, shipped_texts: Texts, language: str
) -> None:
    card = shown(sample, shipped_texts, language)
    assert (card.name, card.lang) == ("Perhetupa Pihlaja", "fi")
    assert card.opening == shipped_texts.text("card_open_until", language, time="16:00")
    assert card.notes[-1] == shipped_texts.text("card_finnish_only", language)


@pytest.mark.parametrize(
    ("now", "opening", "is_open"),
    [
        ("2026-11-24T10:00+02:00", "Auki nyt, klo 16 asti", True),
        ("2026-11-24T08:00+02:00", "Kiinni, aukeaa klo 9", False),
        ("2026-11-24T17:00+02:00", "Kiinni, aukeaa huomenna klo 9", False),
        ("2026-11-27T15:00+02:00", "Kiinni, aukeaa ma klo 9", False),
        ("2026-12-31T11:30+02:00", "Auki nyt, klo 12 asti", True),
        ("2026-12-23T17:00+02:00", "Kiinni, aukeaa ma klo 9", False),
    ],
)
def test_open_or_closed_is_said_in_words(
    sample: Service, shipped_texts: Texts, now: str, opening: str, is_open: bool
) -> None:
    card = shown(sample, shipped_texts, now=datetime.fromisoformat(now))
    assert (card.opening, card.open_now) == (opening, is_open)


def test_a_far_opening_day_has_its_date(make_service: MakeService, shipped_texts: Texts) -> None:
    season = {"days": ["mon"], "opens": "08:30", "closes": "12:00", "valid_from": "2026-12-07"}
    assert shown(make_service(hours=[season]), shipped_texts).opening == "Kiinni, aukeaa ma 7.12. klo 8.30"


def test_the_hours_of_the_first_channel_stand_for_those_of_the_service(
    make_service: MakeService, shipped_texts: Texts
) -> None:
    line = {"kind": "phone", "number": "116111", "hours": [{"kind": "always"}]}
    card = shown(
        make_service(channels=[{"kind": "web", "url": {"fi": "https://www.mll.fi"}}, line]), shipped_texts
    )
    assert (card.opening, card.open_now) == ("Auki aina, yötä päivää", True)
    assert [(contact.value, contact.href) for contact in card.contacts] == [
        ("mll.fi", "https://www.mll.fi"),
        ("116 111", "tel:116111"),
    ]


def test_past_group_meetings_are_not_told(sample: Service, shipped_texts: Texts) -> None:
    later = shown(sample, shipped_texts, now=datetime(2027, 2, 1, 8, 0, tzinfo=UTC))
    assert not any("seuraava kerta" in note for note in later.notes)


def test_an_old_check_is_told(sample: Service, shipped_texts: Texts) -> None:
    later = shown(sample, shipped_texts, now=datetime(2028, 6, 1, 8, 0, tzinfo=UTC))
    assert "Tarkistuksesta on yli puolitoista vuotta. Varmista tiedot palvelusta." in later.notes


def test_a_family_from_elsewhere_is_told_whose_services_are_theirs(
    shipped_areas: Areas, shipped_texts: Texts
) -> None:
    told = own_county_text(shipped_areas, "Rovaniemi", shipped_texts, "fi")
    assert told == "Perheiden palvelut järjestää teillä Lapin hyvinvointialue. Sen sivut: https://lapha.fi"
    assert own_county_text(shipped_areas, "Järvenpää", shipped_texts, "fi") is None
    assert own_county_text(shipped_areas, None, shipped_texts, "fi") is None
