"""Alarms in the tables: raised, acknowledged, made louder, ended; and nothing that waits goes unnoticed."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select, update
from sqlalchemy.orm import Session

from bot.alarms import board, letters, watching
from bot.alarms.board import Raised
from bot.alarms.deciding import Kind, staffed_time
from bot.alarms.tables import AlarmRow, StaffLetterRow
from bot.callbacks import queue
from bot.callbacks.area_calendar import AreaCalendar, CallingHours
from bot.callbacks.request import Actor, Booked, NewCallback, State
from bot.callbacks.tables import CallbackRow
from bot.clock import SettableClock
from bot.database import Database
from bot.guidance.areas import Areas
from bot.reach import EVERYWHERE, Reach
from bot.staff import accounts
from tests.staff.building import AREAS_READ, PASSWORD

CALENDAR = AreaCalendar(hours=CallingHours(time(9), time(16)))
AINO = Actor("aino", "Aino Aalto", EVERYWHERE)


def person(database: Database, clock: SettableClock, name: str, role: str, *areas: str) -> str:
    account = database.write_now(
        lambda s: accounts.add(
            s, email=f"{name}@example.org", name=name, role=role, password=PASSWORD, now=clock(), areas=areas
        )
    )
    return account.id


def arrives(database: Database, clock: SettableClock, **changes: Any) -> Booked:
    new = NewCallback(**({"area": "jarvenpaa", "phone": "+358501234567"} | changes))
    return database.write_now(lambda s: queue.book(s, new, now=clock(), promised_day=date(2026, 11, 27)))


def looks(database: Database, clock: SettableClock, areas: Areas = AREAS_READ) -> int:
    return database.write_now(lambda s: watching.sweep(s, areas, lambda _area: CALENDAR, clock()))


def alarms(database: Database, reach: Reach = EVERYWHERE, staff_id: str = "aino") -> list[Raised]:
    return database.read_now(lambda s: board.open_alarms(s, reach, staff_id))


def told(database: Database) -> Counter[str]:
    return Counter(database.read_now(lambda s: s.scalars(select(StaffLetterRow.recipient)).all()))


def watches(database: Database, clock: SettableClock, *staff: str) -> None:
    database.write_now(lambda s: board.note_open(s, frozenset(staff), clock()))


def later(clock: SettableClock, **by: float) -> None:
    clock.set(clock() + timedelta(**by))


def test_a_crisis_nobody_takes_is_told_to_consoles_then_coordinators_then_everybody(
    database: Database, clock: SettableClock
) -> None:
    near = person(database, clock, "kerttu", "coordinator", "jarvenpaa")
    far = person(database, clock, "mikko", "coordinator", "askola")
    advisor = person(database, clock, "aino", "advisor")
    arrives(database, clock, urgency="immediate")
    seen = []
    for _ in range(5):
        watches(database, clock, advisor)
        looks(database, clock)
        looks(database, clock)  # repeated without harm
        seen.append(([(one.kind, one.level) for one in alarms(database)], dict(told(database))))
        later(clock, minutes=5)
    assert seen == [
        ([], {}),
        ([(Kind.CRISIS, 1)], {}),
        ([(Kind.CRISIS, 2)], {f"staff:{near}": 1}),
        ([(Kind.CRISIS, 3)], {f"staff:{near}": 2, f"staff:{far}": 1}),
        ([(Kind.CRISIS, 3)], {f"staff:{near}": 2, f"staff:{far}": 1}),
    ]


def test_of_many_late_calls_a_coordinator_gets_one_letter_a_day(
    database: Database, clock: SettableClock
) -> None:
    coordinator = person(database, clock, "kerttu", "coordinator", "jarvenpaa")
    for number in range(20):
        arrives(database, clock, phone=f"+3585012345{number:02}")
    clock.set(clock() + timedelta(days=6))  # Monday, 10.00; promised by Friday
    for _ in range(24):
        watches(database, clock, coordinator)
        looks(database, clock)
        later(clock, minutes=10)
    assert told(database) == {f"staff:{coordinator}": 1}
    clock.set(clock() + timedelta(days=1))
    watches(database, clock, coordinator)
    looks(database, clock)
    assert len(alarms(database)) == 20


def test_a_sweep_over_many_calls_takes_no_more_statements_than_over_few(
    database: Database, clock: SettableClock
) -> None:
    """SQLite's one writer is held while it runs, so what it takes must not grow with the queue."""
    for name in ("kerttu", "mikko", "outi"):
        person(database, clock, name, "coordinator")
    took = {}
    for number, many in ((0, 3), (100, 60)):
        for one in range(many):
            arrives(
                database, clock, phone=f"+35850{number + one:07}", urgency="immediate" if one < 3 else "none"
            )
        clock.set(clock() + timedelta(days=6))
        with statements(database) as seen:
            looks(database, clock)
        took[many] = Counter(seen)
    more = took[60] - took[3]
    assert more == Counter({"UPDATE alarm": 2}), "what the first look raised has ended or grown louder"
    assert took[60]["INSERT alarm"] == took[60]["INSERT staff_letter"] == 1
    assert took[60]["SELECT"] == 5
    assert told(database)["duty:jarvenpaa:0"] == 0
    assert len(told(database)) == 3


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """What is asked of the database while the block runs: the verb, and of changes the table."""
    seen: list[str] = []

    def note(*found: Any) -> None:
        words = found[2].split()
        verb = words[0].upper()
        seen.append(f"{verb} {words[2 if verb == 'INSERT' else 1]}" if verb in {"INSERT", "UPDATE"} else verb)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def test_an_area_may_have_a_duty_number_of_its_own(database: Database, clock: SettableClock) -> None:
    area = AREAS_READ.by_id["jarvenpaa"].model_copy(update={"duty": ("+358501112233",)})
    advisor = person(database, clock, "aino", "advisor")
    arrives(database, clock, urgency="immediate")
    for _ in range(4):
        watches(database, clock, advisor)
        looks(database, clock, Areas((area, AREAS_READ.by_id["muu"])))
        later(clock, minutes=5)
    assert told(database) == {"duty:jarvenpaa:0": 1}


