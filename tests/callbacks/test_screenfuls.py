"""A screenful of the queue: its order, its filters and counts, and how little is read for it."""

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import event, update

from bot.callbacks import queue, screenfuls
from bot.callbacks.callback import Callback
from bot.callbacks.queue_view import keep_view
from bot.callbacks.request import Actor, Booked
from bot.callbacks.sealing import fill_columns
from bot.callbacks.tables import CallbackRow
from bot.callbacks.worklist import PER_PAGE, Screenful, Tally, Wanted
from bot.database import Database
from bot.meaning import Window
from bot.reach import EVERYWHERE, Reach
from tests.callbacks import scenes
from tests.callbacks.scenes import ANNA, BEN, NOW, at

ALL = Wanted()
DAY = timedelta(days=1)
_NUMBERS = itertools.count(1_000_000)


def booked(database: Database, *, now: datetime = NOW, **changes: object) -> Booked:
    """A family of its own, unless the number is given."""
    return scenes.booked(database, now=now, **{"phone": f"+35850{next(_NUMBERS)}", **changes})


def claimed(database: Database, staff: Actor = ANNA, **changes: object) -> Booked:
    whole: dict[str, Any] = {"phone": f"+35850{next(_NUMBERS)}", **changes}
    return scenes.claimed(database, staff, **whole)


def shown(database: Database, wanted: Wanted = ALL, *, reach: Reach = EVERYWHERE, page: int = 1) -> Screenful:
    return database.read_now(lambda s: screenfuls.screenful(s, ANNA.id, reach, wanted, now=NOW, page=page))


def found(database: Database, has: Callable[[Callback], bool], wanted: Wanted = ALL) -> Screenful:
    return database.read_now(lambda s: screenfuls.search(s, ANNA.id, EVERYWHERE, wanted, has, now=NOW))


def counted(database: Database, reach: Reach = EVERYWHERE) -> Tally:
    return database.read_now(lambda s: screenfuls.tally(s, ANNA.id, reach, now=NOW))


def ids(screen: Screenful) -> list[str]:
    return [one.callback.id for one in screen.waiting]


def test_a_crisis_is_above_all_then_what_is_late_then_the_urgent_of_each_day(database: Database) -> None:
    afternoon = Window(at("2026-11-24 12:00"), at("2026-11-24 16:00"))
    expected = [
        booked(database, urgency="immediate").id,
        booked(database, now=NOW - 7 * DAY, urgency="urgent").id,
        booked(database, now=NOW - 8 * DAY).id,
        booked(database, now=NOW - 7 * DAY).id,
        booked(database, window=afternoon).id,
        booked(database, urgency="urgent").id,
        booked(database, now=NOW - timedelta(minutes=2)).id,
        booked(database).id,
    ]
    assert ids(shown(database)) == expected
    assert {one.rank: one.number for one in counted(database).counts if one.need == "sleep"}.keys() == {
        "crisis", "late", "today", "coming",
    }  # fmt: skip


def test_filters_hold_together_and_none_hides_a_crisis(database: Database) -> None:
    here = booked(database, area="askola", language="ar", need="school", interpreter="ar").id
    booked(database, area="askola", language="ar", need="sleep")
    booked(database, area="askola", need="school", interpreter="ar")
    booked(database, language="ar", need="school", interpreter="ar")
    crisis = booked(database, urgency="immediate", area="kangasala").id
    wanted = Wanted(area="askola", language="ar", need="school", interpreter=True)
    assert ids(shown(database, wanted)) == [crisis, here]
    assert sum(one.number for one in counted(database).counts if one.fits(wanted)) == 1


def test_the_late_and_the_professionals_are_told_from_the_others(database: Database) -> None:
    late = booked(database, now=NOW - 7 * DAY).id
    teacher = booked(database, sender_role="professional").id
    assert ids(shown(database, Wanted(late=True))) == [late]
    assert ids(shown(database, Wanted(professional=True))) == [teacher]
    assert ids(shown(database, Wanted(late=True, professional=True))) == []


def test_pages_hold_everybody_once_and_as_many_as_were_counted(database: Database) -> None:
    made = {booked(database).id for _ in range(PER_PAGE + 3)}
    pages = [ids(shown(database, page=page)) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [PER_PAGE, 3, 0]
    assert {one for page in pages for one in page} == made
    assert sum(one.number for one in counted(database).counts) == len(made)


def test_nothing_beyond_the_wall_is_shown_counted_or_hinted_at(database: Database) -> None:
    inside = booked(database, area="askola", phone="+358501234567").id
    booked(database, area="kangasala", urgency="immediate", phone="+358501234567", need="violence")
    claimed(database, BEN, area="kangasala")
    screen = shown(database, reach=Reach.of(["askola"]))
    assert list(screen.rows) == [inside]
    assert screen.waiting[0].same_number == 1
    assert [one.number for one in counted(database, Reach.of(["askola"])).counts] == [1]


def test_ones_own_are_opened_and_those_of_colleagues_only_named(database: Database) -> None:
    mine, hers = claimed(database), claimed(database, BEN, phone="+358501234567", need="school")
    waiting = booked(database, phone="+358501234567", need="sleep").id
    screen = shown(database)
    assert [one.callback.id for one in screen.mine] == [mine.id]
    assert [(one.id, one.holder_name) for one in screen.others] == [(hers.id, "Ben")]
    assert ids(screen) == [waiting]
    assert ids(shown(database, Wanted(mine=True))) == []
    assert [one.same_number for one in (*screen.waiting, *screen.mine)] == [2, 1]


def test_a_screenful_takes_two_selects_and_opens_no_more_boxes_than_it_shows(database: Database) -> None:
    for _ in range(PER_PAGE + 10):
        booked(database)
    claimed(database, BEN)
    claimed(database)
    statements: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    counted(database)
    screen = shown(database)
    assert len([one for one in statements if one.startswith("SELECT")]) == 2
    assert len(screen.waiting) == PER_PAGE


def test_words_are_looked_for_in_what_is_sealed_and_a_crisis_is_no_exception(database: Database) -> None:
    booked(database, urgency="immediate")
    wanted = booked(database, notes="taapero puree").id
    screen = found(database, lambda one: "puree" in one.request.notes)
    assert (ids(screen), screen.found, screen.searched_all) == ([wanted], 1, True)


def test_the_view_is_kept_for_each_and_the_number_of_the_last_change_told(database: Database) -> None:
    assert (counted(database).view, counted(database).revision) == (None, 0)
    booked(database)
    for query in ("show=late", "area=askola"):
        database.write_now(lambda s, query=query: keep_view(s, ANNA.id, query))  # type: ignore[misc]
    database.write_now(lambda s: keep_view(s, BEN.id, "show=mine"))
    told = counted(database)
    assert (told.view, told.revision) == ("area=askola", database.read_now(queue.revision))


def test_rows_older_than_the_columns_are_filled_once(database: Database) -> None:
    older = booked(database, sender_role="professional", interpreter="so").id
    database.write_now(lambda s: s.execute(update(CallbackRow).values(sender_role=None, interpreter=None)))
    assert ids(shown(database, Wanted(professional=True))) == []
    assert [database.write_now(fill_columns) for _ in range(2)] == [1, 0]
    assert ids(shown(database, Wanted(professional=True, interpreter=True))) == [older]
