"""The calls about figures."""

from aiohttp import web
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.api.calls import Answered, Call
from bot.callbacks.request import State
from bot.callbacks.tables import CallbackRow
from bot.staff.accounts import Member
from bot.staff.permissions import Permission
from bot.web.appkeys import CLOCK, DATABASE


class SummaryOut(Answered):
    """How many callbacks stand where, now."""

    waiting: int
    claimed: int
    done: int
    cancelled: int
    late: int
    """Open ones whose promised time has passed."""
    total: int


async def summary(request: web.Request, member: Member) -> SummaryOut:  # noqa: ARG001  (figures name nobody)
    """The counts."""
    now = request.app[CLOCK]()
    open_late = (CallbackRow.due_at < now) & CallbackRow.state.in_((State.WAITING, State.CLAIMED))

    def counted(session: Session) -> list[tuple[State, int, int]]:
        late = func.count().filter(open_late)
        rows = session.execute(select(CallbackRow.state, func.count(), late).group_by(CallbackRow.state))
        return [(state, number, late_number) for state, number, late_number in rows]

    rows = await request.app[DATABASE].read(counted)
    by_state = {state: number for state, number, _ in rows}
    return SummaryOut(
        **{state.value: by_state.get(state, 0) for state in State},
        late=sum(late for _, _, late in rows),
        total=sum(by_state.values()),
    )


CALLS = (
    Call(
        method="GET",
        path="/api/v1/reports/summary",
        handler=summary,
        permission=Permission.READ_FIGURES,
        answer=SummaryOut,
        summary="How many callbacks stand where, now",
    ),
)
