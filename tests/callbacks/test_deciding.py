"""After three tries a person decides, the family is written to, and nothing ends by itself."""

from datetime import timedelta
from typing import Any

import pytest

from bot.callbacks import notice_outbox, queue
from bot.callbacks.deciding import Decision, NoCallingTimeError
from bot.callbacks.notices import Kind
from bot.callbacks.request import AttemptResult, HeldBy, NotClaimed, Outcome, Saved, State
from bot.database import Database
from bot.reach import EVERYWHERE
from tests.callbacks.scenes import ANNA, BEN, HOURS, LEASE, NOW, at, attempt, booked, change, read

MONDAY = at("2026-11-30 12:00")


def tried_three_times(database: Database, **facts: Any) -> str:
    one = booked(database, message_allowed=True, **facts).id
    for _ in range(3):
        database.write_now(lambda s: queue.claim(s, one, ANNA, now=NOW, lease=LEASE))
        change(database, lambda s: attempt(s, one, AttemptResult.NO_ANSWER, NOW))
    return one


def decide(database: Database, one: str, decision: Decision, **more: Any) -> object:
    return database.write_now(lambda s: queue.decide(s, one, BEN, decision, now=NOW, hours=HOURS, **more))


def kinds(database: Database, one: str) -> list[Kind]:
    told = database.read_now(lambda s: notice_outbox.of_callback(s, one, EVERYWHERE))
    return [notice.kind for notice in reversed(told)]


def test_the_third_try_writes_to_the_family_proposes_nothing_and_waits_for_a_person(
    database: Database,
) -> None:
    one = tried_three_times(database)
    found = read(database, one)
    assert (found.state, found.needs_decision, found.next_try_at) == (State.WAITING, True, None)
    assert kinds(database, one) == [Kind.RECEIVED, Kind.TRIED, Kind.TRIED, Kind.TRIED_OUT]
    much_later = NOW + timedelta(days=60)
    database.write_now(lambda s: queue.return_expired_leases(s, much_later))
    database.write_now(lambda s: notice_outbox.remind(s, much_later))
    assert read(database, one).state is State.WAITING


def test_once_more_at_a_chosen_time_is_a_decision_with_a_name(database: Database) -> None:
    one = tried_three_times(database)
    assert decide(database, one, Decision.TRY_AGAIN, at=MONDAY, note="Vuorotyö") == Saved(one)
    found = read(database, one)
    assert (found.next_try_at, found.needs_decision) == (MONDAY, False)
    assert (found.history[-1].what, found.history[-1].actor_name, found.history[-1].note) == (
        "decided",
        "Ben",
        "Vuorotyö",
    )
    database.write_now(lambda s: queue.claim(s, one, ANNA, now=NOW, lease=LEASE))
    change(database, lambda s: attempt(s, one, AttemptResult.BUSY, NOW))
    assert read(database, one).needs_decision


@pytest.mark.parametrize(
    "when", ["2026-11-29 12:00", "2026-11-30 08:59", "2026-11-30 16:00", "2026-11-23 12:00"]
)
def test_a_time_at_which_nobody_rings_cannot_be_chosen(database: Database, when: str) -> None:
    one = tried_three_times(database)
    with pytest.raises(NoCallingTimeError):
        decide(database, one, Decision.TRY_AGAIN, at=at(when))
    assert read(database, one).needs_decision


def test_writing_gives_the_family_a_week_to_answer(database: Database) -> None:
    one = tried_three_times(database)
    decide(database, one, Decision.WRITE)
    found = read(database, one)
    assert kinds(database, one)[-2:] == [Kind.TRIED_OUT, Kind.TRIED_OUT]
    assert (found.needs_decision, found.due_at) == (False, at("2026-12-02 00:00"))


def test_what_a_coordinator_is_to_decide_stays_undecided_and_says_so(database: Database) -> None:
    one = tried_three_times(database)
    decide(database, one, Decision.COORDINATOR)
    found = read(database, one)
    assert (found.needs_decision, found.decision) == (True, "coordinator")


def test_closing_as_unreachable_tells_the_family(database: Database) -> None:
    one = tried_three_times(database)
    database.write_now(lambda s: queue.claim(s, one, ANNA, now=NOW, lease=LEASE))
    change(database, lambda s: queue.close(s, one, ANNA, Outcome.UNREACHABLE, now=NOW))
    assert kinds(database, one)[-1] is Kind.UNREACHABLE
    assert read(database, one).closing is not None


def test_before_the_third_try_and_while_a_colleague_has_it_there_is_nothing_to_decide(
    database: Database,
) -> None:
    early = booked(database).id
    assert decide(database, early, Decision.COORDINATOR) == NotClaimed()
    one = tried_three_times(database)
    database.write_now(lambda s: queue.claim(s, one, ANNA, now=NOW, lease=LEASE))
    assert decide(database, one, Decision.COORDINATOR) == HeldBy("Anna", ANNA.id)


def test_a_family_that_moves_its_call_has_decided_itself(database: Database) -> None:
    one = tried_three_times(database)
    window = HOURS.window_on(MONDAY.date())
    change(database, lambda s: queue.move(s, one, window=window, promised_day=MONDAY.date(), now=NOW))
    assert not read(database, one).needs_decision
