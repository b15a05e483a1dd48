"""What staff do to the catalogue, through whichever door: the console or the API.

What is published is what the next message to a family says; the audit and the entry's history keep who did it.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from aiohttp import web
from sqlalchemy.orm import Session

from bot import audit
from bot.clock import helsinki
from bot.guidance import reviewing, store
from bot.guidance.catalogue import Service
from bot.guidance.due import check_due
from bot.guidance.origin import Verified
from bot.guidance.store import Change, Entry
from bot.staff.accounts import Member
from bot.staff.permissions import Permission
from bot.web.appkeys import CLOCK, DATABASE

KIND = "service"
Step = Callable[[Session, str, str, int, str, datetime], int]
STEPS: Mapping[str, Step] = {
    "sent": lambda s, one, _, at, by, now: reviewing.send(s, one, based_on=at, by=by, now=now),
    "returned": lambda s, one, note, at, by, now: reviewing.send_back(
        s, one, note, based_on=at, by=by, now=now
    ),
    "discarded": lambda s, one, _, at, by, now: reviewing.discard(s, one, based_on=at, by=by, now=now),
    "stamped": lambda s, one, code, at, by, now: reviewing.stamp(s, one, code, based_on=at, by=by, now=now),
    "archived": lambda s, one, why, at, by, now: reviewing.archive(s, one, why, based_on=at, by=by, now=now),
    "unarchived": lambda s, one, _, at, by, now: reviewing.unarchive(s, one, based_on=at, by=by, now=now),
}
"""What is done with an entry besides writing, publishing and checking it, by the name it has in its history."""


class NotOwnerError(Exception):
    """The entry is not this member's to change."""


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
    """Keep an edit families do not see yet; gives the new revision.

    Raises `store.ConflictError`, and `NotOwnerError` when the entry is not this member's to change.
    """
    now = app[CLOCK]()

    def work(session: Session) -> int:
        before = _ours(session, member, service.id)
        number = store.save_draft(
            session, _unchecked(service, before), based_on=based_on, by=member.id, now=now
        )
        if before is None and not member.may(Permission.PUBLISH_CATALOGUE):
            reviewing.set_owners(session, service.id, [member.id])
        audit.record(session, member.id, "drafted", KIND, [service.id], now=now)
        return number

    return await app[DATABASE].write(work)


async def publish(app: web.Application, member: Member, service: Service, *, based_on: int) -> int:
    """Show an edit to families from now on; gives the new revision.

    Raises `store.ConflictError`, `NotOwnerError`, and `publishing.ColleagueNeededError` when somebody else has to
    publish it.
    """
    now = app[CLOCK]()

    def work(session: Session) -> int:
        before = _ours(session, member, service.id)
        wanted = _unchecked(service, before)
        at_once = member.may(Permission.PUBLISH_CATALOGUE)
        reviewing.need_no_colleague(session, wanted, before, who=member.id, at_once=at_once)
        number = store.publish(session, wanted, based_on=based_on, by=member.id, now=now)
        audit.record(session, member.id, "published", KIND, [service.id], now=now)
        return number

    return await app[DATABASE].write(work)


async def step(
    app: web.Application, member: Member, name: str, service_id: str, *, based_on: int, words: str = ""
) -> int:
    """One of `STEPS` with an entry; gives the new revision. `words`: the note or reason of steps that take one.

    Raises `store.ConflictError` and `NotOwnerError`.
    """
    now = app[CLOCK]()

    def work(session: Session) -> int:
        _ours(session, member, service_id)
        number = STEPS[name](session, service_id, words, based_on, member.id, now)
        audit.record(session, member.id, name, KIND, [service_id], now=now)
        return number

    return await app[DATABASE].write(work)


async def check(
    app: web.Application, member: Member, service_id: str, *, by: str, how: str, based_on: int
) -> int:
    """Note that the facts hold today. `by`: a role or organisation. Raises as `step`, `LookupError` without entry."""
    now = app[CLOCK]()

    def work(session: Session) -> int:
        found = _ours(session, member, service_id)
        service = found.newest if found else None
        if service is None:
            raise LookupError(service_id)
        day = helsinki(now).date()
        verified = Verified(at=day, by=by, how=how, next_due=check_due(service, day))
        number = reviewing.check(session, service_id, verified, based_on=based_on, by=member.id, now=now)
        audit.record(session, member.id, "checked", KIND, [service_id], now=now)
        return number

    return await app[DATABASE].write(work)


async def owned(app: web.Application, member: Member) -> frozenset[str]:
    """The ids of the entries that are this member's to keep true."""
    return await app[DATABASE].read(lambda session: reviewing.owned_by(session, member.id))


async def owners(app: web.Application, service_id: str) -> frozenset[str]:
    """The ids of those who keep an entry true."""
    return await app[DATABASE].read(lambda session: reviewing.owners(session, service_id))


async def set_owners(app: web.Application, member: Member, service_id: str, staff_ids: Iterable[str]) -> None:
    """Give an entry to exactly these people."""
    now = app[CLOCK]()

    def work(session: Session) -> None:
        reviewing.set_owners(session, service_id, staff_ids)
        audit.record(session, member.id, "owners", KIND, [service_id], now=now)

    await app[DATABASE].write(work)


async def may_change(app: web.Application, member: Member, service_id: str) -> bool:
    """Whether this member may change the entry."""
    return await app[DATABASE].read(lambda session: _may_change(session, member, service_id))


def _may_change(session: Session, member: Member, service_id: str) -> bool:
    if member.may(Permission.PUBLISH_CATALOGUE):
        return True
    return member.may(Permission.EDIT_CATALOGUE) and member.id in reviewing.owners(session, service_id)


def _ours(session: Session, member: Member, service_id: str) -> Entry | None:
    found = store.entry(session, service_id)
    if found is not None and not _may_change(session, member, service_id):
        raise NotOwnerError(service_id)
    return found


def _unchecked(service: Service, before: Entry | None) -> Service:
    """The edit with the last check as it was: only a check sets it."""
    known = before.newest if before else None
    return service.model_copy(update={"verified": known.verified if known else Verified()})
