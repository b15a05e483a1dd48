"""The tables of imports: what a register said last, what waits for a click, what does not come back, how far we are."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, UtcDateTime


class UpstreamBase(Base):
    """An entry as the register gave it when somebody last decided over it: the ground of the next comparison."""

    __tablename__ = "import_base"

    system: Mapped[str] = mapped_column(String(40), primary_key=True)
    external_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    service_id: Mapped[str] = mapped_column(String(80), index=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    fetched_at: Mapped[datetime] = mapped_column(UtcDateTime())


class DoNotList(Base):
    """An entry of a register that is not to come back: somebody refused it."""

    __tablename__ = "import_refusal"

    system: Mapped[str] = mapped_column(String(40), primary_key=True)
    external_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    by: Mapped[str] = mapped_column(String(80))


class Proposal(Base):
    """What an import proposes for one entry; it waits for a click. One for each entry of a register."""

    __tablename__ = "import_proposal"
    __table_args__ = (Index("ix_import_proposal_system_external_id", "system", "external_id", unique=True),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    system: Mapped[str] = mapped_column(String(40))
    external_id: Mapped[str] = mapped_column(String(200))
    service_id: Mapped[str] = mapped_column(String(80), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    """`new`, `changed`, `conflict` or `gone`."""
    name: Mapped[str] = mapped_column(String(200))
    theirs: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The entry as the register gives it now; of `gone` as it last did."""
    digest: Mapped[str] = mapped_column(String(64))
    notes: Mapped[list[list[str]]] = mapped_column(JSON)
    """What could not be taken along: the register's field and its fate."""
    why: Mapped[str | None] = mapped_column(String(12))
    """Why it is thought to be for families."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime())


class ImportRun(Base):
    """An import begun, so that one that was cut off goes on where it was."""

    __tablename__ = "import_run"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of what is imported and how."""
    position: Mapped[int]
    """How many of what was kept are done."""
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime())
