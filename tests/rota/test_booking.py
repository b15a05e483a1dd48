"""Booking into real capacity, on both databases: who gets a place, who is offered another, and what frees one."""

import random
import threading
from collections import Counter
from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.callbacks import queue
from bot.callbacks.call_times import fit
from bot.callbacks.callback import Callback
from bot.callbacks.places import PlaceTakenError
from bot.callbacks.request import FAMILY, Booked, Outcome, Saved
from bot.callbacks.tables import CallbackRow
from bot.clock import helsinki
from bot.database import Database
from bot.meaning import Window
from bot.reach import EVERYWHERE
from bot.rota import changing, settling
from bot.rota.outlook import outlook
from bot.rota.reading import RotaCache
from bot.rota.taking import take_now
from tests.callbacks.scenes import ANNA, LEASE, at
from tests.rota.scenes import AREA, AREAS, NOW, WEEK, an_advisor, asks, wish

BOOKERS, TIMES = 100, 50


def read(database: Database, booked: Booked | None) -> Callback:
    assert booked is not None
    found = database.read_now(lambda session: queue.find(session, booked.id, EVERYWHERE))
    assert found is not None
    return found


def taken(database: Database) -> Counter[object]:
    rows = database.read_now(
        lambda s: s.scalars(select(CallbackRow.place_start).where(CallbackRow.place_start.is_not(None))).all()
    )
    return Counter(rows)


def test_the_third_who_wishes_for_a_time_of_two_is_offered_another(database: Database) -> None:
    morning = wish("2026-11-25", "09:00", "09:30")
    got = [asks(database, morning, number) for number in range(3)]
    assert [booked is not None for _, booked in got] == [True, True, False]
    refused, _ = got[2]
    assert (refused.asked_for_impossible, refused.window is not None) == ("full", True)


def test_an_urgent_call_is_never_refused(database: Database) -> None:
    morning = wish("2026-11-25", "09:00", "09:30")
    for number in range(2):
        asks(database, morning, number)
    for number, urgency in ((2, "urgent"), (3, "immediate")):
        found, booked = asks(database, morning, number, urgency=urgency)
        assert found.asked_for_impossible is None
        assert read(database, booked).place is not None
    assert taken(database).most_common(1)[0][1] == 4


@pytest.mark.parametrize("ended", ["cancelled", "erased", "closed", "moved"])
def test_what_ends_or_moves_frees_its_place(database: Database, ended: str) -> None:
    an_advisor(database, "Aino")
    morning = wish("2026-11-25", "09:00", "09:30")
    _, booked = asks(database, morning, 1)
    assert booked is not None
    assert asks(database, morning, 2)[1] is None

    def work(session: Session) -> object:
        if ended == "cancelled":
            return queue.cancel(session, booked.id, by=FAMILY, now=NOW)
        if ended == "erased":
            return queue.erase(session, booked.id, now=NOW)
        if ended == "moved":
            return queue.move(session, booked.id, window=None, promised_day=date(2026, 11, 27), now=NOW)
        queue.claim(session, booked.id, ANNA, now=NOW, lease=LEASE)
        return queue.close(session, booked.id, ANNA, Outcome.ENOUGH, now=NOW)

    assert isinstance(database.write_now(work), Saved)
    assert taken(database) == Counter()
    assert asks(database, morning, 3)[1] is not None


def test_a_call_may_be_moved_within_a_time_that_only_it_fills(database: Database) -> None:
    an_advisor(database, "Aino")
    _, booked = asks(database, wish("2026-11-25", "09:00", "09:30"), 1)
    before = read(database, booked)

    def work(session: Session) -> object:
        places = RotaCache(AREAS).get(session, NOW).places(session, AREA, NOW).without(before.place)
        found = fit(wish("2026-11-25", "09:00", "09:30"), places.calendar, NOW, has_room=places.has_room)
        assert found.asked_for_impossible is None
        return queue.move(
            session, before.id, window=found.window, promised_day=found.promised_day, now=NOW,
            places=places.candidates(found.window),
        )  # fmt: skip

    assert isinstance(database.write_now(work), Saved)
    assert read(database, booked).place == before.place


def test_a_move_to_a_place_that_is_taken_changes_nothing(database: Database) -> None:
    an_advisor(database, "Aino")
    _, one = asks(database, wish("2026-11-25", "09:00", "09:30"), 1)
    _, other = asks(database, wish("2026-11-25", "10:00", "10:30"), 2)
    place, before = read(database, one).place, read(database, other)
    assert place is not None
    with pytest.raises(PlaceTakenError):
        database.write_now(
            lambda s: queue.move(
                s, before.id, window=before.request.window, promised_day=date(2026, 11, 27), now=NOW,
                places=[place],
            )
        )  # fmt: skip
    assert read(database, other).place == before.place


