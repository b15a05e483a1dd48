"""What staff do with alarms, and the figures of the week, through whichever door."""

from datetime import date

from aiohttp import web
from sqlalchemy.orm import Session

from bot import audit
from bot.alarms import board, week
from bot.alarms.board import Raised
from bot.alarms.week import Week
from bot.staff.accounts import Member
from bot.web.appkeys import ANNOUNCER, CLOCK, DATABASE
from bot.web.live import QUEUE
from bot.web.staff_work import as_actor

KIND = "alarm"


async def listed(app: web.Application, member: Member) -> list[Raised]:
    """The open alarms within the member's reach, the loudest and oldest first. They hold nothing of any family."""
    return await app[DATABASE].read(lambda session: board.open_alarms(session, member.reach, member.id))


async def acknowledge(app: web.Application, member: Member, alarm_id: int) -> Raised | None:
    """Note that the member has seen an alarm; None when there is none within reach that waits for it."""
    now = app[CLOCK]()

    def work(session: Session) -> Raised | None:
        found = board.acknowledge(session, alarm_id, as_actor(member), now=now)
        if found is not None:
            audit.record(session, member.id, "acknowledged", KIND, [str(alarm_id)], now=now)
        return found

    found = await app[DATABASE].write(work)
    if found is not None:
        app[ANNOUNCER].announce(QUEUE)
    return found


async def digest(app: web.Application, member: Member, monday: date | None = None) -> Week:
    """The figures of a week within the member's reach; of the last whole week unless another Monday is named."""
    now = app[CLOCK]()
    begins = monday or week.last_monday(now)
    return await app[DATABASE].read(lambda session: week.figures(session, member.reach, begins, now))
