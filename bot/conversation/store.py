"""What is kept of conversations: the state while it lasts, and the answer to every message for as long.

A message that comes twice gets the answer it got the first time. Everything is sealed, and forgotten 24 hours after
the last message.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import LargeBinary, String, delete, insert, literal, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.conversation.state import State
from bot.database import Base, UtcDateTime, keys_of
from bot.messages import Answer, IncomingMessage

KEPT = timedelta(hours=24)
_ANSWER = TypeAdapter(Answer)


class ConversationRow(Base):
    """One conversation; its id is a keyed mark of channel and sender, so that it tells nothing of either."""

    __tablename__ = "conversation"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int]
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)


class InboxRow(Base):
    """One message that was taken in, and what was answered to it."""

    __tablename__ = "inbox"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation: Mapped[str] = mapped_column(String(64), index=True)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)


class OvertakenError(Exception):
    """Another message of the same conversation was quicker; read again and go on from there."""


@dataclass(frozen=True, slots=True)
class Past:
    """What is known when a message comes in."""

    conversation: str
    message: str
    """Keyed mark of the message's id."""
    state: State | None
    """None for a conversation that is new, or already forgotten."""
    version: int
    answer: Answer | None
    """What was answered, when this message has been here before."""


def recall(session: Session, incoming: IncomingMessage) -> Past:
    """The conversation a message belongs to, and the answer it may already have. One statement."""
    keys = keys_of(session)
    conversation = conversation_id(session, incoming.channel, incoming.sender)
    message = keys.mark("message", f"{conversation}\0{incoming.message_id}")
    one = select(literal(1).label("one")).subquery()
    row = session.execute(
        select(ConversationRow.version, ConversationRow.box, InboxRow.box)
        .select_from(one)
        .outerjoin(ConversationRow, ConversationRow.id == conversation)
        .outerjoin(InboxRow, InboxRow.id == message)
    ).one()
    version, state, answer = row
    return Past(
        conversation,
        message,
        State.from_json(keys.open(f"conversation:{conversation}", state)) if state else None,
        version or 0,
        _ANSWER.validate_python(keys.open(f"inbox:{message}", answer)) if answer else None,
    )


def conversation_id(session: Session, channel: str, sender: str) -> str:
    """The id a conversation of this sender has."""
    return keys_of(session).mark("conversation", f"{channel}\0{sender}")


def keep(session: Session, past: Past, state: State, answer: Answer, *, now: datetime) -> None:
    """Keep the new state and the answer. Two statements; raises `OvertakenError` when another turn was quicker."""
    box = keys_of(session).seal(f"conversation:{past.conversation}", state.as_json())
    values: dict[str, Any] = {"version": past.version + 1, "updated_at": now, "box": box}
    try:
        if past.version:
            known = (ConversationRow.id == past.conversation, ConversationRow.version == past.version)
            kept = session.scalar(
                update(ConversationRow).where(*known).values(**values).returning(ConversationRow.id)
            )
            if kept is None:
                raise OvertakenError(past.conversation)
        else:
            session.execute(insert(ConversationRow).values(id=past.conversation, **values))
        _keep_answer(session, past, answer, now)
    except IntegrityError as error:
        raise OvertakenError(past.conversation) from error


def erase(session: Session, past: Past, answer: Answer, *, now: datetime) -> None:
    """Delete the conversation at the family's wish; only the words that say so remain, for a repeated message."""
    session.execute(delete(InboxRow).where(InboxRow.conversation == past.conversation))
    session.execute(delete(ConversationRow).where(ConversationRow.id == past.conversation))
    _keep_answer(session, past, answer, now)


def forget_old(session: Session, now: datetime) -> int:
    """Delete what is older than 24 hours; gives the number of conversations. May run any number of times."""
    session.execute(delete(InboxRow).where(InboxRow.received_at < now - KEPT))
    old = delete(ConversationRow).where(ConversationRow.updated_at < now - KEPT).returning(ConversationRow.id)
    return len(session.scalars(old).all())


def _keep_answer(session: Session, past: Past, answer: Answer, now: datetime) -> None:
    box = keys_of(session).seal(f"inbox:{past.message}", _ANSWER.dump_python(answer, mode="json"))
    session.execute(
        insert(InboxRow).values(id=past.message, conversation=past.conversation, received_at=now, box=box)
    )
