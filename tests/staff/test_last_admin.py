"""There is always an admin, whoever closes or changes whom, and however much at once."""

import threading

import pytest
from sqlalchemy.orm import Session

from bot.clock import SettableClock
from bot.database import Database
from bot.staff import accounts, changing
from bot.staff.accounts import AccountError
from bot.staff.permissions import Permission


def an_admin(database: Database, clock: SettableClock, name: str) -> str:
    def add(session: Session) -> str:
        made = accounts.add(
            session, email=f"{name}@example.org", name=name, role="admin", password=None, now=clock()
        )
        session.flush()
        return made.id

    return database.write_now(add)


@pytest.mark.parametrize("how", ["disable", "demote"])
def test_the_last_admin_stays(database: Database, clock: SettableClock, how: str) -> None:
    saara, other = (an_admin(database, clock, name) for name in ("saara", "toinen"))
    database.write_now(lambda session: changing.disable(session, other))
    with pytest.raises(AccountError) as caught:
        database.write_now(lambda session: end(session, saara, how))
    assert caught.value.reason == "last_admin"
    assert [who.id for who in admins(database)] == [saara]
    database.write_now(lambda session: changing.enable(session, other))
    database.write_now(lambda session: end(session, saara, how))
    assert [who.id for who in admins(database)] == [other]


def test_two_admins_who_close_each_other_at_once_leave_one(database: Database, clock: SettableClock) -> None:
    pair = [an_admin(database, clock, name) for name in ("saara", "toinen")]
    together, refused = threading.Barrier(2), []

    def close(staff_id: str) -> None:
        together.wait()
        try:
            database.write_now(lambda session: changing.disable(session, staff_id))
        except AccountError as error:
            refused.append(error.reason)

    threads = [threading.Thread(target=close, args=(staff_id,)) for staff_id in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["last_admin"]
    assert len(admins(database)) == 1


def end(session: Session, staff_id: str, how: str) -> None:
    if how == "disable":
        changing.disable(session, staff_id)
    else:
        changing.change(session, staff_id, name="Saara", role="coordinator", areas=())


def admins(database: Database) -> list[accounts.Member]:
    return database.read_now(lambda session: accounts.members(session, Permission.MANAGE_STAFF))
