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
    UniqueConstraint,
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
        CheckConstraint("(place_start IS NULL) = (place_number IS NULL)", name="place_is_whole"),
        UniqueConstraint("area", "place_start", "place_number"),
        Index(None, "place_start", "place_advisor", unique=True),
        Index(None, "state", "due_at"),
        Index(None, "follow_up_by", "follow_up_on"),
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
    interpreter: Mapped[str | None] = mapped_column(String(12))
    sender_role: Mapped[str | None] = mapped_column(String(16))
    """A copy of what is in the box, as `interpreter` is, to narrow the queue by; None in rows older than it."""
    window_start: Mapped[datetime | None] = mapped_column(UtcDateTime)
    window_end: Mapped[datetime | None] = mapped_column(UtcDateTime)
    promised_day: Mapped[date]
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_try_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    place_start: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The place it has among the calls of its area (`bot.callbacks.places`); none without a window, or once ended."""
    place_number: Mapped[int | None]
    place_advisor: Mapped[str | None] = mapped_column(String(32))
    """Whose half hour it is, so that it is given once although they work for several areas."""
    holder: Mapped[str | None] = mapped_column(String(64))
    holder_name: Mapped[str | None] = mapped_column(String(200))
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    tries: Mapped[int] = mapped_column(default=0)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When a member of staff first opened or took it."""
    rang_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When its holder began to ring: was shown the whole number, or noted a try."""
    reached_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When its holder reached the family."""
    decision: Mapped[str | None] = mapped_column(String(16))
    """What was decided after so many tries (`bot.callbacks.deciding.Decision`), or `moved` by the family."""
    offered_to: Mapped[str | None] = mapped_column(String(64), index=True)
    offered_to_name: Mapped[str | None] = mapped_column(String(200))
    offered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    matter_mark: Mapped[str | None] = mapped_column(String(64), unique=True)
    """A keyed mark of area, number and need while somebody will still ring: no two live calls share one."""
    merged_into: Mapped[str | None] = mapped_column(String(32), index=True)
    """The callback whose call answers this one as well."""
    apart: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """Callbacks to the same number that staff have called another matter."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    notify_by: Mapped[str | None] = mapped_column(String(12))
    """How the family wants to be sent notices (`bot.callbacks.notices.Way`); None when it wants none."""
    notify_mark: Mapped[str | None] = mapped_column(String(64), index=True)
    """The keyed mark of a chat in Telegram, so that notices to it end when the chat ends."""
    follow_up_on: Mapped[date | None] = mapped_column(index=True)
    """The local day on which somebody has agreed to be in touch again, after the call; None once that is done."""
    follow_up_by: Mapped[str | None] = mapped_column(String(64))
    follow_up_name: Mapped[str | None] = mapped_column(String(200))
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


class NoticeRow(Base):
    """One notice to a family, written in the transaction of what it tells. It holds no words and no address.

    What is sent is worded when it is sent, from the callback as it then is. `state`: waiting, sending, sent,
    dropped (nobody needs it any more) or failed; `reason` says why the last two.
    """

    __tablename__ = "callback_notice"
    __table_args__ = (UniqueConstraint("callback_id", "occasion"), Index(None, "state", "due_at"))

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    callback_id: Mapped[str] = mapped_column(ForeignKey("callback.id", ondelete="CASCADE"))
    occasion: Mapped[str] = mapped_column(String(32))
    """What it tells of, once for each callback: `moved:4` (the callback's version), `reminder:2026-11-26`."""
    kind: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(8))
    way: Mapped[str | None] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(24))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """From when a sender may take it; a sender that takes it moves this on, so that nobody else does."""
    tries: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class QueueRevisionRow(Base):
    """A single row (id 1) counting the changes of the queue, so that a console notices them with one look."""

    __tablename__ = "queue_revision"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))
