"""Moving a call to another time."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from bot.callbacks import joining, notice_outbox
from bot.callbacks.changing import NO_PLACE, at_place, time_columns, why_not
from bot.callbacks.guards import in_stage, may
from bot.callbacks.history import write_down
from bot.callbacks.life import LIVE, Event
from bot.callbacks.notices import Kind
from bot.callbacks.places import Place, PlaceTakenError
from bot.callbacks.request import FAMILY, Actor, Change, Gone, Saved
from bot.callbacks.tables import CallbackRow
from bot.meaning import Window


def move(
    session: Session,
    callback_id: str,
    *,
    window: Window | None,
    promised_day: date,
    now: datetime,
    by: Actor = FAMILY,
    places: Sequence[Place] | None = None,
) -> Change:
    """Change when the call is wished for. Whoever has claimed it keeps it; a planned next try is forgotten.

    `places` are the places to try, best first; None when it needs none. Raises `PlaceTakenError` when others have
    taken every one of them: then nothing is changed, and the transaction must end.
    """
    times = time_columns(window, promised_day) | {"next_try_at": None, "decision": "moved"}
    detail = {"promised_day": promised_day.isoformat(), "start": window.start.isoformat() if window else None}
    for place in (None,) if places is None else places:
        if _moved_to(session, callback_id, place, times, by=by, now=now):
            write_down(session, [callback_id], by, "moved", now=now, detail=detail)
            return Saved(callback_id)
        if joining.move(session, callback_id, times, by, now=now, detail=detail):
            return Saved(callback_id)
    # One that another call answers needs no place: it may be moved to a time that has none.
    if not places and joining.move(session, callback_id, times, by, now=now, detail=detail):
        return Saved(callback_id)
    refused = why_not(session, callback_id, by)
    if places is not None and not isinstance(refused, Gone):
        raise PlaceTakenError
    return refused


def _moved_to(
    session: Session,
    callback_id: str,
    place: Place | None,
    times: Mapping[str, Any],
    *,
    by: Actor,
    now: datetime,
) -> bool:
    """Move a live call to a place, if nobody else has that; without one it is always free."""
    columns, free = _at(callback_id, place)
    guards = (may(Event.MOVE, by), in_stage(LIVE), *free)
    try:
        return notice_outbox.change_and_tell(
            session, callback_id, Kind.MOVED, *guards, by=by, now=now, **times, **columns
        )
    except IntegrityError as error:  # somebody took it at this very moment
        raise PlaceTakenError from error


def _at(callback_id: str, place: Place | None) -> tuple[Mapping[str, Any], list[ColumnElement[bool]]]:
    """The columns of a call at a place, and the guard that nobody else has it."""
    if place is None:
        return NO_PLACE, []
    other = aliased(CallbackRow)
    number = and_(other.area == CallbackRow.area, other.place_number == place.number)
    same = or_(number, other.place_advisor == place.advisor) if place.advisor else number
    taken = exists().where(other.place_start == place.start, other.id != callback_id, same)
    return at_place(place), [~taken]
