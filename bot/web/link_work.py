"""What staff do with addresses the nightly check has marked: leave them be for a while, or replace them everywhere."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web
from sqlalchemy.orm import Session

from bot import audit
from bot.guidance.catalogue import Service
from bot.guidance.links import store
from bot.guidance.links.link import addresses_of, with_address
from bot.guidance.links.store import IGNORED, Link
from bot.guidance.store import ConflictError
from bot.staff.accounts import Member
from bot.web import catalogue_work
from bot.web.appkeys import CLOCK, DATABASE
from bot.web.catalogue_work import NotOwnerError

KIND = "link"


@dataclass(frozen=True, slots=True)
class Marked:
    """An address to look at, and the entries that have it, by id."""

    link: Link
    entries: Mapping[str, Service]


@dataclass(frozen=True, slots=True)
class Replaced:
    """In how many entries' drafts the new address stands, and how many were not ours to change or changed meanwhile."""

    done: int
    left: int


async def marked(app: web.Application) -> list[Marked]:
    """Every address somebody should look at, the surest first, that an entry has still."""
    now = app[CLOCK]()
    links = await app[DATABASE].read(lambda session: store.to_look_at(session, now))
    users: dict[str, dict[str, Service]] = {}
    for entry in await catalogue_work.entries(app):
        newest = entry.draft or entry.service
        if newest is not None and entry.status != "archived":
            for url in addresses_of(newest):
                users.setdefault(url, {})[entry.id] = newest
    return [Marked(link, users[link.url]) for link in links if link.url in users]


async def find(app: web.Application, link_id: str) -> Link | None:
    """One address; None when no entry has it any more."""
    return await app[DATABASE].read(lambda session: store.find(session, link_id))


async def ignore(app: web.Application, member: Member, link_id: str) -> bool:
    """Say nothing of an address for 90 days; False when there is no such address."""
    now = app[CLOCK]()

    def work(session: Session) -> bool:
        audit.record(session, member.id, "ignored", KIND, [link_id], now=now)
        return store.ignore(session, link_id, until=now + IGNORED)

    return await app[DATABASE].write(work)


async def replace(app: web.Application, member: Member, link: Link, new: str) -> Replaced:
    """Write `new` for the address into a draft of every entry that has it; families see it when it is published.

    Raises `ValueError` when `new` is no web address.
    """
    done = left = 0
    for entry in await catalogue_work.entries(app):
        newest = entry.draft or entry.service
        if newest is None or entry.status == "archived" or link.url not in addresses_of(newest):
            continue
        service = with_address(newest, link.url, new)
        try:
            await catalogue_work.save_draft(app, member, service, based_on=entry.revision)
        except (ConflictError, NotOwnerError):
            left += 1
        else:
            done += 1
    return Replaced(done, left)
