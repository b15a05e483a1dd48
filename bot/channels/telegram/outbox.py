"""Messages that wait until Telegram has taken them, those of one chat strictly in order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Row, delete, select, update
from sqlalchemy.orm import Session, aliased

from bot.channels.telegram.tables import NEVER, ChatRow, MessageRow
from bot.channels.telegram.wording import Outgoing
from bot.database import keys_of
from bot.keys import SealBrokenError

log = structlog.get_logger()

LEASE = timedelta(seconds=30)
"""How long a sending may last before another may try."""
_OPEN = ("waiting", "sending")


@dataclass(frozen=True, slots=True)
class Sending:
    """A message that is being sent."""

    id: int
    chat: str
    chat_id: int
    tries: int
    outgoing: Outgoing


def put(
    session: Session, update_id: int, chat: str, chat_id: int, outgoing: Sequence[Outgoing], *, now: datetime
) -> None:
    """Let messages wait to be sent, in this order."""
    blocked = session.scalar(select(ChatRow.blocked_at).where(ChatRow.id == chat)) is not None
    for part, one in enumerate(outgoing):
        row = MessageRow(
            update_id=update_id,
            part=part,
            chat=chat,
            state="blocked" if blocked else "waiting",
            created_at=now,
            due_at=now,
            tries=0,
            box=None,
        )
        session.add(row)
        session.flush()
        row.box = keys_of(session).seal(_place(row.id), {"chat_id": chat_id, "outgoing": one.as_json()})


def claim(session: Session, *, now: datetime, most: int) -> list[Sending]:
    """Take up to `most` messages that are due, of each chat only the first that is not yet sent."""
    earlier = aliased(MessageRow)
    due = (
        select(MessageRow.id)
        .where(
            MessageRow.state.in_(_OPEN),
            MessageRow.due_at <= now,
            ~select(earlier.id)
            .where(earlier.chat == MessageRow.chat, earlier.id < MessageRow.id, earlier.state.in_(_OPEN))
            .exists(),
        )
        .order_by(MessageRow.due_at, MessageRow.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    rows = session.execute(
        update(MessageRow)
        .where(MessageRow.id.in_(due), MessageRow.due_at <= now, MessageRow.state.in_(_OPEN))
        .values(state="sending", due_at=now + LEASE, tries=MessageRow.tries + 1)
        .returning(MessageRow.id, MessageRow.chat, MessageRow.tries, MessageRow.box)
        .execution_options(synchronize_session=False)
    ).all()
    opened = (_opened(session, row) for row in sorted(rows, key=lambda row: row.id))
    found = [message for message in opened if message]
    return found if found or not rows else claim(session, now=now, most=most)


def _opened(session: Session, row: Row[int, str, int, bytes | None]) -> Sending | None:
    try:
        box = keys_of(session).open(_place(row.id), row.box or b"")
    except SealBrokenError:  # made with another key: nobody can send it any more
        log.error("telegram message cannot be opened", message=row.id)  # noqa: TRY400
        values = {"state": "failed", "due_at": NEVER, "box": None}
        session.execute(update(MessageRow).where(MessageRow.id == row.id).values(**values))
        return None
    return Sending(row.id, row.chat, box["chat_id"], row.tries, Outgoing.from_json(box["outgoing"]))


def sent(session: Session, message: Sending) -> None:
    """Telegram has it; its words are not needed any more."""
    _set(session, message, state="sent", due_at=NEVER, box=None)


def failed(session: Session, message: Sending) -> None:
    """Telegram will never take it."""
    _set(session, message, state="failed", due_at=NEVER, box=None)


def later(session: Session, message: Sending, due: datetime) -> None:
    """Try again at `due`; what follows in the chat waits behind it."""
    _set(session, message, state="waiting", due_at=due)


def plainly(session: Session, message: Sending, now: datetime) -> None:
    """Try again at once without what Telegram does not like about the buttons: the words matter more."""
    link = message.outgoing.link
    text = f"{message.outgoing.text}\n\n{link[1]}" if link else message.outgoing.text
    plain = replace(message.outgoing, text=text, buttons=(), link=None)
    box = keys_of(session).seal(_place(message.id), {"chat_id": message.chat_id, "outgoing": plain.as_json()})
    _set(session, message, state="waiting", due_at=now, box=box)


def block(session: Session, chat: str, *, now: datetime) -> None:
    """The chat has blocked us: what waits for it is kept in case it comes back."""
    _of_chat(session, chat, _OPEN, state="blocked", due_at=NEVER)
    session.execute(update(ChatRow).where(ChatRow.id == chat).values(blocked_at=now))


def unblock(session: Session, chat: str, *, now: datetime) -> None:
    """The chat is back: what was kept for it is sent now."""
    _of_chat(session, chat, ("blocked",), state="waiting", due_at=now)
    session.execute(update(ChatRow).where(ChatRow.id == chat).values(blocked_at=None))


def drop_waiting(session: Session, chat: str) -> None:
    """Forget what waits for a chat."""
    session.execute(
        delete(MessageRow).where(MessageRow.chat == chat, MessageRow.state.in_((*_OPEN, "blocked")))
    )


def _of_chat(session: Session, chat: str, states: tuple[str, ...], **values: Any) -> None:
    session.execute(
        update(MessageRow)
        .where(MessageRow.chat == chat, MessageRow.state.in_(states))
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _set(session: Session, message: Sending, **values: Any) -> None:
    session.execute(
        update(MessageRow)
        .where(MessageRow.id == message.id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _place(row_id: int) -> str:
    return f"telegram_message:{row_id}"
