"""One-time links behind which somebody chooses a new password: 256 random bits, of which only a hash is kept."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.database import Base, UtcDateTime
from bot.staff import failures
from bot.staff.accounts import Account, hashed
from bot.staff.changing import end_sign_ins
from bot.staff.sign_ins import fingerprint

LASTS = timedelta(hours=24)


class PasswordReset(Base):
    """A link that has not been used; each account has at most the newest one."""

    __tablename__ = "password_reset"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[str] = mapped_column(String(32), index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


def make(session: Session, staff_id: str, now: datetime) -> str:
    """A link's token for this account; an earlier one no longer works. Nothing else changes until it is used."""
    session.execute(
        delete(PasswordReset).where(
            (PasswordReset.staff_id == staff_id) | (PasswordReset.made_at <= now - LASTS)
        )
    )
    token = secrets.token_urlsafe(32)
    session.add(PasswordReset(token_hash=fingerprint(token), staff_id=staff_id, made_at=now))
    return token


def holder(session: Session, token: str, now: datetime) -> Account | None:
    """Whose open account this link is for; None when it was used, is too old or never was."""
    return session.scalar(
        select(Account)
        .join(PasswordReset, PasswordReset.staff_id == Account.id)
        .where(
            PasswordReset.token_hash == fingerprint(token),
            PasswordReset.made_at > now - LASTS,
            Account.active.is_(True),
        )
    )


def use(session: Session, token: str, password: str, now: datetime) -> Account | None:
    """Choose the password: uses the link up, ends every sign-in, forgives wrong tries; None when the link is no good.

    The second factor stays. Raises `AccountError` for a password that is too short; the link still works then.
    """
    account = holder(session, token, now)
    if account is None:
        return None
    password_hash = hashed(password)
    used = session.execute(
        delete(PasswordReset)
        .where(PasswordReset.token_hash == fingerprint(token))
        .returning(PasswordReset.staff_id)
    ).one_or_none()
    if used is None:  # somebody else was quicker
        return None
    account.password_hash = password_hash
    end_sign_ins(session, account.id)
    failures.forgive(session, account.email)
    return account
