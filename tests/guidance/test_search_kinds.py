"""Services found by what families say of a trouble: by the kind of service a name tells, whatever the texts hold."""

from collections.abc import Sequence

import pytest

from bot.guidance.areas import Areas
from bot.guidance.catalogue import Catalogue
from bot.guidance.match import Match
from bot.guidance.search import search
from bot.guidance.search.doors import first_doors
from bot.guidance.search.kinds import ages_told, kinds
from bot.meaning import NEEDS
from tests.guidance.conftest import MakeService

NAMES = {
    "nuorisoasema": "Nuorisoaseman neuvonta",
    "lastenneuvola": "Lastenneuvola",
    "nuorisopsykiatria": "Nuorisopsykiatrian palvelut",
    "lastenpsykiatria": "Lastenpsykiatrian palvelut",
    "velkaneuvonta": "Talous- ja velkaneuvonta",
    "kuraattori": "Koulukuraattori",
    "satama": "Sataman polttoaineet ja puhelinpalvelu",
}


@pytest.fixture
def catalogue(shipped_areas: Areas, make_service: MakeService) -> Catalogue:
    services = [
        make_service(id_, name={"fi": name, "sv": name, "en": name}, where="Suomi")
        for id_, name in NAMES.items()
    ]
    return Catalogue(shipped_areas, tuple(services))


def found(
    catalogue: Catalogue, query: str, *, needs: Sequence[tuple[str, float]] = (), widely: bool = True
) -> list[Match]:
    return list(
        search(
            catalogue, query, municipality=None, language="fi", limit=3, needs=needs, widely=widely
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("poika polttaa pilveä", "nuorisoasema"),
        ("vauva heräilee tunnin välein", "lastenneuvola"),
        ("pikavippejä ja perintälaskuja", "velkaneuvonta"),
        ("tytärtä kiusataan luokassa", "kuraattori"),
        ("tytarta kiustaan luokassa", "kuraattori"),
        ("15-vuotias on masentunut", "nuorisopsykiatria"),
        ("ekaluokkalainen on masentunut", "lastenpsykiatria"),
    ],
)
def test_a_trouble_finds_the_kind_of_service_that_helps(catalogue: Catalogue, query: str, first: str) -> None:
    assert found(catalogue, query)[0].service.id == first


def test_what_was_found_by_its_kind_does_not_claim_to_hold_the_words(catalogue: Catalogue) -> None:
    assert found(catalogue, "pikavipit")[0].reason == "kind"
    assert found(catalogue, "velkaneuvonta")[0].reason == "name"


def test_in_a_talk_a_trouble_alone_names_no_service(catalogue: Catalogue) -> None:
    assert found(catalogue, "vauva heräilee tunnin välein", widely=False) == []


def test_a_need_that_the_ear_heard_opens_its_first_door(catalogue: Catalogue) -> None:
    assert found(catalogue, "en tiedä mitä tehdä", needs=[("finances", 0.9)])[0].service.id == "velkaneuvonta"


def test_the_same_service_of_many_towns_does_not_fill_the_list(
    shipped_areas: Areas, make_service: MakeService
) -> None:
    towns = {"Järvenpää": "Järvenpään", "Kangasala": "Kangasalan", "Askola": "Askolan", "Mikkeli": "Mikkelin"}
    services = [
        make_service(f"neuvola-{at}", name={"fi": f"{of} lastenneuvola"}, where=where)
        for at, (where, of) in enumerate(towns.items())
    ]
    services.append(make_service("kirja", name={"fi": "Opas: lastenneuvola tutuksi"}, where="Suomi"))
    listed = found(Catalogue(shipped_areas, tuple(services)), "lastenneuvola")
    assert "kirja" in {match.service.id for match in listed}


def test_a_child_of_school_age_who_is_afraid_is_not_sent_where_stray_words_lead(catalogue: Catalogue) -> None:
    names = [
        match.service.id
        for match in found(catalogue, "10v pelkää mennä satamaan", needs=[("child_mood", 0.9)])
    ]
    assert names[0] in {"kuraattori", "lastenpsykiatria"}


def test_every_need_has_first_doors_that_are_known_kinds_for_known_ages() -> None:
    assert first_doors().keys() == set(NEEDS)
    told = [
        (age, kind) for by_age in first_doors().values() for age, doors in by_age.items() for kind in doors
    ]
    assert {kind for _, kind in told} <= kinds().keys()
    assert {age for age, _ in told} <= ages_told() | {"any"}
    assert all("any" in by_age for by_age in first_doors().values())
    assert {age for kind in kinds().values() for age in kind.ages} <= ages_told()
