"""The lists staff work from: order, areas, pages, masked numbers, and what the API shows."""

from datetime import timedelta

from sqlalchemy import event

from bot.callbacks import queue
from bot.callbacks.callback import as_json, mask_phone
from bot.callbacks.request import FAMILY, AttemptResult, State
from bot.database import Database
from bot.meaning import Window
from bot.reach import EVERYWHERE
from tests.callbacks.scenes import ANNA, HOURS, LEASE, NOW, at, booked, claimed, read


def test_crisis_comes_first_then_what_is_late_then_the_promise_then_age(database: Database) -> None:
    day = timedelta(days=1)
    afternoon = Window(at("2026-11-24 12:00"), at("2026-11-24 16:00"))
    thursday = Window(at("2026-11-26 12:00"), at("2026-11-26 16:00"))
    expected = [
        booked(database, urgency="immediate", window=thursday).id,
        booked(database, urgency="urgent").id,
        booked(database, now=NOW - 7 * day).id,  # promised for last week
        booked(database, window=afternoon).id,
        booked(database, window=thursday).id,
        booked(database, now=NOW - timedelta(minutes=2), urgency="ask").id,
        booked(database, now=NOW - timedelta(minutes=1)).id,
    ]
    items, total = database.read_now(lambda s: queue.list_waiting(s, EVERYWHERE))
    assert [item.id for item in items] == expected
    assert total == 7
    assert [item.is_late(NOW) for item in items] == [False, False, True, False, False, False, False]


def test_after_an_unanswered_try_others_come_before_it(database: Database) -> None:
    tried = claimed(database, window=Window(at("2026-11-24 09:00"), at("2026-11-24 12:00")))
    other = booked(database, window=Window(at("2026-11-24 10:00"), at("2026-11-24 15:00")))
    database.write_now(
        lambda s: queue.record_attempt(
            s, tried.id, ANNA, AttemptResult.NO_ANSWER, now=NOW, hours=HOURS, lease=LEASE
        )
    )
    items, _ = database.read_now(lambda s: queue.list_waiting(s, EVERYWHERE))
    assert [item.id for item in items] == [other.id, tried.id]


def test_a_list_has_the_callbacks_of_ones_own_areas_alone(database: Database) -> None:
    here = booked(database, area="askola")
    booked(database, area="kangasala")
    items, total = database.read_now(lambda s: queue.list_waiting(s, EVERYWHERE, areas=["askola"]))
    assert ([item.id for item in items], total) == ([here.id], 1)
    assert database.read_now(lambda s: queue.list_waiting(s, EVERYWHERE, areas=[])) == ([], 0)


def test_each_state_has_its_list_and_all_have_one_with_the_open_first(database: Database) -> None:
    gone, held, free = booked(database), claimed(database), booked(database)
    database.write_now(lambda s: queue.cancel(s, gone.id, by=FAMILY, now=NOW))
    for state, entry in ((State.WAITING, free), (State.CLAIMED, held), (State.CANCELLED, gone)):
        items, total = listed(database, state)
        assert ([item.id for item in items], total) == ([entry.id], 1)
    items, total = database.read_now(lambda s: queue.list_callbacks(s, None, EVERYWHERE))
    assert (items[-1].id, total) == (gone.id, 3)


def test_pages_hold_every_callback_once(database: Database) -> None:
    ids = {booked(database).id for _ in range(7)}
    pages = [listed(database, State.WAITING, limit=3, offset=offset) for offset in (0, 3, 6, 9)]
    assert [len(items) for items, _ in pages] == [3, 3, 1, 0]
    assert {total for _, total in pages} == {7}
    assert {item.id for items, _ in pages for item in items} == ids


def test_a_list_takes_three_selects_however_long(database: Database) -> None:
    for _ in range(20):
        claimed(database)
    selects: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: selects.append(args[2]))
    items, _ = database.read_now(lambda s: queue.list_callbacks(s, State.CLAIMED, EVERYWHERE))
    assert len(items) == 20
    assert all(len(item.history) == 2 for item in items)
    assert len([line for line in selects if line.startswith("SELECT")]) == 3


def test_a_list_masks_the_number_and_the_single_entry_shows_it(database: Database) -> None:
    entry = booked(database, phone="+358501234567")
    (item,), _ = database.read_now(lambda s: queue.list_waiting(s, EVERYWHERE))
    assert item.request.phone == "+358•••••••67"
    assert as_json(item, masked=True)["phone"] == "+358•••••••67"
    assert as_json(read(database, entry.id), masked=False)["phone"] == "+358501234567"


def test_a_masked_number_stays_masked_and_none_stays_none() -> None:
    assert mask_phone(mask_phone("+358501234567")) == "+358•••••••67"
    assert mask_phone("112") == "112"
    assert mask_phone(None) is None


def test_the_object_of_the_api_has_every_field_of_the_contract(database: Database) -> None:
    entry = claimed(database, name=None, window=Window(at("2027-03-30 09:00"), at("2027-03-30 12:00")))
    shown = as_json(read(database, entry.id), masked=False)
    promised = {
        "id", "code", "state", "need", "urgency", "phone", "name", "anonymous", "municipality", "child_ages",
        "language", "interpreter", "window", "promised_day", "message_allowed", "notes", "channel", "holder",
        "attempts", "history", "created_at", "contact_mode", "sender_role",
    }  # fmt: skip
    assert promised <= set(shown)
    assert shown["window"] == {"start": "2027-03-30T09:00:00+03:00", "end": "2027-03-30T12:00:00+03:00"}
    assert (shown["anonymous"], shown["holder"], shown["state"]) == (True, "Anna", "claimed")
    assert shown["child_ages"] == [4, 0.5]
    assert shown["promised_day"] == "2027-03-30"
    assert shown["created_at"] == "2026-11-24T10:00:00+02:00"


def listed(database: Database, state: State, *, limit: int = 50, offset: int = 0) -> queue.Page:
    return database.read_now(lambda s: queue.list_callbacks(s, state, EVERYWHERE, limit=limit, offset=offset))
