"""How many callbacks stand where. Counts alone; nothing of any family is opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.callbacks.request import OPEN_STATES, State
from bot.callbacks.tables import CallbackRow
from bot.reach import Reach


@dataclass(frozen=True, slots=True)
class Standing:
    """The callbacks of some areas by state, and how many of the open ones are late."""

    by_state: Mapping[State, int]
    late: int


def standing(session: Session, reach: Reach, now: datetime) -> Standing:
    """Count the callbacks within reach at `now` (aware); every state has its number. One statement."""
    late = func.count().filter((CallbackRow.due_at < now) & CallbackRow.state.in_(OPEN_STATES))
    counted = select(CallbackRow.state, func.count(), late).where(reach.guard(CallbackRow.area))
    rows = session.execute(counted.group_by(CallbackRow.state)).all()
    numbers = {state: number for state, number, _ in rows}
    return Standing({state: numbers.get(state, 0) for state in State}, sum(late for _, _, late in rows))
