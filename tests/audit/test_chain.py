"""The chain of the audit on both databases: whatever is done to a sealed row is found, and nothing else is."""

import threading
from collections.abc import Collection
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot import audit
from bot.audit import chain, guarding
from bot.audit.chain import Anchor, Break
from bot.clock import SettableClock
from bot.database import Database
from bot.keys import Keys


def written(database: Database, clock: SettableClock, number: int = 5) -> None:
    for count in range(number):
        at = clock() + timedelta(seconds=count)
        row = partial(audit.record, actor="aino", action="read", kind="callback", areas=["askola"])
        database.write_now(partial(row, ids=[f"c{count}"], now=at))


def no_areas(_session: Session, _ids: Collection[str]) -> dict[str, str]:
    return {}


def sealed(database: Database, clock: SettableClock) -> int:
    return database.write_now(lambda s: chain.seal_more(s, clock(), no_areas))


def breaks(database: Database, *anchors: Anchor) -> list[Break]:
    return list(database.read_now(lambda s: chain.verify(s, anchors)).breaks)


def tamper(database: Database, *statements: str) -> None:
    """Does what only who owns the database can: goes around the guards."""

    def work(session: Session) -> None:
        if database.is_sqlite:
            for statement in guarding.taking_away("sqlite"):
                session.execute(text(statement))
        else:
            session.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            session.execute(text(statement))

    database.write_now(work)


@pytest.fixture
def chained(database: Database, clock: SettableClock) -> Database:
    written(database, clock)
    assert sealed(database, clock) == 5
    return database


def ids(database: Database) -> list[int]:
    return [row.id for row in reversed(database.read_now(audit.latest))]


def test_an_untouched_chain_holds_and_says_where_it_ends(chained: Database, clock: SettableClock) -> None:
    written(chained, clock, 2)
    found = chained.read_now(chain.verify)
    assert (found.rows, found.waiting, found.breaks) == (5, 2, ())
    assert found.last == Anchor(ids(chained)[4], chained.read_now(chain.last_seal).seal)
    assert sealed(chained, clock) == 2
    assert sealed(chained, clock) == 0
    assert chained.read_now(chain.verify).rows == 7


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'veikko'",
        "action = 'listed'",
        "kind = 'service'",
        "ids = '[\"other\"]'",
        "areas = '[\"jarvenpaa\"]'",
        "at = (SELECT at FROM audit ORDER BY id LIMIT 1)",
    ],
)
def test_an_altered_row_is_found(chained: Database, change: str) -> None:
    third = ids(chained)[2]
    tamper(chained, f"UPDATE audit SET {change} WHERE id = {third}")
    assert breaks(chained) == [Break(third, "altered")]


def test_a_deleted_row_is_found(chained: Database) -> None:
    _, second, third, *_ = ids(chained)
    tamper(chained, f"DELETE FROM audit WHERE id = {second}")
    assert breaks(chained) == [Break(third, "missing")]


def test_the_last_rows_cut_off_are_found(chained: Database) -> None:
    *_, last = ids(chained)
    tamper(chained, f"DELETE FROM audit WHERE id = {last}")
    assert breaks(chained) == [Break(last, "cut_off")]


def test_rows_that_changed_places_are_found(chained: Database) -> None:
    _, second, third, *_ = ids(chained)
    move = "UPDATE audit SET id = {} WHERE id = {}"
    tamper(
        chained, move.format(-1, second), move.format(second, third), move.format(third, -1)
    )  # fmt: skip
    assert {one.id for one in breaks(chained)} >= {second, third}


@pytest.mark.parametrize("seal", ["previous, seal", "NULL, NULL"])
def test_a_row_put_into_the_middle_is_found(chained: Database, seal: str) -> None:
    first, second, *_ = ids(chained)
    tamper(
        chained,
        f"DELETE FROM audit WHERE id = {second}",
        "INSERT INTO audit (id, at, actor, action, kind, ids, areas, previous, seal) "
        f"SELECT {second}, at, 'eve', action, kind, ids, areas, {seal} FROM audit WHERE id = {first}",
    )
    what = "unsealed" if seal == "NULL, NULL" else "altered"
    assert Break(second, what) in breaks(chained)


def test_a_chain_made_anew_without_the_key_does_not_hold(chained: Database, keys: Keys) -> None:
    other = Keys(b"somebody else's secret of at least 32 bytes")
    rows = chained.read_now(audit.latest)[::-1]
    previous, statements = chain.FIRST, []
    for row in rows:
        seal = other.mark("audit chain", f"{row.id}{previous}")
        statements.append(f"UPDATE audit SET previous = '{previous}', seal = '{seal}' WHERE id = {row.id}")
        previous = seal
    statements.append(f"UPDATE audit_chain SET seal = '{previous}'")
    assert keys.mark("a", "b") != other.mark("a", "b")
    tamper(chained, *statements)
    assert [one.what for one in breaks(chained)] == ["altered"] * 5


