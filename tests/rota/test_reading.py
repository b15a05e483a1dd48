"""The rota in memory: read again when it changes, and when its minute is over."""

from datetime import date, time, timedelta

from sqlalchemy import event

from bot.callbacks.area_calendar import CallingHours
from bot.database import Database
from bot.rota import changing
from bot.rota.outlook import outlook
from bot.rota.reading import RotaCache
from bot.staff import changing as staff
from tests.callbacks.scenes import at
from tests.rota.scenes import AREA, AREAS, NOW, an_advisor, asks, wish


def test_the_rota_costs_one_select_while_nothing_changes(database: Database) -> None:
    rota, sent = RotaCache(AREAS), list[str]()
    database.read_now(lambda s: rota.get(s, NOW))
    event.listen(database.engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
    database.read_now(lambda s: rota.get(s, NOW))
    assert [one.split()[0] for one in sent if not one.startswith("BEGIN")] == ["SELECT"]


def test_a_change_is_seen_by_every_process_at_once(database: Database) -> None:
    here, there = RotaCache(AREAS), RotaCache(AREAS)
    for rota in (here, there):
        assert not database.read_now(lambda s, rota=rota: rota.get(s, NOW)).team(AREA).shifts  # type: ignore[misc]
    an_advisor(database, "Aino")
    for rota in (here, there):
        assert database.read_now(lambda s, rota=rota: rota.get(s, NOW)).team(AREA).shifts  # type: ignore[misc]


def test_whose_account_is_closed_is_out_of_the_team_within_a_minute(database: Database) -> None:
    rota, aino = RotaCache(AREAS), an_advisor(database, "Aino")
    an_advisor(database, "Veikko")
    assert len({one.staff for one in database.read_now(lambda s: rota.get(s, NOW)).team(AREA).shifts}) == 2
    database.write_now(lambda s: staff.disable(s, aino))
    later = NOW + timedelta(minutes=1)
    assert len({one.staff for one in database.read_now(lambda s: rota.get(s, later)).team(AREA).shifts}) == 1


def test_hours_that_are_over_leave_the_area_with_its_own_number(database: Database) -> None:
    aino = an_advisor(database, "Aino", week=())
    week = [changing.Stretch(1, time(9), time(16))]
    database.write_now(lambda s: changing.set_hours(s, aino, week, last_day=date(2026, 11, 23)))
    team = database.read_now(lambda s: RotaCache(AREAS).get(s, NOW)).team(AREA)
    assert (team.shifts, team.at_once) == ((), 2)


def test_of_two_exceptions_for_a_day_the_newer_counts(database: Database) -> None:
    day = date(2026, 11, 30)
    for minutes, hours in ((0, None), (1, (time(9), time(12)))):
        made = NOW + timedelta(minutes=minutes)
        database.write_now(
            lambda s, hours=hours, made=made: changing.add_exception(  # type: ignore[misc]
                s, AREA, day, day, hours, reason="", by="x", now=made
            )
        )
    calendar = database.read_now(lambda s: RotaCache(AREAS).get(s, NOW)).calendar(AREA)
    assert calendar.hours_on(day) == CallingHours(time(9), time(12))


def test_the_days_ahead_show_what_is_booked_free_and_too_much(database: Database) -> None:
    aino, rota = an_advisor(database, "Aino"), RotaCache(AREAS)
    asks(database, wish("2026-11-25", "09:00", "09:30"), 1)
    asks(database, wish("2026-11-25", "10:00", "10:30"), 2)
    database.write_now(
        lambda s: changing.add_absence(s, aino, at("2026-11-25 09:30"), at("2026-11-25 11:00"), "meeting")
    )
    places = database.read_now(lambda s: rota.get(s, NOW).places(s, AREA, NOW))
    today, wednesday = outlook(places, NOW.date(), 10)[:2]
    assert (today.room, today.booked, today.free, dict(today.over)) == (14, 0, 14, {})
    assert (wednesday.room, wednesday.booked, wednesday.free) == (11, 2, 10)
    assert wednesday.over == {at("2026-11-25 10:00"): 1}
    assert (wednesday.at_work, wednesday.away) == ([aino], [aino])


def test_the_days_ahead_are_ten_on_which_the_area_rings_and_those_between_that_are_otherwise(
    database: Database,
) -> None:
    day = date(2026, 11, 26)
    database.write_now(lambda s: changing.add_exception(s, AREA, day, day, None, reason="", by="x", now=NOW))
    places = database.read_now(lambda s: RotaCache(AREAS).get(s, NOW).places(s, AREA, NOW))
    days = outlook(places, NOW.date(), 10)
    assert [one.day.isoformat() for one in days if one.hours is None] == ["2026-11-26"]
    assert len(days) == 11
