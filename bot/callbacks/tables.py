"""The tables of the queue: the callbacks, what happened to them, and a counter of changes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Enum,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.callbacks.request import State
from bot.database import Base, UtcDateTime

_STATE = Enum(
    State,
    native_enum=False,
    create_constraint=False,
    length=12,
    values_callable=lambda states: [state.value for state in states],
)


class CallbackRow(Base):
    """One callback. What identifies or describes a family is in `box`; plain columns serve order and search."""

    __tablename__ = "callback"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'claimed', 'done', 'cancelled')", name="state"),
        CheckConstraint("(state = 'claimed') = (holder IS NOT NULL)", name="claimed_has_holder"),
        Index(None, "state", "due_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    code_mark: Mapped[str | None] = mapped_column(String(64), unique=True)
    phone_mark: Mapped[str | None] = mapped_column(String(64), index=True)
    conversation: Mapped[str | None] = mapped_column(String(64), index=True)
    state: Mapped[State] = mapped_column(_STATE)
    area: Mapped[str] = mapped_column(String(64))
    municipality: Mapped[str | None] = mapped_column(String(64))
    need: Mapped[str | None] = mapped_column(String(64))
    urgency: Mapped[str] = mapped_column(String(12))
    language: Mapped[str] = mapped_column(String(12))
    window_start: Mapped[datetime | None] = mapped_column(UtcDateTime)
    window_end: Mapped[datetime | None] = mapped_column(UtcDateTime)
    promised_day: Mapped[date]
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_try_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    holder: Mapped[str | None] = mapped_column(String(64))
    holder_name: Mapped[str | None] = mapped_column(String(200))
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    box: Mapped[bytes | None] = mapped_column(LargeBinary)


class CallbackEventRow(Base):
    """One thing that happened to a callback; rows are only added. What staff wrote is in `box`."""

    __tablename__ = "callback_event"

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    callback_id: Mapped[str] = mapped_column(ForeignKey("callback.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(64))
    actor_name: Mapped[str] = mapped_column(String(200))
    what: Mapped[str] = mapped_column(String(24))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    box: Mapped[bytes | None] = mapped_column(LargeBinary)


class QueueRevisionRow(Base):
    """A single row (id 1) counting the changes of the queue, so that a console notices them with one look."""

    __tablename__ = "queue_revision"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))
