"""The life of a callback, from the family's request to its end, on both databases."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from bot.callbacks import queue
from bot.callbacks.request import (
    FAMILY,
    AttemptResult,
    Change,
    Claimed,
    Gone,
    HeldBy,
    NotClaimed,
    Outcome,
    Saved,
    State,
)
from bot.database import Database
from tests.callbacks.scenes import ANNA, BEN, LEASE, NOW, attempt, booked, change, claimed, read


def test_a_second_claimer_is_told_who_has_it_and_the_holder_may_ask_again(database: Database) -> None:
    entry = booked(database)

    def claim(staff: Any) -> object:
        return database.write_now(lambda s: queue.claim(s, entry.id, staff, now=NOW, lease=LEASE))

    assert claim(ANNA) == Claimed(NOW + LEASE)
    assert claim(BEN) == HeldBy("Anna", "staff-anna")
    assert claim(ANNA) == Claimed(NOW + LEASE)
    assert [item.what for item in read(database, entry.id).history] == ["booked", "claimed"]


def test_what_does_not_exist_cannot_be_changed(database: Database) -> None:
    assert set(all_changes(database, "0" * 32)) == {Gone(None)}


def test_somebody_elses_callback_cannot_be_changed_by_staff(database: Database) -> None:
    entry = claimed(database, BEN)
    answers = all_changes(database, entry.id)
    assert answers == [HeldBy("Ben", "staff-ben")] * len(answers)
    assert read(database, entry.id).holder == "staff-ben"


def test_what_nobody_holds_must_be_claimed_before_work(database: Database) -> None:
    entry = booked(database)
    answers = [answer for answer in all_changes(database, entry.id) if not isinstance(answer, Saved)]
    assert answers == [NotClaimed()] * 5
    assert read(database, entry.id).state is State.CANCELLED  # an unclaimed one staff may cancel


@pytest.mark.parametrize("end", ["close", "cancel"])
def test_what_has_ended_stays_as_it_is(database: Database, end: str) -> None:
    entry = claimed(database)
    if end == "close":
        change(database, lambda s: queue.close(s, entry.id, ANNA, Outcome.GUIDED, now=NOW))
    else:
        change(database, lambda s: queue.cancel(s, entry.id, by=FAMILY, now=NOW))
    state = State.DONE if end == "close" else State.CANCELLED
    assert set(all_changes(database, entry.id)) == {Gone(state)}
    late = database.write_now(lambda s: queue.claim(s, entry.id, BEN, now=NOW, lease=LEASE))
    assert late == Gone(state)
    moved = change(database, lambda s: queue.move(s, entry.id, window=None, promised_day=NOW.date(), now=NOW))
    assert moved == Gone(state)


def test_a_released_callback_is_anybodys_again(database: Database) -> None:
    entry = claimed(database)
    assert change(database, lambda s: queue.release(s, entry.id, ANNA, now=NOW)) == Saved(entry.id)
    answer = database.write_now(lambda s: queue.claim(s, entry.id, BEN, now=NOW, lease=LEASE))
    assert isinstance(answer, Claimed)


def test_without_an_answer_it_waits_for_a_later_try_and_is_never_dropped(database: Database) -> None:
    entry = booked(database)
    now, seen = NOW, []
    for _ in range(4):
        assert tries_in_vain(database, entry.id, now) == Saved(entry.id)
        found = read(database, entry.id)
        assert (found.state, found.holder) == (State.WAITING, None)
        seen.append((found.tries, found.needs_decision, found.next_try_at is None))
        now = found.next_try_at or found.due_at
    assert seen == [(1, False, False), (2, False, False), (3, True, True), (4, True, True)]
    assert [item.detail["result"] for item in read(database, entry.id).attempts] == ["no_answer"] * 4


@pytest.mark.parametrize("result", [AttemptResult.REACHED, AttemptResult.WRONG_NUMBER])
def test_once_somebody_answered_the_holder_closes_it(database: Database, result: AttemptResult) -> None:
    entry = claimed(database)
    later = NOW + timedelta(minutes=20)
    change(database, lambda s: attempt(s, entry.id, result, later))
    found = read(database, entry.id)
    assert (found.state, found.holder, found.lease_until) == (State.CLAIMED, "staff-anna", later + LEASE)
    change(database, lambda s: queue.close(
        s, entry.id, ANNA, Outcome.GUIDED, services=["s-1", "s-2"], note="Juteltiin unesta", now=later,
    ))  # fmt: skip
    found = read(database, entry.id)
    assert (found.state, found.holder, found.lease_until) == (State.DONE, None, None)
    assert found.closing is not None
    assert found.closing.detail == {"outcome": "guided", "services": ["s-1", "s-2"]}
    assert found.closing.note == "Juteltiin unesta"


def test_a_claim_gone_silent_returns_to_the_queue_and_its_late_saver_is_told(database: Database) -> None:
    entry = claimed(database)

    def sweep(now: datetime) -> int:
        return database.write_now(lambda s: queue.return_expired_leases(s, now))

    assert sweep(NOW + LEASE) == 0
    change(database, lambda s: queue.renew_lease(s, entry.id, ANNA, now=NOW + LEASE, lease=LEASE))
    assert sweep(NOW + LEASE + timedelta(minutes=1)) == 0
    assert sweep(NOW + 2 * LEASE + timedelta(minutes=1)) == 1
    late = change(database, lambda s: queue.close(s, entry.id, ANNA, Outcome.ENOUGH, now=NOW + 3 * LEASE))
    assert late == NotClaimed()
    last = read(database, entry.id).history[-1]
    assert (last.what, last.detail["from_name"]) == ("lease_expired", "Anna")


def test_every_change_is_seen_in_the_revision_and_a_refused_one_is_not(database: Database) -> None:

    def revision() -> int:
        return database.read_now(queue.revision)

    assert revision() == 0
    entry = claimed(database)
    assert revision() == 2
    database.write_now(lambda s: queue.claim(s, entry.id, BEN, now=NOW, lease=LEASE))
    assert revision() == 2
    change(database, lambda s: queue.cancel(s, entry.id, by=FAMILY, now=NOW))
    assert revision() == 3


def test_a_change_that_is_not_committed_leaves_no_trace(database: Database) -> None:
    entry = booked(database)

    def fails(session: Any) -> None:
        queue.claim(session, entry.id, ANNA, now=NOW, lease=LEASE)
        raise LookupError

    with pytest.raises(LookupError):
        database.write_now(fails)
    found = read(database, entry.id)
    assert (found.state, len(found.history)) == (State.WAITING, 1)
    assert database.read_now(queue.revision) == 1


def test_the_database_refuses_a_claim_without_a_holder(database: Database) -> None:
    entry = booked(database)
    with pytest.raises(IntegrityError):
        database.write_now(
            lambda s: s.execute(
                text("UPDATE callback SET state = 'claimed' WHERE id = :id"), {"id": entry.id}
            )
        )


def test_a_booking_takes_two_statements(database: Database) -> None:
    booked(database)
    statements: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    booked(database)
    assert len([line for line in statements if not line.startswith("BEGIN")]) == 2


def tries_in_vain(database: Database, callback_id: str, now: datetime) -> Change:
    database.write_now(lambda s: queue.claim(s, callback_id, ANNA, now=now, lease=LEASE))
    return change(database, lambda s: attempt(s, callback_id, AttemptResult.NO_ANSWER, now))


def all_changes(database: Database, callback_id: str) -> list[Change]:
    """What Anna is answered when she tries everything a member of staff can do with one callback."""
    return [
        change(database, lambda s: queue.release(s, callback_id, ANNA, now=NOW)),
        change(database, lambda s: queue.offer(s, callback_id, ANNA, BEN, now=NOW)),
        change(database, lambda s: queue.renew_lease(s, callback_id, ANNA, now=NOW, lease=LEASE)),
        change(database, lambda s: attempt(s, callback_id, AttemptResult.NO_ANSWER, NOW)),
        change(database, lambda s: queue.close(s, callback_id, ANNA, Outcome.ENOUGH, now=NOW)),
        change(database, lambda s: queue.cancel(s, callback_id, by=ANNA, now=NOW)),
    ]
