"""Writing down what happened to a callback, in the transaction in which it happens."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from bot.callbacks.call_note import Written, to_box
from bot.callbacks.request import Actor
from bot.callbacks.tables import CallbackEventRow, QueueRevisionRow
from bot.database import count_up, keys_of


def write_down(
    session: Session,
    callback_ids: Iterable[str],
    actor: Actor,
    what: str,
    *,
    now: datetime,
    detail: dict[str, Any] | None = None,
    note: Written | None = None,
) -> None:
    """Add an entry to the history of each callback and count the change.

    It is the last thing a change does: from here until the commit other changes wait for the counter.

    Args:
        session: The transaction of the change itself.
        callback_ids: The callbacks changed; none is allowed and writes nothing.
        actor: Who did it.
        what: One of the words of `HistoryEntry.what`.
        now: When; aware.
        detail: Codes and ids, never words of a person.
        note: What staff wrote; kept sealed.
    """
    entries = [
        {
            "callback_id": callback_id,
            "at": now,
            "actor": actor.id,
            "actor_name": actor.name,
            "what": what,
            "detail": detail or {},
            "box": keys_of(session).seal(note_place(callback_id), to_box(note)) if note else None,
        }
        for callback_id in callback_ids
    ]
    if entries:
        session.execute(insert(CallbackEventRow), entries)
        count_change(session)


def note_place(callback_id: str) -> str:
    """The place for which the notes of a callback's history are sealed."""
    return f"callback_event:{callback_id}"


def revision(session: Session) -> int:
    """How many changes the queue has seen. It grows with every committed change, whichever replica made it."""
    return session.scalar(select(QueueRevisionRow.number)) or 0


def count_change(session: Session) -> None:
    """Let every console notice that something of the queue has changed."""
    count_up(session, QueueRevisionRow.id, QueueRevisionRow.number)
