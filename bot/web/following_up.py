"""Follow-ups agreed in a call: begun, or marked as done."""

from aiohttp import web
from sqlalchemy.orm import Session

from bot import audit
from bot.callbacks import follow_ups
from bot.callbacks.request import Booked, Change, Refused, Saved
from bot.staff.accounts import Member
from bot.web.appkeys import ANNOUNCER, CLOCK, DATABASE, LEASE
from bot.web.live import QUEUE
from bot.web.staff_work import KIND, as_actor


async def begin(app: web.Application, member: Member, callback_id: str) -> Booked | Refused:
    """Make a callback of the follow-up, claimed by the member; of two who try one gets it."""
    now, lease = app[CLOCK](), app[LEASE]

    def write(session: Session) -> Booked | Refused:
        done = follow_ups.begin(session, callback_id, as_actor(member), now=now, lease=lease)
        if isinstance(done, Booked):
            audit.record(session, member.id, "follow_up_begun", KIND, [callback_id, done.id], now=now)
        return done

    done = await app[DATABASE].write(write)
    app[ANNOUNCER].announce(QUEUE)
    return done


async def end(app: web.Application, member: Member, callback_id: str) -> Change:
    """Mark the follow-up as done without a call."""
    now = app[CLOCK]()

    def write(session: Session) -> Change:
        done = follow_ups.end(session, callback_id, as_actor(member), now=now)
        if isinstance(done, Saved):
            audit.record(session, member.id, "follow_up_ended", KIND, [callback_id], now=now)
        return done

    done = await app[DATABASE].write(write)
    app[ANNOUNCER].announce(QUEUE)
    return done
