"""A request that a program sends again because it did not hear the answer is entered once: by a key it has made."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.database import Base, UtcDateTime, keys_of

KEPT = timedelta(days=2)
"""How long a key is known; after that the same key is another request."""


class EnteredOnceRow(Base):
    """A key that was used, as a keyed mark, with the mark of what was sent and the callback it became."""

    __tablename__ = "entered_once"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    sent: Mapped[str] = mapped_column(String(64))
    callback_id: Mapped[str | None] = mapped_column(ForeignKey("callback.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


@dataclass(frozen=True, slots=True)
class Once:
    """A key with which somebody enters a request."""

    asker: str
    """Id of the member or token; a key is its own."""
    key: str
    sent: str
    """What was sent, to tell a repetition from another request."""


class KeyUsedError(Exception):
    """The key was used for another request."""


def entered_before(session: Session, once: Once, now: datetime) -> str | None:
    """The id of the callback that this key has become; None for a new key, which is taken by this.

    Of two at once the second waits for the first. Raises `KeyUsedError`.
    """
    mark, sent = _mark(session, once), keys_of(session).mark("entered once", once.sent)
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(EnteredOnceRow).values(id=mark, sent=sent, at=now).on_conflict_do_nothing()
    if session.execute(row.returning(EnteredOnceRow.id)).first() is not None:
        return None
    known = session.execute(
        select(EnteredOnceRow.sent, EnteredOnceRow.callback_id).where(EnteredOnceRow.id == mark)
    ).one()
    if known.sent != sent:
        raise KeyUsedError
    callback_id: str | None = known.callback_id
    return callback_id


def entered(session: Session, once: Once, callback_id: str) -> None:
    """Note what the key has become."""
    became = update(EnteredOnceRow).where(EnteredOnceRow.id == _mark(session, once))
    session.execute(became.values(callback_id=callback_id))


def forget_old(session: Session, now: datetime) -> int:
    """Delete keys that are old; gives how many. May run any number of times."""
    old = delete(EnteredOnceRow).where(EnteredOnceRow.at < now - KEPT).returning(EnteredOnceRow.id)
    return len(session.execute(old).all())


def _mark(session: Session, once: Once) -> str:
    return keys_of(session).mark("entered once", f"{once.asker}:{once.key}")
