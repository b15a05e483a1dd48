"""The calendar of an area on dated days: what counts, when it rings, what is promised. More in test_workdays."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.callbacks.area_calendar import AreaCalendar, CallingHours
from bot.callbacks.call_times import fit
from bot.callbacks.next_tries import next_try
from bot.clock import helsinki
from bot.meaning import TimeWish
from tests.callbacks.scenes import at

HALF = CallingHours(time(9), time(12))
NIGHT = CallingHours(time(1), time(6))
CALENDAR = AreaCalendar(
    hours=CallingHours(time(9), time(16)),
    exceptions={
        date(2026, 11, 26): None,  # a Thursday on which everybody is at a training
        date(2026, 11, 30): HALF,  # a Monday, mornings only
        date(2026, 12, 5): HALF,  # a Saturday that is opened
        date(2026, 12, 31): HALF,  # New Year's Eve
        date(2027, 1, 4): None,
        date(2027, 1, 5): None,
        date(2027, 3, 28): NIGHT,  # a Sunday night on which the clocks go forward
        date(2027, 10, 31): NIGHT,  # and back
    },
)

DAYS = [
    # day, what it is, counts as a working day, hours
    ("2026-11-24", "an ordinary Tuesday", True, "9-16"),
    ("2026-11-26", "closed by the area", False, "-"),
    ("2026-11-28", "Saturday", False, "-"),
    ("2026-11-30", "a half day", True, "9-12"),
    ("2026-12-05", "a Saturday that is opened: rung, not counted", False, "9-12"),
    ("2026-12-06", "Independence Day, a Sunday", False, "-"),
    ("2026-12-07", "nothing is given in its place", True, "9-16"),
    ("2026-12-23", "the day before Christmas Eve", True, "9-16"),
    ("2026-12-24", "Christmas Eve", False, "-"),
    ("2026-12-25", "Christmas Day", False, "-"),
    ("2026-12-26", "Boxing Day", False, "-"),
    ("2026-12-27", "Sunday", False, "-"),
    ("2026-12-28", "back at work", True, "9-16"),
    ("2026-12-31", "New Year's Eve, shortened by the area", True, "9-12"),
    ("2027-01-01", "New Year's Day", False, "-"),
    ("2027-01-04", "closed by the area", False, "-"),
    ("2027-01-06", "Epiphany, a Wednesday", False, "-"),
    ("2027-01-07", "after Epiphany", True, "9-16"),
    ("2028-01-06", "Epiphany, a Thursday", False, "-"),
    ("2029-01-06", "Epiphany, a Saturday", False, "-"),
    ("2027-03-25", "Maundy Thursday", True, "9-16"),
    ("2027-03-26", "Good Friday", False, "-"),
    ("2027-03-28", "Easter Sunday, opened at night", False, "1-6"),
    ("2027-03-29", "Easter Monday", False, "-"),
    ("2027-03-30", "after Easter", True, "9-16"),
    # May Day on each weekday
    ("2023-05-01", "May Day, a Monday", False, "-"),
    ("2029-05-01", "May Day, a Tuesday", False, "-"),
    ("2030-05-01", "May Day, a Wednesday", False, "-"),
    ("2031-05-01", "May Day, a Thursday", False, "-"),
    ("2026-05-01", "May Day, a Friday", False, "-"),
    ("2027-05-01", "May Day, a Saturday", False, "-"),
    ("2022-05-01", "May Day, a Sunday", False, "-"),
    ("2027-05-03", "the Monday after it", True, "9-16"),
    ("2027-04-30", "the eve of May Day", True, "9-16"),
    ("2026-05-14", "Ascension Day", False, "-"),
    ("2026-05-15", "the Friday after it", True, "9-16"),
    ("2027-05-06", "Ascension Day", False, "-"),
    ("2028-05-25", "Ascension Day", False, "-"),
    ("2026-06-18", "Thursday before midsummer", True, "9-16"),
    ("2026-06-19", "midsummer eve", False, "-"),
    ("2026-06-20", "midsummer", False, "-"),
    ("2027-06-25", "midsummer eve", False, "-"),
    ("2028-06-23", "midsummer eve", False, "-"),
    ("2028-06-26", "the Monday after it", True, "9-16"),
    ("2026-10-31", "All Saints' Day", False, "-"),
    ("2027-10-31", "Sunday, opened at night", False, "1-6"),
    ("2027-12-06", "Independence Day, a Monday", False, "-"),
    ("2028-12-06", "Independence Day, a Wednesday", False, "-"),
    ("2027-12-24", "Christmas Eve, a Friday", False, "-"),
    ("2028-12-27", "the third day after it, a Wednesday", True, "9-16"),
]


@pytest.mark.parametrize(("text", "what", "counts", "hours"), DAYS)
def test_a_day_of_an_area(text: str, what: str, *, counts: bool, hours: str) -> None:
    day = date.fromisoformat(text)
    found = CALENDAR.hours_on(day)
    said = f"{found.opens:%-H}-{found.closes:%-H}" if found else "-"
    assert (CALENDAR.is_working_day(day), said) == (counts, hours), what
    assert CALENDAR.is_open(day) == (hours != "-")


PROMISES = [
    # arrival, promised day, why
    (
        "2026-11-23 00:00",
        "2026-11-27",
        "Monday's first minute: Tuesday, Wednesday, and Friday for the closed Thursday",
    ),
    ("2026-11-23 23:59", "2026-11-27", "Monday's last minute is Monday still"),
    ("2026-11-24 00:00", "2026-11-30", "one minute later is Tuesday: the half day counts"),
    ("2026-11-25 15:59", "2026-12-01", "the last hour of the day"),
    ("2026-11-25 16:01", "2026-12-01", "and after it"),
    ("2026-11-26 12:00", "2026-12-01", "arrived on the closed day"),
    ("2026-11-27 23:59", "2026-12-02", "Friday"),
    ("2026-11-28 00:00", "2026-12-02", "Saturday"),
    ("2026-11-29 23:59", "2026-12-02", "Sunday"),
    ("2026-12-02 12:00", "2026-12-07", "neither the opened Saturday nor Independence Day counts"),
    ("2026-12-04 12:00", "2026-12-09", "Friday before it"),
    ("2026-12-22 09:00", "2026-12-29", "over Christmas"),
    ("2026-12-23 23:59", "2026-12-30", "the evening before Christmas Eve"),
    ("2026-12-24 00:00", "2026-12-30", "and a minute later"),
    ("2026-12-28 09:00", "2026-12-31", "New Year's Eve is the third day"),
    ("2026-12-29 09:00", "2027-01-07", "the year turns: 30th, 31st, and past two closed days and Epiphany"),
    ("2026-12-30 09:00", "2027-01-08", "31st, 7th, 8th"),
    ("2026-12-31 23:59", "2027-01-11", "the last minute of the year: 7th, 8th, 11th"),
    ("2027-01-01 00:00", "2027-01-11", "the first minute of the next"),
    ("2027-03-24 09:00", "2027-03-31", "over Easter: Thursday, Tuesday, Wednesday"),
    ("2027-03-28 02:59", "2027-04-01", "the last minute before the clocks go forward"),
    ("2027-03-28 04:00", "2027-04-01", "the first one after"),
    ("2027-04-28 09:00", "2027-05-03", "the eve of May Day counts, May Day is a Saturday"),
    ("2026-04-29 09:00", "2026-05-05", "May Day is a Friday"),
    ("2029-04-27 09:00", "2029-05-03", "May Day is a Tuesday"),
    ("2027-05-04 09:00", "2027-05-10", "over Ascension Day: Wednesday, Friday, Monday"),
    ("2026-06-16 09:00", "2026-06-22", "over midsummer: Wednesday, Thursday, Monday"),
    ("2027-06-23 23:59", "2027-06-29", "Wednesday before midsummer: Thursday, Monday, Tuesday"),
    ("2027-10-29 09:00", "2027-11-03", "over the night on which the clocks go back"),
    ("2027-10-31 03:30", "2027-11-03", "in the hour that comes twice"),
    ("2027-12-03 09:00", "2027-12-09", "over Independence Day on a Monday"),
    ("2027-12-23 09:00", "2027-12-29", "Christmas Eve is a Friday"),
]


@pytest.mark.parametrize(("received", "promised", "why"), PROMISES)
def test_a_promise_of_an_area(received: str, promised: str, why: str) -> None:
    assert CALENDAR.promised_day(at(received)) == date.fromisoformat(promised), why


def test_what_arrives_on_a_tuesday_has_its_seventh_working_day_on_the_thursday_of_the_next_week() -> None:
    """THL's own example of the seven working days."""
    plain = AreaCalendar(hours=CALENDAR.hours)
    assert plain.add_working_days(date(2026, 11, 10), 7) == date(2026, 11, 19)


