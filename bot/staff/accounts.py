"""The accounts of those who work here: added, changed, disabled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import JSON, String, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.database import Base, UtcDateTime, new_id
from bot.reach import Reach
from bot.staff import passwords
from bot.staff.permissions import ROLES, SCOPES, Permission, Role, Scope, may


class Account(Base):
    """One member of staff."""

    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    """Lower-case."""
    name: Mapped[str] = mapped_column(String(100))
    role: Mapped[str] = mapped_column(String(20))
    areas: Mapped[list[str]] = mapped_column(JSON, default=list)
    """The areas this person works for; empty means all of them."""
    password_hash: Mapped[str] = mapped_column(String(200))
    """Empty when no password has been chosen yet; then none is right."""
    provider_mark: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Who this is at the organisation's sign-in (a mark of issuer and subject); None until first used."""
    endings: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often sign-ins of this account were ended; when it grows, open streams look whether they may go on."""
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignIn(Base):
    """A browser in which somebody is signed in. The token itself is only in the browser's cookie."""

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[str] = mapped_column(String(32), index=True)
    way: Mapped[str] = mapped_column(String(10), default="password", server_default="password")
    """`password` or `provider`: how it was proved who this is."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen: Mapped[datetime] = mapped_column(UtcDateTime)


@dataclass(frozen=True, slots=True)
class Member:
    """Who does something here: a signed-in person, or a program with a token of its own."""

    id: str
    name: str
    role: Role
    areas: tuple[str, ...] = ()
    email: str | None = None
    """None for a program."""
    scopes: frozenset[Scope] | None = None
    """What a program's token is narrowed to; None: whatever its role may do."""
    must_enrol: bool = False
    """A second factor is required and there is none yet: until then only the own account is open."""

    @property
    def reach(self) -> Reach:
        """What this member may know of families: those of its areas."""
        return Reach.of(self.areas)

    def may(self, permission: Permission) -> bool:
        """Whether role, scopes and the second factor allow it."""
        if permission is Permission.OWN_ACCOUNT:
            return self.email is not None
        if self.must_enrol:
            return False
        if self.scopes is not None and not any(permission in SCOPES[scope] for scope in self.scopes):
            return False
        return may(self.role, permission)


class AccountError(ValueError):
    """An account cannot be made or changed like this; `reason` is a key of the console's texts."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def add(
    session: Session,
    *,
    email: str,
    name: str,
    role: str,
    password: str | None,
    now: datetime,
    areas: Sequence[str] = (),
) -> Account:
    """Make an account; raises `AccountError` when the address is taken or something is not right.

    Without a password the person chooses one behind a link (`resets.make`).
    """
    address = email.strip().lower()
    if address.count("@") != 1 or address.startswith("@") or address.endswith("@") or " " in address:
        raise AccountError("email_invalid", f"'{address}' is not an e-mail address (write name@example.org)")
    account = Account(
        email=address[:254],
        name=checked_name(name),
        role=checked_role(role),
        areas=list(areas),
        password_hash=hashed(password) if password is not None else "",
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(account)
    except IntegrityError as error:
        raise AccountError(
            "email_taken", f"'{address}' has an account already (make a reset link)"
        ) from error
    return account


def checked_role(role: str) -> Role:
    """The role, when there is one of this name; raises `AccountError`."""
    for known in ROLES:
        if role == known:
            return known
    raise AccountError("role_unknown", f"'{role}' is not a role (use one of {', '.join(ROLES)})")


def checked_name(name: str) -> str:
    """The name as it is kept; raises `AccountError` when there is none."""
    if not name.strip():
        raise AccountError("name_missing", "the name is missing (say who this is)")
    return name.strip()[:100]


def hashed(password: str) -> str:
    """The hash of a new password; raises `AccountError` when it is too short."""
    try:
        return passwords.hashed(password)
    except passwords.PasswordTooShortError as error:
        raise AccountError("password_short", str(error)) from error


def by_email(session: Session, email: str) -> Account | None:
    """The account with this address, in any case of letters."""
    return session.scalar(select(Account).where(Account.email == email.strip().lower()))


def everybody(session: Session) -> list[Account]:
    """All accounts: those in use first, by name."""
    return list(session.scalars(select(Account).order_by(Account.active.desc(), Account.name)))


def members(session: Session, permission: Permission) -> list[Member]:
    """Everybody with an open account who may do this, by name."""
    found = (member(account) for account in everybody(session) if account.active)
    return [who for who in found if who.may(permission)]


def member(account: Account) -> Member:
    """The account as a plain value."""
    return Member(account.id, account.name, cast("Role", account.role), tuple(account.areas), account.email)
