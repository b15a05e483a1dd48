"""Signing in and staying signed in: tries are counted before the password is looked at.

A token is 256 random bits in a cookie; the database holds its SHA-256 alone, so a stolen copy signs nobody in.
"""

import asyncio
import base64
import hashlib
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from bot.database import Database, keys_of
from bot.keys import SealBrokenError
from bot.staff import failures, passwords, second_factor
from bot.staff.accounts import Account, Member, SignIn, by_email, member
from bot.staff.changing import note_ending
from bot.staff.second_factor import SecondFactor

IDLE = timedelta(minutes=30)
"""Unused for so long, a sign-in ends; what a page asks for by itself is no use."""
LONGEST = timedelta(hours=12)
"""After so long a sign-in ends even in use: one working day."""
_CODE_WITHIN = timedelta(minutes=10)
_HALF = "half signed in"
_SEEN_EVERY = timedelta(minutes=1)
# Each check of a password takes 64 MiB and a core: two at a time is what a small machine bears.
_CHECKS = ThreadPoolExecutor(2, thread_name_prefix="password")

Way = Literal["password", "provider"]
"""How it was proved who this is: by us, or by the organisation's own sign-in."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Everything was right. `token` goes into the cookie and is kept nowhere else."""

    member: Member
    token: str


@dataclass(frozen=True, slots=True)
class NeedsCode:
    """The password was right; `box` comes back with the code. It opens nothing and is kept nowhere."""

    box: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Address and password do not belong together, the code is wrong, or the account is closed."""


@dataclass(frozen=True, slots=True)
class StartAgain:
    """The password was given too long ago, or changed since."""


@dataclass(frozen=True, slots=True)
class MustWait:
    """Too many wrong tries for this address. `until`: when the next one is looked at, UTC."""

    until: datetime


async def sign_in(
    database: Database, email: str, password: str, *, now: datetime
) -> SignedIn | NeedsCode | Refused | MustWait:
    """Try to sign in. The slow check of the password holds no transaction."""
    begun = await database.write(lambda session: _begin(session, email, now))
    if isinstance(begun, MustWait):
        return begun
    right = await asyncio.get_running_loop().run_in_executor(_CHECKS, passwords.matches, begun, password)
    if not right:
        return Refused()
    return await database.write(lambda session: _complete(session, email, begun, now))


async def check(database: Database, email: str, password: str, *, now: datetime) -> Refused | MustWait | None:
    """Whether this is the password of who is signed in already: why not, or None. Wrong ones count as at signing in."""
    begun = await database.write(lambda session: _begin(session, email, now))
    if isinstance(begun, MustWait):
        return begun
    if not await asyncio.get_running_loop().run_in_executor(_CHECKS, passwords.matches, begun, password):
        return Refused()
    await database.write(lambda session: failures.take_back(session, email))
    return None


def _begin(session: Session, email: str, now: datetime) -> MustWait | str | None:
    """Count this try, then hand out the hash to check against (None for nobody)."""
    until = failures.count(session, email, now)
    if until is not None:
        return MustWait(until)
    account = by_email(session, email)
    return account.password_hash if account is not None and account.active else None


def _complete(
    session: Session, email: str, checked_hash: str | None, now: datetime
) -> SignedIn | NeedsCode | Refused:
    account = by_email(session, email)
    # The account may have been closed or given a new password while the old one was checked.
    if account is None or not account.active or account.password_hash != checked_hash:
        return Refused()
    if not second_factor.is_on(session, account.id):
        failures.forgive(session, email)
        return begin(session, account, "password", now)
    # Wrong codes still count: who knows the password must not get five more guesses with each sign-in.
    failures.take_back(session, email)
    half = {"staff": account.id, "proof": fingerprint(account.password_hash), "at": now.timestamp()}
    return NeedsCode(base64.urlsafe_b64encode(keys_of(session).seal(_HALF, half)).decode())


def give_code(
    session: Session, box: str, code: str, now: datetime
) -> SignedIn | Refused | StartAgain | MustWait:
    """The second step: the code of the app, or a recovery code, for the half sign-in in `box`."""
    account = _half_signed_in(session, box, now)
    if account is None:
        return StartAgain()
    until = failures.count(session, account.email, now)
    if until is not None:
        return MustWait(until)
    if not second_factor.accepts(session, account.id, code, now):
        return Refused()
    failures.forgive(session, account.email)
    return begin(session, account, "password", now)


def _half_signed_in(session: Session, box: str, now: datetime) -> Account | None:
    try:
        half = keys_of(session).open(_HALF, base64.urlsafe_b64decode(box.encode()))
    except (ValueError, SealBrokenError):
        return None
    account = session.get(Account, half["staff"])
    if account is None or not account.active or fingerprint(account.password_hash) != half["proof"]:
        return None
    return account if now.timestamp() - half["at"] < _CODE_WITHIN.total_seconds() else None


def begin(session: Session, account: Account, way: Way, now: datetime) -> SignedIn:
    """Sign this person in: a new token, whatever the browser had before."""
    session.execute(
        delete(SignIn).where(or_(SignIn.created_at <= now - LONGEST, SignIn.last_seen <= now - IDLE))
    )
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(token_hash=fingerprint(token), staff_id=account.id, way=way, created_at=now, last_seen=now)
    )
    return SignedIn(member(account), token)


@dataclass(frozen=True, slots=True)
class Current:
    """A sign-in that goes on. `is_due`: its use has not been written down for a minute."""

    member: Member
    is_due: bool
    has_second_factor: bool
    """Whether a second factor of ours, or the organisation's sign-in, stands behind it."""


