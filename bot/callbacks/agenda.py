"""What an advisor has before them: calls they hold or are offered, agreed call times, and days they promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import Session

from bot.callbacks import reading
from bot.callbacks.call_times import local_moment
from bot.callbacks.callback import Callback
from bot.callbacks.request import OPEN_STATES, Actor, State
from bot.callbacks.tables import CallbackRow
from bot.clock import helsinki

AHEAD = timedelta(days=7)
"""How far follow-ups are looked ahead on the page of a day."""
_MOST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """One advisor's day, every list in the order of its times. Numbers are masked."""

    offered: tuple[Callback, ...]
    """What colleagues would hand to them."""
    held: tuple[Callback, ...]
    late: tuple[Callback, ...]
    """What they hold and is late."""
    missed: tuple[Callback, ...]
    """Follow-ups of a day that is over: their own, and those of colleagues within reach."""
    today: tuple[Callback, ...]
    """Open calls with an agreed time today that nobody else holds."""
    tomorrow: tuple[Callback, ...]
    follow_ups: tuple[Callback, ...]
    """Their own follow-ups of today and the days to come."""

    def everything(self) -> tuple[Callback, ...]:
        """Every callback in it, each once."""
        parts = (self.offered, self.held, self.missed, self.today, self.tomorrow, self.follow_ups)
        return tuple({callback.id: callback for part in parts for callback in part}.values())


def of_day(session: Session, advisor: Actor, now: datetime) -> Agenda:
    """The day of `now` and the next; two selects."""
    today = helsinki(now).date()
    mine = or_(CallbackRow.holder == advisor.id, CallbackRow.offered_to == advisor.id)
    follow_ups = or_(
        CallbackRow.follow_up_on < today,
        and_(CallbackRow.follow_up_on <= today + AHEAD, CallbackRow.follow_up_by == advisor.id),
    )
    found = _read(session, advisor, or_(mine, follow_ups, _agreed(advisor, today, today + timedelta(days=2))))
    held = tuple(one for one in found if one.state is State.CLAIMED and one.holder == advisor.id)
    free = [one for one in found if one.state in OPEN_STATES and one.holder in (None, advisor.id)]
    own = [one for one in found if one.follow_up_by == advisor.id and one.follow_up_on is not None]
    return Agenda(
        offered=tuple(one for one in found if one.offered_to == advisor.id),
        held=held,
        late=tuple(one for one in held if one.is_late(now)),
        missed=tuple(one for one in found if one.follow_up_on is not None and one.follow_up_on < today),
        today=_on(free, today),
        tomorrow=_on(free, today + timedelta(days=1)),
        follow_ups=_by_day(
            [one for one in own if one.follow_up_on is not None and one.follow_up_on >= today]
        ),
    )


def ahead(session: Session, advisor: Actor, now: datetime, days: int) -> list[Callback]:
    """What stands in the advisor's calendar from today on: agreed calls nobody else holds, and own follow-ups."""
    today = helsinki(now).date()
    last = today + timedelta(days=days)
    follow_ups = and_(CallbackRow.follow_up_by == advisor.id, CallbackRow.follow_up_on <= last)
    return list(_read(session, advisor, or_(_agreed(advisor, today, last), follow_ups)))


def _agreed(advisor: Actor, first: date, end: date) -> ColumnElement[bool]:
    return and_(
        CallbackRow.state.in_(OPEN_STATES),
        or_(CallbackRow.holder.is_(None), CallbackRow.holder == advisor.id),
        CallbackRow.window_start >= local_moment(first),
        CallbackRow.window_start < local_moment(end),
    )


def _read(session: Session, advisor: Actor, wanted: ColumnElement[bool]) -> tuple[Callback, ...]:
    order = CallbackRow.due_at.asc()
    return tuple(reading.list_where(session, advisor.reach, wanted, order=order, limit=_MOST))


def _on(callbacks: Sequence[Callback], day: date) -> tuple[Callback, ...]:
    """Those with an agreed time on the day (local), the earliest first."""
    agreed = [
        (window.start, one.id, one)
        for one in callbacks
        if (window := one.request.window) is not None and helsinki(window.start).date() == day
    ]
    return tuple(one for *_, one in sorted(agreed, key=lambda found: found[:2]))


def _by_day(callbacks: Sequence[Callback]) -> tuple[Callback, ...]:
    return tuple(sorted(callbacks, key=lambda one: (one.follow_up_on or date.max, one.id)))
