"""Wishes fitted into the hours in which an area rings, and the time of the next try."""

from dataclasses import replace
from datetime import UTC, date, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.callbacks.area_calendar import CallingHours
from bot.callbacks.call_times import Fit, fit
from bot.callbacks.next_tries import next_try
from bot.callbacks.workdays import is_working_day
from bot.clock import HELSINKI, helsinki
from bot.meaning import TimeWish
from tests.callbacks.scenes import HOURS, at

TUESDAY_TEN = "2026-11-24 10:00"


def wish(**facts: Any) -> TimeWish:
    for name in ("day", "last_day"):
        if name in facts:
            facts[name] = date.fromisoformat(facts[name])
    for name in ("from_time", "to_time"):
        if name in facts:
            facts[name] = time.fromisoformat(facts[name])
    return TimeWish(words="omin sanoin", **facts)


def shown(found: Fit) -> str:
    if found.window is None:
        return "no window"
    start, end = helsinki(found.window.start), helsinki(found.window.end)
    assert start.date() == end.date()
    return f"{start:%Y-%m-%d %H:%M}-{end:%H:%M}"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"day": "2026-11-25"}, "2026-11-25 09:00-16:00"),
        ({"day": "2026-11-25", "from_time": "08:00", "to_time": "10:00"}, "2026-11-25 09:00-10:00"),
        ({"day": "2026-11-25", "from_time": "08:00", "to_time": "12:00"}, "2026-11-25 09:00-12:00"),
        ({"day": "2026-11-25", "from_time": "10:00", "to_time": "14:00"}, "2026-11-25 10:00-14:00"),
        ({"day": "2026-11-25", "from_time": "12:00", "to_time": "16:00"}, "2026-11-25 12:00-16:00"),
        ({"day": "2026-12-01", "from_time": "14:00"}, "2026-12-01 14:00-16:00"),  # "kahden jälkeen"
        ({"day": "2026-12-01", "to_time": "11:00"}, "2026-12-01 09:00-11:00"),  # "ennen yhtätoista"
        ({"day": "2026-12-01", "from_time": "13:00", "to_time": "13:00"}, "2026-12-01 13:00-14:00"),
        ({"day": "2026-12-01", "from_time": "15:30", "to_time": "15:30"}, "2026-12-01 15:30-16:00"),
        ({"day": "2026-11-24"}, "2026-11-24 10:00-16:00"),  # today: what is left of it
        ({"from_time": "12:00", "to_time": "16:00"}, "2026-11-24 12:00-16:00"),  # "iltapäivällä"
        ({"from_time": "08:00", "to_time": "10:00"}, "2026-11-25 09:00-10:00"),  # "aamulla", said at ten
        ({"day": "2026-11-30", "last_day": "2026-12-04"}, "2026-11-30 09:00-16:00"),  # "ensi viikolla"
        (
            {"day": "2026-11-30", "last_day": "2026-12-04", "from_time": "08:00", "to_time": "12:00"},
            "2026-11-30 09:00-12:00",
        ),
        ({"day": "2026-11-30", "last_day": "2026-12-04", "not_weekdays": (0, 1)}, "2026-12-02 09:00-16:00"),
        ({"day": "2026-11-23", "last_day": "2026-11-27"}, "2026-11-24 10:00-16:00"),  # "tällä viikolla"
        ({"weekdays": (2,), "recurring": True}, "2026-11-25 09:00-16:00"),  # "keskiviikkoisin"
        ({"weekdays": (1,), "recurring": True, "to_time": "10:00"}, "2026-12-01 09:00-10:00"),
        ({"not_weekdays": (1, 2), "from_time": "12:00", "recurring": True}, "2026-11-26 12:00-16:00"),
        ({"from_time": "12:00", "not_weekdays": (2,), "recurring": True}, "2026-11-24 12:00-16:00"),
        ({"anytime": True}, "no window"),
        ({"as_soon_as_possible": True}, "no window"),
        ({}, "no window"),
    ],
)
def test_a_possible_wish_gets_its_window(facts: dict[str, Any], expected: str) -> None:
    found = fit(wish(**facts), HOURS, at(TUESDAY_TEN))
    assert (shown(found), found.asked_for_impossible) == (expected, None)


