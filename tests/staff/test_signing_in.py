"""Signing in: the right password opens, wrong ones run out, and what is ended stays ended."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.clock import SettableClock
from bot.database import Database
from bot.staff import accounts, changing, passwords, resets, sign_ins, tokens
from bot.staff.accounts import Account, AccountError, Member, SignIn
from bot.staff.failures import SignInFailure
from bot.staff.sign_ins import MustWait, Refused, SignedIn

PASSWORD = "kuusi-ja-lumi-2026"


@pytest.fixture
def aino(database: Database, clock: SettableClock) -> str:
    return database.write_now(lambda session: add(session, clock))


def add(session: Session, clock: SettableClock) -> str:
    account = accounts.add(
        session,
        email="Aino@Example.org",
        name="Aino Lehtola",
        role="advisor",
        password=PASSWORD,
        now=clock(),
    )
    session.flush()
    return account.id


async def test_the_right_password_signs_in_whatever_the_case_of_the_address(
    database: Database, clock: SettableClock, aino: str
) -> None:
    outcome = await sign_ins.sign_in(database, " AINO@example.org", PASSWORD, now=clock())
    assert isinstance(outcome, SignedIn)
    found = await database.read(lambda session: sign_ins.holder(session, outcome.token, clock()))
    assert found is not None
    assert (found.id, found.name, found.email) == (aino, "Aino Lehtola", "aino@example.org")


async def test_the_sixth_try_waits_even_with_the_right_password(
    database: Database, clock: SettableClock, aino: str
) -> None:
    for _ in range(5):
        assert isinstance(await sign_ins.sign_in(database, "aino@example.org", "väärä", now=clock()), Refused)
    outcome = await sign_ins.sign_in(database, "aino@example.org", PASSWORD, now=clock())
    assert outcome == MustWait(clock() + timedelta(minutes=30))
    later = clock() + timedelta(minutes=30)
    assert isinstance(await sign_ins.sign_in(database, "aino@example.org", PASSWORD, now=later), SignedIn)
    assert aino


async def test_many_tries_at_once_are_not_more_than_five(
    database: Database, clock: SettableClock, aino: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []

    def wrong(_hash: str | None, password: str) -> bool:
        checked.append(password)
        return False

    monkeypatch.setattr(passwords, "matches", wrong)
    outcomes = await asyncio.gather(
        *(sign_ins.sign_in(database, "aino@example.org", f"arvaus {n}", now=clock()) for n in range(20))
    )
    assert len(checked) == 5
    assert sum(isinstance(outcome, MustWait) for outcome in outcomes) == 15
    assert aino


async def test_an_address_nobody_has_is_refused_after_the_same_work_and_locks_likewise(
    sqlite_database: Database, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str | None] = []

    def wrong(known: str | None, _password: str) -> bool:
        looked_at.append(known)
        return False

    monkeypatch.setattr(passwords, "matches", wrong)
    outcomes = [
        await sign_ins.sign_in(sqlite_database, "kukaan@example.org", "x", now=clock()) for _ in range(6)
    ]
    assert looked_at == [None] * 5
    assert isinstance(outcomes[-1], MustWait)


def test_a_check_without_a_hash_is_never_right() -> None:
    assert not passwords.matches(None, "the password of nobody")


async def test_neither_password_nor_token_nor_tried_address_is_in_the_database(
    sqlite_database: Database, clock: SettableClock
) -> None:
    sqlite_database.write_now(lambda session: add(session, clock))
    outcome = await sign_ins.sign_in(sqlite_database, "aino@example.org", PASSWORD, now=clock())
    await sign_ins.sign_in(sqlite_database, "joku.muu@example.org", "x", now=clock())
    assert isinstance(outcome, SignedIn)

    def kept(session: Session) -> str:
        rows = [
            *session.scalars(select(SignIn.token_hash)),
            *session.scalars(select(Account.password_hash)),
            *session.scalars(select(SignInFailure.email_mark)),
        ]
        return " ".join(rows)

    text = sqlite_database.read_now(kept)
    assert PASSWORD not in text
    assert outcome.token not in text
    assert "joku.muu" not in text


@pytest.mark.parametrize(
    ("seen", "asked"),
    [(timedelta(0), timedelta(minutes=30)), (timedelta(hours=11, minutes=59), timedelta(hours=12))],
)
async def test_a_sign_in_ends_when_unused_for_half_an_hour_and_after_twelve_in_any_case(
    sqlite_database: Database, clock: SettableClock, seen: timedelta, asked: timedelta
) -> None:
    sqlite_database.write_now(lambda session: add(session, clock))
    begun = clock()
    outcome = await sign_ins.sign_in(sqlite_database, "aino@example.org", PASSWORD, now=begun)
    assert isinstance(outcome, SignedIn)
    sqlite_database.write_now(lambda session: sign_ins.seen(session, outcome.token, begun + seen))
    read = sqlite_database.read_now
    assert read(lambda s: sign_ins.holder(s, outcome.token, begun + asked - timedelta(seconds=1))) is not None
    assert read(lambda s: sign_ins.holder(s, outcome.token, begun + asked)) is None


@pytest.mark.parametrize("ending", ["sign_out", "disable", "choose_password", "another_role", "other_areas"])
async def test_signing_out_closing_and_a_new_password_end_the_sign_in_at_once(
    database: Database, clock: SettableClock, aino: str, ending: str
) -> None:
    outcome = await sign_ins.sign_in(database, "aino@example.org", PASSWORD, now=clock())
    assert isinstance(outcome, SignedIn)
    endings = {
        "sign_out": lambda session: sign_ins.sign_out(session, outcome.token),
        "disable": lambda session: changing.disable(session, aino),
        "choose_password": lambda session: resets.use(
            session, resets.make(session, aino, clock()), PASSWORD + "!", clock()
        ),
        "another_role": lambda session: changing.change(
            session, aino, name="Aino Lehtola", role="coordinator", areas=()
        ),
        "other_areas": lambda session: changing.change(
            session, aino, name="Aino Lehtola", role="advisor", areas=["jarvenpaa"]
        ),
    }
    await database.write(endings[ending])
    assert await database.read(lambda session: sign_ins.holder(session, outcome.token, clock())) is None


async def test_a_closed_account_cannot_sign_in(database: Database, clock: SettableClock, aino: str) -> None:
    await database.write(lambda session: changing.disable(session, aino))
    assert isinstance(await sign_ins.sign_in(database, "aino@example.org", PASSWORD, now=clock()), Refused)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"email": "AINO@example.org"}, "email_taken"),
        ({"email": "aino"}, "email_invalid"),
        ({"role": "boss"}, "role_unknown"),
        ({"password": "lyhyt"}, "password_short"),
        ({"name": " "}, "name_missing"),
    ],
)
def test_an_account_that_cannot_be_is_refused_with_the_reason(
    database: Database, clock: SettableClock, aino: str, changed: dict[str, str], reason: str
) -> None:
    facts = {"email": "uusi@example.org", "name": "Uusi", "role": "advisor", "password": PASSWORD} | changed
    with pytest.raises(AccountError) as caught:
        database.write_now(lambda session: accounts.add(session, **facts, now=clock()))
    assert caught.value.reason == reason
    assert aino


def test_each_token_is_a_holder_of_its_own_until_revoked(database: Database, clock: SettableClock) -> None:
    def made(name: str) -> str:
        return database.write_now(lambda session: tokens.add(session, name=name, role="advisor", now=clock()))

    def held(token: str) -> Member | None:
        found = database.read_now(lambda session: tokens.current(session, token, clock()))
        return found.member if found else None

    first, second = made("kone 1"), made("kone 2")
    one, two = held(first), held(second)
    assert one is not None
    assert two is not None
    assert one.id != two.id
    assert database.write_now(lambda session: tokens.revoke(session, one.id, clock()))
    assert held(first) is None
    assert held(second) == two
