"""The table of the audit, to which rows are only added.

Each row names who, what they did, to which kind of record and to which ids; never what the record holds. It is written
in the transaction of the deed, so that neither exists without the other: a read that cannot be written down does not
happen. A job seals the rows into a chain afterwards (`bot.audit.chain`), so `previous` and `seal` are empty until then.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, LargeBinary, String, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.database import Base, UtcDateTime, keys_of


class AuditRow(Base):
    """One thing done, e.g. a member of staff opened a callback."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "kind", "at"), Index(None, "actor", "at"))

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(32))
    ids: Mapped[list[str]] = mapped_column(JSON)
    areas: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """Whose families were touched; None for what is of no family, or when it is not known."""
    box: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Why somebody looked, in their own words; sealed."""
    previous: Mapped[str | None] = mapped_column(String(64))
    seal: Mapped[str | None] = mapped_column(String(64))


def record(
    session: Session,
    actor: str,
    action: str,
    kind: str,
    ids: Collection[str],
    *,
    now: datetime,
    areas: Collection[str] | None = None,
    reason: str | None = None,
) -> None:
    """Write down that something was done; one insert, however many records it touched.

    Args:
        session: The transaction of the deed itself, so that neither exists without the other.
        actor: Id of the member of staff or token, `family` or `system`.
        action: What was done: `read`, `listed`, `claimed`, `published`, …
        kind: The kind of record: `callback`, `service`, `staff`, …
        ids: The records touched.
        now: When; aware.
        areas: The areas of the families touched, for those who may search the audit of their own areas only.
        reason: Why, where somebody was asked; kept sealed.
    """
    values: dict[str, Any] = {"at": now, "actor": actor, "action": action, "kind": kind, "ids": list(ids)}
    values["areas"] = None if areas is None else sorted(set(areas))
    values["box"] = keys_of(session).seal(reason_place(actor, now), reason) if reason else None
    session.execute(insert(AuditRow).values(**values))


def reason_place(actor: str, at: datetime) -> str:
    """The place for which a reason is sealed."""
    return f"audit:{actor}:{at.timestamp():.6f}"


def latest(session: Session, *, kind: str | None = None, limit: int = 100) -> list[AuditRow]:
    """The newest entries first, of one kind of record or of all."""
    wanted = select(AuditRow).order_by(AuditRow.id.desc()).limit(limit)
    if kind is not None:
        wanted = wanted.where(AuditRow.kind == kind)
    return list(session.scalars(wanted))