@pytest.mark.parametrize(
    ("now", "facts", "expected", "reason"),
    [
        (TUESDAY_TEN, {"day": "2026-11-28"}, "2026-11-30 09:00-16:00", "weekend"),
        (TUESDAY_TEN, {"day": "2026-11-29", "from_time": "12:00"}, "2026-11-30 12:00-16:00", "weekend"),
        (TUESDAY_TEN, {"day": "2026-11-28", "last_day": "2026-11-29"}, "2026-11-30 09:00-16:00", "weekend"),
        (TUESDAY_TEN, {"weekdays": (5,), "recurring": True}, "2026-11-30 09:00-16:00", "weekend"),
        (TUESDAY_TEN, {"day": "2026-12-06"}, "2026-12-07 09:00-16:00", "weekend"),
        (TUESDAY_TEN, {"day": "2027-12-06"}, "2027-12-07 09:00-16:00", "holiday"),
        (TUESDAY_TEN, {"day": "2026-12-24"}, "2026-12-28 09:00-16:00", "holiday"),
        (TUESDAY_TEN, {"day": "2026-12-25", "to_time": "12:00"}, "2026-12-28 09:00-12:00", "holiday"),
        (TUESDAY_TEN, {"day": "2027-01-06"}, "2027-01-07 09:00-16:00", "holiday"),
        (TUESDAY_TEN, {"day": "2027-06-25"}, "2027-06-28 09:00-16:00", "holiday"),
        (TUESDAY_TEN, {"day": "2026-11-25", "from_time": "18:00"}, "2026-11-25 14:00-16:00", "outside_hours"),
        (
            TUESDAY_TEN,
            {"day": "2026-11-25", "from_time": "16:00", "to_time": "18:00"},
            "2026-11-25 14:00-16:00",
            "outside_hours",
        ),
        (
            TUESDAY_TEN,
            {"day": "2026-11-25", "from_time": "07:00", "to_time": "08:00"},
            "2026-11-25 09:00-11:00",
            "outside_hours",
        ),
        (TUESDAY_TEN, {"from_time": "17:00"}, "2026-11-24 14:00-16:00", "outside_hours"),
        (TUESDAY_TEN, {"day": "2026-11-23"}, "2026-11-24 10:00-16:00", "past"),
        (
            TUESDAY_TEN,
            {"day": "2026-11-23", "from_time": "09:00", "to_time": "10:00"},
            "2026-11-25 09:00-10:00",
            "past",
        ),
        (TUESDAY_TEN, {"day": "2026-11-16", "last_day": "2026-11-20"}, "2026-11-24 10:00-16:00", "past"),
        ("2026-11-24 13:10", {"day": "2026-11-24", "to_time": "12:00"}, "2026-11-25 09:00-12:00", "past"),
        ("2026-11-24 15:50", {"day": "2026-11-24"}, "2026-11-25 09:00-16:00", "past"),
        ("2026-11-27 16:30", {"day": "2026-11-27"}, "2026-11-30 09:00-16:00", "past"),
        (
            "2026-11-24 16:30",
            {"day": "2026-11-24", "from_time": "18:00"},
            "2026-11-25 14:00-16:00",
            "outside_hours",
        ),
        ("2026-12-23 16:00", {"day": "2026-12-23"}, "2026-12-28 09:00-16:00", "past"),
    ],
)
def test_an_impossible_wish_gets_the_nearest_window_and_the_reason(
    now: str, facts: dict[str, Any], expected: str, reason: str
) -> None:
    found = fit(wish(**facts), HOURS, at(now))
    assert (shown(found), found.asked_for_impossible) == (expected, reason)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-24 15:40", "2026-11-24 15:45-16:00"),
        ("2026-11-24 15:45", "2026-11-24 15:45-16:00"),
        ("2026-11-24 15:46", "2026-11-25 12:00-16:00"),
        ("2026-11-24 08:00", "2026-11-24 12:00-16:00"),
    ],
)
def test_an_afternoon_wished_for_without_a_day_is_todays_while_a_quarter_of_it_is_left(
    now: str, expected: str
) -> None:
    assert shown(fit(wish(from_time="12:00", to_time="16:00"), HOURS, at(now))) == expected


def test_a_wish_that_says_more_than_one_window_is_kept_in_its_own_words() -> None:
    assert fit(wish(weekdays=(2,), recurring=True), HOURS, at(TUESDAY_TEN)).note == "omin sanoin"
    assert fit(wish(day="2026-11-30", last_day="2026-12-04"), HOURS, at(TUESDAY_TEN)).note == "omin sanoin"
    assert fit(wish(day="2026-11-25"), HOURS, at(TUESDAY_TEN)).note is None


def test_the_promise_follows_the_wished_day_when_that_is_later() -> None:
    assert fit(wish(day="2026-11-25"), HOURS, at(TUESDAY_TEN)).promised_day == date(2026, 11, 27)
    assert fit(wish(day="2026-12-10"), HOURS, at(TUESDAY_TEN)).promised_day == date(2026, 12, 10)
    assert fit(
        wish(anytime=True), replace(HOURS, promise_working_days=1), at(TUESDAY_TEN)
    ).promised_day == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("day", "offset"),
    [("2027-03-30", 3), ("2027-03-25", 2), ("2027-10-29", 3), ("2027-11-01", 2)],
)
def test_calling_hours_follow_the_clock_on_the_wall_when_clocks_are_turned(day: str, offset: int) -> None:
    found = fit(wish(day=day), HOURS, at("2027-03-01 12:00"))
    assert found.window is not None
    assert found.window.start.utcoffset() == timedelta(hours=offset)
    assert (found.window.start.hour, found.window.end.hour) == (9, 16)
    assert found.window.end.astimezone(UTC) - found.window.start.astimezone(UTC) == timedelta(hours=7)


