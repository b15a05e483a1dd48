"""The calls that have a place, as the page of the team shows them: who they are, never what they are about."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.callbacks.places import Place
from bot.callbacks.request import OPEN_STATES, URGENT
from bot.callbacks.sealing import opened
from bot.callbacks.tables import CallbackRow
from bot.database import keys_of
from bot.reach import Reach


@dataclass(frozen=True, slots=True)
class Placed:
    """One call with a place."""

    id: str
    place: Place
    name: str | None
    """As the family gave it."""
    municipality: str | None
    is_urgent: bool


def placed_at(session: Session, area: str, starts: Collection[datetime], reach: Reach) -> list[Placed]:
    """The open calls of an area whose places begin at one of these moments (aware), in their order; one select."""
    if not starts:
        return []
    rows = session.scalars(
        select(CallbackRow)
        .where(
            CallbackRow.area == area,
            reach.guard(CallbackRow.area),
            CallbackRow.place_start.in_(starts),
            CallbackRow.state.in_(OPEN_STATES),
        )
        .order_by(CallbackRow.place_start, CallbackRow.place_number)
        .execution_options(populate_existing=True)
    )
    found: list[Placed] = []
    for row in rows:
        if row.place_start is None or row.place_number is None:
            continue
        name, place = opened(keys_of(session), row)[0].name, Place(row.place_start, row.place_number)
        found.append(Placed(row.id, place, name, row.municipality, row.urgency in URGENT))
    return found
