"""Services found by the words families use for them, with a Finnish dictionary and without one."""

import os

import pytest

from bot.guidance.areas import Areas
from bot.guidance.catalogue import Catalogue
from bot.guidance.search import search
from bot.guidance.search.word_forms import Finnish, stems, voikko
from tests.guidance.conftest import MakeService


def words(fi: str, sv: str, en: str) -> dict[str, str]:
    return {"fi": fi, "sv": sv, "en": en}


@pytest.fixture(params=["with Voikko", "with stems"])
def how(request: pytest.FixtureRequest) -> Finnish:
    if request.param == "with stems":
        return stems
    found = voikko()
    if found is None:
        message = "Voikko is not installed (packages libvoikko1 and voikko-fi)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


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


def first(catalogue: Catalogue, query: str, how: Finnish, municipality: str | None = None) -> str | None:
    found = search(catalogue, query, municipality=municipality, language="fi", limit=3, how=how)
    return found[0].service.id if found else None


@pytest.mark.parametrize(
    ("query", "service_id"),
    [
        ("paljonko kotipalvelu maksaa", "kotipalvelu"),
        ("Mitä kotipalvelun tunti maksaa?", "kotipalvelu"),
        ("kotipalvelusta tietoa", "kotipalvelu"),
        ("KOTIPALVELU", "kotipalvelu"),
        ("kotipavelu", "kotipalvelu"),
        ("kotipalevlu hinta", "kotipalvelu"),
        ("kotippalvelu", "kotipalvelu"),
        ("neuvola", "lastenneuvola"),
        ("missä on neuvolan numero", "lastenneuvola"),
        ("lastenvalvojalle aika", "lastenvalvoja"),
        ("turvakotiin", "turvakoti"),
        ("onko turvakodissa tilaa", "turvakoti"),
        ("nollalinjan numero", "nollalinja"),
        ("siivousapua kotiin", "kotipalvelu"),
        ("vad kostar hemservice", "kotipalvelu"),
        ("barnradgivningen", "lastenneuvola"),
        ("how much is home help", "kotipalvelu"),
    ],
)
def test_a_named_service_is_found(catalogue: Catalogue, how: Finnish, query: str, service_id: str) -> None:
    assert first(catalogue, query, how) == service_id


@pytest.mark.parametrize(
    "query", ["", "sää huomenna", "tilaa pizza", "paljonko maksaa", "???", "mä en jaksa enää", '"', "* OR ("]
)
def test_what_names_no_service_finds_none(catalogue: Catalogue, how: Finnish, query: str) -> None:
    assert first(catalogue, query, how) is None


def test_only_what_serves_the_municipality_is_found(catalogue: Catalogue, how: Finnish) -> None:
    assert first(catalogue, "lastenvalvoja", how, "Kangasala") == "lastenvalvoja"
    assert first(catalogue, "lastenvalvoja", how, "Askola") is None


def test_the_fictional_place_is_found_only_by_those_who_say_they_live_there(
    catalogue: Catalogue, how: Finnish
) -> None:
    assert first(catalogue, "perhetupa", how) is None
    assert first(catalogue, "perhetupa", how, "Esimerkkilä") == "perhetupa"


def test_what_somebody_needs_finds_services_that_have_none_of_the_words(
    catalogue: Catalogue, how: Finnish
) -> None:
    found = search(
        catalogue,
        "en jaksa enää",
        municipality=None,
        language="fi",
        limit=3,
        needs=[("upbringing", 0.9)],
        how=how,
    )
    assert found
    assert {match.reason for match in found} == {"need"}


def test_each_answer_says_why_it_is_there(catalogue: Catalogue, how: Finnish) -> None:
    (named,) = search(catalogue, "turvakoti", municipality=None, language="fi", limit=3, how=how)
    assert named.reason == "name"


def test_a_changed_catalogue_is_searched_as_it_is_now(catalogue: Catalogue, how: Finnish) -> None:
    assert first(catalogue, "nollalinja", how) == "nollalinja"
    renamed = [
        one.model_copy(update={"name": one.name.model_copy(update={"fi": "Kriisipuhelin"})})
        if one.id == "nollalinja"
        else one
        for one in catalogue.services
        if one.id != "turvakoti"
    ]
    now = Catalogue(catalogue.areas, tuple(renamed), revision=1)
    assert first(now, "kriisipuhelin", how) == "nollalinja"
    assert first(now, "turvakoti", how) is None
