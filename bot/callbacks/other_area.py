"""A call that belongs to another area than it was booked in, because its municipality was misheard."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.callbacks import joining
from bot.callbacks.changing import NO_OFFER, NO_PLACE, at_place, change_if, why_not
from bot.callbacks.guards import in_stage, may
from bot.callbacks.history import write_down
from bot.callbacks.life import LIVE, Event
from bot.callbacks.places import Place, PlaceTakenError
from bot.callbacks.request import Actor, Change, NewCallback, Saved
from bot.callbacks.sealing import opened, plain_columns, sealed_columns
from bot.callbacks.tables import CallbackRow
from bot.database import keys_of

PlacesFor = Callable[[NewCallback], Sequence[Place] | None]
"""The places to try in the new area for the time that was promised, best first; None when it needs none."""


def move_to(
    session: Session,
    callback_id: str,
    area: str,
    municipality: str | None,
    *,
    by: Actor,
    now: datetime,
    places_for: PlacesFor,
) -> Change:
    """Hand an open call to the area of another municipality. Its time and its promised day stay as they were told.

    It leaves the calls and requests of the old area: what it answered besides stands there again by itself, and in the
    new area it is joined to a call of the same number and matter. Nobody else may hold it; `by` must reach both areas,
    which the caller has to see to for the new one. Raises `PlaceTakenError` when others were quicker.
    """
    free = or_(CallbackRow.holder.is_(None), CallbackRow.holder == by.id)
    guards = (by.reach.guard(CallbackRow.area), may(Event.CORRECT, by), in_stage(LIVE), free)
    wanted = select(CallbackRow).where(CallbackRow.id == callback_id, *guards).with_for_update()
    row = session.scalar(wanted.execution_options(populate_existing=True))
    if row is None:
        return why_not(session, callback_id, by)
    keys = keys_of(session)
    before, code = opened(keys, row)
    left, after = row.area, replace(before, area=area, municipality=municipality)
    try:
        # Its mark and place are of the old area: without them what it answered besides may stand there again.
        change_if(session, callback_id, by=by, now=now, matter_mark=None, **NO_PLACE)
        joining.stand_again(session, callback_id, by, now=now)
        columns = plain_columns(after) | sealed_columns(keys, row.id, after, code or "") | NO_OFFER
        columns |= joining.settle(session, row, before, after, by, now=now)
        if "merged_into" not in columns:
            columns |= at_place(next(iter(places_for(after) or ()), None))
        change_if(session, callback_id, by=by, now=now, **columns)
    except IntegrityError as error:  # the place, or the matter, is somebody else's since this moment
        raise PlaceTakenError from error
    fields = {"fields": ["area", "municipality"], "from": left, "to": area}
    write_down(session, [callback_id], by, "corrected", now=now, detail=fields)
    return Saved(callback_id)