STAFFED = [
    # local time, open
    ("2026-11-24 08:59", False),
    ("2026-11-24 09:00", True),
    ("2026-11-24 15:59", True),
    ("2026-11-24 16:00", False),
    ("2026-11-26 10:00", False),  # closed
    ("2026-11-30 11:59", True),  # a half day
    ("2026-11-30 12:00", False),
    ("2026-12-05 10:00", True),  # the opened Saturday
    ("2026-12-24 10:00", False),
    ("2027-03-28 00:59", False),
    ("2027-03-28 01:00", True),
    ("2027-03-28 04:00", True),  # an hour after 2.59
    ("2027-03-28 05:59", True),
    ("2027-03-28 06:00", False),
    ("2027-10-31 03:30", True),
    ("2027-10-31 06:00", False),
]


@pytest.mark.parametrize(("now", "is_open"), STAFFED)
def test_whether_anybody_is_there(now: str, *, is_open: bool) -> None:
    assert CALENDAR.is_open_at(at(now)) is is_open


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-24 10:00", "2026-11-24 10:00"),  # open now
        ("2026-11-24 07:00", "2026-11-24 09:00"),
        ("2026-11-25 16:00", "2026-11-27 09:00"),  # past the closed Thursday
        ("2026-12-04 17:00", "2026-12-05 09:00"),  # the opened Saturday
        ("2026-12-23 16:00", "2026-12-28 09:00"),
        ("2026-12-31 12:00", "2027-01-07 09:00"),
        ("2027-10-30 20:00", "2027-10-31 01:00"),
    ],
)
def test_when_somebody_is_there_next(now: str, opens: str) -> None:
    assert CALENDAR.next_opening(at(now)) == at(opens)


