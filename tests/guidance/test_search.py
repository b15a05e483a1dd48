"""Services found by the words families use for them."""

import pytest

from bot.guidance.areas import Areas
from bot.guidance.catalogue import Catalogue
from bot.guidance.matching import search
from tests.guidance.conftest import MakeService


def words(fi: str, sv: str, en: str) -> dict[str, str]:
    return {"fi": fi, "sv": sv, "en": en}


@pytest.fixture
def catalogue(shipped_areas: Areas, make_service: MakeService) -> Catalogue:
    named = [
        (
            "kotipalvelu",
            words("Lapsiperheiden kotipalvelu", "Hemservice för barnfamiljer", "Home help"),
            "Järvenpää",
        ),
        ("lastenneuvola", words("Lastenneuvola", "Barnrådgivning", "Child health clinic"), "Järvenpää"),
        ("kotoutuminen", words("Neuvoja maahan muuttaneille", "Råd för invandrare", "Advice"), "Järvenpää"),
        (
            "lastenvalvoja",
            words("Lastenvalvoja", "Barnatillsyningsman", "Child welfare supervisor"),
            "Kangasala",
        ),
        ("turvakoti", words("Turvakodit", "Skyddshem", "Shelters"), "Suomi"),
        ("nollalinja", words("Nollalinja", "Nollinjen", "Zero Line"), "Suomi"),
        ("perhetupa", words("Perhetupa", "Familjestugan", "Family house"), "Esimerkkilä"),
    ]
    services = [
        make_service(service_id, name=name, where=where, fictional=where == "Esimerkkilä")
        for service_id, name, where in named
    ]
    return Catalogue(shipped_areas, tuple(services))


def first(catalogue: Catalogue, query: str, municipality: str | None = None) -> str | None:
    found = search(catalogue, query, municipality=municipality, language="fi", limit=3)
    return found[0].service.id if found else None


@pytest.mark.parametrize(
    ("query", "service_id"),
    [
        ("paljonko kotipalvelu maksaa", "kotipalvelu"),
        ("Mitä kotipalvelun tunti maksaa?", "kotipalvelu"),
        ("kotipalvelusta tietoa", "kotipalvelu"),
        ("kotipavelu", "kotipalvelu"),
        ("kotipalevlu hinta", "kotipalvelu"),
        ("neuvola", "lastenneuvola"),
        ("missä on neuvolan numero", "lastenneuvola"),
        ("lastenvalvojalle aika", "lastenvalvoja"),
        ("turvakotiin", "turvakoti"),
        ("onko turvakodissa tilaa", "turvakoti"),
        ("nollalinjan numero", "nollalinja"),
        ("vad kostar hemservice", "kotipalvelu"),
        ("barnradgivningen", "lastenneuvola"),
        ("how much is home help", "kotipalvelu"),
    ],
)
def test_a_named_service_is_found(catalogue: Catalogue, query: str, service_id: str) -> None:
    assert first(catalogue, query) == service_id


@pytest.mark.parametrize(
    "query", ["", "sää huomenna", "tilaa pizza", "paljonko maksaa", "???", "mä en jaksa enää"]
)
def test_what_names_no_service_finds_none(catalogue: Catalogue, query: str) -> None:
    assert first(catalogue, query) is None


def test_only_what_serves_the_municipality_is_found(catalogue: Catalogue) -> None:
    assert first(catalogue, "lastenvalvoja", "Kangasala") == "lastenvalvoja"
    assert first(catalogue, "lastenvalvoja", "Askola") is None


def test_the_fictional_place_is_found_only_by_those_who_say_they_live_there(catalogue: Catalogue) -> None:
    assert first(catalogue, "perhetupa") is None
    assert first(catalogue, "perhetupa", "Esimerkkilä") == "perhetupa"
