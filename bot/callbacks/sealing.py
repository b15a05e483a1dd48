"""Which parts of a request are sealed, and how a row is opened again."""

from dataclasses import fields
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.callbacks.notices import Way, way_of
from bot.callbacks.request import OPEN_STATES, NewCallback
from bot.callbacks.tables import CallbackRow
from bot.clock import helsinki
from bot.database import keys_of
from bot.keys import Keys
from bot.meaning import Window

_PLAIN = ("area", "municipality", "need", "urgency", "language", "conversation")
_COPIED = ("interpreter", "sender_role")
_LISTS = ("needs", "child_ages", "told")


def plain_columns(request: NewCallback) -> dict[str, Any]:
    """The fields kept in columns of their own, or there as well as in the box, for order and search."""
    return {name: getattr(request, name) for name in (*_PLAIN, *_COPIED)}


def sealed_columns(keys: Keys, callback_id: str, request: NewCallback, code: str) -> dict[str, Any]:
    """Everything else, sealed for this row, and the mark by which a number is found."""
    names = [field.name for field in fields(request) if field.name not in (*_PLAIN, "window")]
    content = {name: getattr(request, name) for name in names} | {"code": code}
    return {
        "box": keys.seal(_place(callback_id), content),
        "phone_mark": keys.mark("callback phone", request.phone) if request.phone else None,
    }


def fill_columns(session: Session) -> int:
    """Copy into the columns of open rows older than these columns what their boxes hold; how many it were."""
    older = (
        CallbackRow.sender_role.is_(None),
        CallbackRow.box.is_not(None),
        CallbackRow.state.in_(OPEN_STATES),
    )
    rows = session.scalars(select(CallbackRow).where(*older)).all()
    for row in rows:
        request, _ = opened(keys_of(session), row)
        row.interpreter, row.sender_role = request.interpreter, request.sender_role
    return len(rows)


def notify_columns(keys: Keys, request: NewCallback) -> dict[str, Any]:
    """The columns that say whether and how the family is sent notices."""
    way, mark = way_of(request), None
    if way is Way.TELEGRAM:
        mark = keys.mark("telegram chat", str(request.telegram_chat))
    return {"notify_by": way.value if way else None, "notify_mark": mark}


def opened(keys: Keys, row: CallbackRow) -> tuple[NewCallback, str | None]:
    """The request in a row, and the family's code; both without personal fields once they are shredded."""
    content: dict[str, Any] = keys.open(_place(row.id), row.box) if row.box else {}
    code = content.pop("code", None)
    content |= {name: tuple(content[name]) for name in _LISTS if name in content}
    plain = {name: getattr(row, name) for name in _PLAIN}
    return NewCallback(**plain, **content, window=_window(row)), code


def _window(row: CallbackRow) -> Window | None:
    if row.window_start is None or row.window_end is None:
        return None
    return Window(helsinki(row.window_start), helsinki(row.window_end))


def _place(callback_id: str) -> str:
    return f"callback:{callback_id}"
