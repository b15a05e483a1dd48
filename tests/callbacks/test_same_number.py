"""Several requests of one number: one matter is one call, different matters stand side by side, nothing is silent."""

import threading
from datetime import timedelta
from typing import Any

import pytest

from bot.callbacks import queue
from bot.callbacks.callback import Callback
from bot.callbacks.life import Stage
from bot.callbacks.merging import same_number
from bot.callbacks.request import FAMILY, Booked, Gone, HeldBy, NewCallback, Outcome, Saved, State
from bot.database import Database
from bot.meaning import Window
from bot.reach import EVERYWHERE
from tests.callbacks.scenes import ANNA, BEN, LEASE, NOW, a_request, at, booked, change, claimed, read

PHONE = "+358501119999"
FIRST: dict[str, Any] = {
    "phone": PHONE,
    "notes": "Poika ei nuku",
    "conversation": "talk-1",
    "message_allowed": True,
}
SECOND: dict[str, Any] = {
    "phone": PHONE,
    "notes": "Edelleen valvotaan",
    "conversation": "form-1",
    "message_allowed": False,
}


def by_code(database: Database, one: Booked) -> Callback | None:
    return database.read_now(lambda s: queue.by_code(s, one.code, EVERYWHERE))


def state_of(database: Database, one: Booked) -> State | None:
    found = by_code(database, one)
    return found.state if found else None


def test_a_second_request_for_the_same_matter_is_answered_by_the_call_of_the_first(
    database: Database,
) -> None:
    first = booked(database, **FIRST)
    second = booked(database, **SECOND, urgency="urgent", code_word="koivu")
    waiting, total = database.read_now(lambda s: queue.list_waiting(s, EVERYWHERE))
    assert (total, waiting[0].id) == (1, first.id)
    found = read(database, first.id)
    assert found.request.notes == "Poika ei nuku\nEdelleen valvotaan"
    assert (found.request.message_allowed, found.request.code_word) == (False, "koivu")  # the stricter answer
    assert (found.request.urgency, found.joined) == ("urgent", (second.id,))
    assert [entry.what for entry in found.history] == ["booked", "asked_again"]


def test_whoever_knows_the_number_learns_nothing_of_the_first_request(database: Database) -> None:
    first = booked(database, **FIRST)
    second = booked(database, **SECOND)
    assert second.code != first.code
    shown = database.read_now(lambda s: queue.by_code(s, second.code, EVERYWHERE))
    assert shown is not None
    assert (shown.state, shown.request.notes, shown.id) == (State.WAITING, "Edelleen valvotaan", second.id)
    change(database, lambda s: queue.cancel(s, second.id, by=FAMILY, now=NOW))
    found = read(database, first.id)
    assert (found.state, found.request.notes, found.history[-1].what) == (
        State.WAITING,
        "Poika ei nuku",
        "left",
    )


def test_both_codes_show_how_the_one_call_stands(database: Database) -> None:
    first, second = booked(database, **FIRST), booked(database, **SECOND)
    database.write_now(lambda s: queue.claim(s, first.id, ANNA, now=NOW, lease=LEASE))
    for one in (first, second):
        assert state_of(database, one) is State.CLAIMED
    change(database, lambda s: queue.close(s, first.id, ANNA, Outcome.ENOUGH, now=NOW))
    assert state_of(database, second) is State.DONE


@pytest.mark.parametrize("end", ["cancel", "erase"])
def test_what_its_call_will_not_answer_any_more_is_wanted_still(database: Database, end: str) -> None:
    first, second = booked(database, **FIRST), booked(database, **SECOND)
    third = booked(database, now=NOW + timedelta(minutes=1), **{**SECOND, "notes": "Kolmas kerta"})
    if end == "cancel":
        change(database, lambda s: queue.cancel(s, first.id, by=FAMILY, now=NOW))
    else:
        change(database, lambda s: queue.erase(s, first.id, now=NOW))
    found = read(database, second.id)
    assert (found.state, found.joined, found.history[-1].what) == (State.WAITING, (third.id,), "restored")
    assert found.request.notes == "Edelleen valvotaan\nKolmas kerta"


def test_the_one_call_keeps_the_earlier_promise(database: Database) -> None:
    first = booked(database, **FIRST)
    soon = Window(at("2026-11-25 09:00"), at("2026-11-25 10:00"))
    booked(database, **SECOND, window=soon)
    found = read(database, first.id)
    assert (found.request.window, found.due_at) == (soon, soon.end)


def test_a_joined_request_is_moved_by_its_own_code_and_the_call_keeps_to_it(database: Database) -> None:
    first, second = booked(database, **FIRST), booked(database, **SECOND)
    soon = Window(at("2026-11-25 09:00"), at("2026-11-25 10:00"))
    moved = change(
        database, lambda s: queue.move(s, second.id, window=soon, promised_day=soon.start.date(), now=NOW)
    )
    assert moved == Saved(second.id)
    assert (read(database, first.id).due_at, read(database, first.id).request.window) == (soon.end, soon)


def test_another_matter_another_area_or_a_professional_is_a_call_of_its_own(database: Database) -> None:
    booked(database, **FIRST)
    others = (
        {"need": "school"},
        {"area": "mikkeli"},
        {"sender_role": "professional"},
        {"sender_role": "professional"},
        {"phone": "+358501118888"},
    )
    ids = [booked(database, **{**SECOND, **other}).id for other in others]
    assert {read(database, one).state for one in ids} == {State.WAITING}


