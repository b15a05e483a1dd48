"""A day agreed at the end of a call: kept, begun once, ended, and gone with what the family deletes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest

from bot.callbacks import agenda, booking, follow_ups, queue
from bot.callbacks.request import Actor, Booked, Gone, Outcome, Saved, State
from bot.database import Database
from bot.meaning import Window
from bot.reach import Reach
from tests.callbacks.scenes import ANNA, BEN, LEASE, NOW, a_request, at, booked, claimed, read

DAY = date(2026, 12, 2)


def agreed(database: Database, day: date = DAY, **changes: Any) -> str:
    entry = claimed(database, **changes)
    done = database.write_now(
        lambda s: queue.close(s, entry.id, ANNA, Outcome.FOLLOW_UP, now=NOW, follow_up_on=day)
    )
    assert done == Saved(entry.id)
    return entry.id


def begun(database: Database, callback_id: str, staff: Actor = ANNA) -> object:
    return database.write_now(lambda s: follow_ups.begin(s, callback_id, staff, now=NOW, lease=LEASE))


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 11, 24), "bad"),
        (date(2026, 11, 25), None),
        (date(2026, 11, 28), "closed"),
        (date(2026, 12, 24), "closed"),
        (date(2027, 11, 25), None),
        (date(2027, 12, 1), "bad"),
    ],
)
def test_a_day_is_agreed_only_where_somebody_works(day: date, why: str | None) -> None:
    assert follow_ups.unfit(day, NOW) == why


def test_it_stands_beside_the_closed_call_and_nothing_is_booked_silently(database: Database) -> None:
    callback_id = agreed(database)
    found = read(database, callback_id)
    assert (found.state, found.follow_up_on, found.follow_up_name) == ("done", DAY, "Anna")
    assert found.history[-1].detail["follow_up_on"] == "2026-12-02"
    assert database.read_now(lambda s: queue.list_waiting(s, ANNA.reach))[1] == 0


def test_it_is_begun_as_a_call_of_its_own_which_its_beginner_holds(database: Database) -> None:
    callback_id = agreed(database, message_allowed=True, who_may_answer="only_me")
    made = begun(database, callback_id, BEN)
    assert isinstance(made, Booked)
    new = read(database, made.id)
    assert (new.state, new.holder, new.request.channel) == ("claimed", BEN.id, "follow_up")
    assert new.request.who_may_answer == "only_me"
    assert new.request.phone == read(database, callback_id).request.phone
    assert read(database, callback_id).follow_up_on is None
    assert begun(database, callback_id) == Gone(State.DONE)


def test_of_two_who_begin_at_once_one_does(database: Database) -> None:
    callback_id = agreed(database)
    with ThreadPoolExecutor(2) as both:
        made = list(both.map(lambda who: begun(database, callback_id, who), (ANNA, BEN)))
    assert sorted(isinstance(one, Booked) for one in made) == [False, True]
    assert database.read_now(lambda s: queue.list_callbacks(s, None, ANNA.reach))[1] == 2


def test_who_has_asked_again_meanwhile_is_called_once(database: Database) -> None:
    callback_id = agreed(database, phone="+358501234567")
    again = database.write_now(
        lambda s: booking.book(s, a_request(phone="+358501234567"), now=NOW, promised_day=DAY)
    )
    made = begun(database, callback_id)
    assert isinstance(made, Booked)
    assert made.id == again.id
    assert read(database, again.id).holder == ANNA.id


def test_it_can_be_marked_as_done_without_a_call(database: Database) -> None:
    callback_id = agreed(database)
    assert database.write_now(lambda s: follow_ups.end(s, callback_id, BEN, now=NOW)) == Saved(callback_id)
    assert read(database, callback_id).history[-1].what == "follow_up_ended"
    assert database.write_now(lambda s: follow_ups.end(s, callback_id, BEN, now=NOW)) == Gone(State.DONE)


def test_it_is_out_of_sight_for_another_area(database: Database) -> None:
    callback_id = agreed(database)
    other = Actor("staff-eeva", "Eeva", Reach.only("kangasala"))
    assert begun(database, callback_id, other) == Gone(None)
    assert database.write_now(lambda s: follow_ups.end(s, callback_id, other, now=NOW)) == Gone(None)
    assert read(database, callback_id).follow_up_on == DAY


def test_it_goes_with_what_the_family_deletes(database: Database) -> None:
    callback_id = agreed(database)
    database.write_now(lambda s: booking.erase(s, callback_id, now=NOW))
    assert read(database, callback_id).follow_up_on is None


def test_an_advisor_s_day_has_their_own_and_everybody_s_missed_ones(database: Database) -> None:
    callback_id = agreed(database)

    def day_of(who: Actor, text: str) -> agenda.Agenda:
        return database.read_now(lambda s: agenda.of_day(s, who, at(text)))

    assert day_of(ANNA, "2026-11-24 10:00").follow_ups == ()
    assert [one.id for one in day_of(ANNA, "2026-11-27 10:00").follow_ups] == [callback_id]
    assert [one.id for one in day_of(ANNA, "2026-12-02 10:00").follow_ups] == [callback_id]
    assert day_of(BEN, "2026-12-02 10:00").everything() == ()
    assert [one.id for one in day_of(ANNA, "2026-12-03 08:00").missed] == [callback_id]
    assert [one.id for one in day_of(BEN, "2026-12-03 08:00").missed] == [callback_id]


def test_a_day_has_what_is_agreed_by_its_time_and_not_what_a_colleague_holds(database: Database) -> None:
    afternoon = Window(at("2026-11-24 13:00"), at("2026-11-24 15:00"))
    morning = Window(at("2026-11-24 11:00"), at("2026-11-24 12:00"))
    later = booked(database, window=afternoon)
    sooner = booked(database, window=morning)
    claimed(database, BEN, window=morning)
    tomorrow = booked(database, window=Window(at("2026-11-25 09:00"), at("2026-11-25 10:00")))
    booked(database, window=Window(at("2026-11-26 09:00"), at("2026-11-26 10:00")))
    booked(database)
    day = database.read_now(lambda s: agenda.of_day(s, ANNA, NOW))
    assert [one.id for one in day.today] == [sooner.id, later.id]
    assert [one.id for one in day.tomorrow] == [tomorrow.id]
    ahead = database.read_now(lambda s: agenda.ahead(s, ANNA, NOW, 2))
    assert sorted(one.id for one in ahead) == sorted([sooner.id, later.id, tomorrow.id])


def test_a_day_has_what_is_held_and_what_of_it_is_late(database: Database) -> None:
    held = claimed(database)
    day = database.read_now(lambda s: agenda.of_day(s, ANNA, NOW))
    assert [one.id for one in day.held] == [held.id]
    assert "•" in (day.held[0].request.phone or "")
    late = database.read_now(lambda s: agenda.of_day(s, ANNA, NOW + timedelta(days=6)))
    assert [one.id for one in late.late] == [held.id]
    assert database.read_now(lambda s: agenda.of_day(s, BEN, NOW)).everything() == ()
