"""Changes of accounts and tokens from the console: each is one transaction with its line in the audit.

Whoever loses a right by it is signed out, and every open stream looks whether it may go on.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from aiohttp import web
from sqlalchemy.orm import Session

from bot import audit
from bot.staff import failures, second_factor, sign_ins
from bot.staff.accounts import Account, Member, hashed
from bot.staff.changing import end_sign_ins
from bot.staff.sign_ins import MustWait, Refused
from bot.web.appkeys import ANNOUNCER, CLOCK, DATABASE
from bot.web.live import SIGN_INS

T = TypeVar("T")
Change = Callable[[Session, datetime], Account | None]


async def change(
    app: web.Application, member: Member, staff_id: str, action: str, work: Change
) -> Account | None:
    """Do `work` to an account; None when there is none. Raises what `work` raises."""
    now = app[CLOCK]()

    def done(session: Session) -> Account | None:
        account = work(session, now)
        if account is not None:
            audit.record(session, member.id, action, "staff", [staff_id], now=now)
        return account

    changed = await app[DATABASE].write(done)
    app[ANNOUNCER].announce(SIGN_INS)
    return changed


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The second factor is on. Both are shown or handed over once."""

    codes: tuple[str, ...]
    token: str
    """Of the sign-in that takes the place of the one in which it was done."""


async def enrol(app: web.Application, member: Member, box: str, code: str) -> Enrolled | None:
    """Keep the app whose first code this is, and end the sign-ins made without it; None when the code is wrong."""
    now = app[CLOCK]()

    def work(session: Session) -> Enrolled | None:
        codes = second_factor.enrol(session, member.id, box, code, now)
        if codes is None:
            return None
        audit.record(session, member.id, "second_factor_on", "staff", [member.id], now=now)
        return Enrolled(codes, _anew(session, member, now))

    enrolled = await app[DATABASE].write(work)
    app[ANNOUNCER].announce(SIGN_INS)
    return enrolled


async def choose_password(
    app: web.Application, member: Member, old: str, new: str
) -> str | Refused | MustWait:
    """Change one's own password, for who knows the old one; the new sign-in's token. Every other sign-in ends.

    Raises `AccountError` for a new password that is too short.
    """
    now, email = app[CLOCK](), member.email or ""
    password_hash = await asyncio.to_thread(hashed, new)
    checked = await sign_ins.check(app[DATABASE], email, old, now=now)
    if checked is not None:
        return checked

    def work(session: Session) -> str:
        session.get_one(Account, member.id).password_hash = password_hash
        audit.record(session, member.id, "password_chosen", "staff", [member.id], now=now)
        return _anew(session, member, now)

    token = await app[DATABASE].write(work)
    app[ANNOUNCER].announce(SIGN_INS)
    return token


def _anew(session: Session, member: Member, now: datetime) -> str:
    """End every sign-in of this member and begin one; its token."""
    end_sign_ins(session, member.id)
    return sign_ins.begin(session, session.get_one(Account, member.id), "password", now).token


async def with_code(
    app: web.Application, member: Member, code: str, action: str, work: Callable[[Session], T]
) -> T | MustWait | None:
    """Do `work` to one's own second factor when the code is right; None when it is wrong.

    Wrong codes count as they do at signing in.
    """
    now, email = app[CLOCK](), member.email or ""

    def checked(session: Session) -> T | MustWait | None:
        until = failures.count(session, email, now)
        if until is not None:
            return MustWait(until)
        if not second_factor.accepts(session, member.id, code, now):
            return None
        failures.forgive(session, email)
        audit.record(session, member.id, action, "staff", [member.id], now=now)
        return work(session)

    return await app[DATABASE].write(checked)
