"""The accounts of those who work here: added, changed, disabled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import JSON, String, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.database import Base, UtcDateTime, new_id
from bot.reach import Reach
from bot.staff import passwords
from bot.staff.permissions import ROLES, Permission, Role, may


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
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignIn(Base):
    """A browser in which somebody is signed in. The token itself is only in the browser's cookie."""

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[str] = mapped_column(String(32), index=True)
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

    @property
    def reach(self) -> Reach:
        """What this member may know of families: those of its areas."""
        return Reach.of(self.areas)

    def may(self, permission: Permission) -> bool:
        """Whether the role of this member allows it."""
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
    password: str,
    now: datetime,
    areas: Sequence[str] = (),
) -> Account:
    """Make an account; raises `AccountError` when the address is taken or something is not right."""
    address = email.strip().lower()
    if address.count("@") != 1 or address.startswith("@") or address.endswith("@") or " " in address:
        raise AccountError("email_invalid", f"'{address}' is not an e-mail address (write name@example.org)")
    if role not in ROLES:
        raise AccountError("role_unknown", f"'{role}' is not a role (use one of {', '.join(ROLES)})")
    if not name.strip():
        raise AccountError("name_missing", "the name is missing (say who this is)")
    account = Account(
        email=address[:254],
        name=name.strip()[:100],
        role=role,
        areas=list(areas),
        password_hash=_hashed(password),
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(account)
    except IntegrityError as error:
        raise AccountError(
            "email_taken", f"'{address}' has an account already (set a new password)"
        ) from error
    return account


def set_password(session: Session, email: str, password: str) -> bool:
    """Give the account a new password and end its sign-ins; False when there is no such account."""
    account = by_email(session, email)
    if account is None:
        return False
    account.password_hash = _hashed(password)
    end_sign_ins(session, account.id)
    return True


def disable(session: Session, staff_id: str) -> bool:
    """Close the account and end all its sign-ins at once; False when there is no such account."""
    account = session.get(Account, staff_id)
    if account is None:
        return False
    account.active = False
    end_sign_ins(session, staff_id)
    return True


def enable(session: Session, staff_id: str) -> bool:
    """Open a closed account again; False when there is no such account."""
    account = session.get(Account, staff_id)
    if account is None:
        return False
    account.active = True
    return True


def end_sign_ins(session: Session, staff_id: str) -> None:
    """Sign this person out everywhere."""
    session.execute(delete(SignIn).where(SignIn.staff_id == staff_id))


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


def _hashed(password: str) -> str:
    try:
        return passwords.hashed(password)
    except passwords.PasswordTooShortError as error:
        raise AccountError("password_short", str(error)) from error