@pytest.mark.parametrize(("day", "hours"), [(date(2027, 3, 28), 4), (date(2027, 10, 31), 6)])
def test_a_night_on_which_clocks_are_turned_is_as_long_as_it_is(day: date, hours: int) -> None:
    night = CALENDAR.window_on(day)
    assert night is not None
    assert night.end.astimezone(UTC) - night.start.astimezone(UTC) == timedelta(hours=hours)


@pytest.mark.parametrize(("day", "steps"), [(date(2027, 3, 28), 48), (date(2027, 10, 31), 72)])
def test_every_five_minutes_of_such_a_night_are_open_once(day: date, steps: int) -> None:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=3)
    moments = [midnight + timedelta(minutes=5 * number) for number in range(24 * 12)]
    open_ones = [step for step in moments if CALENDAR.is_open_at(step)]
    assert len(open_ones) == steps
    assert open_ones == [open_ones[0] + timedelta(minutes=5 * number) for number in range(steps)]


WISHES = [
    # now, wish, window, reason
    ("2026-11-24 10:00", {"day": date(2026, 11, 26)}, "2026-11-27 09:00-16:00", "closed"),
    ("2026-11-24 10:00", {"day": date(2026, 11, 30)}, "2026-11-30 09:00-12:00", None),
    (
        "2026-11-24 10:00",
        {"day": date(2026, 11, 30), "from_time": time(14), "to_time": time(15)},
        "2026-11-30 10:00-12:00",
        "closed",
    ),
    (
        "2026-11-24 10:00",
        {"day": date(2026, 11, 30), "from_time": time(18), "to_time": time(19)},
        "2026-11-30 10:00-12:00",
        "outside_hours",
    ),
    ("2026-11-24 10:00", {"day": date(2026, 12, 5)}, "2026-12-05 09:00-12:00", None),
    ("2026-11-24 10:00", {"day": date(2026, 12, 12)}, "2026-12-14 09:00-16:00", "weekend"),
    ("2026-11-24 10:00", {"day": date(2026, 12, 24)}, "2026-12-28 09:00-16:00", "holiday"),
    ("2026-12-31 11:50", {"day": date(2026, 12, 31)}, "2027-01-07 09:00-16:00", "past"),
    ("2026-11-25 23:59", {"from_time": time(12), "to_time": time(16)}, "2026-11-27 12:00-16:00", None),
    ("2026-11-26 00:00", {"from_time": time(12), "to_time": time(16)}, "2026-11-27 12:00-16:00", None),
]


@pytest.mark.parametrize(("now", "wished", "window", "reason"), WISHES)
def test_a_wish_on_days_that_are_otherwise(
    now: str, wished: dict[str, object], window: str, reason: str | None
) -> None:
    found = fit(TimeWish(words="silloin", **wished), CALENDAR, at(now))  # type: ignore[arg-type]
    assert found.window is not None
    start, end = helsinki(found.window.start), helsinki(found.window.end)
    assert (f"{start:%Y-%m-%d %H:%M}-{end:%H:%M}", found.asked_for_impossible) == (window, reason)


@pytest.mark.parametrize(
    ("tried", "expected"),
    [
        ("2026-11-25 15:30", "2026-11-27 11:15"),  # the closed Thursday is left out
        ("2026-11-27 15:30", "2026-11-30 11:15"),  # a half day has a midday still
        ("2026-12-04 15:30", "2026-12-05 11:15"),  # the opened Saturday
    ],
)
def test_the_next_try_keeps_to_days_that_are_otherwise(tried: str, expected: str) -> None:
    assert f"{next_try(at(tried), 1, CALENDAR):%Y-%m-%d %H:%M}" == expected
