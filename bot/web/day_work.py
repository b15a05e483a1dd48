"""Reading somebody's day: for their page, and for their own calendar by its secret key."""

from dataclasses import dataclass
from datetime import datetime

from aiohttp import web
from sqlalchemy.orm import Session

from bot import audit
from bot.callbacks import agenda
from bot.callbacks.agenda import Agenda
from bot.callbacks.callback import Callback
from bot.staff import day_feeds
from bot.staff.accounts import Member
from bot.web.appkeys import CLOCK, DATABASE
from bot.web.staff_work import KIND, as_actor

FEED_DAYS = 14
"""How far ahead a calendar is told."""
_ACCOUNT = "staff"


@dataclass(frozen=True, slots=True)
class Day:
    """An advisor's day, and since when their own calendar reads it (UTC; None when none does)."""

    agenda: Agenda
    feed_since: datetime | None


async def day(app: web.Application, member: Member) -> Day:
    """The day of now and the next. The audit names every callback that was shown."""
    now = app[CLOCK]()

    def read(session: Session) -> Day:
        found = agenda.of_day(session, as_actor(member), now)
        audit.record(session, member.id, "listed", KIND, [one.id for one in found.everything()], now=now)
        return Day(found, day_feeds.since(session, member.id))

    return await app[DATABASE].write(read)


async def renew_feed(app: web.Application, member: Member) -> str:
    """A new key for the member's calendar, shown once."""
    now = app[CLOCK]()

    def write(session: Session) -> str:
        audit.record(session, member.id, "day_feed_renewed", _ACCOUNT, [member.id], now=now)
        return day_feeds.renew(session, member.id, now=now)

    return await app[DATABASE].write(write)


async def end_feed(app: web.Application, member: Member) -> None:
    """Let the member's calendar read nothing any more."""
    now = app[CLOCK]()

    def write(session: Session) -> None:
        audit.record(session, member.id, "day_feed_ended", _ACCOUNT, [member.id], now=now)
        day_feeds.end(session, member.id)

    await app[DATABASE].write(write)


async def fed(app: web.Application, key: str) -> tuple[Member, list[Callback]] | None:
    """Whose key it is and what stands in their calendar, audited as listed; None for a key that opens nothing."""
    now = app[CLOCK]()

    def read(session: Session) -> tuple[Member, list[Callback]] | None:
        member = day_feeds.holder(session, key)
        if member is None:
            return None
        found = agenda.ahead(session, as_actor(member), now, FEED_DAYS)
        audit.record(session, member.id, "listed", KIND, [one.id for one in found], now=now)
        return member, found

    return await app[DATABASE].write(read)
