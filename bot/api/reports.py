"""The calls about figures."""

from aiohttp import web

from bot.api.calls import Answered, Call
from bot.staff.accounts import Member
from bot.staff.permissions import Permission
from bot.web import figures_work


class SummaryOut(Answered):
    """How many callbacks of one's areas stand where, now."""

    waiting: int
    claimed: int
    done: int
    cancelled: int
    late: int
    """Open ones whose promised time has passed."""
    total: int


async def summary(request: web.Request, member: Member) -> SummaryOut:
    """The counts."""
    found = await figures_work.standing(request.app, member)
    numbers = {state.value: number for state, number in found.by_state.items()}
    return SummaryOut(**numbers, late=found.late, total=sum(numbers.values()))


CALLS = (
    Call(
        method="GET",
        path="/api/v1/reports/summary",
        handler=summary,
        permission=Permission.READ_FIGURES,
        answer=SummaryOut,
        summary="How many callbacks of one's areas stand where, now",
    ),
)
