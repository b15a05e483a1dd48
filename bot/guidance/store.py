"""The catalogue in the database: what is published, what is drafted, and who changed what and when.

Every row counts its own changes (`revision`); an edit names the revision it began from, and loses when somebody else
was quicker. The catalogue as a whole has one revision, raised by whatever families can see, so that every process
knows with one select whether what it holds is still true.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from pydantic import ValidationError
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.database import new_id
from bot.guidance.areas import Areas
from bot.guidance.catalogue import Catalogue, Service
from bot.guidance.catalogue_tables import CatalogueRevision, ServiceChange, ServiceRow

_ROW = 1
NOT_IN_REVIEW: dict[str, Any] = {"review": None, "review_by": None, "review_note": None}
_log = structlog.get_logger(__name__)


class ConflictError(Exception):
    """Somebody else changed the entry meanwhile. `current` is its revision now, None when there is no such entry."""

    def __init__(self, service_id: str, current: int | None) -> None:
        super().__init__(f"{service_id} was changed meanwhile (revision {current})")
        self.service_id, self.current = service_id, current


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry as the console shows it."""

    id: str
    status: str
    revision: int
    service: Service | None
    """What families see, or saw before it was archived."""
    draft: Service | None
    updated_at: datetime
    review: str | None = None
    """Of the draft: `waiting` for a colleague, `returned` by one, or None."""
    review_by: str | None = None
    review_note: str | None = None

    @property
    def newest(self) -> Service | None:
        """The draft, else what families see."""
        return self.draft or self.service


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of an entry's history; `before` and `after` as `Service.plain()` gives them."""

    at: datetime
    by: str
    action: str
    revision: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    note: str | None = None


def seed(session: Session, services: Iterable[Service], *, now: datetime) -> int:
    """Fill an empty catalogue; gives the number of entries made, 0 when there already are some."""
    if session.scalar(select(CatalogueRevision.id)) is not None:
        return 0
    try:
        with session.begin_nested():
            session.execute(insert(CatalogueRevision).values(id=_ROW, revision=1))
    except IntegrityError:  # another replica is seeding
        return 0
    rows = [_seeded(service, now) for service in services]
    if rows:
        session.execute(insert(ServiceRow), [row for row, _ in rows])
        session.execute(insert(ServiceChange), [change for _, change in rows])
    return len(rows)


