"""The catalogue's tables: entries with their drafts, who keeps them, and every change of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, UtcDateTime


class ServiceRow(Base):
    """One entry: what families see (`data`), and the draft an editor is working on."""

    __tablename__ = "service"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    status: Mapped[str] = mapped_column(String(12))
    """`draft` (never published), `published` or `archived`."""
    revision: Mapped[int]
    """How many times this row was changed; the first is 1."""
    data: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    draft: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime())
    review: Mapped[str | None] = mapped_column(String(12))
    """Of the draft: `waiting` for a colleague, or `returned` with a note; None when it is only being written."""
    review_by: Mapped[str | None] = mapped_column(String(80))
    """Who sent it, or who sent it back."""
    review_note: Mapped[str | None] = mapped_column(String(1000))


class ServiceOwner(Base):
    """Somebody of the staff who keeps an entry true. An account or a program; disabled ones may stay."""

    __tablename__ = "service_owner"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    staff_id: Mapped[str] = mapped_column(String(64), primary_key=True)


class ServiceChange(Base):
    """One change of one entry. Rows are only ever added."""

    __tablename__ = "service_change"
    __table_args__ = (Index("ix_service_change_service_id_at", "service_id", "at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"))
    revision: Mapped[int]
    """The entry's revision after the change."""
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    by: Mapped[str] = mapped_column(String(80))
    """The id of the member of staff; `seed` for what came with the installation."""
    action: Mapped[str] = mapped_column(String(12))
    """`seeded`, `drafted`, `sent`, `returned`, `published`, `checked`, `archived`, `unarchived`, `discarded`,
    `stamped`."""
    note: Mapped[str | None] = mapped_column(String(1000))
    """Why it was sent back or archived."""
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class CatalogueRevision(Base):
    """The single row that counts the changes families can see."""

    __tablename__ = "catalogue_revision"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int]
