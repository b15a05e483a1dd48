"""What is kept of conversations: the state while it lasts, every message and its answer for as long.

A message that comes twice gets the answer it got the first time. Everything is sealed, and forgotten 24 hours after
the last message.
"""

from dataclasses import dataclass, replace
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
    """One message that was taken in, and what was answered to it; `said` is sealed as `box` is."""

    __tablename__ = "inbox"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation: Mapped[str] = mapped_column(String(64), index=True)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)
    said: Mapped[bytes | None] = mapped_column(LargeBinary)
    number: Mapped[int] = mapped_column(default=0, server_default="0")
    """Counts the messages of a conversation."""


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
    said: str = ""
    """The message as a reader of the talk sees it: of a pressed button its title."""
    gone: bool = False
    """There was a conversation, and its time is over."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A message of the family and the answer to it. `at` is aware, UTC."""

    at: datetime
    said: str
    answer: Answer


def recall(session: Session, incoming: IncomingMessage) -> Past:
    """The conversation a message belongs to, and the answer it may already have. One statement."""
    keys = keys_of(session)
    conversation = conversation_id(session, incoming.channel, incoming.sender)
    message = keys.mark("message", f"{conversation}\0{incoming.message_id}")
    one = select(literal(1).label("one")).subquery()
    row = session.execute(
        select(ConversationRow.version, ConversationRow.updated_at, ConversationRow.box, InboxRow.box)
        .select_from(one)
        .outerjoin(ConversationRow, ConversationRow.id == conversation)
        .outerjoin(InboxRow, InboxRow.id == message)
    ).one()
    version, updated_at, sealed, answer = row
    gone = (
        updated_at is not None and updated_at < incoming.received_at - KEPT
    )  # the job that deletes it is yet to come
    known = sealed and not gone
    state = State.from_json(keys.open(f"conversation:{conversation}", sealed)) if known else None
    return Past(
        conversation,
        message,
        state,
        version or 0,
        _ANSWER.validate_python(keys.open(f"inbox:{message}", answer)) if answer else None,
        state.title_of(incoming.text) if state else incoming.text,
        gone,
    )


def state_of(session: Session, conversation: str) -> State | None:
    """The state of a conversation; None for one that is forgotten."""
    box = session.scalar(select(ConversationRow.box).where(ConversationRow.id == conversation))
    return State.from_json(keys_of(session).open(f"conversation:{conversation}", box)) if box else None


def talk(session: Session, conversation: str) -> list[Exchange]:
    """Everything said in a conversation that is still kept, in order."""
    keys = keys_of(session)
    rows = session.scalars(
        select(InboxRow)
        .where(InboxRow.conversation == conversation)
        .order_by(InboxRow.received_at, InboxRow.number, InboxRow.id)
    )
    return [
        Exchange(
            row.received_at,
            keys.open(f"inbox said:{row.id}", row.said) if row.said else "",
            _ANSWER.validate_python(keys.open(f"inbox:{row.id}", row.box)),
        )
        for row in rows
    ]


def last_answer(session: Session, conversation: str) -> Answer | None:
    """What was answered last in a conversation; one statement."""
    row = session.execute(
        select(InboxRow.id, InboxRow.box)
        .where(InboxRow.conversation == conversation)
        .order_by(InboxRow.number.desc(), InboxRow.received_at.desc())
        .limit(1)
    ).first()
    return _ANSWER.validate_python(keys_of(session).open(f"inbox:{row.id}", row.box)) if row else None


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
    _keep_answer(session, replace(past, said=""), answer, now)


def forget_old(session: Session, now: datetime) -> int:
    """Delete what is older than 24 hours; gives the number of conversations. May run any number of times."""
    session.execute(delete(InboxRow).where(InboxRow.received_at < now - KEPT))
    old = delete(ConversationRow).where(ConversationRow.updated_at < now - KEPT).returning(ConversationRow.id)
    return len(session.scalars(old).all())


def _keep_answer(session: Session, past: Past, answer: Answer, now: datetime) -> None:
    keys = keys_of(session)
    values: dict[str, Any] = {
        "id": past.message,
        "conversation": past.conversation,
        "received_at": now,
        "box": keys.seal(f"inbox:{past.message}", _ANSWER.dump_python(answer, mode="json")),
        "said": keys.seal(f"inbox said:{past.message}", past.said) if past.said else None,
        "number": past.version + 1,
    }
    session.execute(insert(InboxRow).values(**values))
