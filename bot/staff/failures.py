"""How often password or code of one address were wrong lately. Counted before they are looked at.

So many tries at once cannot slip through together; who gets in is forgiven. No address is locked for good.
"""

from datetime import datetime, timedelta

from sqlalchemy import String, delete, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.database import Base, UtcDateTime, keys_of

MOST_FAILURES = 5
FAILURE_WINDOW = timedelta(minutes=30)


class SignInFailure(Base):
    """The count of one address; the address is only a mark."""

    __tablename__ = "sign_in_failure"

    email_mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    tries: Mapped[int]
    since: Mapped[datetime] = mapped_column(UtcDateTime)


def count(session: Session, email: str, now: datetime) -> datetime | None:
    """Count one try; when it is one too many, the moment (UTC) from which the next is looked at."""
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
    if counted is not None:
        return None
    since = session.scalars(select(SignInFailure.since).where(SignInFailure.email_mark == mark)).one()
    return since + FAILURE_WINDOW


def take_back(session: Session, email: str) -> None:
    """This one try was right, but it is not the end: earlier ones still count."""
    mine = SignInFailure.email_mark == _mark(session, email)
    session.execute(
        update(SignInFailure).where(mine, SignInFailure.tries > 0).values(tries=SignInFailure.tries - 1)
    )


def forgive(session: Session, email: str) -> None:
    """Forget every try of this address."""
    session.execute(delete(SignInFailure).where(SignInFailure.email_mark == _mark(session, email)))


def _mark(session: Session, email: str) -> str:
    return keys_of(session).mark("sign-in", email.strip().lower())
