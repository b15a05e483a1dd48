"""Who did what to which record: a table to which rows are only added.

Each row names who, what they did, to which kind of record and to which ids; never what the record holds. A job
seals the rows into a chain afterwards, so `previous` and `seal` are empty until it has run.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import JSON, BigInteger, Index, Integer, String, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.database import Base, UtcDateTime


class AuditRow(Base):
    """One thing done, e.g. a member of staff opened a callback."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "kind", "at"),)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(32))
    ids: Mapped[list[str]] = mapped_column(JSON)
    previous: Mapped[str | None] = mapped_column(String(64))
    seal: Mapped[str | None] = mapped_column(String(64))


def record(
    session: Session, actor: str, action: str, kind: str, ids: Collection[str], *, now: datetime
) -> None:
    """Write down that something was done; one insert, however many records it touched.

    Args:
        session: The transaction of the deed itself, so that neither exists without the other.
        actor: Id of the member of staff or token, `family` or `system`.
        action: What was done: `viewed`, `listed`, `changed`, `published`, …
        kind: The kind of record: `callback`, `service`, `staff`, …
        ids: The records touched.
        now: When; aware.
    """
    session.execute(insert(AuditRow).values(at=now, actor=actor, action=action, kind=kind, ids=list(ids)))


def latest(session: Session, *, kind: str | None = None, limit: int = 100) -> list[AuditRow]:
    """The newest entries first, of one kind of record or of all."""
    wanted = select(AuditRow).order_by(AuditRow.id.desc()).limit(limit)
    if kind is not None:
        wanted = wanted.where(AuditRow.kind == kind)
    return list(session.scalars(wanted))
