"""What staff do to the catalogue, through whichever door: the console or the API.

What is published is what the next message to a family says; the audit and the entry's history keep who did it.
"""

from aiohttp import web
from sqlalchemy.orm import Session

from bot import audit
from bot.guidance import store
from bot.guidance.catalogue import Service
from bot.guidance.store import Change, Entry
from bot.staff.accounts import Member
from bot.web.appkeys import CLOCK, DATABASE

KIND = "service"


async def entries(app: web.Application) -> list[Entry]:
    """Every entry of every status, by id."""
    return await app[DATABASE].read(store.entries)


async def entry(app: web.Application, service_id: str) -> Entry | None:
    """One entry; None when there is none."""
    return await app[DATABASE].read(lambda session: store.entry(session, service_id))


async def history(app: web.Application, service_id: str) -> list[Change]:
    """Every change of an entry, the latest first."""
    return await app[DATABASE].read(lambda session: store.history(session, service_id))


async def save_draft(app: web.Application, member: Member, service: Service, *, based_on: int) -> int:
    """Keep an edit families do not see yet; gives the new revision. Raises `store.ConflictError`."""
    now = app[CLOCK]()

    def work(session: Session) -> int:
        number = store.save_draft(session, service, based_on=based_on, by=member.id, now=now)
        audit.record(session, member.id, "drafted", KIND, [service.id], now=now)
        return number

    return await app[DATABASE].write(work)


async def publish(app: web.Application, member: Member, service: Service, *, based_on: int) -> int:
    """Show an edit to families from now on; gives the new revision. Raises `store.ConflictError`."""
    now = app[CLOCK]()

    def work(session: Session) -> int:
        number = store.publish(session, service, based_on=based_on, by=member.id, now=now)
        audit.record(session, member.id, "published", KIND, [service.id], now=now)
        return number

    return await app[DATABASE].write(work)