def test_after_the_call_was_made_the_same_matter_is_a_new_call(database: Database) -> None:
    first = claimed(database, **FIRST)
    change(database, lambda s: queue.close(s, first.id, ANNA, Outcome.ENOUGH, now=NOW))
    assert read(database, booked(database, **SECOND).id).state is State.WAITING


def test_staff_who_enter_what_is_asked_already_go_on_with_the_call_that_waits(database: Database) -> None:
    first = booked(database, **FIRST)
    new = a_request(**SECOND)
    entered = database.write_now(lambda s: queue.book(s, new, now=NOW, promised_day=NOW.date(), by=ANNA))
    assert entered.id == first.id


def test_of_twenty_channels_at_once_one_makes_the_call_and_the_others_join_it(database: Database) -> None:
    together, made = threading.Barrier(20), list[Booked]()

    def book(new: NewCallback) -> None:
        together.wait()
        made.append(database.write_now(lambda s: queue.book(s, new, now=NOW, promised_day=NOW.date())))

    threads = [
        threading.Thread(target=book, args=(a_request(phone=PHONE, notes=f"Pyyntö {n}"),)) for n in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({one.code for one in made}) == 20
    (call,), total = database.read_now(lambda s: queue.list_waiting(s, EVERYWHERE))
    found = read(database, call.id)
    assert (total, len(found.joined)) == (1, 19)
    assert sorted(found.request.notes.splitlines()) == sorted(f"Pyyntö {n}" for n in range(20))


def two_matters(database: Database) -> tuple[str, str]:
    held = claimed(database, **FIRST).id
    return held, booked(database, **SECOND, need="school", urgency="urgent").id


def suggested(database: Database) -> dict[str, tuple[str, ...]]:
    listed, _ = database.read_now(lambda s: queue.list_callbacks(s, None, EVERYWHERE))
    return dict(same_number(listed))


def test_different_matters_of_one_number_are_seen_and_merged_with_one_press(database: Database) -> None:
    held, other = two_matters(database)
    assert suggested(database) == {held: (other,), other: (held,)}
    assert change(database, lambda s: queue.merge(s, held, other, ANNA, now=NOW)) == Saved(held)
    found = read(database, held)
    assert (found.request.needs, found.request.notes) == (
        ("sleep", "school"),
        "Poika ei nuku\nEdelleen valvotaan",
    )
    assert found.request.urgency == "urgent"
    merged = read(database, other)
    assert (merged.stage, merged.state, merged.merged_into) == (Stage.JOINED, State.CANCELLED, held)
    assert merged.history[-1].detail["merged_into"] == held
    assert suggested(database) == {}


def test_a_merge_is_taken_back_while_one_holds_the_call(database: Database) -> None:
    held, other = two_matters(database)
    change(database, lambda s: queue.merge(s, held, other, ANNA, now=NOW))
    assert change(database, lambda s: queue.split(s, held, other, BEN, now=NOW)) == HeldBy("Anna", ANNA.id)
    assert change(database, lambda s: queue.split(s, held, other, ANNA, now=NOW)) == Saved(held)
    found = read(database, held)
    assert (found.request.notes, found.request.urgency, found.joined) == ("Poika ei nuku", "none", ())
    assert read(database, other).state is State.WAITING
    assert suggested(database) == {}  # they are different matters now
    assert change(database, lambda s: queue.split(s, held, other, ANNA, now=NOW)) == Gone(None)


def test_another_matter_is_said_once(database: Database) -> None:
    held, other = two_matters(database)
    assert change(database, lambda s: queue.set_apart(s, other, held, BEN, now=NOW)) == Saved(other)
    assert suggested(database) == {}
    assert read(database, other).state is State.WAITING


def test_only_the_holder_merges_and_only_what_is_free_and_of_the_same_number(database: Database) -> None:
    held, other = two_matters(database)
    assert change(database, lambda s: queue.merge(s, held, other, BEN, now=NOW)) == HeldBy("Anna", ANNA.id)
    stranger = booked(database, phone="+358501117777").id
    assert change(database, lambda s: queue.merge(s, held, stranger, ANNA, now=NOW)) == Gone(None)
    database.write_now(lambda s: queue.claim(s, other, BEN, now=NOW, lease=LEASE))
    assert change(database, lambda s: queue.merge(s, held, other, ANNA, now=NOW)) == HeldBy("Ben", BEN.id)


def test_a_number_corrected_into_one_that_waits_for_the_same_matter_is_one_call(database: Database) -> None:
    first = booked(database, **FIRST)
    other = booked(database, **{**SECOND, "phone": "+358501116666"}, now=NOW + timedelta(minutes=1))
    change(database, lambda s: queue.correct(s, other.id, now=NOW, phone=PHONE))
    assert read(database, other.id).merged_into == first.id
    assert "Edelleen valvotaan" in read(database, first.id).request.notes


def test_a_deleted_request_takes_its_words_out_of_the_call(database: Database) -> None:
    first, second = booked(database, **FIRST), booked(database, **SECOND)
    change(database, lambda s: queue.erase(s, second.id, now=NOW))
    assert read(database, first.id).request.notes == "Poika ei nuku"
    assert by_code(database, second) is None
