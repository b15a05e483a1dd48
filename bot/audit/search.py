"""Looking through the audit: by what was touched, by whom, of which kind, between two moments; the newest first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, String, cast, exists, func, or_, select
from sqlalchemy.orm import Session

from bot.audit.rows import AuditRow, reason_place
from bot.database import keys_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is looked for; None: not narrowed by this."""

    kinds: Collection[str]
    ids: Collection[str] | None = None
    """Entries that touched one of these."""
    actor: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    """Aware; until is not included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry as it is shown. `at` is aware, UTC."""

    id: int
    at: datetime
    actor: str
    action: str
    kind: str
    ids: tuple[str, ...]
    within: int
    """How many of the records touched the one who looks may know of."""
    reason: str | None


def search(
    session: Session,
    asked: Asked,
    *within: ColumnElement[bool],
    counted: ScalarSelect[int] | None = None,
    limit: int,
    before: int | None = None,
) -> list[Entry]:
    """The entries that fit, the newest first.

    Args:
        session: A transaction; one select.
        asked: What is looked for.
        within: Further conditions: what the one who looks may know of.
        counted: How many of an entry's records those are; None: all.
        limit: At most so many.
        before: Only those older than the entry of this number.
    """
    # Without days the newest are read first, by id; the index of kinds and days would sort them all.
    kind = AuditRow.kind if asked.since or asked.until else func.coalesce(AuditRow.kind, "")
    guards = [kind.in_(sorted(asked.kinds)), *within]
    if asked.ids is not None:
        guards.append(or_(*(_names(id_) for id_ in asked.ids)) if asked.ids else AuditRow.id.is_(None))
    if asked.actor is not None:
        guards.append(AuditRow.actor == asked.actor)
    if asked.since is not None:
        guards.append(AuditRow.at >= asked.since)
    if asked.until is not None:
        guards.append(AuditRow.at < asked.until)
    if before is not None:
        guards.append(AuditRow.id < before)
    number = func.json_array_length(AuditRow.ids) if counted is None else counted
    page = select(AuditRow.id).where(*guards).order_by(AuditRow.id.desc()).limit(limit)
    wanted = select(AuditRow, number).where(AuditRow.id.in_(page)).order_by(AuditRow.id.desc())
    return [_read(session, row, touched) for row, touched in session.execute(wanted)]


def each_id(session: Session) -> Any:
    """The ids of a row of the audit as a table with one column, `value`, to be joined with what they name."""
    if session.get_bind().dialect.name == "postgresql":
        return func.json_array_elements_text(AuditRow.ids).table_valued("value", name="touched")
    return func.json_each(AuditRow.ids).table_valued("value", name="touched")


def of_areas(areas: Collection[str]) -> ColumnElement[bool]:
    """The entries that were written down as touching families of one of these areas."""
    written = cast(AuditRow.areas, String)
    return or_(*(written.contains(f'"{area}"', autoescape=True) for area in sorted(areas)))


def is_not_sealed() -> ColumnElement[bool]:
    """The newest entries, whose areas are not written down yet."""
    return AuditRow.seal.is_(None)


def touching(session: Session, column: Any, *guards: ColumnElement[bool]) -> ColumnElement[bool]:
    """The entries that touched a row of another table, by its id `column`, for which every guard holds."""
    each = each_id(session)
    return exists(select(1).select_from(each).where(column == each.c.value, *guards).correlate(AuditRow))


def how_many(session: Session, column: Any, *guards: ColumnElement[bool]) -> ScalarSelect[int]:
    """How many rows of another table an entry touched, as `touching`."""
    each = each_id(session)
    counted = select(func.count()).select_from(each).where(column == each.c.value, *guards)
    return counted.correlate(AuditRow).scalar_subquery()


def _names(id_: str) -> ColumnElement[bool]:
    return cast(AuditRow.ids, String).contains(f'"{id_}"', autoescape=True)


def _read(session: Session, row: AuditRow, within: int) -> Entry:
    reason = keys_of(session).open(reason_place(row.actor, row.at), row.box) if row.box else None
    return Entry(
        id=row.id, at=row.at, actor=row.actor, action=row.action, kind=row.kind, ids=tuple(row.ids),
        within=within, reason=reason,
    )  # fmt: skip