def test_an_absence_takes_no_call_away_and_lets_none_in(database: Database) -> None:
    aino = an_advisor(database, "Aino")
    morning = wish("2026-11-25", "09:00", "10:00")
    rota = RotaCache(AREAS)
    _, booked = asks(database, morning, 1, rota=rota)
    database.write_now(
        lambda s: changing.add_absence(s, aino, at("2026-11-25 00:00"), at("2026-11-26 00:00"), "leave")
    )
    found, refused = asks(database, morning, 2, rota=rota)
    assert refused is None
    assert found.window is not None
    assert helsinki(found.window.start).date() == date(2026, 11, 26)
    assert read(database, booked).place is not None


def test_a_call_wished_for_in_a_long_time_leaves_a_half_hour_that_has_become_too_full(
    database: Database,
) -> None:
    aino, rota = an_advisor(database, "Aino"), RotaCache(AREAS)
    an_advisor(database, "Veikko")
    _, flexible = asks(database, wish("2026-11-25", "09:00", "12:00"), 1, rota=rota)
    _, exact = asks(database, wish("2026-11-25", "09:00", "09:30"), 2, rota=rota)
    _, between = asks(database, wish("2026-11-25", "09:30", "10:00"), 3, rota=rota)

    def settle(session: Session) -> int:
        return settling.settle(session, rota.get(session, NOW), NOW)

    assert database.write_now(settle) == 0
    database.write_now(
        lambda s: changing.add_absence(s, aino, at("2026-11-25 00:00"), at("2026-11-26 00:00"), "leave")
    )
    assert database.write_now(settle) == 1
    starts = {
        name: read(database, one).place for name, one in (("f", flexible), ("e", exact), ("b", between))
    }
    assert {name: helsinki(place.start).strftime("%H:%M") for name, place in starts.items() if place} == {
        "f": "10:00", "e": "09:00", "b": "09:30",
    }  # fmt: skip
    assert database.write_now(settle) == 0
    before = read(database, flexible)
    assert before.request.window == Window(at("2026-11-25 09:00"), at("2026-11-25 12:00"))  # as it was told


def test_a_call_wished_for_at_one_time_stays_there_and_stands_in_red(database: Database) -> None:
    aino, rota = an_advisor(database, "Aino"), RotaCache(AREAS)
    an_advisor(database, "Veikko")
    for number in range(2):
        asks(database, wish("2026-11-25", "09:00", "09:30"), number, rota=rota)
    database.write_now(
        lambda s: changing.add_absence(s, aino, at("2026-11-25 00:00"), at("2026-11-26 00:00"), "leave")
    )
    assert database.write_now(lambda s: settling.settle(s, rota.get(s, NOW), NOW)) == 0
    assert set(taken(database).values()) == {2}


def test_a_day_that_the_area_closes_keeps_its_calls_and_offers_another(database: Database) -> None:
    rota = RotaCache(AREAS)
    _, booked = asks(database, wish("2026-11-25"), 1, rota=rota)
    day = date(2026, 11, 25)
    database.write_now(
        lambda s: changing.add_exception(s, AREA, day, day, None, reason="koulutus", by="x", now=NOW)
    )
    found, refused = asks(database, wish("2026-11-25"), 2, rota=rota)
    assert (found.asked_for_impossible, refused) == ("closed", None)
    assert read(database, booked).place is not None
    assert found.promised_day == date(2026, 11, 30)  # the closed day does not count


def test_another_area_has_places_of_its_own(database: Database) -> None:
    an_advisor(database, "Aino", areas=[AREA])
    an_advisor(database, "Veikko", areas=["kangasala"])
    rota = database.read_now(lambda s: RotaCache(AREAS).get(s, NOW))
    assert [len({one.staff for one in rota.team(area).shifts}) for area in (AREA, "kangasala", "muu")] == [
        1,
        1,
        0,
    ]


def test_an_advisor_of_two_areas_has_each_half_hour_once(database: Database) -> None:
    an_advisor(database, "Aino", areas=[AREA, "kangasala"])
    veikko, morning = an_advisor(database, "Veikko", areas=[AREA]), wish("2026-11-25", "09:00", "09:30")
    _, first = asks(database, morning, 1)
    place = read(database, first).place
    assert place is not None
    assert place.advisor == veikko  # who works for one area alone goes first
    assert asks(database, morning, 2, area="kangasala")[1] is not None
    found, refused = asks(database, morning, 3)
    assert (found.asked_for_impossible, refused) == ("full", None)
    day = wish("2026-11-26")
    for number in range(10, 10 + 14):
        assert asks(database, day, number, area="kangasala")[1] is not None
    left = database.read_now(lambda s: RotaCache(AREAS).get(s, NOW).places(s, AREA, NOW))
    assert next(one.free for one in outlook(left, NOW.date(), 10) if one.day == day.day) == 14  # Veikko's


