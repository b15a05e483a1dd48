"""A conversation taken from one channel to another, or forgotten: what a channel may do with it from outside."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from bot.conversation.state import State
from bot.conversation.store import ConversationRow, InboxRow, conversation_id
from bot.database import keys_of


def state_of(session: Session, channel: str, sender: str) -> State | None:
    """Where a sender's conversation is; None when there is none, or none any more."""
    conversation = conversation_id(session, channel, sender)
    box = session.scalar(select(ConversationRow.box).where(ConversationRow.id == conversation))
    return State.from_json(keys_of(session).open(f"conversation:{conversation}", box)) if box else None


def begin_with(session: Session, channel: str, sender: str, state: State, *, now: datetime) -> None:
    """Begin a new sender's conversation where another one was."""
    conversation = conversation_id(session, channel, sender)
    box = keys_of(session).seal(f"conversation:{conversation}", state.as_json())
    session.execute(insert(ConversationRow).values(id=conversation, version=1, updated_at=now, box=box))


def put_down(session: Session, channel: str, sender: str, state: State) -> None:
    """Leave what was under way where it has gone on elsewhere; what was told is still known here."""
    conversation = conversation_id(session, channel, sender)
    left = replace(state, stack=(), asked=None)
    box = keys_of(session).seal(f"conversation:{conversation}", left.as_json())
    session.execute(
        update(ConversationRow)
        .where(ConversationRow.id == conversation)
        .values(version=ConversationRow.version + 1, box=box)
    )


def forget(session: Session, channel: str, sender: str) -> None:
    """Delete a sender's conversation and every answer given in it."""
    conversation = conversation_id(session, channel, sender)
    session.execute(delete(InboxRow).where(InboxRow.conversation == conversation))
    session.execute(delete(ConversationRow).where(ConversationRow.id == conversation))