def test_who_claims_ends_the_alarm_and_who_gives_back_brings_it_back(
    database: Database, clock: SettableClock
) -> None:
    one = arrives(database, clock, urgency="immediate")
    later(clock, minutes=5)
    looks(database, clock)
    database.write_now(lambda s: queue.claim(s, one.id, AINO, now=clock(), lease=timedelta(minutes=30)))
    looks(database, clock)
    assert [alarm.kind for alarm in alarms(database)] == []
    later(clock, minutes=5)
    database.write_now(lambda s: queue.release(s, one.id, AINO, now=clock()))
    looks(database, clock)
    crisis = [alarm for alarm in alarms(database) if alarm.kind is Kind.CRISIS]
    assert [(alarm.callback_id, alarm.level) for alarm in crisis] == [(one.id, 2)]


def test_an_acknowledged_alarm_is_silent_until_it_has_waited_on(
    database: Database, clock: SettableClock
) -> None:
    coordinator = person(database, clock, "kerttu", "coordinator", "jarvenpaa")
    arrives(database, clock, urgency="immediate")
    later(clock, minutes=5)
    watches(database, clock, coordinator)
    looks(database, clock)
    (alarm,) = alarms(database)
    seen = database.write_now(lambda s: board.acknowledge(s, alarm.id, AINO, now=clock()))
    assert seen is not None
    assert (seen.acknowledged_by, seen.loud) == ("Aino Aalto", False)
    assert database.write_now(lambda s: board.acknowledge(s, alarm.id, AINO, now=clock())) is None
    for _ in range(14):
        later(clock, minutes=1)
        watches(database, clock, coordinator)
        looks(database, clock)
    assert told(database) == {}
    later(clock, minutes=1)
    looks(database, clock)
    assert [(one.level, one.acknowledged_by) for one in alarms(database)] == [(3, None)]
    assert told(database)[f"staff:{coordinator}"] == 1


def test_alarms_of_other_areas_are_not_there(database: Database, clock: SettableClock) -> None:
    arrives(database, clock, urgency="immediate")
    later(clock, minutes=5)
    looks(database, clock)
    foreign = Actor("outi", "Outi", Reach.only("askola"))
    number = alarms(database)[0].id
    assert alarms(database, foreign.reach, "outi") == []
    assert database.write_now(lambda s: board.acknowledge(s, number, foreign, now=clock())) is None


