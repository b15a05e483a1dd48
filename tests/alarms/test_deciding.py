"""Which alarms there are, by the calendar of the area: at night nothing grows louder."""

from datetime import date, datetime, time, timedelta

import pytest

from bot.alarms.deciding import Alarm, Kind, Waiting, alarms_of, begins_anew, staffed_time, unwatched
from bot.callbacks.area_calendar import AreaCalendar, CallingHours
from bot.callbacks.request import State
from bot.clock import HELSINKI

CALENDAR = AreaCalendar(hours=CallingHours(time(9), time(16)))


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=HELSINKI)


def waiting(**changes: object) -> Waiting:
    facts: dict[str, object] = {
        "id": "one", "area": "jarvenpaa", "urgent_now": False, "state": State.WAITING, "holder": None,
        "since": at("2026-11-24 10:00"), "next_try_at": None, "window_start": None,
        "promised_day": date(2026, 11, 27), "due_at": at("2026-11-27 16:00"),
    }  # fmt: skip
    return Waiting(**(facts | changes))  # type: ignore[arg-type]  # tests name the fields they change


def kinds(one: Waiting, now: str, calendar: AreaCalendar = CALENDAR) -> dict[Kind, int]:
    return {alarm.kind: alarm.level for alarm in alarms_of(one, calendar, at(now))}


@pytest.mark.parametrize(
    ("since", "until", "minutes"),
    [
        ("2026-11-24 10:00", "2026-11-24 10:05", 5),
        ("2026-11-24 08:00", "2026-11-24 09:05", 5),
        ("2026-11-24 15:58", "2026-11-25 09:03", 5),
        ("2026-11-27 15:50", "2026-11-30 09:10", 20),  # over a weekend
        (
            "2026-12-04 15:50",
            "2026-12-08 09:10",
            440,
        ),  # Independence Day is a Sunday; Monday is an ordinary day
        ("2026-11-24 17:00", "2026-11-24 23:00", 0),
        ("2026-11-24 10:05", "2026-11-24 10:00", 0),
        ("2027-03-26 12:00", "2027-03-30 09:30", 30),  # Easter, and the night on which clocks go forward
    ],
)
def test_only_calling_hours_count(since: str, until: str, minutes: int) -> None:
    assert staffed_time(CALENDAR, at(since), at(until)) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("now", "level"),
    [("10:04", 0), ("10:05", 1), ("10:09", 1), ("10:10", 2), ("10:14", 2), ("10:15", 3), ("15:59", 3)],
)
def test_a_crisis_nobody_takes_grows_louder_every_five_minutes(now: str, level: int) -> None:
    found = kinds(waiting(urgent_now=True), f"2026-11-24 {now}")
    assert found.get(Kind.CRISIS, 0) == level


def test_a_crisis_of_the_night_is_alarming_five_minutes_after_the_area_opens() -> None:
    one = waiting(urgent_now=True, since=at("2026-11-24 22:00"))
    assert Kind.CRISIS not in kinds(one, "2026-11-25 09:04")
    assert kinds(one, "2026-11-25 09:05")[Kind.CRISIS] == 1


def test_a_crisis_that_is_claimed_or_rests_until_its_next_try_is_quiet() -> None:
    claimed = waiting(urgent_now=True, state=State.CLAIMED, holder="aino")
    assert Kind.CRISIS not in kinds(claimed, "2026-11-24 11:00")
    later = at("2026-11-24 13:00")
    resting = waiting(urgent_now=True, next_try_at=later, since=later)
    assert Kind.CRISIS not in kinds(resting, "2026-11-24 11:00")
    assert kinds(resting, "2026-11-24 13:05")[Kind.CRISIS] == 1


@pytest.mark.parametrize(
    ("now", "kind"),
    [
        ("2026-11-25 10:00", None),
        ("2026-11-26 08:59", None),
        ("2026-11-26 09:00", Kind.TOMORROW),
        ("2026-11-27 08:59", None),
        ("2026-11-27 09:00", Kind.TODAY),
        ("2026-11-27 16:01", Kind.LATE),
        ("2026-11-28 12:00", Kind.LATE),
    ],
)
def test_a_promise_is_told_the_day_before_on_its_morning_and_when_it_is_late(
    now: str, kind: Kind | None
) -> None:
    assert list(kinds(waiting(), now)) == ([] if kind is None else [kind])


def test_the_day_before_a_monday_is_the_friday_and_a_closed_day_is_no_day() -> None:
    monday = waiting(promised_day=date(2026, 11, 30), due_at=at("2026-11-30 16:00"))
    assert Kind.TOMORROW in kinds(monday, "2026-11-27 10:00")
    closed = AreaCalendar(hours=CALENDAR.hours, exceptions={date(2026, 11, 27): None})
    assert Kind.TOMORROW in kinds(monday, "2026-11-26 10:00", closed)
    assert kinds(monday, "2026-11-27 10:00", closed) == {}


def test_a_late_promise_reaches_coordinators_after_two_staffed_hours_and_everybody_after_two_days() -> None:
    levels = [kinds(waiting(), now)[Kind.LATE] for now in (
        "2026-11-27 20:00", "2026-11-30 10:59", "2026-11-30 11:00", "2026-12-01 15:59", "2026-12-02 09:00"
    )]  # fmt: skip
    assert levels == [1, 1, 2, 2, 3]


def test_an_agreed_time_is_told_ten_minutes_before_to_its_holder() -> None:
    one = waiting(
        window_start=at("2026-11-24 13:00"), due_at=at("2026-11-24 14:00"), promised_day=date(2026, 11, 24)
    )
    mine = waiting(
        window_start=at("2026-11-24 13:00"), due_at=at("2026-11-24 14:00"), state=State.CLAIMED, holder="aino"
    )
    assert Kind.AGREED not in kinds(one, "2026-11-24 12:49")
    assert Kind.AGREED in kinds(one, "2026-11-24 13:30")
    told = [alarm for alarm in alarms_of(mine, CALENDAR, at("2026-11-24 12:50")) if alarm.kind is Kind.AGREED]
    assert [alarm.staff_id for alarm in told] == ["aino"]
    assert Kind.AGREED not in kinds(mine, "2026-11-24 13:00")  # they are ringing, or will be late


def test_nobody_watching_is_an_alarm_in_calling_hours_alone() -> None:
    def found(seen: datetime | None, now: str) -> Alarm | None:
        return unwatched("jarvenpaa", CALENDAR, at("2026-11-23 20:00"), seen, at(now))

    assert found(None, "2026-11-24 08:00") is None
    assert found(None, "2026-11-24 09:04") is None
    told = found(None, "2026-11-24 09:05")
    assert told is not None
    assert told.level == 2  # there is no console to tell
    assert found(at("2026-11-24 09:03"), "2026-11-24 09:07") is None
    assert found(at("2026-11-24 09:03"), "2026-11-24 09:08") is not None


def test_what_was_acknowledged_and_still_waits_is_told_again() -> None:
    seen = at("2026-11-24 10:10")
    assert not begins_anew(Kind.CRISIS, CALENDAR, seen, at("2026-11-24 10:24"))
    assert begins_anew(Kind.CRISIS, CALENDAR, seen, at("2026-11-24 10:25"))
    assert not begins_anew(Kind.LATE, CALENDAR, seen, at("2026-11-24 15:59"))
    assert begins_anew(Kind.LATE, CALENDAR, seen, at("2026-11-25 09:00"))
