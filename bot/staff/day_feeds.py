"""The secret address at which somebody's own calendar reads their day. Only the SHA-256 of its key is kept."""

import secrets
from datetime import datetime

from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.database import Base, UtcDateTime
from bot.staff.accounts import Account, Member, member
from bot.staff.permissions import Permission
from bot.staff.sign_ins import fingerprint


class DayFeed(Base):
    """One person's feed; a new key takes the place of the old one."""

    __tablename__ = "day_feed"

    staff_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


def renew(session: Session, staff_id: str, *, now: datetime) -> str:
    """A new key of 256 bits; it cannot be shown again, and the key before it opens nothing any more."""
    end(session, staff_id)
    key = secrets.token_urlsafe(32)
    session.add(DayFeed(staff_id=staff_id, key_hash=fingerprint(key), created_at=now))
    session.flush()
    return key


def end(session: Session, staff_id: str) -> None:
    """Let this person's feed open nothing any more."""
    session.execute(delete(DayFeed).where(DayFeed.staff_id == staff_id))


def since(session: Session, staff_id: str) -> datetime | None:
    """When this person's feed was made (UTC); None when there is none."""
    return session.scalar(select(DayFeed.created_at).where(DayFeed.staff_id == staff_id))


def holder(session: Session, key: str) -> Member | None:
    """Whose feed it is; None for an unknown key, a closed account and one that may not work the queue (any longer)."""
    account = session.scalar(
        select(Account)
        .join(DayFeed, DayFeed.staff_id == Account.id)
        .where(DayFeed.key_hash == fingerprint(key), Account.active.is_(True))
    )
    found = member(account) if account is not None else None
    return found if found is not None and found.may(Permission.WORK_THE_QUEUE) else None
