"""Changes of accounts and tokens from the console: each is one transaction with its line in the audit.

Whoever loses a right by it is signed out, and every open stream looks whether it may go on.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from aiohttp import web
from sqlalchemy.orm import Session

from bot import audit
from bot.staff import failures, second_factor
from bot.staff.accounts import Account, Member
from bot.staff.changing import end_sign_ins
from bot.staff.sign_ins import MustWait, fingerprint
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


async def enrol(
    app: web.Application, member: Member, box: str, code: str, token: str
) -> tuple[str, ...] | None:
    """Keep the app whose first code this is, and end the sign-ins made without it; None when the code is wrong.

    `token`: of the sign-in in which it is done, which goes on. Gives the recovery codes.
    """
    now = app[CLOCK]()

    def work(session: Session) -> tuple[str, ...] | None:
        codes = second_factor.enrol(session, member.id, box, code, now)
        if codes is not None:
            end_sign_ins(session, member.id, but=fingerprint(token))
            audit.record(session, member.id, "second_factor_on", "staff", [member.id], now=now)
        return codes

    codes = await app[DATABASE].write(work)
    app[ANNOUNCER].announce(SIGN_INS)
    return codes


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
