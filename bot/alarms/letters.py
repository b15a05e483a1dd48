"""Letters to staff that wait until they are sent. A row is written in the transaction of what it tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.alarms.tables import StaffLetterRow

LEASE = timedelta(minutes=2)
"""How long a sending may last before another sender may try."""
GIVE_UP_AFTER = timedelta(hours=12)
KEPT = timedelta(days=30)
_NEVER = datetime(9999, 1, 1, tzinfo=UTC)
_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (0.5, 1, 2, 5, 15))
_OPEN = ("waiting", "sending")


class Kind(StrEnum):
    """What a letter tells."""

    ALARM = "alarm"
    DAY = "day"
    """What somebody has agreed for today."""
    DIGEST = "digest"
    """The figures of last week."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to be sent."""

    id: int
    recipient: str
    occasion: str
    kind: Kind
    detail: Mapping[str, Any]
    created_at: datetime
    tries: int


def to_staff(staff_id: str) -> str:
    """The recipient that is an account."""
    return f"staff:{staff_id}"


def to_duty(area: str, number: int) -> str:
    """The recipient that is a duty number or address of an area."""
    return f"duty:{area}:{number}"


def put(
    session: Session, recipient: str, occasion: str, kind: Kind, detail: Mapping[str, Any], *, now: datetime
) -> bool:
    """Let a letter wait; False when this recipient has one of this occasion already."""
    row = _insert(session).values(_row(recipient, occasion, kind, detail, now))
    written = session.execute(row.returning(StaffLetterRow.id))
    return written.first() is not None


def put_all(
    session: Session, kind: Kind, details: Mapping[tuple[str, str], Mapping[str, Any]], *, now: datetime
) -> None:
    """Let many letters of a kind wait, by recipient and occasion; one statement. Who has one already gets no other."""
    rows = [_row(recipient, occasion, kind, detail, now) for (recipient, occasion), detail in details.items()]
    if rows:
        session.execute(_insert(session), rows)


def _insert(session: Session) -> Any:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    return dialect.insert(StaffLetterRow).on_conflict_do_nothing()


def _row(
    recipient: str, occasion: str, kind: Kind, detail: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    return {
        "recipient": recipient, "occasion": occasion, "kind": kind.value, "detail": dict(detail),
        "state": "waiting", "tries": 0, "created_at": now, "due_at": now,
    }  # fmt: skip


def claim(session: Session, *, now: datetime, most: int) -> Sequence[Letter]:
    """Take up to `most` letters that are due; of several senders one gets each."""
    due = (
        select(StaffLetterRow.id)
        .where(StaffLetterRow.state.in_(_OPEN), StaffLetterRow.due_at <= now)
        .order_by(StaffLetterRow.due_at, StaffLetterRow.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    rows = session.scalars(
        update(StaffLetterRow)
        .where(StaffLetterRow.id.in_(due), StaffLetterRow.due_at <= now, StaffLetterRow.state.in_(_OPEN))
        .values(state="sending", due_at=now + LEASE, tries=StaffLetterRow.tries + 1)
        .returning(StaffLetterRow)
        .execution_options(synchronize_session=False, populate_existing=True)
    ).all()
    return [
        Letter(row.id, row.recipient, row.occasion, Kind(row.kind), row.detail, row.created_at, row.tries)
        for row in rows
    ]


def sent(session: Session, letter_id: int, *, now: datetime) -> None:
    """It is on its way."""
    _set(session, letter_id, state="sent", reason=None, due_at=_NEVER, ended_at=now)


def ended(session: Session, letter_id: int, state: str, reason: str, *, now: datetime) -> None:
    """It is not sent any more: `dropped` (no way to send it) or `failed`."""
    _set(session, letter_id, state=state, reason=reason, due_at=_NEVER, ended_at=now)


def later(session: Session, letter: Letter, reason: str, *, now: datetime) -> None:
    """Try again after a pause that grows; give up when it is old."""
    if now > letter.created_at + GIVE_UP_AFTER:
        ended(session, letter.id, "failed", reason, now=now)
        return
    pause = _PAUSES[min(letter.tries, len(_PAUSES)) - 1]
    _set(session, letter.id, state="waiting", reason=reason, due_at=now + pause)


def forget_old(session: Session, now: datetime) -> int:
    """Delete letters of which nothing more comes; gives how many. May run any number of times."""
    old = delete(StaffLetterRow).where(StaffLetterRow.created_at < now - KEPT).returning(StaffLetterRow.id)
    return len(session.execute(old).all())


def _set(session: Session, letter_id: int, **values: object) -> None:
    session.execute(update(StaffLetterRow).where(StaffLetterRow.id == letter_id).values(**values))