def test_an_agreed_time_is_told_to_its_holder_alone(database: Database, clock: SettableClock) -> None:
    one = arrives(database, clock)
    start = clock() + timedelta(minutes=8)
    database.write_now(lambda s: queue.claim(s, one.id, AINO, now=clock(), lease=timedelta(hours=1)))
    database.write_now(
        lambda s: s.execute(update(CallbackRow).values(window_start=start, due_at=start + timedelta(hours=1)))
    )
    watches(database, clock, "aino")
    looks(database, clock)
    assert [alarm.kind for alarm in alarms(database)] == [Kind.AGREED]
    assert alarms(database, EVERYWHERE, "veikko") == []


def test_nobody_watching_is_told_to_coordinators_until_somebody_opens_the_queue(
    database: Database, clock: SettableClock
) -> None:
    coordinator = person(database, clock, "kerttu", "coordinator")
    foreign = person(database, clock, "outi", "advisor", "askola")
    arrives(database, clock)
    for _ in range(6):
        watches(database, clock, foreign)  # another area's console does not show it
        looks(database, clock)
        later(clock, minutes=1)
    assert [(one.kind, one.level) for one in alarms(database)] == [(Kind.UNWATCHED, 2)]
    assert told(database) == {f"staff:{coordinator}": 1}
    watches(database, clock, coordinator)
    looks(database, clock)
    assert alarms(database) == []


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 12))])
def test_of_a_day_of_random_arrivals_nothing_waits_unnoticed(
    database: Database, clock: SettableClock, seed: int
) -> None:
    """R-17: 24 hours in steps of a minute, with consoles that open and close and advisors who take or do not."""
    chance = random.Random(seed)
    coordinator = person(database, clock, "kerttu", "coordinator")
    advisors = [person(database, clock, name, "advisor") for name in ("aino", "veikko")]
    came: dict[str, tuple[datetime, bool]] = {}
    present, last_seen = set[str](), clock()
    unnoticed: list[str] = []

    def minute(session: Session) -> datetime:
        now = clock()
        if chance.random() < 0.04:
            crisis = chance.random() < 0.5
            new = NewCallback(
                area="jarvenpaa", phone=f"+3585012{len(came):05}", urgency="immediate" if crisis else "none"
            )
            booked = queue.book(session, new, now=now, promised_day=date(2026, 11, 27))
            came[booked.id] = (now, crisis)
        if chance.random() < 0.03:
            present.symmetric_difference_update({chance.choice(advisors)})
        board.note_open(session, frozenset(present), now)
        if present and came and chance.random() < 0.02:
            by = Actor(min(present), "x", EVERYWHERE)
            queue.claim(session, chance.choice(list(came)), by, now=now, lease=timedelta(days=2))
        watching.sweep(session, AREAS_READ, lambda _area: CALENDAR, now)
        seen = now if present else last_seen
        unnoticed.extend(_unnoticed(session, came, seen, now))
        return seen

    for _ in range(24 * 60):
        last_seen = database.write_now(minute)
        later(clock, minutes=1)
    assert unnoticed == []
    reached = database.read_now(_louder_than_consoles)
    assert reached > 0
    assert told(database)[f"staff:{coordinator}"] >= reached


def _unnoticed(
    session: Session, came: dict[str, tuple[datetime, bool]], last_seen: datetime, now: datetime
) -> Iterator[str]:
    standing = {
        (alarm.kind, alarm.callback_id or alarm.area): alarm.level
        for alarm in board.open_alarms(session, EVERYWHERE, "aino")
    }
    for callback_id in session.scalars(select(CallbackRow.id).where(CallbackRow.state == State.WAITING)):
        since, crisis = came[callback_id]
        waited = staffed_time(CALENDAR, since, now)
        expected = sum(waited >= timedelta(minutes=minutes) for minutes in (5, 10, 15))
        if crisis and standing.get((Kind.CRISIS, callback_id), 0) != expected:
            yield f"{callback_id} {waited}"
        alone = staffed_time(CALENDAR, max(since, last_seen), now) >= timedelta(minutes=5)
        if alone and CALENDAR.is_open_at(now) and (Kind.UNWATCHED, "jarvenpaa") not in standing:
            yield f"{callback_id} unwatched"


def _louder_than_consoles(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(AlarmRow).where(AlarmRow.level > 1)) or 0


def test_a_letter_is_written_once_for_each_recipient_and_occasion(
    database: Database, clock: SettableClock
) -> None:
    def put(session: Session) -> bool:
        return letters.put(session, "staff:1", "digest:2026-11-23", letters.Kind.DIGEST, {}, now=clock())

    assert [database.write_now(put) for _ in range(3)] == [True, False, False]
