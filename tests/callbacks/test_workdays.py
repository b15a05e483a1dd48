"""Dated cases of counting working days, around every kind of day off."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.callbacks.workdays import add_working_days, is_working_day
from tests.callbacks.scenes import HOURS, at


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("2026-11-24", True),  # an ordinary Tuesday
        ("2026-11-28", False),  # Saturday
        ("2026-11-29", False),  # Sunday
        ("2026-12-06", False),  # Independence Day, a Sunday
        ("2026-12-07", True),  # and nothing is given in its place
        ("2027-12-06", False),  # Independence Day, a Monday
        ("2026-12-23", True),
        ("2026-12-24", False),  # Christmas Eve, a Thursday
        ("2026-12-25", False),
        ("2026-12-26", False),
        ("2026-12-28", True),
        ("2026-12-31", True),  # New Year's Eve is a working day
        ("2027-01-01", False),
        ("2027-01-05", True),
        ("2027-01-06", False),  # Epiphany, a Wednesday
        ("2027-03-25", True),  # Maundy Thursday
        ("2027-03-26", False),  # Good Friday
        ("2027-03-28", False),  # Easter Sunday, and the clocks are turned
        ("2027-03-29", False),  # Easter Monday
        ("2027-03-30", True),
        ("2026-04-30", True),  # the eve of May Day
        ("2026-05-01", False),  # May Day, a Friday
        ("2027-05-01", False),  # May Day, a Saturday
        ("2027-05-03", True),
        ("2027-05-06", False),  # Ascension Day
        ("2026-06-19", False),  # midsummer eve
        ("2026-06-20", False),
        ("2027-06-24", True),  # Thursday, the fixed date of midsummer in other countries
        ("2027-06-25", False),  # midsummer eve
        ("2027-06-28", True),
        ("2026-10-31", False),  # All Saints' Day, a Saturday
        ("2027-10-31", False),  # the clocks are turned back, a Sunday
        ("2027-11-01", True),
        ("2027-12-24", False),
    ],
)
def test_a_day_is_a_working_day_or_not(text: str, *, works: bool) -> None:
    assert is_working_day(day(text)) is works


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        ("2026-11-24", 0, "2026-11-24"),
        ("2026-11-24", 1, "2026-11-25"),
        ("2026-11-24", 3, "2026-11-27"),
        ("2026-11-24", 4, "2026-11-30"),
        ("2026-11-28", 1, "2026-11-30"),  # from a Saturday
        ("2026-11-29", 3, "2026-12-02"),  # from a Sunday
        ("2027-12-03", 1, "2027-12-07"),  # over Independence Day on Monday
        ("2026-12-22", 1, "2026-12-23"),
        ("2026-12-22", 2, "2026-12-28"),  # over Christmas
        ("2026-12-23", 3, "2026-12-30"),
        ("2026-12-30", 3, "2027-01-05"),  # over the change of year
        ("2027-01-04", 3, "2027-01-08"),  # over Epiphany
        ("2027-03-24", 3, "2027-03-31"),  # over Easter
        ("2026-04-29", 2, "2026-05-04"),  # over May Day and a weekend
        ("2026-06-17", 2, "2026-06-22"),  # over midsummer
        ("2027-06-24", 1, "2027-06-28"),
        ("2027-10-29", 1, "2027-11-01"),
        ("2026-11-24", 21, "2026-12-23"),
        ("2026-11-24", 22, "2026-12-28"),
    ],
)
def test_working_days_are_added(start: str, n: int, expected: str) -> None:
    assert add_working_days(day(start), n) == day(expected)


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-11-23 00:00", "2026-11-26"),  # Monday, the first minute
        ("2026-11-23 23:59", "2026-11-26"),  # Monday, the last
        ("2026-11-24 10:00", "2026-11-27"),
        ("2026-11-25 10:00", "2026-11-30"),
        ("2026-11-27 15:59", "2026-12-02"),  # Friday
        ("2026-11-28 12:00", "2026-12-02"),  # Saturday counts as the Friday before
        ("2026-11-29 12:00", "2026-12-02"),
        ("2026-12-03 09:00", "2026-12-08"),  # Independence Day is a Sunday
        ("2027-12-02 09:00", "2027-12-08"),  # and here a Monday
        ("2026-12-21 09:00", "2026-12-28"),
        ("2026-12-22 09:00", "2026-12-29"),
        ("2026-12-24 18:00", "2026-12-30"),  # on Christmas Eve
        ("2026-12-29 09:00", "2027-01-04"),
        ("2026-12-31 23:30", "2027-01-07"),  # the year turns, then Epiphany
        ("2027-01-05 09:00", "2027-01-11"),
        ("2027-03-25 09:00", "2027-04-01"),  # Maundy Thursday
        ("2027-03-28 02:30", "2027-04-01"),  # before the clocks go forward
        ("2027-03-28 04:30", "2027-04-01"),  # and after
        ("2026-04-30 09:00", "2026-05-06"),  # the eve of May Day
        ("2027-05-05 09:00", "2027-05-11"),  # before Ascension Day
        ("2026-06-18 09:00", "2026-06-24"),  # before midsummer eve
        ("2027-10-31 02:30", "2027-11-03"),  # before the clocks go back
        ("2027-10-31 23:30", "2027-11-03"),
    ],
)
def test_the_promise_is_the_third_working_day_after_the_day_of_arrival(received: str, expected: str) -> None:
    assert HOURS.promised_day(at(received)) == day(expected)


@pytest.mark.parametrize(
    ("utc", "expected"),
    [
        ("2026-11-24T21:59", "2026-11-27"),  # still Tuesday in Finland
        ("2026-11-24T22:00", "2026-11-30"),  # Wednesday in Finland
        ("2027-03-27T22:00", "2027-04-01"),  # Sunday, winter time
        ("2027-03-29T21:00", "2027-04-02"),  # Tuesday, summer time
        ("2027-10-31T00:30", "2027-11-03"),  # the hour that comes twice, first time
        ("2027-10-31T01:30", "2027-11-03"),  # and second time
    ],
)
def test_the_day_of_arrival_is_read_in_finland(utc: str, expected: str) -> None:
    received = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert HOURS.promised_day(received) == day(expected)


@pytest.mark.parametrize(
    ("wished", "expected"),
    [("2026-11-25", "2026-11-27"), ("2026-11-27", "2026-11-27"), ("2026-12-15", "2026-12-15")],
)
def test_a_later_wish_moves_the_promise_and_an_earlier_one_does_not(wished: str, expected: str) -> None:
    assert HOURS.promised_day(at("2026-11-24 10:00"), day(wished)) == day(expected)


@pytest.mark.parametrize(("days", "expected"), [(0, "2026-11-24"), (1, "2026-11-25"), (5, "2026-12-01")])
def test_an_area_may_promise_otherwise(days: int, expected: str) -> None:
    promises = replace(HOURS, promise_working_days=days)
    assert promises.promised_day(at("2026-11-24 10:00")) == day(expected)


def test_every_day_off_of_twenty_years_is_followed_by_a_working_day_within_a_week() -> None:
    start = day("2026-01-01")
    for number in range(20 * 366):
        today = start + timedelta(days=number)
        found = add_working_days(today - timedelta(days=1), 1)
        assert is_working_day(found)
        assert timedelta(0) <= found - today <= timedelta(days=6)


def test_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(day("2026-11-24"), -1)
