"""What is kept for Telegram. A chat's number is nowhere but in the boxes of what is still to be answered or sent.

Besides, a callback that came from a chat keeps its number sealed, for notices about the call.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, LargeBinary, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.conversation.store import KEPT
from bot.database import Base, UtcDateTime, keys_of

CHANNEL = "telegram"
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""When what is done is due: so it stays out of the way of those who look for what is to do."""


class UpdateRow(Base):
    """One update. It waits while it has a box; without one it is answered, and only its id is still known."""

    __tablename__ = "telegram_update"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chat: Mapped[str] = mapped_column(String(64), index=True)
    """A keyed mark of the chat's number."""
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    """From when a worker may take it; a worker that takes it moves this on, so that nobody else does."""
    tries: Mapped[int]
    box: Mapped[bytes | None] = mapped_column(LargeBinary)


class MessageRow(Base):
    """One message to a chat. `state`: waiting, sending, sent, blocked (until the chat is back) or failed."""

    __tablename__ = "telegram_message"
    __table_args__ = (UniqueConstraint("update_id", "part"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    update_id: Mapped[int] = mapped_column(BigInteger)
    part: Mapped[int]
    chat: Mapped[str] = mapped_column(String(64), index=True)
    state: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    tries: Mapped[int]
    box: Mapped[bytes | None] = mapped_column(LargeBinary)


class ChatRow(Base):
    """What is remembered of a chat beside its conversation."""

    __tablename__ = "telegram_chat"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    blocked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    box: Mapped[bytes] = mapped_column(LargeBinary)


class LinkRow(Base):
    """A one-time link to our own page, with the conversation that goes on there."""

    __tablename__ = "telegram_link"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    chat: Mapped[str] = mapped_column(String(64), index=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """What is remembered of a chat: its language, and the payloads that were too long for a button."""

    language: str | None = None
    payloads: dict[str, str] = field(default_factory=dict)
    """Key → payload, of every button shown since the conversation began."""
    album: str | None = None
    """The pictures that were answered last."""


def mark_of(session: Session, chat_id: int) -> str:
    """The keyed mark of a chat's number."""
    return keys_of(session).mark("telegram chat", str(chat_id))


def recall_chat(session: Session, mark: str) -> Chat:
    """What is remembered of a chat; nothing for one that is new or forgotten."""
    box = session.scalar(select(ChatRow.box).where(ChatRow.id == mark))
    return Chat(**keys_of(session).open(f"telegram_chat:{mark}", box)) if box else Chat()


def keep_chat(session: Session, mark: str, chat: Chat, *, now: datetime) -> None:
    """Remember it, from now on for as long as a conversation is kept."""
    data: dict[str, Any] = {"language": chat.language, "payloads": chat.payloads, "album": chat.album}
    box = keys_of(session).seal(f"telegram_chat:{mark}", data)
    row = session.get(ChatRow, mark)
    if row is None:
        session.add(ChatRow(id=mark, seen_at=now, blocked_at=None, box=box))
    else:
        row.seen_at, row.box = now, box


def forget_chat(session: Session, mark: str) -> None:
    """Delete what is remembered of a chat and every link given to it."""
    session.execute(delete(LinkRow).where(LinkRow.chat == mark))
    session.execute(delete(ChatRow).where(ChatRow.id == mark))


def forget_old(session: Session, now: datetime) -> int:
    """Delete what is as old as a conversation that is forgotten, and links that have run out; gives how much.

    May run any number of times.
    """
    old = now - KEPT
    ended = (
        delete(UpdateRow).where(UpdateRow.received_at < old).returning(UpdateRow.id),
        delete(MessageRow).where(MessageRow.created_at < old).returning(MessageRow.id),
        delete(ChatRow).where(ChatRow.seen_at < old).returning(ChatRow.id),
        delete(LinkRow).where(LinkRow.expires_at <= now).returning(LinkRow.id),
    )
    return sum(len(session.execute(statement).all()) for statement in ended)


SWEEPS: tuple[tuple[str, Callable[[Session, datetime], int], int], ...] = (
    ("forget what is old of Telegram", forget_old, 300),
)
"""What the clock starts, as `bot.jobs` names it."""
