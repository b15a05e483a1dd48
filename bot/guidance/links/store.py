"""Which addresses are to be asked, who asks them, and what they answered."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from bot.guidance.links.link import KEPT, Result, State, addresses_of, judge
from bot.guidance.links.tables import LinkRow
from bot.guidance.store import entries

_TAKEN = timedelta(minutes=45)
"""Longer than a batch can take."""
IGNORED = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address with its last results, the newest first."""

    id: str
    url: str
    state: State
    results: tuple[Result, ...]
    ignored_until: datetime | None

    @property
    def moved_to(self) -> str | None:
        """Where its server says the page is for good."""
        return self.results[0].moved_to if self.results else None


def plan(session: Session, now: datetime) -> int:
    """Make every address of a published entry due, new ones too, and forget those no entry has; gives how many."""
    del now
    wanted = {
        _id(url): url
        for entry in entries(session)
        if entry.status == "published" and entry.service and not entry.service.fictional
        for url in addresses_of(entry.service)
    }
    known = set(session.scalars(select(LinkRow.id)))
    if gone := known - wanted.keys():
        session.execute(delete(LinkRow).where(LinkRow.id.in_(gone)))
    session.execute(update(LinkRow).values(due=True))
    rows = [
        {"id": one, "url": wanted[one], "state": "new", "results": [], "due": True}
        for one in wanted.keys() - known
    ]
    if rows:
        session.execute(insert(LinkRow), rows)
    return len(wanted)


def take(session: Session, most: int, *, now: datetime) -> list[Link]:
    """At most so many due addresses for this process to ask; nobody else gets them for a while."""
    free = or_(LinkRow.taken_until.is_(None), LinkRow.taken_until < now)
    due = select(LinkRow.id).where(LinkRow.due, free).order_by(LinkRow.id).limit(most)
    taken = session.scalars(
        update(LinkRow)
        .where(LinkRow.id.in_(due), LinkRow.due, free)
        .values(taken_until=now + _TAKEN)
        .returning(LinkRow)
        .execution_options(synchronize_session=False)
    )
    return [_link(row) for row in taken]


def keep(session: Session, link: Link, result: Result) -> State:
    """Write down how an address answered; gives what that makes of it."""
    results = (result, *link.results)[:KEPT]
    state = judge(results)
    session.execute(
        update(LinkRow)
        .where(LinkRow.id == link.id)
        .values(state=state, results=[one.plain() for one in results], due=False, taken_until=None)
    )
    return state


def to_look_at(session: Session, now: datetime) -> list[Link]:
    """The addresses somebody should look at: gone first, then those to look at, then moved; without ignored ones."""
    order = ("gone", "look", "moved")
    rows = session.scalars(
        select(LinkRow).where(
            LinkRow.state.in_(order), or_(LinkRow.ignored_until.is_(None), LinkRow.ignored_until <= now)
        )
    )
    return sorted(map(_link, rows), key=lambda one: (order.index(one.state), one.url))


def find(session: Session, link_id: str) -> Link | None:
    """One address; None when no entry has it any more."""
    row = session.get(LinkRow, link_id)
    return _link(row) if row else None


def ignore(session: Session, link_id: str, *, until: datetime) -> bool:
    """Say nothing of an address until a moment; False when there is no such address."""
    changed = update(LinkRow).where(LinkRow.id == link_id).values(ignored_until=until).returning(LinkRow.id)
    return bool(session.scalars(changed).all())


def _id(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:32]


def _link(row: LinkRow) -> Link:
    return Link(
        id=row.id, url=row.url, state=row.state, results=tuple(map(Result.read, row.results)),
        ignored_until=row.ignored_until,
    )  # fmt: skip