def test_families_of_two_areas_at_once_make_not_one_call_too_many_for_their_one_advisor(
    database: Database,
) -> None:
    an_advisor(database, "Aino", areas=[AREA, "kangasala"])
    rota, morning = RotaCache(AREAS), wish("2026-11-25", "09:00", "10:00")

    def work(number: int) -> None:
        asks(database, morning, number, rota=rota, area=(AREA, "kangasala")[number % 2])

    _all_at_once(work, 16)

    assert taken(database) == {at("2026-11-25 09:00"): 1, at("2026-11-25 09:30"): 1}


def test_a_hundred_families_at_once_for_fifty_times_make_not_one_call_too_many(database: Database) -> None:
    """Two a time (the area's default): of every hundred two get it and all the others are offered another."""
    times = [
        at("2026-11-30 09:00") + timedelta(days=7 * (n // 14), minutes=30 * (n % 14)) for n in range(TIMES)
    ]
    rota, answers = RotaCache(AREAS), [Counter[str]() for _ in times]
    lock = threading.Lock()

    def work(booker: int) -> None:
        order = list(range(TIMES))
        random.Random(booker).shuffle(order)
        for number in order:
            local = times[number]
            wished = wish(f"{local:%Y-%m-%d}", f"{local:%H:%M}", f"{local + timedelta(minutes=30):%H:%M}")
            found, booked = asks(database, wished, booker * TIMES + number, rota=rota)
            with lock:
                answers[number]["booked" if booked else "offered" if found.window else "nothing"] += 1

    _all_at_once(work, BOOKERS)

    assert [answer["booked"] for answer in answers] == [2] * TIMES
    assert sum(answer["nothing"] for answer in answers) == 0
    assert set(taken(database).values()) == {2}


def test_booking_moving_and_cancelling_at_once_never_make_one_too_many(database: Database) -> None:
    for name in ("Aino", "Veikko", "Sanna"):
        an_advisor(database, name, WEEK)
    rota = RotaCache(AREAS)
    day = "2026-11-30"

    def work(number: int) -> None:
        chance = random.Random(number)
        mine: list[Booked] = []
        for step in range(6):
            hour = chance.randint(9, 10)
            wished = wish(day, f"{hour:02}:00", f"{hour:02}:30")
            if not mine or chance.random() < 0.5:
                _, booked = asks(database, wished, number * 100 + step, rota=rota)
                mine += [booked] if booked else []
            elif chance.random() < 0.5:
                callback = mine.pop()
                database.write_now(lambda s, c=callback: queue.cancel(s, c.id, by=FAMILY, now=NOW))  # type: ignore[misc]
            else:
                _moves(database, rota, mine[-1], wished)

    _all_at_once(work, 16)

    assert taken(database)
    assert max(taken(database).values()) <= 3
    placed = database.read_now(lambda s: s.execute(select(CallbackRow.state, CallbackRow.place_start)).all())
    assert all((state == "waiting") == (place is not None) for state, place in placed)


def _moves(database: Database, rota: RotaCache, booked: Booked, wished: object) -> None:
    def work(session: Session) -> object:
        found = queue.find(session, booked.id, EVERYWHERE)
        assert found is not None
        places = rota.get(session, NOW).places(session, AREA, NOW).without(found.place)
        fitted = fit(wished, places.calendar, NOW, has_room=places.has_room)  # type: ignore[arg-type]
        if fitted.asked_for_impossible:
            return None
        return queue.move(
            session, booked.id, window=fitted.window, promised_day=fitted.promised_day, now=NOW,
            places=places.candidates(fitted.window),
        )  # fmt: skip

    take_now(database, work)


def _all_at_once(work: Callable[[int], None], number: int) -> None:
    """Run `work` in threads of their own, all starting together; an error in one is an error."""
    start, errors = threading.Barrier(number), list[BaseException]()

    def run(mine: int) -> None:
        try:
            start.wait()
            work(mine)
        except BaseException as error:  # noqa: BLE001  (reported below)
            errors.append(error)

    threads = [threading.Thread(target=run, args=(mine,)) for mine in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_hours_that_are_no_hours_are_refused(database: Database) -> None:
    day, ten, noon = 0, time(10), time(12)
    for stretches, reason in (
        ([changing.Stretch(day, noon, ten)], "order"),
        ([changing.Stretch(day, ten, noon), changing.Stretch(day, time(11), time(13))], "overlap"),
        ([changing.Stretch(day, time(h), time(h, 30)) for h in range(9, 16)], "many"),
    ):
        with pytest.raises(changing.RotaError) as refused:
            database.write_now(lambda s, week=stretches: changing.set_hours(s, "aino", week))  # type: ignore[misc]
        assert refused.value.reason == reason
