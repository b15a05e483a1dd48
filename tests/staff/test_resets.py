"""A link behind which a password is chosen: once, within a day, and everything older ends."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.clock import SettableClock
from bot.database import Database
from bot.staff import accounts, changing, resets, sign_ins
from bot.staff.accounts import AccountError
from bot.staff.resets import PasswordReset
from bot.staff.sign_ins import Refused, SignedIn

EMAIL, OLD, NEW = "aino@example.org", "kuusi-ja-lumi-2026", "koivu-ja-tuuli-2026"


@pytest.fixture
def aino(database: Database, clock: SettableClock) -> str:
    def add(session: Session) -> str:
        made = accounts.add(session, email=EMAIL, name="Aino", role="advisor", password=OLD, now=clock())
        session.flush()
        return made.id

    return database.write_now(add)


def made(database: Database, clock: SettableClock, aino: str) -> str:
    return database.write_now(lambda session: resets.make(session, aino, clock()))


def used(database: Database, clock: SettableClock, token: str, password: str = NEW) -> bool:
    return database.write_now(lambda session: resets.use(session, token, password, clock())) is not None


async def test_the_new_password_opens_and_the_old_one_and_old_sign_ins_do_not(
    database: Database, clock: SettableClock, aino: str
) -> None:
    before = await sign_ins.sign_in(database, EMAIL, OLD, now=clock())
    assert isinstance(before, SignedIn)
    token = made(database, clock, aino)
    assert database.read_now(lambda session: sign_ins.holder(session, before.token, clock())) is not None
    assert used(database, clock, token)
    assert database.read_now(lambda session: sign_ins.holder(session, before.token, clock())) is None
    assert await sign_ins.sign_in(database, EMAIL, OLD, now=clock()) == Refused()
    assert isinstance(await sign_ins.sign_in(database, EMAIL, NEW, now=clock()), SignedIn)


async def test_who_ran_out_of_tries_gets_in_with_a_link(
    database: Database, clock: SettableClock, aino: str
) -> None:
    for _ in range(6):
        await sign_ins.sign_in(database, EMAIL, "unohdin sen", now=clock())
    assert used(database, clock, made(database, clock, aino))
    assert isinstance(await sign_ins.sign_in(database, EMAIL, NEW, now=clock()), SignedIn)


def test_a_link_works_once_within_a_day_and_only_the_newest(
    database: Database, clock: SettableClock, aino: str
) -> None:
    older, newer = made(database, clock, aino), made(database, clock, aino)
    assert not used(database, clock, older)
    assert used(database, clock, newer)
    assert not used(database, clock, newer)
    late = made(database, clock, aino)
    clock.set(clock() + timedelta(hours=24))
    assert not used(database, clock, late)


def test_a_closed_account_is_not_opened_by_a_link(
    database: Database, clock: SettableClock, aino: str
) -> None:
    token = made(database, clock, aino)
    database.write_now(lambda session: changing.disable(session, aino))
    assert not used(database, clock, token)


def test_a_password_that_is_too_short_leaves_the_link_as_it_was(
    database: Database, clock: SettableClock, aino: str
) -> None:
    token = made(database, clock, aino)
    with pytest.raises(AccountError):
        used(database, clock, token, "lyhyt")
    assert used(database, clock, token)


def test_the_link_itself_is_not_in_the_database(database: Database, clock: SettableClock, aino: str) -> None:
    token = made(database, clock, aino)
    kept = database.read_now(lambda session: session.scalars(select(PasswordReset.token_hash)).one())
    assert len(token) >= 43
    assert token not in kept


async def test_an_account_without_a_password_opens_to_nobody(
    database: Database, clock: SettableClock
) -> None:
    database.write_now(
        lambda session: accounts.add(
            session, email="uusi@example.org", name="Uusi", role="advisor", password=None, now=clock()
        )
    )
    for guess in ("", "-", "the password of nobody"):
        assert await sign_ins.sign_in(database, "uusi@example.org", guess, now=clock()) == Refused()
