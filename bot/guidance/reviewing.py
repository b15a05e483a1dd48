"""What happens to an entry besides writing and publishing it: review, checks, archive, and who keeps it true."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from bot.guidance.catalogue import Service
from bot.guidance.catalogue_tables import ServiceChange, ServiceOwner, ServiceRow
from bot.guidance.origin import Verified
from bot.guidance.publishing import ColleagueNeededError, Edit, Line, barred, unpublished
from bot.guidance.store import NOT_IN_REVIEW, Entry, change, history, put, raise_revision
from bot.guidance.translating import source_hash


def need_no_colleague(
    session: Session, service: Service, before: Entry | None, *, who: str, at_once: bool
) -> None:
    """Raise `ColleagueNeededError` when `service` has to be published by somebody else than `who`.

    `before` is the entry as it is, None for a new one. `at_once`: `who` may publish own edits.
    """
    lines = [Line(one.by, one.action, one.before, one.after) for one in history(session, service.id)]
    edits = unpublished(lines) if before is not None and before.draft is not None else ()
    plain, known = _content(service), _content(before.newest if before else None)
    if plain != known:
        edits = (Edit(who, known, plain or {}), *edits)
    published = before.service if before else None
    reason = barred(who, at_once=at_once, edits=edits, published=published, service=service)
    if reason is not None:
        raise ColleagueNeededError(reason, tuple(dict.fromkeys(edit.by for edit in edits)))


def _content(service: Service | None) -> dict[str, Any] | None:
    return service.model_copy(update={"status": "published"}).plain() if service else None


def send(session: Session, service_id: str, *, based_on: int, by: str, now: datetime) -> int:
    """Ask a colleague to look at the draft; gives the entry's new revision. Raises `store.ConflictError`."""
    number = put(session, service_id, based_on, now, review="waiting", review_by=by, review_note=None)
    _line(session, service_id, number, "sent", by=by, now=now)
    return number


def send_back(session: Session, service_id: str, note: str, *, based_on: int, by: str, now: datetime) -> int:
    """Give the draft back to its editor with a word; gives the new revision. Raises `store.ConflictError`."""
    number = put(session, service_id, based_on, now, review="returned", review_by=by, review_note=note)
    _line(session, service_id, number, "returned", by=by, now=now, note=note)
    return number


def discard(session: Session, service_id: str, *, based_on: int, by: str, now: datetime) -> int:
    """Throw away the draft of an entry that has been published; the new revision. Raises `store.ConflictError`."""
    number = put(session, service_id, based_on, now, draft=None, **NOT_IN_REVIEW)
    _line(session, service_id, number, "discarded", by=by, now=now)
    return number


def check(
    session: Session, service_id: str, verified: Verified, *, based_on: int, by: str, now: datetime
) -> int:
    """Note that the facts hold, and nothing else; gives the new revision. Raises `store.ConflictError`."""
    found = session.get(ServiceRow, service_id)
    plain = verified.model_dump(mode="json", exclude_defaults=True)
    values = {
        name: {**data, "verified": plain}
        for name, data in (("data", found.data), ("draft", found.draft))
        if data is not None
    } if found else {}  # fmt: skip
    before = found.data if found else None
    number = put(session, service_id, based_on, now, **values)
    session.execute(
        insert(ServiceChange).values(
            change(
                service_id, number, "checked", by=by, now=now, before=before, after=values.get("data"),
                note=verified.how,
            )
        )
    )  # fmt: skip
    raise_revision(session)
    return number


def stamp(session: Session, service_id: str, language: str, *, based_on: int, by: str, now: datetime) -> int:
    """Note that a translation still says what the Finnish says now. Raises `store.ConflictError`."""
    found = session.get(ServiceRow, service_id)
    values = {
        name: _stamped(data, language)
        for name, data in (("data", found.data), ("draft", found.draft))
        if data is not None
    } if found else {}  # fmt: skip
    number = put(session, service_id, based_on, now, **values)
    _line(session, service_id, number, "stamped", by=by, now=now, note=language)
    raise_revision(session)
    return number


def _stamped(data: Mapping[str, Any], language: str) -> dict[str, Any]:
    stamps = data.get("translations", {})
    if language not in stamps:
        return dict(data)
    stamp_now = {**stamps[language], "from_hash": source_hash(Service.model_validate(data))}
    return {**data, "translations": {**stamps, language: stamp_now}}


def archive(session: Session, service_id: str, reason: str, *, based_on: int, by: str, now: datetime) -> int:
    """Take an entry from families, keeping what it said; gives its new revision. Raises `store.ConflictError`."""
    number = put(session, service_id, based_on, now, status="archived", **NOT_IN_REVIEW)
    _line(session, service_id, number, "archived", by=by, now=now, note=reason)
    raise_revision(session)
    return number


def unarchive(session: Session, service_id: str, *, based_on: int, by: str, now: datetime) -> int:
    """Bring an entry back as a draft: it is read again before families see it. Raises `store.ConflictError`."""
    found = session.get(ServiceRow, service_id)
    draft = (found.draft or found.data) if found else None
    number = put(session, service_id, based_on, now, status="draft", draft=draft, **NOT_IN_REVIEW)
    _line(session, service_id, number, "unarchived", by=by, now=now)
    return number


def owners(session: Session, service_id: str) -> frozenset[str]:
    """The ids of those who keep an entry true."""
    return frozenset(
        session.scalars(select(ServiceOwner.staff_id).where(ServiceOwner.service_id == service_id))
    )


def owned_by(session: Session, staff_id: str) -> frozenset[str]:
    """The ids of the entries somebody keeps true."""
    return frozenset(
        session.scalars(select(ServiceOwner.service_id).where(ServiceOwner.staff_id == staff_id))
    )


def set_owners(session: Session, service_id: str, staff_ids: Iterable[str]) -> None:
    """Give an entry to exactly these people."""
    session.execute(delete(ServiceOwner).where(ServiceOwner.service_id == service_id))
    rows = [{"service_id": service_id, "staff_id": one} for one in sorted(set(staff_ids))]
    if rows:
        session.execute(insert(ServiceOwner), rows)


def _line(
    session: Session,
    service_id: str,
    number: int,
    action: str,
    *,
    by: str,
    now: datetime,
    note: str | None = None,
) -> None:
    line = change(service_id, number, action, by=by, now=now, before=None, after=None, note=note)
    session.execute(insert(ServiceChange).values(line))
