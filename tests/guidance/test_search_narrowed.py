"""Services found by age, language, price and opening, and by a need alone; crisis services only where they belong."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from bot.guidance.areas import Areas
from bot.guidance.catalogue import Catalogue
from bot.guidance.match import Match
from bot.guidance.search import search
from bot.guidance.search.narrowing import Narrowing, because
from tests.guidance.conftest import MakeService

HELSINKI_WINTER = dt.timezone(dt.timedelta(hours=2))
TUESDAY_AT_TEN = dt.datetime(2026, 11, 17, 10, tzinfo=HELSINKI_WINTER)
TUESDAY_AT_NINE_IN_THE_EVENING = dt.datetime(2026, 11, 17, 21, tzinfo=HELSINKI_WINTER)
OFFICE = [{"days": ["mon", "tue", "wed", "thu", "fri"], "opens": "09:00", "closes": "16:00"}]
CLUB = {"fi": "Kerho", "sv": "Klubb", "en": "Club"}


@pytest.fixture
def catalogue(shipped_areas: Areas, make_service: MakeService) -> Catalogue:
    fields: dict[str, dict[str, Any]] = {
        "vauvakerho": {"ages": {"max": 1}, "cost": {"type": "free"}, "hours": OFFICE},
        "teinikerho": {"ages": {"min": 13, "max": 17}, "languages": ["fi", "ru"], "cost": {"type": "paid"}},
        "iltakerho": {"hours": [{"days": ["tue"], "opens": "20:00", "closes": "22:00"}]},
        "maksukerho": {
            "cost": {"type": "paid", "by_municipality": {"Järvenpää": {"type": "free"}}},
            "languages": ["fi"],
        },
        "koko-maan-kerho": {"where": "Suomi", "needs": ["grief", "upbringing"]},
        "turva": {
            "where": "Suomi",
            "name": {"fi": "Turvakoti", "sv": "Skyddshem", "en": "Shelter"},
            "needs": ["violence", "upbringing"],
            "urgency": "crisis",
        },
    }
    services = [make_service(id_, **({"name": CLUB} | more)) for id_, more in fields.items()]
    return Catalogue(shipped_areas, tuple(services))


def found(catalogue: Catalogue, query: str = "kerho", **narrowed: Any) -> list[str]:
    return [match.service.id for match in matches(catalogue, query, **narrowed)]


def matches(
    catalogue: Catalogue,
    query: str = "kerho",
    *,
    municipality: str | None = "Järvenpää",
    needs: Sequence[tuple[str, float]] = (),
    limit: int = 10,
    **narrowed: Any,
) -> tuple[Match, ...]:
    return search(
        catalogue,
        query,
        municipality=municipality,
        language="fi",
        limit=limit,
        needs=needs,
        narrowing=Narrowing(**narrowed),
        widely=True,
    )


def test_only_what_is_for_one_of_the_children_is_found(catalogue: Catalogue) -> None:
    assert set(found(catalogue, ages=[0.5])) == {"vauvakerho", "iltakerho", "maksukerho", "koko-maan-kerho"}
    assert "teinikerho" in found(catalogue, ages=[3, 14])
    assert "vauvakerho" not in found(catalogue, ages=[3, 14])


def test_only_what_is_told_to_serve_in_the_language_is_found(catalogue: Catalogue) -> None:
    assert found(catalogue, served_in="ru") == ["teinikerho"]
    assert found(catalogue, served_in="so") == []


def test_a_way_to_reach_it_that_serves_in_the_language_is_enough(
    shipped_areas: Areas, make_service: MakeService
) -> None:
    line = {"kind": "phone", "number": "+358501234567", "languages": ["so"]}
    catalogue = Catalogue(shipped_areas, (make_service("linja", name=CLUB, channels=[line]),))
    assert found(catalogue, served_in="so") == ["linja"]


def test_what_costs_nothing_in_the_municipality_is_free(catalogue: Catalogue) -> None:
    assert set(found(catalogue, free_only=True)) == {"vauvakerho", "maksukerho"}
    assert found(catalogue, municipality=None, free_only=True) == ["vauvakerho"]


def test_what_is_open_comes_first_and_unknown_hours_are_not_closed(catalogue: Catalogue) -> None:
    by_day = found(catalogue, open_now=TUESDAY_AT_TEN)
    assert by_day[0] == "vauvakerho"
    assert set(by_day[1:]) == {"teinikerho", "maksukerho", "koko-maan-kerho"}
    by_night = found(catalogue, open_now=TUESDAY_AT_NINE_IN_THE_EVENING)
    assert by_night[0] == "iltakerho"
    assert "vauvakerho" not in by_night


def test_what_is_open_is_not_cut_off_by_better_answers_of_unknown_hours(catalogue: Catalogue) -> None:
    assert found(catalogue, open_now=TUESDAY_AT_TEN, limit=1) == ["vauvakerho"]


def test_a_need_alone_lists_its_services_the_nearest_first_and_those_for_it_alone_before_others(
    catalogue: Catalogue,
) -> None:
    listed = matches(catalogue, "", needs=[("upbringing", 1.0)])
    assert {match.service.id for match in listed[:4]} == {
        "vauvakerho",
        "teinikerho",
        "iltakerho",
        "maksukerho",
    }
    assert [match.service.id for match in listed[4:]] == ["koko-maan-kerho"]
    assert {match.reason for match in listed} == {"need"}
    assert [match.main for match in listed] == [True] * 4 + [False]
    assert {match.need for match in listed} == {"upbringing"}


def test_neither_words_nor_needs_find_nothing(catalogue: Catalogue) -> None:
    assert found(catalogue, "") == []


def test_a_crisis_service_comes_when_it_is_named_asked_for_or_the_matter_itself(catalogue: Catalogue) -> None:
    assert "turva" not in found(catalogue, "", needs=[("upbringing", 1.0)])
    assert "turva" in found(catalogue, "", needs=[("upbringing", 1.0)], crisis=True)
    assert found(catalogue, "", needs=[("violence", 0.8)]) == ["turva"]
    assert found(catalogue, "turvakotiin") == ["turva"]


def test_each_answer_tells_all_the_reasons_it_is_there(catalogue: Catalogue) -> None:
    reasons = {
        match.service.id: because(match, language="ru", now=TUESDAY_AT_TEN) for match in matches(catalogue)
    }
    assert reasons["vauvakerho"] == ("name", "municipality", "open")
    assert reasons["teinikerho"] == ("name", "municipality", "language")
    assert reasons["koko-maan-kerho"] == ("name", "country")
