"""What families tell of an entry that is wrong: sealed, tied to nobody, deleted when handled or after 90 days."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.database import Base, UtcDateTime, keys_of, new_id

KEPT = timedelta(days=90)
LONGEST = 1000
_MOST_SHOWN = 200


class ReportRow(Base):
    """One word of a family about one entry."""

    __tablename__ = "service_report"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    language: Mapped[str] = mapped_column(String(8))
    """Of the page it was written on."""
    box: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report as staff see it. `at` is aware, UTC; `text` may be empty: only that something is wrong."""

    id: str
    service_id: str
    at: datetime
    language: str
    text: str


def tell(session: Session, service_id: str, text: str, *, language: str, now: datetime) -> None:
    """Keep what a family says is wrong with an entry; at most 1,000 letters of it."""
    row_id = new_id()
    box = keys_of(session).seal(_place(row_id), {"text": text[:LONGEST]})
    session.add(ReportRow(id=row_id, service_id=service_id, at=now, language=language, box=box))


def waiting(session: Session, only: Collection[str] | None = None) -> list[Report]:
    """What nobody has handled yet, the oldest first, at most 200; `only`: of these entries."""
    asked = select(ReportRow).order_by(ReportRow.at, ReportRow.id).limit(_MOST_SHOWN)
    if only is not None:
        asked = asked.where(ReportRow.service_id.in_(only))
    return [
        Report(
            id=row.id, service_id=row.service_id, at=row.at, language=row.language,
            text=keys_of(session).open(_place(row.id), row.box)["text"],
        )
        for row in session.scalars(asked)
    ]  # fmt: skip


def handled(session: Session, report_id: str, only: Collection[str] | None = None) -> str | None:
    """Delete a report; gives the id of its entry, None when it was gone already or is not of `only`."""
    gone = delete(ReportRow).where(ReportRow.id == report_id).returning(ReportRow.service_id)
    if only is not None:
        gone = gone.where(ReportRow.service_id.in_(only))
    return session.scalars(gone).one_or_none()


def forget_old(session: Session, now: datetime) -> int:
    """Delete what has been kept for 90 days; gives how many. May run any number of times."""
    old = delete(ReportRow).where(ReportRow.at < now - KEPT).returning(ReportRow.id)
    return len(session.scalars(old).all())


def _place(row_id: str) -> str:
    return f"service_report:{row_id}"
