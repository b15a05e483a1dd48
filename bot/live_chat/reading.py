"""Reading live chats: of a conversation, by id, those that are open, their lines, and whether anything changed."""

from collections.abc import Hashable
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from bot.database import keys_of
from bot.live_chat.chat import OPEN, Chat, Ending, Line, State
from bot.live_chat.tables import LiveChatLineRow, LiveChatRow
from bot.reach import Reach

_SAME = (
    "id", "conversation", "area", "municipality", "need", "urgency", "category", "language", "asked_at", "taken_at",
    "seen_at", "updated_at", "holder", "holder_name", "callback_id", "last",
)  # fmt: skip


def of_conversation(session: Session, conversation: str) -> Chat | None:
    """The live chat of a conversation; None when it never had one."""
    return _one(session, LiveChatRow.conversation == conversation)


def find(session: Session, chat_id: str, reach: Reach) -> Chat | None:
    """One live chat; None when there is none within reach."""
    return _one(session, LiveChatRow.id == chat_id, reach.guard(LiveChatRow.area))


def open_chats(session: Session, reach: Reach) -> list[Chat]:
    """Those within reach that are waited for or held, the longest waiting first. One statement."""
    within = select(LiveChatRow).where(LiveChatRow.state.in_(OPEN), reach.guard(LiveChatRow.area))
    wanted = within.order_by(LiveChatRow.asked_at, LiveChatRow.id)
    rows = session.scalars(wanted.execution_options(populate_existing=True)).all()
    return [_read(row) for row in rows]


def lines(session: Session, chat_id: str, *, after: int = 0) -> list[Line]:
    """Every line of a chat with a number above `after`, in order. One statement."""
    keys = keys_of(session)
    rows = session.scalars(
        select(LiveChatLineRow)
        .where(LiveChatLineRow.chat_id == chat_id, LiveChatLineRow.number > after)
        .order_by(LiveChatLineRow.number)
    )
    return [
        Line(
            number=row.number,
            at=row.at,
            author=row.author,
            **keys.open(place(chat_id, row.number), row.box),
        )
        for row in rows
    ]


def revision(session: Session) -> Hashable:
    """Differs from an earlier one when any live chat has changed since, whichever replica did it."""
    return tuple(
        session.execute(
            select(func.count(), func.sum(LiveChatRow.version), func.max(LiveChatRow.updated_at))
        ).one()
    )


def standing(session: Session) -> Hashable:
    """Differs from an earlier one when a chat was asked for, taken, given back or marked: not for mere lines."""
    open_now = select(LiveChatRow.id, LiveChatRow.state, LiveChatRow.urgency).where(
        LiveChatRow.state.in_(OPEN)
    )
    rows = tuple(tuple(row) for row in session.execute(open_now.order_by(LiveChatRow.id)))
    # The last asking and their number too: one asked for and left between two looks would go unseen.
    ever = select(func.max(LiveChatRow.asked_at), func.count()).select_from(LiveChatRow)
    return rows, tuple(session.execute(ever).one())


def place(chat_id: str, number: int) -> str:
    """The place for which a line is sealed."""
    return f"live_chat_line:{chat_id}:{number}"


def _one(session: Session, *guards: ColumnElement[bool]) -> Chat | None:
    wanted = select(LiveChatRow).where(*guards).execution_options(populate_existing=True)
    row = session.scalars(wanted).one_or_none()
    return _read(row) if row else None


def _read(row: LiveChatRow) -> Chat:
    same: dict[str, Any] = {name: getattr(row, name) for name in _SAME}
    return Chat(**same, state=State(row.state), ending=Ending(row.ending) if row.ending else None)
