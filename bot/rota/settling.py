"""Half hours that hold more calls than people: a call wished for in a longer time goes to another half hour of it.

A family was told its whole time ("12–16"), never the half hour, so nothing it was told becomes another. What has no
free half hour in its time stays where it is, and stands in red on the page of the team.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.callbacks.changing import at_place
from bot.callbacks.history import count_change
from bot.callbacks.places import Place, Places, PlaceTakenError
from bot.callbacks.request import URGENT, State
from bot.callbacks.tables import CallbackRow
from bot.clock import helsinki
from bot.meaning import Window
from bot.rota.reading import Rota


def settle(session: Session, rota: Rota, now: datetime) -> int:
    """Move what can be moved within its own time; how many calls. May run any number of times; `now` is aware.

    One select where nothing is too full. Raises `PlaceTakenError` when others were quicker; then nothing is
    moved, and the next round sees how it is.
    """
    places_of = rota.places_of(session, [area.id for area in rota.areas.all], now)
    moved = sum(_settle(session, area, places, now) for area, places in places_of.items())
    if moved:
        count_change(session)
    return moved


def _settle(session: Session, area: str, places: Places, now: datetime) -> int:
    moved = 0
    crowded = [start for start in places.taken if start > now and places.room_at(start) < 0]
    for row in _movable(session, area, crowded) if crowded else ():
        if row.place_start is None or row.place_number is None:
            continue
        old = Place(row.place_start, row.place_number, row.place_advisor)
        if places.room_at(old.start) < 0 and (to := _nearest(places, row, old, now)):
            _move(session, row, to)
            places = places.without(old).with_taken(to)
            moved += 1
    return moved


def _movable(session: Session, area: str, crowded: Iterable[datetime]) -> list[CallbackRow]:
    """The calls at these times that nobody has taken yet and that are not urgent; who came last gives way first."""
    wanted = (
        CallbackRow.area == area,
        CallbackRow.place_start.in_(crowded),
        CallbackRow.state == State.WAITING,
        CallbackRow.urgency.not_in(URGENT),
        CallbackRow.window_start.is_not(None),
    )
    latest = (CallbackRow.created_at.desc(), CallbackRow.id)
    rows = session.scalars(select(CallbackRow).where(*wanted).order_by(*latest).with_for_update())
    return list(rows)


def _nearest(places: Places, row: CallbackRow, old: Place, now: datetime) -> Place | None:
    """The free place within the time of a call that is nearest to the one it has; None when there is none."""
    if row.window_start is None or row.window_end is None:
        return None
    window = Window(helsinki(row.window_start), helsinki(row.window_end))
    free = [one for one in places.candidates(window) or () if one.start > now]
    return min(free, key=lambda one: (abs(one.start - old.start), one.start, one.number), default=None)


def _move(session: Session, row: CallbackRow, to: Place) -> None:
    """Give the call the place; the database holds each place once."""
    try:
        session.execute(update(CallbackRow).where(CallbackRow.id == row.id).values(**at_place(to)))
    except IntegrityError as error:
        raise PlaceTakenError from error
