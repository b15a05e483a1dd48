"""When a family hopes to be called, in their words, on a Tuesday (24 November 2026, ten o'clock)."""

import pytest

from tests.understanding.cases import Case, cases
from tests.understanding.reading import facts, wishes

FILES = ("times_fi", "times_sv_en", "times_others", "times_ru_uk", "times_et_ar_so")


def test_two_different_times_are_two_wishes() -> None:
    found = wishes("tiistaina kahden jälkeen tai torstaina aamulla", asked="time")
    assert found == ["2026-12-01 14:00-", "2026-11-26 08:00-10:00"]


def test_a_day_that_does_not_exist_is_no_wish() -> None:
    assert wishes("31.2.", asked="time") == []


IN_A_MESSAGE = [
    ("Voisitteko soittaa ens tiistaina kahen jälkeen?", "2026-12-01 14:00-"),
    ("Vauva huutaa iltaisin. Voiko joku soittaa huomenna?", "2026-11-25"),
    (
        "vauva itkee iltaisin ja olen ihan poikki voiko joku soittaa huomenna iltapäivällä",
        "2026-11-25 12:00-16:00",
    ),
    ("0501234567 huomenna", "2026-11-25"),
    ("mies huutaa iltaisin soittakaa 0501234567 aamupäivällä", "08:00-12:00"),
    ("soittakaa tiistaina, ei kun keskiviikkona", "2026-11-25"),
    ("huomenna iltapäivällä", "2026-11-25 12:00-16:00"),
    ("mulle sopisi parhaiten torstai", "2026-11-26"),
    ("Kan ni ringa i morgon förmiddag?", "2026-11-25 08:00-12:00"),
    ("could somebody call me tomorrow after 3", "2026-11-25 15:00-"),
    ("huomenna iltapäivällä, vauva ei nuku yöllä yhtään", "2026-11-25 12:00-16:00"),
    ("huomenna iltapäivällä, 4v ei nuku yöllä", "2026-11-25 12:00-16:00"),
]


@pytest.mark.parametrize(("message", "expected"), IN_A_MESSAGE)
def test_a_time_beside_a_call_is_a_wish_without_being_asked(message: str, expected: str) -> None:
    language = "sv" if "ringa" in message else "en" if "could" in message else "fi"
    assert wishes(message, language=language) == [expected]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fi", "huomenna klo 14 nro 0401234567", "2026-11-25 14:00-15:00"),
        ("fi", "klo 10-12 numeroon 040 123 4567", "10:00-12:00"),
        ("fi", "huomenna iltapäivällä, numeroni on 0401234567", "2026-11-25 12:00-16:00"),
        ("fi", "perjantaina puh. 0401234567", "2026-11-27"),
        ("sv", "i morgon kl 14 nr 0401234567", "2026-11-25 14:00-15:00"),
        ("en", "tomorrow at 2 pm, my number is 0401234567", "2026-11-25 14:00-15:00"),
    ],
)
def test_a_time_beside_a_number_and_its_word_is_a_wish(language: str, text: str, expected: str) -> None:
    assert wishes(text, language=language) == [expected]


@pytest.mark.parametrize(
    ("asked", "language", "text", "expected"),
    [
        (None, "fi", "ei tiistaina, keskiviikko käy", "2026-11-25"),
        ("time", "fi", "en pääse maanantaina, tiistai klo 10", "2026-12-01 10:00-11:00"),
        ("time", "fi", "en pääse maanantaina tai tiistaina, keskiviikkona klo 10", "2026-11-25 10:00-11:00"),
        ("time", "sv", "inte imorgon, övermorgon", "2026-11-26"),
        (None, "sv", "fredag passar inte, går det på måndag klockan tolv", "2026-11-30 12:00-13:00"),
        (None, "en", "not friday, monday at 12 instead", "2026-11-30 12:00-13:00"),
        ("time", "fi", "mieluummin iltapäivällä kuin aamulla", "12:00-16:00"),
        ("confirm", "sv", "ja men kl 15", "15:00-16:00"),
        ("confirm", "fi", "päivä väärin, piti olla torstai", "2026-11-26"),
    ],
)
def test_the_time_after_a_refused_one_is_the_wish(
    asked: str | None, language: str, text: str, expected: str
) -> None:
    assert wishes(text, asked=asked, language=language) == [expected]


def test_the_swedish_one_after_klockan_is_an_hour() -> None:
    assert wishes("nästa torsdag efter klockan ett", asked="time", language="sv") == ["2026-12-03 13:00-"]
    assert wishes("i morgon kl ett", language="sv") == ["2026-11-25 13:00-14:00"]


def test_the_familys_own_words_are_kept_with_their_place() -> None:
    text = "Voisitteko soittaa ens tiistaina kahen jälkeen?"
    found = next(one for one in facts(text).entities if one.entity == "time_window")
    assert found.value.words == "ens tiistaina kahen jälkeen" == text[found.start : found.end]


@pytest.mark.parametrize("case", [one for name in FILES for one in cases(name)], ids=str)
def test_the_listed_wishes_are_read_and_nothing_is_made_up(case: Case) -> None:
    assert wishes(case.text, asked=case.asked, language=case.language) == case.told
