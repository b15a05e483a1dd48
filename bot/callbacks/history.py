"""Writing down what happened to a callback, in the transaction in which it happens."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from bot.callbacks import counting  # noqa: F401  (its trigger belongs to every database)
from bot.callbacks.call_note import Written, to_box
from bot.callbacks.request import Actor
from bot.callbacks.tables import CallbackEventRow, QueueRevisionRow
from bot.database import count_up, keys_of


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened to one callback."""

    callback_id: str
    what: str
    """One of the words of `HistoryEntry.what`."""
    detail: Mapping[str, Any] = field(default_factory=dict)
    """Codes and ids, never words of a person."""
    note: Written | None = None
    """What staff wrote; kept sealed."""


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
    """Add the same entry to the history of each callback; none is allowed and writes nothing (see `write_all`)."""
    entries = [Entry(callback_id, what, detail or {}, note) for callback_id in callback_ids]
    write_all(session, entries, actor, now=now)


def write_all(session: Session, entries: Sequence[Entry], actor: Actor, *, now: datetime) -> None:
    """Add entries to the histories of their callbacks, in one statement, which also counts the change.

    It is the last thing a change does: from here until the commit other changes wait for the counter.

    Args:
        session: The transaction of the change itself.
        entries: What happened; none is allowed and writes nothing.
        actor: Who did it.
        now: When; aware.
    """
    rows = [
        {
            "callback_id": entry.callback_id,
            "at": now,
            "actor": actor.id,
            "actor_name": actor.name,
            "what": entry.what,
            "detail": dict(entry.detail),
            "box": _sealed(session, entry),
        }
        for entry in entries
    ]
    if rows:
        session.execute(insert(CallbackEventRow), rows)


def note_place(callback_id: str) -> str:
    """The place for which the notes of a callback's history are sealed."""
    return f"callback_event:{callback_id}"


def revision(session: Session) -> int:
    """How many changes the queue has seen. It grows with every committed change, whichever replica made it."""
    return session.scalar(select(QueueRevisionRow.number)) or 0


def count_change(session: Session) -> None:
    """Let every console notice a change that is no entry of a history: those are counted by the database."""
    count_up(session, QueueRevisionRow.id, QueueRevisionRow.number)


def _sealed(session: Session, entry: Entry) -> bytes | None:
    return keys_of(session).seal(note_place(entry.callback_id), to_box(entry.note)) if entry.note else None