def test_a_chain_that_lost_its_end_and_its_head_is_found_by_an_anchor_kept_elsewhere(
    chained: Database, clock: SettableClock
) -> None:
    kept = chained.read_now(chain.last_seal)
    *_, fourth, last = chained.read_now(audit.latest)[::-1]
    tamper(
        chained,
        f"DELETE FROM audit WHERE id = {last.id}",
        f"UPDATE audit_chain SET last_id = {fourth.id}, seal = '{fourth.seal}'",
    )
    assert breaks(chained) == []
    assert breaks(chained, kept) == [Break(last.id, "anchor")]
    written(chained, clock, 1)
    assert sealed(chained, clock) == 1
    assert breaks(chained, kept) == [Break(last.id, "anchor")]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 'veikko'",
        "UPDATE audit SET previous = NULL, seal = NULL",
        "UPDATE audit SET previous = 'x', seal = 'x'",
        "DELETE FROM audit",
    ],
)
def test_the_database_itself_refuses_to_change_a_sealed_row(chained: Database, statement: str) -> None:
    with pytest.raises(DBAPIError, match="only added to"):
        chained.write_now(lambda s: s.execute(text(statement)))
    assert breaks(chained) == []


def test_the_database_refuses_to_change_or_delete_a_row_that_is_not_sealed_yet(
    database: Database, clock: SettableClock
) -> None:
    written(database, clock, 1)
    for statement in ("UPDATE audit SET ids = '[]'", "UPDATE audit SET seal = 'x'", "DELETE FROM audit"):
        with pytest.raises(DBAPIError, match="only added to"):
            database.write_now(partial(Session.execute, statement=text(statement)))


def test_a_row_of_sqlite_is_not_replaced_either(sqlite_database: Database, clock: SettableClock) -> None:
    written(sqlite_database, clock, 1)
    again = (
        "INSERT OR REPLACE INTO audit (id, at, actor, action, kind, ids) "
        "SELECT id, at, 'eve', '', '', '[]' FROM audit"
    )
    with pytest.raises(DBAPIError, match="only added to"):
        sqlite_database.write_now(lambda s: s.execute(text(again)))


def test_a_table_of_postgresql_is_not_emptied_either(
    postgres_database: Database, clock: SettableClock
) -> None:
    written(postgres_database, clock, 1)
    with pytest.raises(DBAPIError, match="only added to"):
        postgres_database.write_now(lambda s: s.execute(text("TRUNCATE audit")))


def test_rows_that_are_committed_out_of_order_are_sealed_in_order(
    postgres_database: Database, clock: SettableClock
) -> None:
    database, now = postgres_database, clock()
    slow_has_its_id, slow_may_end = threading.Event(), threading.Event()

    def slowly(session: Session) -> None:
        audit.record(session, "slow", "read", "callback", ["a"], now=now)
        slow_has_its_id.set()
        assert slow_may_end.wait(30)

    slow = threading.Thread(target=database.write_now, args=(slowly,))
    slow.start()
    assert slow_has_its_id.wait(30)
    database.write_now(lambda s: audit.record(s, "quick", "read", "callback", ["b"], now=now))
    assert sealed(database, clock) == 0, "the lower id may still appear"
    slow_may_end.set()
    slow.join()
    assert sealed(database, clock) == 2
    assert [row.actor for row in database.read_now(audit.latest)[::-1]] == ["slow", "quick"]
    assert breaks(database) == []


def test_an_id_whose_transaction_was_undone_holds_nobody_up(database: Database, clock: SettableClock) -> None:
    def undone(session: Session) -> None:
        audit.record(session, "aino", "read", "callback", ["a"], now=clock())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        database.write_now(undone)
    written(database, clock, 2)
    assert sealed(database, clock) == 2
    assert breaks(database) == []


def test_of_several_sealers_at_once_each_row_is_sealed_by_one(
    database: Database, clock: SettableClock
) -> None:
    written(database, clock, 40)
    counts: list[int] = []
    threads = [threading.Thread(target=lambda: counts.append(sealed(database, clock))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) + sealed(database, clock) == 40
    assert breaks(database) == []


def test_the_last_seal_is_logged_once_a_day(
    chained: Database, clock: SettableClock, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    sealed(chained, clock)
    assert "audit anchor" not in capsys.readouterr().out
    clock.set(clock() + timedelta(days=1))
    sealed(chained, clock)
    assert chained.read_now(chain.last_seal).seal in capsys.readouterr().out


def test_whose_families_were_touched_is_written_down_with_the_seal_and_sealed_too(
    database: Database, clock: SettableClock
) -> None:
    now, areas = clock(), {"a": "askola", "b": "jarvenpaa", "c": "askola"}
    database.write_now(lambda s: audit.record(s, "aino", "listed", "callback", ["a", "b", "c"], now=now))
    database.write_now(lambda s: audit.record(s, "saara", "added", "staff", ["x"], now=now))
    assert database.write_now(lambda s: chain.seal_more(s, now, lambda _s, _ids: areas)) == 2
    added, listed = database.read_now(audit.latest)
    assert (listed.areas, added.areas) == (["askola", "jarvenpaa"], None)
    assert breaks(database) == []
    tamper(database, f"UPDATE audit SET areas = '[\"askola\"]' WHERE id = {listed.id}")
    assert breaks(database) == [Break(listed.id, "altered")]
