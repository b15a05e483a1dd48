"""Which services a family is shown, in what order, and what is worth asking."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.guidance import reading
from bot.guidance.areas import Areas
from bot.guidance.catalogue import Catalogue, Service
from bot.guidance.matching import Found, find
from bot.meaning import NEEDS
from tests.guidance.conftest import CATALOGUE, MakeService

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def ask(
    areas: Areas,
    services: Sequence[Service],
    *,
    needs: Sequence[str] = ("upbringing",),
    municipality: str | None = "Järvenpää",
    ages: Sequence[float] = (4,),
    language: str = "fi",
    crisis: bool = False,
) -> Found:
    catalogue = Catalogue(areas, tuple(services))
    return find(
        catalogue,
        needs=needs,
        municipality=municipality,
        ages=ages,
        language=language,
        now=NOW,
        crisis=crisis,
    )


def ids(found: Found) -> list[str]:
    return [match.service.id for match in found.services]


def county(make: MakeService, service_id: str, name: str) -> Service:
    return make(service_id, areas={"scope": "limited", "counties": [name]})


def test_local_goes_before_county_and_county_before_national(
    shipped_areas: Areas, make_service: MakeService
) -> None:
    services = [
        make_service("a-national", where="Suomi"),
        county(make_service, "b-county", "Keski-Uusimaa"),
        make_service("c-local"),
        make_service("d-elsewhere", where="Kangasala"),
    ]
    found = ask(shipped_areas, services)
    assert ids(found) == ["c-local", "b-county", "a-national"]
    assert [match.reach for match in found.services] == ["municipality", "county", "country"]
    assert all(match.need == "upbringing" and match.main for match in found.services)


def test_a_service_area_reaches_all_its_municipalities(
    shipped_areas: Areas, make_service: MakeService
) -> None:
    service = make_service("perheneuvo", areas={"scope": "limited", "service_areas": ["etela-savo"]})
    assert ids(ask(shipped_areas, [service], municipality="Puumala")) == ["perheneuvo"]
    assert ids(ask(shipped_areas, [service], municipality="Askola")) == []


def test_what_a_service_is_mainly_for_goes_before_what_it_also_does(
    shipped_areas: Areas, make_service: MakeService
) -> None:
    services = [
        make_service("a-also", needs=["peer_support", "upbringing"]),
        make_service("b-mainly", needs=["upbringing", "peer_support"]),
        make_service("c-other", needs=["finances"]),
    ]
    assert ids(ask(shipped_areas, services)) == ["b-mainly", "a-also"]


def test_a_second_need_is_answered_after_the_first(shipped_areas: Areas, make_service: MakeService) -> None:
    services = [make_service("a-money", needs=["finances"]), make_service("b-upbringing")]
    assert ids(ask(shipped_areas, services, needs=["upbringing", "finances"])) == ["b-upbringing", "a-money"]


def test_at_most_three_are_shown(shipped_areas: Areas, make_service: MakeService) -> None:
    assert len(ask(shipped_areas, [make_service(f"s{number}") for number in range(9)]).services) == 3


@pytest.mark.parametrize(("age", "fits"), [(0, True), (6.9, True), (7, False), (3, True)])
def test_ages_are_whole_years_with_both_ends(
    shipped_areas: Areas, make_service: MakeService, age: float, fits: bool
) -> None:
    services = [make_service("neuvola", ages={"min": 0, "max": 6}), make_service("yleinen")]
    assert ("neuvola" in ids(ask(shipped_areas, services, ages=[age]))) is fits


def test_one_fitting_child_of_several_is_enough(shipped_areas: Areas, make_service: MakeService) -> None:
    services = [make_service("neuvola", ages={"max": 6}), make_service("koulu", ages={"min": 7})]
    assert set(ids(ask(shipped_areas, services, ages=[4, 9]))) == {"neuvola", "koulu"}


def test_a_service_nobody_checked_for_eighteen_months_sinks(
    shipped_areas: Areas, make_service: MakeService
) -> None:
    services = [
        make_service("a-old", verified={"at": "2025-05-01"}),
        make_service("b-national", where="Suomi"),
        make_service("c-unchecked"),
    ]
    found = ask(shipped_areas, services)
    assert ids(found) == ["c-unchecked", "b-national", "a-old"]
    assert found.services[-1].stale


def test_crisis_help_is_offered_only_when_it_is_the_matter(
    shipped_areas: Areas, make_service: MakeService
) -> None:
    services = [
        make_service("turvakoti", where="Suomi", urgency="crisis", needs=["violence", "upbringing"]),
        make_service("perheohjaus"),
    ]
    assert ids(ask(shipped_areas, services)) == ["perheohjaus"]
    assert ids(ask(shipped_areas, services, needs=["violence"])) == ["turvakoti"]
    assert ids(ask(shipped_areas, services, crisis=True))[0] == "turvakoti"


def test_a_service_in_the_readers_language_goes_first(
    shipped_areas: Areas, make_service: MakeService
) -> None:
    services = [make_service("a-fi", languages=["fi"]), make_service("b-sv", languages=["fi", "sv"])]
    assert ids(ask(shipped_areas, services, language="sv")) == ["b-sv", "a-fi"]


def test_the_municipality_is_asked_for_only_when_the_answer_depends_on_it(
    shipped_areas: Areas, make_service: MakeService
) -> None:
    national = make_service("national", where="Suomi")
    assert ask(shipped_areas, [national], municipality=None).depends_on == frozenset()
    found = ask(shipped_areas, [national, make_service("local")], municipality=None)
    assert found.depends_on == {"municipality"}
    assert ids(found) == ["national"]
    assert ask(shipped_areas, [national, make_service("local")]).depends_on == frozenset()


def test_the_fictional_place_is_no_reason_to_ask(shipped_areas: Areas, make_service: MakeService) -> None:
    services = [
        make_service("national", where="Suomi"),
        make_service("made-up", where="Esimerkkilä", fictional=True),
    ]
    assert ask(shipped_areas, services, municipality=None).depends_on == frozenset()
    assert "made-up" in ids(ask(shipped_areas, services, municipality="Esimerkkilä"))


def test_the_age_is_asked_for_only_when_the_answer_depends_on_it(
    shipped_areas: Areas, make_service: MakeService
) -> None:
    anyone = make_service("anyone", ages={"min": 0, "max": 17})
    babies = make_service("babies", ages={"max": 1})
    assert ask(shipped_areas, [anyone], ages=[]).depends_on == frozenset()
    assert ask(shipped_areas, [anyone, babies], ages=[]).depends_on == {"child_age"}
    assert ask(shipped_areas, [anyone, babies], ages=[3]).depends_on == frozenset()


def test_a_matter_that_tells_the_age_makes_asking_needless(
    shipped_areas: Areas, make_service: MakeService
) -> None:
    services = [
        make_service("vauvat", needs=["infant_care"], ages={"max": 2}),
        make_service("koululaiset", needs=["infant_care"], ages={"min": 7}),
    ]
    found = ask(shipped_areas, services, needs=["infant_care"], ages=[])
    assert ids(found) == ["vauvat"]
    assert found.depends_on == frozenset()
    assert ask(shipped_areas, services, needs=["pregnancy"], ages=[]).depends_on == frozenset()


def test_a_service_for_another_age_is_better_than_none(
    shipped_areas: Areas, make_service: MakeService
) -> None:
    assert ids(ask(shipped_areas, [make_service("vauvat", where="Suomi", ages={"max": 1})], ages=[15])) == [
        "vauvat"
    ]


def test_without_a_need_nothing_is_guessed(shipped_areas: Areas, make_service: MakeService) -> None:
    found = ask(shipped_areas, [make_service()], needs=[], municipality=None, ages=[])
    assert found == Found(services=(), depends_on=frozenset())


@pytest.fixture(scope="module")
def shipped() -> tuple[Service, ...]:
    return reading.read_services(Path(CATALOGUE))


@pytest.mark.parametrize("need", NEEDS)
def test_the_shipped_catalogue_answers_every_need_everywhere(
    shipped: tuple[Service, ...], shipped_areas: Areas, need: str
) -> None:
    for place in ("Järvenpää", "Kangasala", "Askola", "Mikkeli", "Savonlinna", "Pieksämäki", "Utsjoki", None):
        for age in (0.5, 4, 8, 16):
            found = ask(shipped_areas, shipped, needs=[need], municipality=place, ages=[age])
            assert found.services, (need, place, age)
            assert not any(match.service.fictional for match in found.services)


def test_a_side_matter_of_a_service_is_no_reason_to_ask_the_age(
    shipped_areas: Areas, make_service: MakeService
) -> None:
    services = [
        make_service("anyone"),
        make_service("toddlers", needs=["peer_support", "upbringing"], ages={"max": 6}),
    ]
    found = ask(shipped_areas, services, ages=[])
    assert found.depends_on == frozenset()
    assert ids(found) == ["anyone", "toddlers"]
    assert ids(ask(shipped_areas, services, ages=[9])) == ["anyone"]


def test_an_entry_without_needs_is_found_by_name_only(
    shipped_areas: Areas, make_service: MakeService
) -> None:
    assert ids(ask(shipped_areas, [make_service("myrkytystietokeskus", needs=[])])) == []
