"""Tokens for programs that use the API. Each token is a holder of its own."""

import secrets
from datetime import datetime
from typing import cast

from sqlalchemy import String, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.database import Base, UtcDateTime, new_id
from bot.staff.accounts import AccountError, Member
from bot.staff.permissions import ROLES, Permission, Role
from bot.staff.sign_ins import fingerprint


class ApiToken(Base):
    """A program's token; only its SHA-256 is kept."""

    __tablename__ = "api_token"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def add(session: Session, *, name: str, role: str, now: datetime) -> str:
    """Make a token and return it: it cannot be shown again. Raises `AccountError`."""
    if role not in ROLES:
        raise AccountError("role_unknown", f"'{role}' is not a role (use one of {', '.join(ROLES)})")
    if not name.strip():
        raise AccountError("name_missing", "the name is missing (say what uses the token)")
    token = secrets.token_urlsafe(32)
    row = ApiToken(token_hash=fingerprint(token), name=name.strip()[:100], role=role, created_at=now)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise AccountError("name_taken", f"'{name}' has a token already (choose another name)") from error
    return token


def revoke(session: Session, name: str, now: datetime) -> bool:
    """End a token; False when there is none of that name in use."""
    row = session.scalar(select(ApiToken).where(ApiToken.name == name, ApiToken.revoked_at.is_(None)))
    if row is None:
        return False
    row.revoked_at = now
    return True


def members(session: Session, permission: Permission) -> list[Member]:
    """The programs in use that may do this, by name."""
    rows = session.scalars(select(ApiToken).where(ApiToken.revoked_at.is_(None)).order_by(ApiToken.name))
    found = (Member(row.id, row.name, cast("Role", row.role)) for row in rows)
    return [who for who in found if who.may(permission)]


def holder(session: Session, token: str) -> Member | None:
    """The program this token belongs to; None when it is unknown or ended."""
    row = session.scalar(
        select(ApiToken).where(ApiToken.token_hash == fingerprint(token), ApiToken.revoked_at.is_(None))
    )
    return Member(row.id, row.name, cast("Role", row.role)) if row is not None else None
