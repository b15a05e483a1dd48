"""Places for calls: how many there are, which are free, and what is offered where all are taken."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.callbacks.area_calendar import AreaCalendar, CallingHours
from bot.callbacks.call_times import fit, times_to_offer
from bot.callbacks.places import Away, Place, Places, Shift, Team
from bot.clock import helsinki
from bot.meaning import TimeWish, Window
from tests.callbacks.scenes import at
from tests.rota.scenes import NOW, wish

CALENDAR = AreaCalendar(hours=CallingHours(time(9), time(16)))
WEDNESDAY = date(2026, 11, 25)


def shift(staff: str, start: str, end: str, weekday: int = 2, **more: date) -> Shift:
    return Shift(
        staff=staff, weekday=weekday, start=time.fromisoformat(start), end=time.fromisoformat(end), **more
    )


def away(staff: str, start: str, end: str) -> Away:
    return Away(staff, at(start).astimezone(UTC), at(end).astimezone(UTC))


def capacity(team: Team, day: date = WEDNESDAY, calendar: AreaCalendar = CALENDAR) -> dict[str, int]:
    return {f"{helsinki(start):%H:%M}": room for start, room in team.capacity_on(day, calendar) if room}


def window(start: str, end: str) -> Window:
    return Window(at(start), at(end))


def with_taken(*taken: str, team: Team | None = None) -> Places:
    """Places of which these are taken: `2026-11-25 09:00 1`."""
    numbers: dict[datetime, set[int]] = {}
    for one in taken:
        moment, number = one.rsplit(" ", 1)
        numbers.setdefault(at(moment).astimezone(UTC), set()).add(int(number))
    return Places(calendar=CALENDAR, team=team or Team(at_once=1), taken=numbers)


def all_taken(day: str, start: str = "09:00", end: str = "16:00") -> list[str]:
    moment, found = at(f"{day} {start}"), []
    while moment < at(f"{day} {end}"):
        found.append(f"{moment:%Y-%m-%d %H:%M} 1")
        moment += timedelta(minutes=30)
    return found


def test_where_nobody_has_entered_hours_the_area_s_own_number_counts() -> None:
    assert set(capacity(Team(at_once=2)).values()) == {2}
    assert len(capacity(Team(at_once=2))) == 14


def test_lunch_is_the_gap_between_two_stretches() -> None:
    team = Team(shifts=(shift("aino", "09:00", "11:30"), shift("aino", "12:00", "16:00")))
    assert "11:30" not in capacity(team)
    assert len(capacity(team)) == 13


def test_a_call_has_room_only_where_the_whole_of_it_is_worked() -> None:
    team = Team(shifts=(shift("aino", "09:15", "10:20"), shift("veikko", "10:00", "10:30")))
    assert capacity(team) == {"09:30": 1, "10:00": 1}


def test_an_advisor_counts_once_however_their_stretches_lie() -> None:
    team = Team(shifts=(shift("aino", "09:00", "12:00"), shift("aino", "11:00", "16:00")))
    assert set(capacity(team).values()) == {1}


def test_who_is_away_has_no_places_then() -> None:
    team = Team(
        shifts=(shift("aino", "09:00", "16:00"), shift("veikko", "09:00", "16:00")),
        away=(away("aino", "2026-11-25 10:15", "2026-11-25 11:00"),),
    )
    assert [capacity(team)[at_] for at_ in ("09:30", "10:00", "10:30", "11:00")] == [2, 1, 1, 2]


def test_hours_count_from_their_first_day_to_their_last() -> None:
    team = Team(
        shifts=(shift("aino", "09:00", "16:00", first_day=date(2026, 12, 1), last_day=date(2026, 12, 9)),)
    )
    days = [date(2026, 11, 25), date(2026, 12, 2), date(2026, 12, 9), date(2026, 12, 16)]
    assert [bool(capacity(team, day)) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(("share", "expected"), [(100, 28), (50, 14), (75, 21), (1, 0)])
def test_of_the_time_at_work_a_share_is_for_calls(share: int, expected: int) -> None:
    assert sum(capacity(Team(at_once=2, share=share)).values()) == expected


def test_a_longer_call_makes_fewer_places() -> None:
    assert list(capacity(Team(at_once=1, minutes=60))) == [f"{hour:02}:00" for hour in range(9, 16)]
    assert len(capacity(Team(at_once=1, minutes=45))) == 9


def test_a_half_day_has_half_the_places_and_a_closed_one_none() -> None:
    half = AreaCalendar(hours=CALENDAR.hours, exceptions={WEDNESDAY: CallingHours(time(9), time(12))})
    closed = AreaCalendar(hours=CALENDAR.hours, exceptions={WEDNESDAY: None})
    assert len(capacity(Team(at_once=1), calendar=half)) == 6
    assert capacity(Team(at_once=1), calendar=closed) == {}


@pytest.mark.parametrize(("day", "places"), [(date(2027, 3, 28), 8), (date(2027, 10, 31), 12)])
def test_a_night_on_which_clocks_are_turned_has_no_place_twice_and_none_missing(
    day: date, places: int
) -> None:
    night = AreaCalendar(hours=CALENDAR.hours, exceptions={day: CallingHours(time(1), time(6))})
    starts = [start for start, _ in Team(at_once=1).capacity_on(day, night)]
    assert starts == [starts[0] + timedelta(minutes=30 * number) for number in range(places)]


def test_a_window_takes_the_place_where_most_is_free_and_then_the_earliest() -> None:
    places = with_taken("2026-11-25 09:00 1", team=Team(at_once=2))
    first = (places.candidates(window("2026-11-25 09:00", "2026-11-25 10:00")) or [])[0]
    assert first == Place(at("2026-11-25 09:30").astimezone(UTC), 1)


def test_windows_that_meet_in_a_minute_share_no_place() -> None:
    places = with_taken(team=Team(at_once=1))
    one = places.candidates(window("2026-11-25 09:00", "2026-11-25 09:31")) or []
    other = places.candidates(window("2026-11-25 09:29", "2026-11-25 10:00")) or []
    assert (len(one), len(other)) == (1, 1)
    assert one != other


def test_no_window_needs_no_place() -> None:
    assert with_taken().candidates(None) is None


def test_what_is_urgent_gets_a_number_beyond_the_last() -> None:
    places = with_taken(*all_taken("2026-11-25"))
    at_nine = window("2026-11-25 09:00", "2026-11-25 09:30")
    assert places.candidates(at_nine) == []
    assert (places.candidates(at_nine, urgent=True) or [])[0].number == 2


def test_a_time_that_holds_too_many_already_is_full_though_a_low_number_is_free() -> None:
    """An urgent call has number 3, and the first was cancelled: two calls, two people."""
    places = with_taken("2026-11-25 09:00 2", "2026-11-25 09:00 3", team=Team(at_once=2))
    assert not places.has_room(window("2026-11-25 09:00", "2026-11-25 09:30"))


FULL = [
    # taken, wish, what is offered
    (["2026-11-25 14:00 1", "2026-11-25 14:30 1"], ("14:00", "15:00"), "2026-11-25 15:00-16:00"),
    (all_taken("2026-11-25", "14:00"), ("14:00", "15:00"), "2026-11-25 13:00-14:00"),
    (all_taken("2026-11-25", "13:00"), ("14:00", "15:00"), "2026-11-25 12:00-13:00"),
    (all_taken("2026-11-25", "12:00"), ("12:00", "16:00"), "2026-11-25 10:00-12:00"),
    (all_taken("2026-11-25"), ("14:00", "15:00"), "2026-11-26 14:00-15:00"),
    (all_taken("2026-11-25") + all_taken("2026-11-26"), ("14:00", "15:00"), "2026-11-27 14:00-15:00"),
    (all_taken("2026-11-25", "09:00", "15:30"), ("09:00", "10:00"), "2026-11-25 15:30-16:00"),
]


@pytest.mark.parametrize(("taken", "hours", "offered"), FULL)
def test_when_the_wished_time_is_full_the_nearest_free_one_is_offered(
    taken: list[str], hours: tuple[str, str], offered: str
) -> None:
    found = fit(wish("2026-11-25", *hours), CALENDAR, NOW, has_room=with_taken(*taken).has_room)
    assert found.window is not None
    start, end = helsinki(found.window.start), helsinki(found.window.end)
    assert f"{start:%Y-%m-%d %H:%M}-{end:%H:%M}" == offered
    assert found.asked_for_impossible == "full"


def test_a_recurring_wish_goes_on_to_its_next_day_without_a_word() -> None:
    recurring = TimeWish(words="iltapäivisin", from_time=time(12), to_time=time(16), recurring=True)
    places = with_taken(*all_taken("2026-11-24"), *all_taken("2026-11-25"))
    found = fit(recurring, CALENDAR, NOW, has_room=places.has_room)
    assert found.asked_for_impossible is None
    assert found.window == window("2026-11-26 12:00", "2026-11-26 16:00")


def test_a_wish_for_a_week_takes_the_first_day_with_room() -> None:
    week = TimeWish(words="ensi viikolla", day=date(2026, 11, 30), last_day=date(2026, 12, 4))
    found = fit(week, CALENDAR, NOW, has_room=with_taken(*all_taken("2026-11-30")).has_room)
    assert (found.asked_for_impossible, found.window) == (
        None,
        window("2026-12-01 09:00", "2026-12-01 16:00"),
    )


def test_where_nothing_is_free_a_call_is_promised_all_the_same() -> None:
    nobody = Places(calendar=CALENDAR, team=Team(at_once=0))
    found = fit(wish("2026-11-25"), CALENDAR, NOW, has_room=nobody.has_room)
    assert (found.window, found.asked_for_impossible) == (None, "full")
    assert found.promised_day == date(2026, 11, 27)


def test_offered_times_are_free_apart_from_each_other_and_never_sooner_than_in_an_hour() -> None:
    offered = times_to_offer(CALENDAR, NOW, with_taken().has_room)
    assert [f"{helsinki(one.start):%d %H}-{helsinki(one.end):%H}" for one in offered] == [
        "24 11-12", "24 14-15", "25 09-10",
    ]  # fmt: skip


def test_offered_times_leave_out_what_is_taken() -> None:
    places = with_taken(*all_taken("2026-11-24"), *all_taken("2026-11-25", "09:00", "12:00"))
    offered = times_to_offer(CALENDAR, NOW, places.has_room)
    assert [f"{helsinki(one.start):%d %H}" for one in offered] == ["25 12", "25 15", "26 09"]


def test_nothing_is_offered_where_nothing_is_free() -> None:
    assert times_to_offer(CALENDAR, NOW, Places(calendar=CALENDAR, team=Team(at_once=0)).has_room) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 13), st.integers(1, 4)), max_size=40),
    st.integers(0, 3),
    st.integers(9, 15),
    st.integers(1, 6),
)
def test_whatever_is_taken_an_ordinary_call_never_makes_one_too_many(
    taken: list[tuple[int, int]], at_once: int, hour: int, hours: int
) -> None:
    numbers: dict[datetime, set[int]] = {}
    for step, number in taken:
        start = (at("2026-11-25 09:00") + timedelta(minutes=30 * step)).astimezone(UTC)
        numbers.setdefault(start, set()).add(number)
    places = Places(calendar=CALENDAR, team=Team(at_once=at_once), taken=numbers)
    asked = Window(
        at(f"2026-11-25 {hour:02}:00"), at("2026-11-25 00:00") + timedelta(hours=min(hour + hours, 16))
    )
    found = places.candidates(asked) or []
    assert bool(found) == places.has_room(asked)
    for place in found:
        assert place.number not in numbers.get(place.start, set())
        assert len(numbers.get(place.start, set())) < at_once
