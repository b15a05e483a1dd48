"""Calls that nobody answered, as a telephone exchange tells of them: each event once, each number one callback."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, Self

from sqlalchemy import JSON, String, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.callbacks import booking, reading
from bot.callbacks.changing import change_if
from bot.callbacks.history import write_down
from bot.callbacks.request import FAMILY, OPEN_STATES, SYSTEM, NewCallback
from bot.callbacks.tables import CallbackRow
from bot.database import Base, UtcDateTime, keys_of
from bot.reach import EVERYWHERE

KEPT = timedelta(days=30)
"""How long an event is known; the door takes none of a call that is nearly as old."""
Kind = Literal["missed", "voicemail"]
_WRITTEN_AS = {"missed": "rang", "voicemail": "voicemail"}
"""What the history of a callback calls each kind."""


class ExchangeEventRow(Base):
    """One event of the exchange and what was answered to it. Its id is a keyed mark of the exchange's own."""

    __tablename__ = "exchange_event"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Ids and days; nothing of the caller. Empty only inside the transaction that takes the event in."""


class ExchangeCallerRow(Base):
    """A number that rang, as a keyed mark: whoever takes in one of its calls holds this row until the commit."""

    __tablename__ = "exchange_caller"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    rang_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedCall:
    """One call that nobody answered."""

    event_id: str
    """The exchange's own; the same id is the same event."""
    caller: str | None
    """E.164; None when the number was withheld."""
    called_at: datetime
    """Aware."""
    kind: Kind
    recording: str | None = None
    """Where the exchange keeps what was said into the voicemail; shown to staff, never fetched."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of an event: a callback was made, an open one got another line, or there is nobody to ring."""

    result: Literal["created", "added", "withheld"]
    callback: str | None = None
    promised_day: date | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain data, as the exchange is told and as it is kept."""
        day = self.promised_day.isoformat() if self.promised_day else None
        return {"result": self.result, "callback": self.callback, "promised_day": day}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """What `as_json` gave."""
        day = data["promised_day"]
        return cls(data["result"], data["callback"], date.fromisoformat(day) if day else None)


def take_in(
    session: Session, call: MissedCall, new: NewCallback, *, promised_day: date, now: datetime
) -> TakenIn:
    """Turn an event into a callback, or into a line in the history of the one that is open for its number.

    The same event again, however often and at once, changes nothing and gives what it gave the first time.

    Args:
        session: The transaction.
        call: The event.
        new: The callback to make when none is open; it holds the caller's number.
        promised_day: The day by which a new one is promised, local.
        now: When it came in; aware.
    """
    event = keys_of(session).mark("exchange event", call.event_id)
    # Of several deliveries at once the first holds the row, and the others wait here until it is committed.
    row = _insert(session, ExchangeEventRow).values(id=event, received_at=now, answer={})
    kept = row.on_conflict_do_nothing().returning(ExchangeEventRow.id)
    if session.scalar(kept) is None:
        known = select(ExchangeEventRow.answer).where(ExchangeEventRow.id == event)
        return TakenIn.from_json(session.scalars(known).one())
    taken = _into_queue(session, call, new, promised_day, now) if call.caller else TakenIn("withheld")
    answered = update(ExchangeEventRow).where(ExchangeEventRow.id == event).values(answer=taken.as_json())
    session.execute(answered.execution_options(synchronize_session=False))
    return taken


def forget_old(session: Session, now: datetime) -> int:
    """Delete events and marks of numbers after 30 days; gives how many. May run any number of times."""
    old = now - KEPT
    ended = (
        delete(ExchangeEventRow).where(ExchangeEventRow.received_at < old).returning(ExchangeEventRow.id),
        delete(ExchangeCallerRow).where(ExchangeCallerRow.rang_at < old).returning(ExchangeCallerRow.id),
    )
    return sum(len(session.execute(statement).all()) for statement in ended)


def _into_queue(
    session: Session, call: MissedCall, new: NewCallback, promised_day: date, now: datetime
) -> TakenIn:
    mark = keys_of(session).mark("exchange caller", call.caller or "")
    row = _insert(session, ExchangeCallerRow).values(id=mark, rang_at=now)
    session.execute(row.on_conflict_do_update(index_elements=["id"], set_={"rang_at": now}))
    for waiting in reading.by_phone(session, call.caller or "", EVERYWHERE):
        # Somebody may be closing it at this moment; then there is a new one.
        if change_if(session, waiting.id, CallbackRow.state.in_(OPEN_STATES), by=SYSTEM, now=now):
            _note(session, waiting.id, call, now)
            return TakenIn("added", waiting.id, waiting.promised_day)
    booked = booking.book(session, new, now=now, promised_day=promised_day, by=SYSTEM)
    _note(session, booked.id, call, now)
    return TakenIn("created", booked.id, booked.promised_day)


def _note(session: Session, callback_id: str, call: MissedCall, now: datetime) -> None:
    detail = {"called_at": call.called_at.isoformat()}
    what = _WRITTEN_AS[call.kind]
    write_down(session, [callback_id], FAMILY, what, now=now, detail=detail, note=call.recording)


def _insert(session: Session, table: type[Base]) -> Any:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    return dialect.insert(table)
