"""The shipped catalogue itself: whoever asks, wherever they live, is shown a few services that can be trusted."""

import datetime as dt
import re
from pathlib import Path

import pytest

from bot.guidance import areas, reading
from bot.guidance.catalogue import Catalogue, Service
from bot.guidance.entry import Words
from bot.guidance.matching import find
from bot.meaning import NEEDS

CATALOGUE_DIR = Path(__file__).parents[2] / "services_catalog"
NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
PLACES = (
    "Järvenpää",
    "Kangasala",
    "Askola",
    "Mikkeli",
    "Savonlinna",
    "Pieksämäki",
    "Esimerkkilä",
    "Oulu",
)
LOCAL_FIRST = {
    "Järvenpää": "jarvenpaa-hyvinvoinninohjaajat",
    "Kangasala": "kangasala-perheesi-parhaaksi",
    "Askola": "askola-perhekeskuksen-palveluohjaus",
    "Mikkeli": "eloisa-perheneuvo",
    "Savonlinna": "eloisa-perheneuvo",
    "Pieksämäki": "eloisa-perheneuvo",
    "Esimerkkilä": "esimerkkila-perhetupa",
}
LONGEST_SENTENCE = 15
"""Words: what a tired parent takes in at one reading."""


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return Catalogue(areas.load(CATALOGUE_DIR), reading.read_services(CATALOGUE_DIR))


def shown(catalogue: Catalogue, need: str, place: str | None, language: str = "fi") -> list[str]:
    found = find(catalogue, needs=[need], municipality=place, ages=[], language=language, now=NOW)
    return [match.service.id for match in found.services]


def family_texts(service: Service) -> list[Words]:
    fields = ("summary", "description", "who_for", "not_for", "how_to_get", "wait", "client_note")
    found = [getattr(service, field) for field in fields]
    return [words for words in [*found, service.cost.text] if words is not None]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_need_finds_one_to_three_services_everywhere(
    shipped: Catalogue, place: str, language: str
) -> None:
    answers = {need: shown(shipped, need, place, language) for need in NEEDS}
    assert [need for need, services in answers.items() if not 1 <= len(services) <= 3] == []


def test_a_family_that_has_not_said_where_it_lives_finds_something_for_every_need(shipped: Catalogue) -> None:
    assert [need for need in NEEDS if not shown(shipped, need, None)] == []


@pytest.mark.parametrize(("place", "service"), LOCAL_FIRST.items())
def test_a_tired_parent_is_first_shown_the_family_advisors_of_their_own_area(
    shipped: Catalogue, place: str, service: str
) -> None:
    assert shown(shipped, "parental_exhaustion", place)[0] == service


def test_violence_at_home_always_leads_to_nollalinja_and_a_shelter(shipped: Catalogue) -> None:
    for place in PLACES:
        assert {"nollalinja", "turvakoti"} <= set(shown(shipped, "violence", place))


def test_services_of_one_area_are_not_offered_in_another(shipped: Catalogue) -> None:
    strangers = ("jarvenpaa-", "kangasala-", "askola-", "eloisa-", "mikkeli-", "esimerkkila-")
    assert [
        name for need in NEEDS for name in shown(shipped, need, "Oulu") if name.startswith(strangers)
    ] == []


def test_lines_for_one_emergency_are_not_offered_for_everyday_needs(shipped: Catalogue) -> None:
    offered = {name for place in PLACES for need in NEEDS for name in shown(shipped, need, place)}
    assert not offered & {"myrkytystietokeskus", "paivystysapu-116117", "kadonneiden-lasten-vihjepuhelin"}


def test_every_entry_says_where_its_facts_come_from(shipped: Catalogue) -> None:
    assert [service.id for service in shipped.services if service.source is None] == []


def test_a_real_number_is_given_only_when_somebody_has_checked_it(shipped: Catalogue) -> None:
    unchecked = [
        service.id
        for service in shipped.services
        if any(channel.number for channel in service.channels) and service.verified.at is None
    ]
    assert unchecked == []


def test_the_texts_of_a_card_are_written_in_finnish_swedish_and_english(shipped: Catalogue) -> None:
    missing = [
        (service.id, words.fi)
        for service in shipped.services
        for words in family_texts(service)
        if words.sv is None or words.en is None
    ]
    assert missing == []


def test_finnish_sentences_are_short_and_calm(shipped: Catalogue) -> None:
    sentences = [
        sentence
        for service in shipped.services
        for words in family_texts(service)
        for sentence in re.split(r"(?<=[.?!])\s+", words.fi)
    ]
    assert [sentence for sentence in sentences if len(sentence.split()) > LONGEST_SENTENCE] == []
    assert [sentence for sentence in sentences if sentence.endswith("!")] == []


def test_the_fictional_municipality_shows_every_field(shipped: Catalogue) -> None:
    made_up = [service for service in shipped.services if service.fictional]
    wanted = {"description", "who_for", "not_for", "cost", "client_note", "wait", "languages", "how_to_get"}
    wanted |= {"channels", "hours", "groups", "contact_persons", "verified", "source"}
    assert len(made_up) >= 6
    assert {
        service.id: wanted - service.model_fields_set
        for service in made_up
        if wanted - service.model_fields_set
    } == {}