def current(session: Session, token: str, now: datetime) -> Current | None:
    """Who is signed in with this token; None when nobody is (any longer)."""
    found = session.execute(
        select(Account, SignIn.last_seen, SignIn.way, SecondFactor.staff_id)
        .join(SignIn, SignIn.staff_id == Account.id)
        .join(SecondFactor, SecondFactor.staff_id == Account.id, isouter=True)
        .where(
            SignIn.token_hash == fingerprint(token),
            SignIn.created_at > now - LONGEST,
            SignIn.last_seen > now - IDLE,
            Account.active.is_(True),
        )
    ).one_or_none()
    if found is None:
        return None
    account, last_seen, way, enrolled = found
    has_second_factor = enrolled is not None or way == "provider"
    return Current(member(account), last_seen <= now - _SEEN_EVERY, has_second_factor)


@dataclass(frozen=True, slots=True)
class Ending:
    """When a sign-in ends."""

    at: datetime
    """UTC."""
    is_idle: bool
    """Whether using it puts that off: twelve hours are the most in any case."""


def ending(session: Session, token: str, now: datetime) -> Ending | None:
    """When this sign-in ends unless it is used; None when it has ended."""
    columns = select(SignIn.created_at, SignIn.last_seen).where(SignIn.token_hash == fingerprint(token))
    found = session.execute(columns).one_or_none()
    if found is None:
        return None
    idle, longest = found.last_seen + IDLE, found.created_at + LONGEST
    return Ending(min(idle, longest), idle < longest) if now < min(idle, longest) else None


def holder(session: Session, token: str, now: datetime) -> Member | None:
    """The same without when it was last used."""
    found = current(session, token, now)
    return found.member if found else None


def is_signed_in(session: Session, staff_id: str, now: datetime) -> bool:
    """Whether this person is signed in anywhere."""
    going_on = (SignIn.created_at > now - LONGEST, SignIn.last_seen > now - IDLE)
    return (
        session.scalar(select(SignIn.staff_id).where(SignIn.staff_id == staff_id, *going_on).limit(1))
        is not None
    )


def seen(session: Session, token: str, now: datetime) -> None:
    """Note that this sign-in is in use."""
    session.execute(update(SignIn).where(SignIn.token_hash == fingerprint(token)).values(last_seen=now))


def sign_out(session: Session, token: str) -> None:
    """End this sign-in."""
    ended = session.execute(
        delete(SignIn).where(SignIn.token_hash == fingerprint(token)).returning(SignIn.staff_id)
    ).scalar_one_or_none()
    if ended is not None:
        note_ending(session, ended)


def fingerprint(token: str) -> str:
    """What is kept of a token. Its 256 bits of chance need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
