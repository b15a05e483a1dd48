"""Signing in and staying signed in: tries are counted before the password is looked at.

A token is 256 random bits in a cookie; the database holds its SHA-256 alone, so a stolen copy signs nobody in.
"""

import asyncio
import hashlib
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.database import Base, Database, UtcDateTime, keys_of
from bot.staff import passwords
from bot.staff.accounts import Account, Member, SignIn, by_email, member

IDLE = timedelta(hours=2)
"""Unused for so long, a sign-in ends. Long enough for a hard call and the note after it."""
LONGEST = timedelta(hours=12)
"""After so long a sign-in ends even in use: one working day."""
MOST_FAILURES = 5
FAILURE_WINDOW = timedelta(minutes=30)
_SEEN_EVERY = timedelta(minutes=1)
# Each check of a password takes 64 MiB and a core: two at a time is what a small machine bears.
_CHECKS = ThreadPoolExecutor(2, thread_name_prefix="password")


class SignInFailure(Base):
    """How often the password of one address was wrong lately; the address is only a mark."""

    __tablename__ = "sign_in_failure"

    email_mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    tries: Mapped[int]
    since: Mapped[datetime] = mapped_column(UtcDateTime)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The password was right. `token` goes into the cookie and is kept nowhere else."""

    member: Member
    token: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Address and password do not belong together, or the account is closed."""


@dataclass(frozen=True, slots=True)
class MustWait:
    """Too many wrong tries for this address. `until`: when the next one is looked at, UTC."""

    until: datetime


async def sign_in(
    database: Database, email: str, password: str, *, now: datetime
) -> SignedIn | Refused | MustWait:
    """Try to sign in. The slow check of the password holds no transaction."""
    begun = await database.write(lambda session: _begin(session, email, now))
    if isinstance(begun, MustWait):
        return begun
    right = await asyncio.get_running_loop().run_in_executor(_CHECKS, passwords.matches, begun, password)
    if not right:
        return Refused()
    return await database.write(lambda session: _complete(session, email, begun, now))


def _begin(session: Session, email: str, now: datetime) -> MustWait | str | None:
    """Count this try, then hand out the hash to check against (None for nobody).

    Counted before the check, so that many tries at once cannot slip through together.
    """
    mark = _mark(session, email)
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgres_insert
    session.execute(
        insert(SignInFailure).values(email_mark=mark, tries=0, since=now).on_conflict_do_nothing()
    )
    session.execute(
        update(SignInFailure)
        .where(SignInFailure.email_mark == mark, SignInFailure.since <= now - FAILURE_WINDOW)
        .values(tries=0, since=now)
    )
    counted = session.execute(
        update(SignInFailure)
        .where(SignInFailure.email_mark == mark, SignInFailure.tries < MOST_FAILURES)
        .values(tries=SignInFailure.tries + 1)
        .returning(SignInFailure.tries)
    ).scalar_one_or_none()
    if counted is None:
        since = session.scalars(select(SignInFailure.since).where(SignInFailure.email_mark == mark)).one()
        return MustWait(since + FAILURE_WINDOW)
    account = by_email(session, email)
    return account.password_hash if account is not None and account.active else None


def _complete(session: Session, email: str, checked_hash: str | None, now: datetime) -> SignedIn | Refused:
    account = by_email(session, email)
    # The account may have been closed or given a new password while the old one was checked.
    if account is None or not account.active or account.password_hash != checked_hash:
        return Refused()
    session.execute(delete(SignInFailure).where(SignInFailure.email_mark == _mark(session, email)))
    session.execute(
        delete(SignIn).where(or_(SignIn.created_at <= now - LONGEST, SignIn.last_seen <= now - IDLE))
    )
    token = secrets.token_urlsafe(32)
    session.add(SignIn(token_hash=fingerprint(token), staff_id=account.id, created_at=now, last_seen=now))
    return SignedIn(member(account), token)


@dataclass(frozen=True, slots=True)
class Current:
    """A sign-in that goes on. `is_due`: its use has not been written down for a minute."""

    member: Member
    is_due: bool


def current(session: Session, token: str, now: datetime) -> Current | None:
    """Who is signed in with this token; None when nobody is (any longer)."""
    found = session.execute(
        select(Account, SignIn.last_seen)
        .join(SignIn, SignIn.staff_id == Account.id)
        .where(
            SignIn.token_hash == fingerprint(token),
            SignIn.created_at > now - LONGEST,
            SignIn.last_seen > now - IDLE,
            Account.active.is_(True),
        )
    ).one_or_none()
    if found is None:
        return None
    account, last_seen = found
    return Current(member(account), last_seen <= now - _SEEN_EVERY)


def holder(session: Session, token: str, now: datetime) -> Member | None:
    """The same without when it was last used."""
    found = current(session, token, now)
    return found.member if found else None


def seen(session: Session, token: str, now: datetime) -> None:
    """Note that this sign-in is in use."""
    session.execute(update(SignIn).where(SignIn.token_hash == fingerprint(token)).values(last_seen=now))


def sign_out(session: Session, token: str) -> None:
    """End this sign-in."""
    session.execute(delete(SignIn).where(SignIn.token_hash == fingerprint(token)))


def fingerprint(token: str) -> str:
    """What is kept of a token. Its 256 bits of chance need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def _mark(session: Session, email: str) -> str:
    return keys_of(session).mark("sign-in", email.strip().lower())
