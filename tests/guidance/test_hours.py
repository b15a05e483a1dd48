"""Open or closed, by dated cases."""

from datetime import UTC, date, datetime

import pytest

from bot.clock import HELSINKI
from bot.guidance.entry import Holiday, Hours
from bot.guidance.hours import OpenState, open_state

OFFICE = (
    Hours(days=("mon", "tue", "wed", "thu"), opens="09:00", closes="16:00"),
    Hours(days=("fri",), opens="09:00", closes="14:00"),
)
EVENING_LINE = (Hours(days=("mon", "tue", "wed", "thu", "fri", "sat", "sun"), opens="18:00", closes="01:00"),)


def at(text: str) -> datetime:
    """A moment in Finnish time, from `2026-11-24 10:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI)


@pytest.mark.parametrize(
    ("now", "is_open", "until_or_opens"),
    [
        ("2026-11-24 10:00", True, "2026-11-24 16:00"),
        ("2026-11-24 08:59", False, "2026-11-24 09:00"),
        ("2026-11-24 16:00", False, "2026-11-25 09:00"),
        ("2026-11-27 14:30", False, "2026-11-30 09:00"),  # Friday afternoon to Monday
        ("2027-01-05 16:30", False, "2027-01-07 09:00"),  # over Epiphany, a Wednesday
        ("2027-12-06 10:00", False, "2027-12-07 09:00"),  # Independence Day, a Monday
        ("2026-12-23 17:00", False, "2026-12-28 09:00"),  # over Christmas Eve, Christmas and the weekend
        ("2027-06-24 16:30", False, "2027-06-28 09:00"),  # Midsummer Eve is closed too
    ],
)
def test_an_office_is_open_on_its_days_and_says_when_next(
    now: str, is_open: bool, until_or_opens: str
) -> None:
    state = open_state(OFFICE, at(now))
    assert state is not None
    assert state.open is is_open
    assert (state.until if is_open else state.opens) == at(until_or_opens)


def test_a_moment_in_utc_is_read_in_finnish_time() -> None:
    assert open_state(OFFICE, datetime(2026, 11, 24, 13, 59, tzinfo=UTC)) == OpenState(
        open=True, until=at("2026-11-24 16:00")
    )


def test_hours_past_midnight_belong_to_the_evening_before() -> None:
    assert open_state(EVENING_LINE, at("2026-11-25 00:30")) == OpenState(
        open=True, until=at("2026-11-25 01:00")
    )
    assert open_state(EVENING_LINE, at("2026-11-25 01:00")) == OpenState(
        open=False, opens=at("2026-11-25 18:00")
    )


@pytest.mark.parametrize(
    ("holiday", "day"),
    [
        ("new_years_day", "2027-01-01"),
        ("epiphany", "2027-01-06"),
        ("maundy_thursday", "2027-03-25"),
        ("good_friday", "2027-03-26"),
        ("easter_eve", "2027-03-27"),
        ("easter_sunday", "2027-03-28"),
        ("easter_monday", "2027-03-29"),
        ("may_day_eve", "2027-04-30"),
        ("may_day", "2027-05-01"),
        ("ascension", "2027-05-06"),
        ("whit_sunday", "2027-05-16"),
        ("midsummer_eve", "2027-06-25"),
        ("midsummer_day", "2027-06-26"),
        ("all_saints", "2027-11-06"),
        ("independence_day", "2027-12-06"),
        ("christmas_eve", "2027-12-24"),
        ("christmas_day", "2027-12-25"),
        ("boxing_day", "2027-12-26"),
        ("new_years_eve", "2026-12-31"),
    ],
)
def test_a_named_holiday_has_hours_of_its_own(holiday: Holiday, day: str) -> None:
    hours = (*OFFICE, Hours(kind="holidays", holiday=holiday, opens="12:00", closes="13:00"))
    assert open_state(hours, at(f"{day} 12:30")) == OpenState(open=True, until=at(f"{day} 13:00"))
    assert open_state(hours, at(f"{day} 11:30")) == OpenState(open=False, opens=at(f"{day} 12:00"))


def test_a_service_open_on_sundays_keeps_sunday_hours_on_a_holiday() -> None:
    assert open_state(EVENING_LINE, at("2026-12-24 19:00")) == OpenState(
        open=True, until=at("2026-12-25 01:00")
    )


def test_a_holiday_rule_goes_before_the_week_and_an_exception_before_both() -> None:
    hours = (
        *OFFICE,
        Hours(kind="holidays", opens="10:00", closes="12:00"),
        Hours(kind="exception", date=date(2027, 1, 6), opens="13:00", closes="14:00"),
        Hours(kind="exception", date=date(2027, 1, 7), closed=True),
    )
    assert open_state(hours, at("2027-01-01 11:00")) == OpenState(open=True, until=at("2027-01-01 12:00"))
    assert open_state(hours, at("2027-01-06 10:30")) == OpenState(open=False, opens=at("2027-01-06 13:00"))
    assert open_state(hours, at("2027-01-07 10:30")) == OpenState(open=False, opens=at("2027-01-08 09:00"))


def test_always_open_is_open_without_an_end_unless_an_exception_closes_it() -> None:
    always = (Hours(kind="always"),)
    assert open_state(always, at("2026-12-25 03:00")) == OpenState(open=True)
    break_ = (*always, Hours(kind="exception", date=date(2026, 12, 26), closed=True))
    assert open_state(break_, at("2026-12-25 03:00")) == OpenState(open=True, until=at("2026-12-26 00:00"))


@pytest.mark.parametrize(
    "hours",
    [
        (),
        (Hours(kind="appointment"),),
        (Hours(kind="holidays", closed=True),),
        (Hours(days=("mon",), opens="09:00", closes="10:00", valid_to=date(2026, 8, 31)),),
    ],
)
def test_unknown_hours_are_not_closed_hours(hours: tuple[Hours, ...]) -> None:
    assert open_state(hours, at("2026-11-24 10:00")) is None


def test_a_season_holds_between_its_dates() -> None:
    hours = (Hours(days=("wed",), opens="09:00", closes="12:00", valid_from=date(2027, 1, 11)),)
    assert open_state(hours, at("2027-01-07 10:00")) == OpenState(open=False, opens=at("2027-01-13 09:00"))


def test_the_night_clocks_go_back_counts_the_repeated_hour_once() -> None:
    hours = (Hours(days=("sun",), opens="01:00", closes="03:30"),)
    first = datetime(2027, 10, 31, 3, 15, tzinfo=HELSINKI)
    second = datetime(2027, 10, 31, 3, 15, fold=1, tzinfo=HELSINKI)
    open_first, open_second = open_state(hours, first), open_state(hours, second)
    assert open_first is not None
    assert open_first.open
    assert open_second is not None
    assert not open_second.open


def test_the_night_clocks_go_forward_keeps_the_closing_time_on_the_wall() -> None:
    hours = (Hours(days=("sat",), opens="20:00", closes="05:00"),)
    state = open_state(hours, at("2027-03-28 04:30"))
    assert state == OpenState(open=True, until=at("2027-03-28 05:00"))