def _seeded(service: Service, now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    plain = service.plain()
    published = service.status != "draft"
    row = {
        "id": service.id, "status": service.status, "revision": 1, "updated_at": now,
        "data": plain if published else None, "draft": None if published else plain,
    }  # fmt: skip
    return row, change(service.id, 1, "seeded", by="seed", now=now, before=None, after=plain)


def revision(session: Session) -> int:
    """The revision of the catalogue as a whole; 0 before it is seeded."""
    return session.scalar(select(CatalogueRevision.revision)) or 0


def load(session: Session, areas: Areas) -> Catalogue:
    """Every published service. An entry this version cannot read is left out, and logged."""
    number = revision(session)
    rows = session.execute(
        select(ServiceRow.id, ServiceRow.data).where(ServiceRow.status == "published").order_by(ServiceRow.id)
    )
    services = (_read(service_id, data) for service_id, data in rows)
    return Catalogue(areas, tuple(service for service in services if service is not None), number)


def entries(session: Session) -> list[Entry]:
    """Every entry of every status, by id, for the console's list."""
    return [_entry(row) for row in session.scalars(select(ServiceRow).order_by(ServiceRow.id))]


def entry(session: Session, service_id: str) -> Entry | None:
    """One entry; None when there is none."""
    row = session.get(ServiceRow, service_id)
    return _entry(row) if row else None


def history(session: Session, service_id: str) -> list[Change]:
    """Every change of an entry, the latest first."""
    rows = session.scalars(
        select(ServiceChange)
        .where(ServiceChange.service_id == service_id)
        .order_by(ServiceChange.revision.desc())
    )
    return [
        Change(
            at=row.at,
            by=row.by,
            action=row.action,
            revision=row.revision,
            before=row.before,
            after=row.after,
            note=row.note,
        )
        for row in rows
    ]


def save_draft(session: Session, service: Service, *, based_on: int, by: str, now: datetime) -> int:
    """Keep an edit that families do not see yet; gives the entry's new revision.

    `based_on` is the revision the editor began from, 0 for a new entry. Raises `ConflictError`.
    """
    plain = service.plain()
    found = session.get(ServiceRow, service.id)
    before = (found.draft or found.data) if found else None
    status = found.status if found else "draft"
    number = put(session, service.id, based_on, now, status=status, draft=plain, **NOT_IN_REVIEW)
    line = change(service.id, number, "drafted", by=by, now=now, before=before, after=plain)
    session.execute(insert(ServiceChange).values(line))
    return number


def publish(session: Session, service: Service, *, based_on: int, by: str, now: datetime) -> int:
    """Show an edit to families from their next message on; gives the entry's new revision.

    `based_on` is the revision the editor began from, 0 for a new entry. Raises `ConflictError`.
    """
    plain = service.model_copy(update={"status": "published"}).plain()
    found = session.get(ServiceRow, service.id)
    before = found.data if found else None
    number = put(
        session, service.id, based_on, now, status="published", data=plain, draft=None, **NOT_IN_REVIEW
    )
    line = change(service.id, number, "published", by=by, now=now, before=before, after=plain)
    session.execute(insert(ServiceChange).values(line))
    raise_revision(session)
    return number


def publish_new(
    session: Session, entries: Mapping[str, Mapping[str, Any]], *, by: str, now: datetime
) -> None:
    """Show many entries that are not there yet to families, with three statements however many they are.

    `entries`: by id, as `Service.plain()` gives published ones. Raises `ConflictError` when one of them was just made.
    """
    rows = [
        {"id": id_, "status": "published", "revision": 1, "updated_at": now, "data": dict(entry), "draft": None}
        for id_, entry in entries.items()
    ]  # fmt: skip
    lines = [
        change(id_, 1, "published", by=by, now=now, before=None, after=dict(entry))
        for id_, entry in entries.items()
    ]
    try:
        session.execute(insert(ServiceRow), rows)
    except IntegrityError as error:
        raise ConflictError(next(iter(entries)), 1) from error
    session.execute(insert(ServiceChange), lines)
    raise_revision(session)


class CatalogueCache:
    """Holds the catalogue in memory and reads it again only when its revision has changed, on whatever replica."""

    def __init__(self, areas: Areas) -> None:
        """`areas`: as read from `areas.yaml`; they change only with the installation."""
        self._catalogue = Catalogue(areas, revision=-1)

    def get(self, session: Session) -> Catalogue:
        """The catalogue as it is now: one select, and one more after a change."""
        if revision(session) != self._catalogue.revision:
            self._catalogue = load(session, self._catalogue.areas)
        return self._catalogue


def put(session: Session, service_id: str, based_on: int, now: datetime, **values: Any) -> int:
    """Change a row that is still at `based_on`, in one guarded statement; or make it, when that is 0."""
    if based_on == 0:
        if session.get(ServiceRow, service_id) is not None or values.get("status") == "archived":
            raise _conflict(session, service_id)
        new = {"data": None, "draft": None, **values, "id": service_id, "revision": 1, "updated_at": now}
        try:
            session.execute(insert(ServiceRow).values(new))
        except IntegrityError as error:  # two people made the same entry at the same moment
            raise ConflictError(service_id, 1) from error
        return 1
    changed = session.execute(
        update(ServiceRow)
        .where(ServiceRow.id == service_id, ServiceRow.revision == based_on)
        .values(revision=based_on + 1, updated_at=now, **values)
        .returning(ServiceRow.id)
    ).all()
    if not changed:
        raise _conflict(session, service_id)
    return based_on + 1


def _conflict(session: Session, service_id: str) -> ConflictError:
    return ConflictError(
        service_id, session.scalar(select(ServiceRow.revision).where(ServiceRow.id == service_id))
    )


def raise_revision(session: Session) -> None:
    """Let every process read the catalogue anew."""
    raised = session.execute(
        update(CatalogueRevision)
        .values(revision=CatalogueRevision.revision + 1)
        .returning(CatalogueRevision.id)
    ).all()
    if not raised:
        session.execute(insert(CatalogueRevision).values(id=_ROW, revision=1))


def change(
    service_id: str,
    number: int,
    action: str,
    *,
    by: str,
    now: datetime,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    note: str | None = None,
) -> dict[str, Any]:
    """A line of an entry's history."""
    return {
        "id": new_id(), "service_id": service_id, "revision": number, "at": now, "by": by, "action": action,
        "before": before, "after": after, "note": note,
    }  # fmt: skip


def _entry(row: ServiceRow) -> Entry:
    return Entry(
        id=row.id,
        status=row.status,
        revision=row.revision,
        service=_read(row.id, row.data),
        draft=_read(row.id, row.draft),
        updated_at=row.updated_at,
        review=row.review,
        review_by=row.review_by,
        review_note=row.review_note,
    )


def _read(service_id: str, data: dict[str, Any] | None) -> Service | None:
    if data is None:
        return None
    try:
        return Service.model_validate(data)
    except ValidationError as error:
        _log.warning("service entry cannot be read", service=service_id, mistakes=error.error_count())
        return None
