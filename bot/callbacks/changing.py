"""The one way a callback changes: a single guarded statement, and the reason when it is refused."""

from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, literal, select, update
from sqlalchemy.orm import Session

from bot.callbacks.call_times import local_moment
from bot.callbacks.places import Place
from bot.callbacks.request import OPEN_STATES, Actor, Gone, HeldBy, NotClaimed, Refused
from bot.callbacks.tables import CallbackRow
from bot.database import UtcDateTime
from bot.meaning import Window

_OFFER = ("offered_to", "offered_to_name", "offered_at")
_HOLDING = ("holder", "holder_name", "claimed_at", "lease_until", "rang_at", "reached_at", *_OFFER)
NO_OFFER = MappingProxyType(dict.fromkeys(_OFFER))
"""The columns of a callback that is offered to nobody."""
NOBODY = MappingProxyType(dict.fromkeys(_HOLDING))
"""The columns of a callback nobody has claimed."""
NO_PLACE = MappingProxyType(dict.fromkeys(("place_start", "place_number", "place_advisor")))
"""The columns of a callback that has no place among the calls of its area."""

ENDED = MappingProxyType(dict.fromkeys((*_HOLDING, *NO_PLACE, "next_try_at", "matter_mark")))
"""The columns of a callback for which nobody will ring."""
_STANDING = select(CallbackRow.state, CallbackRow.holder, CallbackRow.holder_name).where(
    CallbackRow.id == bindparam("callback_id")
)


def at_place(place: Place | None) -> dict[str, Any]:
    """The columns of a callback that has this place, or none."""
    if place is None:
        return dict(NO_PLACE)
    return {"place_start": place.start, "place_number": place.number, "place_advisor": place.advisor}


def change_if(
    session: Session, callback_id: str, *guards: ColumnElement[bool], by: Actor, now: datetime, **values: Any
) -> bool:
    """Change one callback if `by` reaches it and every guard holds at that moment; whether it did.

    Of any number of simultaneous callers whose guards exclude each other exactly one gets True: the database
    decides, in one UPDATE.
    """
    return changed(session, callback_id, *guards, by=by, now=now, **values) is not None


def changed(
    session: Session, callback_id: str, *guards: ColumnElement[bool], by: Actor, now: datetime, **values: Any
) -> Row[int, str | None] | None:
    """The same; gives the callback's new version and how its family is sent notices, None when nothing changed."""
    return session.execute(
        update(CallbackRow)
        .where(CallbackRow.id == callback_id, by.reach.guard(CallbackRow.area), *guards)
        .values(**values, updated_at=now, version=CallbackRow.version + 1)
        .returning(CallbackRow.version, CallbackRow.notify_by)
        .execution_options(synchronize_session=False)
    ).one_or_none()


def moment(value: datetime) -> ColumnElement[datetime]:
    """An aware moment inside an expression of a statement, where no column gives it its type."""
    return literal(value, UtcDateTime())


def why_not(session: Session, callback_id: str, by: Actor) -> Refused:
    """Why a guarded change is refused; `NotClaimed` when it is free. Out of reach is the same as not there."""
    standing = _STANDING.where(by.reach.guard(CallbackRow.area))
    found = session.execute(standing, {"callback_id": callback_id}).one_or_none()
    if found is None:
        return Gone(None)
    state, holder, holder_name = found
    if state not in OPEN_STATES:
        return Gone(state)
    return NotClaimed() if holder is None else HeldBy(holder_name or "", holder)


def time_columns(window: Window | None, promised_day: date) -> dict[str, Any]:
    """The columns that say when a call is wished, promised and due."""
    # A wished time is late when it has passed, a promise when its day is over.
    due = window.end if window else local_moment(promised_day + timedelta(days=1))
    return {
        "window_start": window.start if window else None,
        "window_end": window.end if window else None,
        "promised_day": promised_day,
        "due_at": due,
    }
