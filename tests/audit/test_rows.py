from datetime import timedelta

from bot import audit
from bot.clock import SettableClock
from bot.database import Database


def test_who_did_what_to_which_records_is_kept_in_order(database: Database, clock: SettableClock) -> None:
    now = clock()
    later = now + timedelta(minutes=1)
    database.write_now(lambda s: audit.record(s, "staff-1", "listed", "callback", ["a", "b"], now=now))
    database.write_now(lambda s: audit.record(s, "staff-2", "published", "service", ["x"], now=later))
    newest, oldest = database.read_now(audit.latest)
    assert (newest.actor, newest.action, newest.kind, newest.ids, newest.at) == (
        "staff-2", "published", "service", ["x"], later,
    )  # fmt: skip
    assert (oldest.ids, oldest.at) == (["a", "b"], now)
    assert [row.actor for row in database.read_now(lambda s: audit.latest(s, kind="callback"))] == ["staff-1"]
