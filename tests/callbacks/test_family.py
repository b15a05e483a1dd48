"""What the family gives, finds again, moves, corrects and deletes, on both databases."""

from datetime import timedelta

from sqlalchemy import text

from bot.callbacks import queue
from bot.callbacks.request import (
    FAMILY,
    AttemptResult,
    Outcome,
    Saved,
    State,
)
from bot.database import Database
from bot.meaning import Window
from bot.reach import EVERYWHERE
from tests.callbacks.scenes import ANNA, NOW, at, attempt, booked, change, claimed, read


def test_what_a_family_asks_for_is_read_back_whole(database: Database) -> None:
    window = Window(at("2026-11-25 13:00"), at("2026-11-25 16:00"))
    entry = booked(
        database,
        phone="+358501234567",
        window=window,
        needs=("sleep", "tiredness"),
        message_allowed=True,
        told=("s-1",),
    )
    found = read(database, entry.id)
    assert found.code == entry.code
    assert (found.state, found.holder, found.tries) == (State.WAITING, None, 0)
    assert found.request.window == window
    assert (found.request.phone, found.request.name) == ("+358501234567", "Maija")
    assert (found.request.child_ages, found.request.needs) == ((4.0, 0.5), ("sleep", "tiredness"))
    assert (found.request.notes, found.request.told) == ("Poika ei nuku", ("s-1",))
    assert [entry.what for entry in found.history] == ["booked"]


def test_a_family_finds_its_request_by_its_code_in_any_spelling(database: Database) -> None:
    entry = booked(database)
    typed = entry.code.lower().replace("-", " ")
    found = database.read_now(lambda s: queue.by_code(s, typed, EVERYWHERE))
    assert found is not None
    assert found.id == entry.id
    assert database.read_now(lambda s: queue.by_code(s, "0000-0000-0000", EVERYWHERE)) is None


def test_a_conversation_has_its_open_request_and_no_ended_one(database: Database) -> None:
    first, second = booked(database), booked(database, now=NOW + timedelta(minutes=1), need="school")
    found = database.read_now(lambda s: queue.by_conversation(s, "talk-1", EVERYWHERE))
    assert found is not None
    assert found.id == second.id
    change(database, lambda s: queue.cancel(s, first.id, by=FAMILY, now=NOW))
    change(database, lambda s: queue.cancel(s, second.id, by=FAMILY, now=NOW))
    assert database.read_now(lambda s: queue.by_conversation(s, "talk-1", EVERYWHERE)) is None


def test_no_personal_word_stands_open_in_the_database(database: Database) -> None:
    entry = claimed(
        database, phone="+358501234567", wish_words="huomenna iltapäivällä", category="suicide_self"
    )
    change(database, lambda s: queue.close(s, entry.id, ANNA, Outcome.ENOUGH, note="Juteltiin", now=NOW))
    with database.engine.connect() as connection:
        stored = str([
            connection.execute(text(f"SELECT * FROM {table}")).all()  # noqa: S608  (names from this test)
            for table in ("callback", "callback_event")
        ])  # fmt: skip
    for word in ("501234567", "Maija", "Poika", "huomenna", "suicide", "Juteltiin", entry.code):
        assert word not in stored


def test_a_family_moves_its_call_and_whoever_claimed_it_keeps_it(database: Database) -> None:
    entry = claimed(database)
    window = Window(at("2026-12-03 09:00"), at("2026-12-03 12:00"))
    change(
        database, lambda s: queue.move(s, entry.id, window=window, promised_day=window.start.date(), now=NOW)
    )
    found = read(database, entry.id)
    assert (found.request.window, found.promised_day) == (window, window.start.date())
    assert (found.holder, found.due_at) == ("staff-anna", window.end)
    assert not found.is_late(window.end)
    assert found.is_late(window.end + timedelta(minutes=1))


def test_a_corrected_number_is_the_one_staff_see_and_history_does_not_tell_it(database: Database) -> None:
    entry = booked(database, phone="+358501234567")
    change(database, lambda s: queue.correct(s, entry.id, now=NOW, phone="+358407654321", notes="Uni"))
    found = read(database, entry.id)
    assert (found.request.phone, found.request.notes, found.code) == ("+358407654321", "Uni", entry.code)
    assert found.history[-1].detail == {"fields": ["notes", "phone"]}
    assert [c.id for c in database.read_now(lambda s: queue.by_phone(s, "+358407654321", EVERYWHERE))] == [
        entry.id
    ]
    assert database.read_now(lambda s: queue.by_phone(s, "+358501234567", EVERYWHERE)) == []


def test_a_deleted_request_tells_nothing_and_its_code_opens_nothing(database: Database) -> None:
    entry = claimed(database)
    change(database, lambda s: attempt(s, entry.id, AttemptResult.NO_ANSWER, NOW, note="Ei vastannut Maija"))
    assert change(database, lambda s: queue.erase(s, entry.id, now=NOW)) == Saved(entry.id)
    found = read(database, entry.id)
    assert (found.state, found.code, found.request.phone, found.request.name) == (State.CANCELLED,) + (
        None,
    ) * 3
    assert (found.request.notes, found.request.child_ages, found.request.conversation) == ("", (), None)
    assert [item.note for item in found.history] == [None] * len(found.history)
    assert database.read_now(lambda s: queue.by_code(s, entry.code, EVERYWHERE)) is None
    change(database, lambda s: queue.erase(s, entry.id, now=NOW))  # twice does no harm


def test_deleting_what_is_done_leaves_it_done(database: Database) -> None:
    entry = claimed(database)
    change(database, lambda s: queue.close(s, entry.id, ANNA, Outcome.ENOUGH, now=NOW))
    change(database, lambda s: queue.erase(s, entry.id, now=NOW))
    assert read(database, entry.id).state is State.DONE
