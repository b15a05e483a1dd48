"""The tables of alarms: what is alarming now, which consoles are open, and the letters to staff."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, UtcDateTime


class AlarmRow(Base):
    """One alarm. It holds ids, codes and moments, never words. Of a kind and a subject there is one row."""

    __tablename__ = "alarm"
    __table_args__ = (UniqueConstraint("kind", "subject"), Index(None, "ended_at", "area"))

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    subject: Mapped[str] = mapped_column(String(64))
    """The id of the callback, or of the area."""
    callback_id: Mapped[str | None] = mapped_column(ForeignKey("callback.id", ondelete="CASCADE"))
    area: Mapped[str] = mapped_column(String(64))
    staff_id: Mapped[str | None] = mapped_column(String(64))
    """The one whose alarm it is; None: everybody's of the area."""
    level: Mapped[int]
    """1: every console of the area; 2: its coordinators; 3: every coordinator."""
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    acknowledged_by: Mapped[str | None] = mapped_column(String(64))
    acknowledged_name: Mapped[str | None] = mapped_column(String(200))
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class OpenConsoleRow(Base):
    """When somebody last had a console open, on whatever replica."""

    __tablename__ = "open_console"

    staff_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StaffLetterRow(Base):
    """One letter to somebody of the staff; worded when it is sent. `detail` holds codes and figures, never words.

    `state`: waiting, sending, sent, dropped or failed.
    """

    __tablename__ = "staff_letter"
    __table_args__ = (UniqueConstraint("recipient", "occasion"), Index(None, "state", "due_at"))

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    recipient: Mapped[str] = mapped_column(String(100))
    """`staff:<id>`, or `duty:<area>:<n>` for a number or an address of the area's own."""
    occasion: Mapped[str] = mapped_column(String(100))
    """What it tells of, once for each recipient: `alarm:7:2026-11-24T08:05:2`, `digest:2026-11-23`."""
    kind: Mapped[str] = mapped_column(String(12))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str | None] = mapped_column(String(24))
    tries: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
