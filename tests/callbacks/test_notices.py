"""A notice waits for every event a family is to hear of, in the transaction of that event, and for no other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.callbacks import notice_outbox, queue
from bot.callbacks.notices import Kind, Way, next_sending, way_of
from bot.callbacks.request import FAMILY, AttemptResult
from bot.callbacks.tables import CallbackRow, NoticeRow
from bot.clock import helsinki
from bot.database import Database
from bot.meaning import Window
from bot.reach import EVERYWHERE
from tests.callbacks.scenes import ANNA, BEN, LEASE, NOW, a_request, at, attempt, booked, claimed

FRIDAY = Window(at("2026-11-27 13:00"), at("2026-11-27 15:00"))


def kinds(database: Database, callback_id: str) -> list[Kind]:
    """Those that were put, oldest first."""
    found = database.read_now(lambda session: notice_outbox.of_callback(session, callback_id, EVERYWHERE))
    return [one.kind for one in reversed(found)]


def move(database: Database, callback_id: str, **by: Any) -> None:
    database.write_now(
        lambda s: queue.move(s, callback_id, window=FRIDAY, promised_day=FRIDAY.start.date(), now=NOW, **by)
    )


def test_who_allows_messages_is_told_what_happens_to_the_request_each_time_once(database: Database) -> None:
    entry = claimed(database, message_allowed=True)
    move(database, entry.id)
    move(database, entry.id, by=BEN)
    database.write_now(lambda s: attempt(s, entry.id, AttemptResult.NO_ANSWER, NOW))
    database.write_now(lambda s: queue.claim(s, entry.id, ANNA, now=NOW, lease=LEASE))
    database.write_now(lambda s: attempt(s, entry.id, AttemptResult.BUSY, NOW))
    database.write_now(lambda s: queue.cancel(s, entry.id, by=FAMILY, now=NOW))
    told = [Kind.RECEIVED, Kind.MOVED, Kind.MOVED, Kind.TRIED, Kind.TRIED, Kind.CANCELLED]
    assert kinds(database, entry.id) == told


@pytest.mark.parametrize("answer", [False, None])
def test_who_allows_none_or_has_said_nothing_is_sent_nothing(database: Database, answer: bool | None) -> None:
    entry = claimed(database, message_allowed=answer)
    move(database, entry.id)
    database.write_now(lambda s: attempt(s, entry.id, AttemptResult.NO_ANSWER, NOW))
    database.write_now(lambda s: queue.cancel(s, entry.id, by=FAMILY, now=NOW))
    assert kinds(database, entry.id) == []


def test_a_refused_change_and_a_talk_that_came_about_tell_nothing(database: Database) -> None:
    entry = claimed(database, message_allowed=True)
    database.write_now(lambda s: queue.cancel(s, entry.id, by=BEN, now=NOW))
    database.write_now(lambda s: attempt(s, entry.id, AttemptResult.REACHED, NOW))
    assert kinds(database, entry.id) == [Kind.RECEIVED]


def test_what_is_undone_is_not_told(database: Database) -> None:
    entry = booked(database, message_allowed=True)

    def fails(session: Any) -> None:
        queue.cancel(session, entry.id, by=FAMILY, now=NOW)
        raise LookupError

    with pytest.raises(LookupError):
        database.write_now(fails)
    assert kinds(database, entry.id) == [Kind.RECEIVED]


def test_a_change_of_mind_about_messages_counts_from_then_on(database: Database) -> None:
    entry = booked(database, message_allowed=True)
    database.write_now(lambda s: queue.correct(s, entry.id, now=NOW, message_allowed=False))
    move(database, entry.id)
    database.write_now(lambda s: queue.correct(s, entry.id, now=NOW, message_allowed=True))
    move(database, entry.id)
    assert kinds(database, entry.id) == [Kind.RECEIVED, Kind.MOVED]


def test_with_the_request_everything_of_its_notices_is_deleted(database: Database) -> None:
    entry = booked(database, message_allowed=True, telegram_chat=77)
    database.write_now(lambda s: queue.erase(s, entry.id, now=NOW))
    assert kinds(database, entry.id) == []
    columns = select(CallbackRow.notify_by, CallbackRow.notify_mark, CallbackRow.box)
    assert database.read_now(lambda s: s.execute(columns).one()) == (None, None, None)


def test_no_address_can_be_read_in_the_tables(database: Database) -> None:
    booked(database, message_allowed=True, telegram_chat=987654321, email="somebody@example.org")
    rows = database.read_now(
        lambda s: [repr(vars(row)) for table in (CallbackRow, NoticeRow) for row in s.scalars(select(table))]
    )
    assert len(rows) == 2
    assert not any(word in row for row in rows for word in ("987654321", "somebody", "501234567"))


def test_the_way_is_the_one_that_was_chosen() -> None:
    assert way_of(a_request(message_allowed=True)) is Way.SMS
    assert way_of(a_request(message_allowed=True, telegram_chat=7)) is Way.TELEGRAM
    assert way_of(a_request(message_allowed=False, telegram_chat=7)) is None
    assert way_of(a_request(message_allowed=False, email="a@example.org")) is Way.EMAIL
    assert way_of(a_request(message_allowed=True, phone=None)) is None


def test_of_many_senders_each_notice_goes_to_one(database: Database) -> None:
    for number in range(6):
        booked(database, message_allowed=True, conversation=f"talk-{number}")

    def take(_: int) -> list[int]:
        return database.write_now(lambda s: [row.id for row in notice_outbox.claim(s, now=NOW, most=2)])

    with ThreadPoolExecutor(4) as crowd:
        taken = [one for some in crowd.map(take, range(12)) for one in some]
    assert len(taken) == len(set(taken)) == 6


def test_the_notices_of_one_request_go_in_their_order(database: Database) -> None:
    entry = booked(database, message_allowed=True)
    move(database, entry.id)

    def take(now: datetime) -> list[str]:
        return database.write_now(lambda s: [row.kind for row in notice_outbox.claim(s, now=now, most=9)])

    assert [take(NOW), take(NOW)] == [["received"], []]
    # A sender that vanished holds the notice for a while; then another takes the same one.
    assert take(NOW + notice_outbox.LEASE) == ["received"]
    first = database.read_now(lambda s: s.scalars(select(NoticeRow.id).order_by(NoticeRow.id)).first())
    assert first is not None
    database.write_now(lambda s: notice_outbox.sent(s, first, Way.SMS, now=NOW))
    assert take(NOW) == ["moved"]


@pytest.mark.parametrize(
    ("moment", "reminded"),
    [("2026-11-27 07:59", 0), ("2026-11-27 08:00", 1), ("2026-11-27 14:59", 1), ("2026-11-27 15:00", 0),
     ("2026-11-26 09:00", 0), ("2026-11-28 09:00", 0)],
)  # fmt: skip
def test_an_agreed_time_is_remembered_in_the_morning_of_its_day(
    database: Database, moment: str, reminded: int
) -> None:
    booked(database, message_allowed=True, window=FRIDAY)
    assert database.write_now(lambda s: notice_outbox.remind(s, at(moment))) == reminded


def test_a_promise_is_remembered_on_its_day_and_every_replica_together_do_it_once(database: Database) -> None:
    entry = booked(database, message_allowed=True)
    morning = datetime.combine(entry.promised_day, at("2026-11-24 08:30").timetz())
    with ThreadPoolExecutor(4) as replicas:
        rounds = replicas.map(
            lambda _: database.write_now(lambda s: notice_outbox.remind(s, morning)), range(8)
        )
        assert sum(rounds) == 1
    assert kinds(database, entry.id) == [Kind.RECEIVED, Kind.REMINDER]


def test_who_asks_for_a_call_today_needs_no_reminder_of_it(database: Database) -> None:
    booked(database, message_allowed=True, window=Window(at("2026-11-24 13:00"), at("2026-11-24 15:00")))
    booked(database, message_allowed=False, window=FRIDAY)
    assert database.write_now(lambda s: notice_outbox.remind(s, at("2026-11-24 12:00"))) == 0
    assert database.write_now(lambda s: notice_outbox.remind(s, at("2026-11-27 12:00"))) == 0


def test_who_was_told_a_new_time_today_needs_no_reminder_of_it(database: Database) -> None:
    entry = booked(database, message_allowed=True, window=FRIDAY)
    later = Window(at("2026-11-27 14:00"), at("2026-11-27 16:00"))
    now = at("2026-11-27 07:30")
    database.write_now(
        lambda s: queue.move(s, entry.id, window=later, promised_day=later.start.date(), now=now)
    )
    assert database.write_now(lambda s: notice_outbox.remind(s, at("2026-11-27 08:00"))) == 0
    assert kinds(database, entry.id) == [Kind.RECEIVED, Kind.MOVED]


def test_the_pauses_grow_and_none_of_them_ends_at_night() -> None:
    noon = at("2026-11-24 12:00")
    pauses = [next_sending(noon, tries) - noon for tries in range(1, 9)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(seconds=30), timedelta(hours=1))
    assert next_sending(noon, 1, timedelta(minutes=10)) == at("2026-11-24 12:10")
    assert helsinki(next_sending(at("2026-11-24 19:59"), 5)) == at("2026-11-25 08:00")
    assert helsinki(next_sending(at("2026-11-25 03:00"), 1)) == at("2026-11-25 08:00")
