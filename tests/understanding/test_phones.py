"""Telephone numbers, pieces of numbers, and figures that are neither."""

import pytest

from tests.understanding.cases import Case, cases
from tests.understanding.reading import facts, values

WHOLE = [
    ("050 123 4567", "+358501234567"),
    ("0501234567", "+358501234567"),
    ("050-1234567", "+358501234567"),
    ("050-123 45 67", "+358501234567"),
    ("050.123.4567", "+358501234567"),
    ("(050) 123 4567", "+358501234567"),
    ("+358 50 123 4567", "+358501234567"),
    ("+358501234567", "+358501234567"),
    ("+358 (0)50 123 4567", "+358501234567"),
    ("00358501234567", "+358501234567"),
    ("358 50 123 4567", "+358501234567"),
    ("00358 40 123 0456", "+358401230456"),
    ("0 5 0 1 2 3 4 5 6 7", "+358501234567"),
    ("o5o 123 4567", "+358501234567"),
    ("040 000 0000", "+358400000000"),
    ("0457 123 4567", "+3584571234567"),
    ("044-1234567", "+358441234567"),
    ("0400 123 456", "+358400123456"),
    ("015 123 4567", "+358151234567"),
    ("09 123 4567", "+35891234567"),
    ("+46 70 123 45 67", "+46701234567"),
    ("0046 70 123 45 67", "+46701234567"),
    ("+372 5123 4567", "+37251234567"),
    ("+7 912 345 67 89", "+79123456789"),
    ("+380 50 123 4567", "+380501234567"),
    ("+252 61 2345678", "+252612345678"),
    ("Soittakaa 0501234567 klo 14-16", "+358501234567"),
    ("050 123 4567 14-16", "+358501234567"),
    ("numeroni on 0501234567.", "+358501234567"),
    ("asun 04400 Järvenpäässä, puh 0501234567", "+358501234567"),
    ("Anna 0501234567 huomenna", "+358501234567"),
    ("nolla viiskyt yksi kaksi kolme neljä viisi kuusi seitsemän", "+358501234567"),
    ("nolla neljä nolla 123 45 67", "+358401234567"),
    ("noll femtio ett två tre fyra fem sex sju", "+358501234567"),
    ("zero five zero one two three four five six seven", "+358501234567"),
    ("٠٥٠ ١٢٣ ٤٥٦٧", "+358501234567"),
    ("050\u200b123\u200b4567", "+358501234567"),
]
FRAGMENTS = [("050 123", "050123"), ("0501234", "0501234"), ("numero on 0401 2345", "04012345")]
NOT_PHONES = [
    "112",
    "soitin 116 111",
    "116117",
    "131052-308T",
    "FI21 1234 5600 0007 85",
    "8.12.2026",
    "1.1.2020-31.12.2021",
    "klo 14-16",
    "14.30-15.30",
    "asun 04400",
    "maksoi 12000 euroa",
    "lapset 15, 13 ja 9",
    "soitin 0800 123 123 eikä vastattu",
    "vuonna 2010",
    "2026-12-08",
    "viitenumero 1234 56789 01234",
]


@pytest.mark.parametrize(("text", "expected"), WHOLE)
def test_a_number_is_read_however_it_is_written(text: str, expected: str) -> None:
    assert values("phone", text) == [expected]
    assert values("phone_fragment", text) == []


@pytest.mark.parametrize(("text", "expected"), FRAGMENTS)
def test_a_piece_of_a_number_is_told_apart(text: str, expected: str) -> None:
    assert values("phone", text) == []
    assert values("phone_fragment", text) == [expected]


@pytest.mark.parametrize("text", NOT_PHONES)
def test_other_figures_are_not_numbers(text: str) -> None:
    assert values("phone", text) + values("phone_fragment", text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("soittakaa 0501234567, ei kun 0407654321", ["+358407654321"]),
        ("050 1234567 eiku siis 040 7654321", ["+358407654321"]),
        ("0501234567 / 0407654321", ["+358501234567", "+358407654321"]),
        ("0501234567 tai 0407654321", ["+358501234567", "+358407654321"]),
        ("050 123 4567 040 765 4321", ["+358501234567", "+358407654321"]),
        ("nej jag menade 0407654321", ["+358407654321"]),
    ],
)
def test_of_several_numbers_the_corrected_one_counts(text: str, expected: list[str]) -> None:
    assert values("phone", text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "soittakaa huomenna klo 10 0401234567",
        "klo 14.30 0401234567",
        "klo 10-12 040 123 4567",
        "lapsi 4 0401234567",
    ],
)
def test_a_number_right_after_an_hour_or_an_age_is_whole(text: str) -> None:
    assert values("phone", text) == ["+358401234567"]


def test_when_it_was_asked_figures_are_a_number_or_a_piece_of_one() -> None:
    assert values("phone", "501234567", asked="phone") == ["+358501234567"]
    assert values("phone_fragment", "12345", asked="phone") == ["12345"]


def test_the_place_of_a_number_is_its_own_letters() -> None:
    text = "soita 050 123 4567, kiitos"
    found = facts(text).entities[0]
    assert text[found.start : found.end] == "050 123 4567"


def test_places_are_right_although_unseen_characters_stand_between() -> None:
    text = "numero\u200b on 050\u200b1234567"
    found = next(one for one in facts(text).entities if one.entity == "phone")
    assert text[found.start : found.end] == "050\u200b1234567"


@pytest.mark.parametrize("case", cases("phones"), ids=str)
def test_the_listed_numbers_are_read_and_nothing_is_made_up(case: Case) -> None:
    found = [
        one
        for one in facts(case.text, asked=case.asked, language=case.language).entities
        if one.entity in ("phone", "phone_fragment")
    ]
    assert [("?" if one.entity == "phone_fragment" else "") + one.value for one in found] == case.told
