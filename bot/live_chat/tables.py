"""The tables of the live chat: one row a conversation, and every line said in it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, UtcDateTime
from bot.live_chat.chat import Author


class LiveChatRow(Base):
    """The live chat of a conversation. A second one goes on in the same row, so that lines are counted through."""

    __tablename__ = "live_chat"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'held', 'back', 'over')", name="state"),
        CheckConstraint("(state = 'held') = (holder IS NOT NULL)", name="held_has_holder"),
        Index(None, "state", "asked_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[str] = mapped_column(String(12))
    area: Mapped[str] = mapped_column(String(64))
    municipality: Mapped[str | None] = mapped_column(String(64))
    need: Mapped[str | None] = mapped_column(String(64))
    urgency: Mapped[str] = mapped_column(String(12))
    category: Mapped[str | None] = mapped_column(String(32))
    language: Mapped[str] = mapped_column(String(12))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    holder: Mapped[str | None] = mapped_column(String(64))
    holder_name: Mapped[str | None] = mapped_column(String(200))
    ending: Mapped[str | None] = mapped_column(String(16))
    callback_id: Mapped[str | None] = mapped_column(String(32))
    last: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)


class LiveChatLineRow(Base):
    """One line; what was said and by whom is in `box`."""

    __tablename__ = "live_chat_line"

    chat_id: Mapped[str] = mapped_column(ForeignKey("live_chat.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    author: Mapped[Author] = mapped_column(String(8))
    mark: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Keyed mark of the sender's own id for it: the same line sent twice is kept once."""
    box: Mapped[bytes] = mapped_column(LargeBinary)
