"""Tokens for programs that use the API. Each is a holder of its own, with a role that scopes and areas may narrow."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from sqlalchemy import JSON, Date, String, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.database import Base, UtcDateTime, new_id
from bot.staff.accounts import AccountError, Member, checked_name, checked_role
from bot.staff.permissions import SCOPES, Permission, Role, Scope
from bot.staff.sign_ins import fingerprint

MOST_DAYS = 3650


class ApiToken(Base):
    """A program's token; only its SHA-256 is kept."""

    __tablename__ = "api_token"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    scopes: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """None: whatever the role may do."""
    areas: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    """The areas it works for; empty means all of them."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_used: Mapped[date | None] = mapped_column(Date)
    """A day is enough to see which are still needed; in UTC."""
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@dataclass(frozen=True, slots=True)
class Held:
    """A token in use. `is_due`: its use today has not been written down."""

    member: Member
    is_due: bool


def add(
    session: Session,
    *,
    name: str,
    role: str,
    now: datetime,
    scopes: Collection[str] = (),
    areas: Sequence[str] = (),
    days: int | None = None,
) -> str:
    """Make a token and return it: it cannot be shown again. Raises `AccountError`.

    Args:
        session: The transaction.
        name: What the program is called; of each name there is one token.
        role: The most it may do.
        now: When; aware.
        scopes: What it is narrowed to; none: whatever the role may do.
        areas: The areas it works for; none: all of them.
        days: How many days it works; None: until it is revoked.
    """
    known = [scope for scope in SCOPES if scope in scopes]
    if unknown := [scope for scope in scopes if scope not in SCOPES]:
        raise AccountError(
            "scope_unknown", f"'{unknown[0]}' is not a scope (use some of {', '.join(SCOPES)})"
        )
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise AccountError("days_wrong", f"a token works 1 to {MOST_DAYS} days (or until it is revoked)")
    token = secrets.token_urlsafe(32)
    row = ApiToken(
        token_hash=fingerprint(token), name=checked_name(name), role=checked_role(role), scopes=known or None,
        areas=list(areas), created_at=now, expires_at=now + timedelta(days=days) if days is not None else None,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise AccountError("name_taken", f"'{name}' has a token already (choose another name)") from error
    return token


def everything(session: Session) -> list[ApiToken]:
    """All tokens there ever were: those in use first, by name."""
    return list(session.scalars(select(ApiToken).order_by(ApiToken.revoked_at.is_not(None), ApiToken.name)))


def by_name(session: Session, name: str) -> ApiToken | None:
    """The token of this name, revoked or not."""
    return session.scalar(select(ApiToken).where(ApiToken.name == name))


def revoke(session: Session, token_id: str, now: datetime) -> ApiToken | None:
    """End a token; None when there is none of that id in use."""
    row = session.get(ApiToken, token_id)
    if row is None or row.revoked_at is not None:
        return None
    row.revoked_at = now
    return row


def members(session: Session, permission: Permission) -> list[Member]:
    """The programs that are not revoked and may do this, by name."""
    rows = session.scalars(select(ApiToken).where(ApiToken.revoked_at.is_(None)).order_by(ApiToken.name))
    return [who for who in (_member(row) for row in rows) if who.may(permission)]


def current(session: Session, token: str, now: datetime) -> Held | None:
    """The program this token belongs to; None when it is unknown or ended."""
    row = session.scalar(
        select(ApiToken).where(
            ApiToken.token_hash == fingerprint(token),
            ApiToken.revoked_at.is_(None),
            or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > now),
        )
    )
    return Held(_member(row), row.last_used != now.date()) if row is not None else None


def used(session: Session, token: str, now: datetime) -> None:
    """Note that the token was used on this day."""
    session.execute(
        update(ApiToken).where(ApiToken.token_hash == fingerprint(token)).values(last_used=now.date())
    )


def _member(row: ApiToken) -> Member:
    scopes = frozenset(cast("Scope", scope) for scope in row.scopes) if row.scopes is not None else None
    return Member(row.id, row.name, cast("Role", row.role), tuple(row.areas), scopes=scopes)
