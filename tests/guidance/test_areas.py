"""Which area a family belongs to, and whose county."""

from pathlib import Path

import pytest

from bot.content import ContentError
from bot.guidance import areas
from bot.guidance.areas import Areas


@pytest.mark.parametrize(
    ("municipality", "area"),
    [
        ("Järvenpää", "jarvenpaa"), ("Kangasala", "kangasala"), ("Askola", "askola"), ("Mikkeli", "etela-savo"),
        ("Savonlinna", "etela-savo"), ("Pieksämäki", "etela-savo"), ("Sulkava", "etela-savo"),
        ("Nyslott", "etela-savo"), ("järvenpää", "jarvenpaa"), ("Esimerkkilä", "esimerkkila"), ("Rovaniemi", "muu"),
        (None, "muu"), ("", "muu"),
    ],
)  # fmt: skip
def test_a_municipality_belongs_to_one_area(
    shipped_areas: Areas, municipality: str | None, area: str
) -> None:
    assert shipped_areas.area_of(municipality).id == area


def test_every_area_calls_from_nine_to_four_within_three_working_days(shipped_areas: Areas) -> None:
    for area in shipped_areas.all:
        assert (area.calling_hours.opens, area.calling_hours.closes) == ("09:00", "16:00")
        assert area.promise_working_days == 3
        assert {"fi", "sv", "en"} <= set(area.name.all())


def test_the_areas_of_the_county_are_those_of_the_register(shipped_areas: Areas) -> None:
    county = areas.find_county("Etelä-Savo")
    assert county is not None
    assert set(shipped_areas.by_id["etela-savo"].municipalities) == set(county.municipalities)


@pytest.mark.parametrize(
    ("municipality", "county"),
    [
        ("Järvenpää", "02"),
        ("Kangasala", "08"),
        ("Askola", "01"),
        ("Mikkeli", "12"),
        ("Rovaniemi", "21"),
        ("Åbo", "05"),
    ],
)
def test_a_municipality_belongs_to_its_wellbeing_services_county(municipality: str, county: str) -> None:
    found = areas.county_of(municipality)
    assert found is not None
    assert found.code == county


def test_a_county_is_found_by_code_short_name_and_full_name() -> None:
    found = {areas.find_county(name) for name in ("12", "Etelä-Savo", "Etelä-Savon hyvinvointialue")}
    assert len(found) == 1
    assert areas.find_county("Itä-Savo") is None


def test_a_wrong_areas_file_is_told_by_line(tmp_path: Path) -> None:
    path = tmp_path / "areas.yaml"
    path.write_text(
        "areas:\n"
        "  - id: hukka\n"
        "    name: {fi: Hukka}\n"
        "    municipalities: [Hukkala]\n"
        "    calling_hours: {opens: '16:00', closes: '09:00'}\n"
        "    promise_working_days: 0\n",
        encoding="utf-8",
    )
    with pytest.raises(ContentError) as raised:
        areas.load(tmp_path)
    lines = {problem.line for problem in raised.value.problems}
    assert {5, 6} <= lines
