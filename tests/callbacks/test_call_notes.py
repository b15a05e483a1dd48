"""Notes with headings, drafts of them, and earlier calls that a family allows to be looked at."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from bot.callbacks import booking, call_note, drafts, earlier, queue
from bot.callbacks.call_note import CallNote
from bot.callbacks.callback import as_json
from bot.callbacks.drafts import CallDraftRow
from bot.callbacks.request import Actor, AttemptResult, HeldBy, NotClaimed, Outcome, Saved
from bot.database import Database
from bot.reach import EVERYWHERE, Reach
from tests.callbacks.scenes import ANNA, BEN, LEASE, NOW, attempt, claimed, read

NAMES = dict.fromkeys(call_note.HEADINGS, "") | {"coping": "Jaksaminen", "agreed": "Sovittu"}
WRITTEN = CallNote("Väsynyt\nJaksaminen: nukkuu 3 h", {"": "Väsynyt", "coping": "nukkuu 3 h"})


def test_a_note_is_free_words_then_each_used_heading() -> None:
    parts = {"agreed": "soitto ke", "coping": " nukkuu 3 h ", "child": "  ", "unknown": "x"}
    note = call_note.composed(" Väsynyt ", parts, NAMES)
    assert note is not None
    assert note.text == "Väsynyt\nJaksaminen: nukkuu 3 h\nSovittu: soitto ke"
    assert list(note.parts) == ["", "coping", "agreed"]


@pytest.mark.parametrize(
    ("free", "parts", "kept"), [("", {}, None), ("vain sana", {}, CallNote("vain sana"))]
)
def test_headings_are_optional(free: str, parts: dict[str, str], kept: CallNote | None) -> None:
    assert call_note.composed(free, parts, NAMES) == kept


def closed(database: Database, *, staff: Actor = ANNA, **changes: Any) -> str:
    entry = claimed(database, staff, **changes)
    database.write_now(lambda s: queue.close(s, entry.id, staff, Outcome.ENOUGH, now=NOW, note=WRITTEN))
    return entry.id


def test_the_api_has_the_whole_note_as_text_and_its_parts_beside_it(database: Database) -> None:
    entry = as_json(read(database, closed(database)), masked=True)["history"][-1]
    assert entry["note"] == WRITTEN.text
    assert entry["note_parts"] == {"": "Väsynyt", "coping": "nukkuu 3 h"}


def test_a_note_is_sealed_and_plain_ones_read_as_before(database: Database) -> None:
    entry = claimed(database)
    database.write_now(lambda s: attempt(s, entry.id, AttemptResult.NO_ANSWER, NOW, "pelkkä teksti"))
    found = read(database, entry.id).attempts[-1]
    assert (found.note, found.note_parts) == ("pelkkä teksti", {})
    with database.engine.connect() as connection:
        boxes = connection.execute(text("SELECT box FROM callback_event WHERE box IS NOT NULL")).scalars()
        assert all(b"teksti" not in bytes(box) for box in boxes)


def keep(database: Database, callback_id: str, who: Actor, note: str) -> bool:
    kept = database.write_now(lambda s: drafts.keep(s, callback_id, who, {"note": note}, now=NOW))
    return kept == Saved(callback_id)


def note_of(database: Database, callback_id: str, who: Actor = ANNA) -> object:
    def read_it(session: Session) -> object:
        row = session.get(CallDraftRow, (callback_id, who.id))
        return drafts.opened(session, row).fields["note"] if row else None

    return database.read_now(read_it)


def test_a_draft_is_kept_for_its_writer_while_the_call_is_theirs(database: Database) -> None:
    entry = claimed(database)
    assert keep(database, entry.id, ANNA, "alku")
    assert keep(database, entry.id, ANNA, "alku ja jatko")
    assert note_of(database, entry.id) == "alku ja jatko"
    assert note_of(database, entry.id, BEN) is None
    assert not keep(database, entry.id, BEN, "ei minun")
    database.write_now(lambda s: queue.release(s, entry.id, ANNA, now=NOW))
    assert not keep(database, entry.id, ANNA, "myöhässä")
    assert note_of(database, entry.id) == "alku ja jatko"
    with database.engine.connect() as connection:
        box = connection.execute(text("SELECT box FROM call_draft")).scalar_one()
        assert b"jatko" not in bytes(box)


def test_a_draft_goes_when_the_call_is_recorded_closed_or_erased(database: Database) -> None:
    tried, ended, erased = (claimed(database) for _ in range(3))
    for entry in (tried, ended, erased):
        keep(database, entry.id, ANNA, "kesken")
    database.write_now(lambda s: attempt(s, tried.id, AttemptResult.REACHED, NOW))
    database.write_now(lambda s: queue.close(s, ended.id, ANNA, Outcome.OTHER, now=NOW))
    database.write_now(lambda s: booking.erase(s, erased.id, now=NOW))
    assert [note_of(database, entry.id) for entry in (tried, ended, erased)] == [None, None, None]


def test_a_draft_nobody_comes_back_to_goes_after_a_day(database: Database) -> None:
    entry = claimed(database)
    keep(database, entry.id, ANNA, "kesken")
    assert database.write_now(lambda s: drafts.forget_old(s, NOW + timedelta(hours=23))) == 0
    assert database.write_now(lambda s: drafts.forget_old(s, NOW + timedelta(hours=25))) == 1
    assert note_of(database, entry.id) is None


def permit(database: Database, callback_id: str, who: Actor = ANNA) -> object:
    found = read(database, callback_id)
    return database.write_now(lambda s: earlier.permit(s, found, who, now=NOW))


def seen(database: Database, callback_id: str, reach: Reach = EVERYWHERE) -> list[str]:
    found = read(database, callback_id)
    return [one.id for one in database.read_now(lambda s: earlier.calls(s, found, reach, now=NOW))]


def test_earlier_calls_are_seen_only_once_the_family_allows_it_and_for_this_call_alone(
    database: Database,
) -> None:
    first = closed(database, phone="+358501234567")
    second = claimed(database, phone="+358501234567", need="school")
    assert seen(database, second.id) == []
    assert permit(database, second.id, BEN) == HeldBy(ANNA.name, ANNA.id)
    assert permit(database, second.id) == Saved(second.id)
    assert permit(database, second.id) == Saved(second.id)
    assert [entry.what for entry in read(database, second.id).history].count(earlier.PERMITTED) == 1
    assert seen(database, second.id) == [first]
    third = claimed(database, phone="+358501234567", need="finances")
    assert seen(database, third.id) == []


def test_earlier_calls_of_other_numbers_areas_and_years_are_not_seen(database: Database) -> None:
    closed(database, phone="+358501234568")
    old = closed(database, phone="+358501234567")
    kangasala = closed(database, phone="+358501234567", area="kangasala", municipality="Kangasala")
    now = claimed(database, phone="+358501234567", need="school")
    permit(database, now.id)
    assert sorted(seen(database, now.id)) == sorted([old, kangasala])
    assert seen(database, now.id, Reach.only("jarvenpaa")) == [old]
    later = NOW + timedelta(days=400)
    found = read(database, now.id)
    assert database.read_now(lambda s: earlier.calls(s, found, EVERYWHERE, now=later)) == []


def test_permission_needs_the_claim(database: Database) -> None:
    entry = claimed(database)
    database.write_now(lambda s: queue.release(s, entry.id, ANNA, now=NOW))
    assert permit(database, entry.id) == NotClaimed()
    database.write_now(lambda s: queue.claim(s, entry.id, BEN, now=NOW, lease=LEASE))
    assert permit(database, entry.id) == HeldBy(BEN.name, BEN.id)
