"""The calls about alarms: what waits too long, and the acknowledging of it."""

from datetime import datetime

from aiohttp import web

from bot.alarms.board import Raised
from bot.alarms.deciding import Kind
from bot.api.calls import Answered, Call, ProblemError
from bot.staff.accounts import Member
from bot.staff.permissions import Permission
from bot.web import alarm_work

_PATH = "/api/v1/alarms"


class AlarmOut(Answered):
    """One alarm. It holds nothing of any family; the callback is read with a call of its own."""

    id: int
    kind: Kind
    callback: str | None
    """The id of the callback; null when the alarm is about the whole area."""
    area: str
    level: int
    """1: every console of the area; 2: its coordinators as well; 3: every coordinator."""
    since: datetime
    raised_at: datetime
    acknowledged_by: str | None
    acknowledged_at: datetime | None


class AlarmsOut(Answered):
    """The open alarms, the loudest and oldest first."""

    items: list[AlarmOut]
    total: int


async def listed(request: web.Request, member: Member) -> AlarmsOut:
    """What is alarming now."""
    found = [_out(one) for one in await alarm_work.listed(request.app, member)]
    return AlarmsOut(items=found, total=len(found))


async def acknowledge(request: web.Request, member: Member) -> AlarmOut:
    """Say that somebody takes care of it."""
    found = await alarm_work.acknowledge(request.app, member, int(request.match_info["id"]))
    if found is None:
        raise ProblemError(404, "no such alarm waits to be acknowledged")
    return _out(found)


def _out(alarm: Raised) -> AlarmOut:
    return AlarmOut(
        id=alarm.id,
        kind=alarm.kind,
        callback=alarm.callback_id,
        area=alarm.area,
        level=alarm.level,
        since=alarm.since,
        raised_at=alarm.raised_at,
        acknowledged_by=alarm.acknowledged_by,
        acknowledged_at=alarm.acknowledged_at,
    )


CALLS = (
    Call(method="GET", path=_PATH, handler=listed, permission=Permission.READ_CALLBACKS, answer=AlarmsOut,
         summary="What waits too long, the loudest first"),
    Call(method="POST", path=_PATH + "/{id}/acknowledge", handler=acknowledge, answer=AlarmOut,
         permission=Permission.WORK_THE_QUEUE, problems=(404,),
         summary="Say that somebody takes care of it; it grows no louder for a while"),
)  # fmt: skip
