"""Days counted around weekends, Finnish holidays, the turn of the year and both nights when clocks are changed."""

from datetime import UTC, date, datetime

import pytest

from bot.clock import HELSINKI
from bot.understanding.calendar_days import first_working_day, free_days
from tests.understanding.cases import Case, cases
from tests.understanding.reading import wishes

CASES = [
    # Friday afternoon
    ("2026-11-27 15:00", "maanantaina", "2026-11-30"),
    ("2026-11-27 15:00", "ensi maanantaina", "2026-11-30"),
    ("2026-11-27 15:00", "perjantaina", "2026-12-04"),
    ("2026-11-27 15:00", "huomenna", "2026-11-28"),
    ("2026-11-27 15:00", "seuraavana arkipäivänä", "2026-11-30"),
    ("2026-11-27 15:00", "tällä viikolla", "2026-11-27"),
    # Saturday and Sunday: next week is the one that is coming
    ("2026-11-28 12:00", "ensi viikolla", "2026-11-30..2026-12-04"),
    ("2026-11-28 12:00", "ens tiistaina", "2026-12-01"),
    ("2026-11-29 21:00", "ensi tiistaina", "2026-12-01"),
    ("2026-11-29 21:00", "tiistaina", "2026-12-01"),
    ("2026-11-29 21:00", "viikonloppuna", "2026-11-29"),
    ("2026-11-28 12:00", "viikonlopun jälkeen", "2026-11-30"),
    # Monday: "ensi tiistaina" is next week's, "tiistaina" is tomorrow
    ("2026-11-30 09:00", "ensi tiistaina", "2026-12-08"),
    ("2026-11-30 09:00", "tiistaina", "2026-12-01"),
    ("2026-11-30 09:00", "alkuviikosta", "2026-11-30..2026-12-01"),
    ("2026-12-03 09:00", "alkuviikosta", "2026-12-07..2026-12-08"),
    # Independence Day: a Sunday in 2026, a Monday in 2027
    ("2026-12-04 10:00", "itsenäisyyspäivän jälkeen", "2026-12-07"),
    ("2026-12-06 10:00", "itsenäisyyspäivän jälkeen", "2026-12-07"),
    ("2027-12-03 10:00", "itsenäisyyspäivän jälkeen", "2027-12-07"),
    ("2026-12-01 10:00", "ennen itsenäisyyspäivää", "2026-12-01..2026-12-04"),
    ("2027-12-03 10:00", "seuraavana arkipäivänä", "2027-12-07"),
    # Christmas and the New Year
    ("2026-12-22 10:00", "joulun jälkeen", "2026-12-28"),
    ("2026-12-22 10:00", "ennen joulua", "2026-12-22..2026-12-23"),
    ("2026-12-27 10:00", "joulun jälkeen", "2026-12-28"),
    ("2027-12-20 10:00", "joulun jälkeen", "2027-12-27"),
    ("2026-12-22 10:00", "välipäivinä", "2026-12-27..2026-12-31"),
    ("2026-12-29 10:00", "uudenvuoden jälkeen", "2027-01-04"),
    ("2026-12-29 10:00", "ensi viikolla", "2027-01-04..2027-01-08"),
    ("2026-12-31 10:00", "huomenna", "2027-01-01"),
    ("2026-12-31 10:00", "4.1. klo 10", "2027-01-04 10:00-11:00"),
    ("2026-12-30 10:00", "viikolla 1", "2027-01-04..2027-01-08"),
    ("2026-12-15 10:00", "efter jul", "2026-12-28"),
    # Epiphany: a Wednesday in 2027
    ("2027-01-04 10:00", "loppiaisen jälkeen", "2027-01-07"),
    ("2027-01-04 10:00", "loppiaisena", "2027-01-06"),
    ("2027-01-05 10:00", "seuraavana arkipäivänä", "2027-01-07"),
    ("2027-01-07 10:00", "loppiaisen jälkeen", "2027-01-07"),
    # Easter, May Day, midsummer
    ("2027-03-22 10:00", "pääsiäisen jälkeen", "2027-03-30"),
    ("2027-04-28 10:00", "vapun jälkeen", "2027-05-03"),
    ("2027-06-22 10:00", "juhannuksen jälkeen", "2027-06-28"),
    # Clocks go forward on 28 March 2027 at three, back on 31 October 2027 at four
    ("2027-03-27 23:30", "huomenna", "2027-03-28"),
    ("2027-03-27 23:30", "ylihuomenna aamulla", "2027-03-29 08:00-10:00"),
    ("2027-03-28 02:30", "huomenna iltapäivällä", "2027-03-29 12:00-16:00"),
    ("2027-03-28 02:30", "tunnin päästä", "2027-03-28 04:30-"),
    ("2027-03-28 04:30", "ensi maanantaina", "2027-03-29"),
    ("2027-03-26 10:00", "kolmen päivän päästä", "2027-03-29"),
    ("2027-10-30 23:30", "huomenna", "2027-10-31"),
    ("2027-10-30 23:30", "ylihuomenna kahden jälkeen", "2027-11-01 14:00-"),
    ("2027-10-31 01:30", "huomenna aamulla", "2027-11-01 08:00-10:00"),
    ("2027-10-29 10:00", "maanantaina klo 9", "2027-11-01 09:00-10:00"),
    # Leap day
    ("2028-02-28 10:00", "huomenna", "2028-02-29"),
]


@pytest.mark.parametrize(("now", "words", "expected"), CASES)
def test_days_are_counted_from_the_day_it_is_said(now: str, words: str, expected: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=HELSINKI)
    assert wishes(words, asked="time", now=moment, language="sv" if words == "efter jul" else "fi") == [
        expected
    ]


def test_the_day_is_finlands_when_the_clock_is_in_utc() -> None:
    late = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)  # half past midnight on Wednesday in Finland
    assert wishes("huomenna", asked="time", now=late) == ["2026-11-26"]


def test_an_hour_ahead_across_the_autumn_change_is_a_real_hour() -> None:
    before = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)  # 3.30, an hour later it is 3.30 again
    assert wishes("tunnin päästä", asked="time", now=before) == ["2027-10-31 03:30-"]


@pytest.mark.parametrize(
    "day",
    ["2027-01-01", "2027-01-06", "2027-03-26", "2027-03-29", "2027-05-01", "2027-05-06", "2027-06-25",
     "2027-06-26", "2027-11-06", "2027-12-06", "2027-12-24", "2027-12-25", "2027-12-26"],
)  # fmt: skip
def test_finnish_holidays_are_free_days(day: str) -> None:
    assert date.fromisoformat(day) in free_days(2027)


def test_the_first_working_day_skips_weekend_and_holiday() -> None:
    assert first_working_day(date(2026, 12, 24)) == date(2026, 12, 28)


@pytest.mark.parametrize("case", cases("calendar"), ids=str)
def test_the_listed_days_are_counted_from_the_day_they_are_said(case: Case) -> None:
    assert wishes(case.text, asked=case.asked, language=case.language, now=case.now) == case.told
