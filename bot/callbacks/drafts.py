"""What an advisor has begun to record of a call, kept sealed until it is recorded: a crashed browser loses nothing.

A draft belongs to one advisor and one callback. It goes when the callback is recorded, closed or erased, or a day
after it was last touched.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.callbacks.changing import why_not
from bot.callbacks.request import Actor, Change, Saved, State
from bot.callbacks.tables import CallbackRow
from bot.database import Base, UtcDateTime, keys_of

KEPT = timedelta(days=1)
"""How long a draft outlives its last change, when its advisor does not come back to it."""
Fields = Mapping[str, str | Sequence[str]]
"""The fields of the form as they were typed."""


class CallDraftRow(Base):
    """One advisor's unfinished record of one callback."""

    __tablename__ = "call_draft"

    callback_id: Mapped[str] = mapped_column(ForeignKey("callback.id", ondelete="CASCADE"), primary_key=True)
    staff_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed, and when last (aware, UTC)."""

    fields: Fields
    at: datetime


def keep(session: Session, callback_id: str, staff: Actor, fields: Fields, *, now: datetime) -> Change:
    """Keep what was typed so far in the place of what was before; only of a callback that the advisor holds."""
    mine = select(CallbackRow.id).where(
        CallbackRow.id == callback_id, CallbackRow.holder == staff.id, CallbackRow.state == State.CLAIMED,
        staff.reach.guard(CallbackRow.area),
    )  # fmt: skip
    if session.scalar(mine) is None:
        return why_not(session, callback_id, staff)
    box = keys_of(session).seal(_place(callback_id, staff.id), dict(fields))
    dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    new = dialect.insert(CallDraftRow).values(
        callback_id=callback_id, staff_id=staff.id, updated_at=now, box=box
    )
    same = {"updated_at": now, "box": box}
    session.execute(new.on_conflict_do_update(index_elements=["callback_id", "staff_id"], set_=same))
    return Saved(callback_id)


def opened(session: Session, row: CallDraftRow) -> Draft:
    """What a row holds; the page of a call reads it together with the people it can be handed to."""
    return Draft(keys_of(session).open(_place(row.callback_id, row.staff_id), row.box), row.updated_at)


def forget(session: Session, callback_id: str, staff: Actor | None = None) -> None:
    """Delete the drafts of a callback: everybody's, or one advisor's."""
    gone = delete(CallDraftRow).where(CallDraftRow.callback_id == callback_id)
    session.execute(gone if staff is None else gone.where(CallDraftRow.staff_id == staff.id))


def forget_old(session: Session, now: datetime) -> int:
    """Delete what nobody has touched for a day; how many drafts that were. May run any number of times."""
    old = delete(CallDraftRow).where(CallDraftRow.updated_at < now - KEPT)
    return len(session.execute(old.returning(CallDraftRow.callback_id)).all())


def _place(callback_id: str, staff_id: str) -> str:
    return f"call_draft:{callback_id}:{staff_id}"