def test_a_booking_in_the_hour_that_comes_twice_gets_the_next_working_morning() -> None:
    for fold in (0, 1):
        now = replace_fold("2027-10-31 03:30", fold)
        assert shown(fit(wish(from_time="08:00", to_time="10:00"), HOURS, now)) == "2027-11-01 09:00-10:00"


def replace_fold(text: str, fold: int) -> Any:
    return at(text).replace(fold=fold)


@pytest.mark.parametrize(
    ("now", "attempts", "expected"),
    [
        ("2026-11-24 09:10", 1, "2026-11-24 11:15"),  # morning, then midday
        ("2026-11-24 11:20", 1, "2026-11-24 13:30"),
        ("2026-11-24 13:40", 1, "2026-11-25 09:00"),
        ("2026-11-24 15:30", 1, "2026-11-25 11:15"),
        ("2026-11-24 09:10", 2, "2026-11-24 13:30"),
        ("2026-11-24 13:40", 2, "2026-11-25 11:15"),
        ("2026-11-24 09:10", 3, "2026-11-25 11:15"),  # a whole day's calling hours later
        ("2026-11-24 14:00", 7, "2026-11-26 09:00"),
        ("2026-11-27 15:30", 1, "2026-11-30 11:15"),  # over a weekend
        ("2026-12-23 15:30", 1, "2026-12-28 11:15"),  # over Christmas
        ("2027-03-25 15:30", 1, "2027-03-30 11:15"),  # over Easter and the turning of the clocks
        ("2027-10-29 15:30", 1, "2027-11-01 11:15"),
        ("2026-11-24 18:00", 1, "2026-11-25 11:15"),  # tried after hours
        ("2026-11-28 12:00", 1, "2026-11-30 13:30"),  # tried on a Saturday
    ],
)
def test_the_next_try_is_some_calling_hours_later_at_another_time_of_day(
    now: str, attempts: int, expected: str
) -> None:
    assert f"{next_try(at(now), attempts, HOURS):%Y-%m-%d %H:%M}" == expected


def test_three_tries_in_a_row_come_at_different_times_of_day() -> None:
    tries = [at("2026-11-24 09:05")]
    for attempts in (1, 2, 3):
        tries.append(next_try(tries[-1], attempts, HOURS))
    assert all(later - earlier >= timedelta(hours=2) for earlier, later in pairwise(tries))
    assert all(earlier.time() != later.time() for earlier, later in pairwise(tries))


moments = st.datetimes(
    min_value=at("2026-01-01 00:00").replace(tzinfo=None),
    max_value=at("2028-12-31 00:00").replace(tzinfo=None),
).map(lambda moment: moment.replace(tzinfo=UTC))
times = st.none() | st.times(max_value=time(23, 59)).map(lambda t: t.replace(second=0, microsecond=0))
wishes = st.builds(
    TimeWish,
    words=st.just("joskus"),
    day=st.none() | st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    from_time=times,
    to_time=times,
    weekdays=st.lists(st.integers(0, 6), unique=True).map(tuple),
    not_weekdays=st.lists(st.integers(0, 6), unique=True).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(wishes, moments, st.integers(0, 10))
def test_whatever_is_wished_a_window_lies_ahead_within_calling_hours(
    wished: TimeWish, now: Any, days: int
) -> None:
    spanning = replace(wished, last_day=wished.day + timedelta(days=days) if wished.day and days else None)
    window = fit(spanning, HOURS, now).window
    if window is None:
        return
    assert window.start.astimezone(UTC) >= now
    assert window.start.astimezone(UTC) + timedelta(minutes=1) <= window.end.astimezone(UTC)
    assert is_working_day(window.start.date())
    assert (window.start.tzinfo, window.start.date()) == (HELSINKI, window.end.date())
    assert time(9) <= window.start.time() < window.end.time() <= time(16)


@settings(max_examples=150, deadline=None)
@given(moments, st.integers(1, 9))
def test_whenever_it_was_tried_the_next_try_is_in_calling_hours_and_later(now: Any, attempts: int) -> None:
    found = next_try(now, attempts, HOURS)
    assert found.astimezone(UTC) - now >= timedelta(hours=2)
    assert is_working_day(found.date())
    assert time(9) <= found.time() < time(16)


def test_hours_that_close_before_they_open_are_refused() -> None:
    with pytest.raises(ValueError, match="open before"):
        CallingHours(time(16), time(9))
