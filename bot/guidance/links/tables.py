"""The table of web addresses that are asked each night."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, UtcDateTime
from bot.guidance.links.link import State


class LinkRow(Base):
    """One address of published entries."""

    __tablename__ = "link"
    __table_args__ = (Index("ix_link_due_taken_until", "due", "taken_until"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    """The beginning of the address' SHA-256."""
    url: Mapped[str] = mapped_column(String(500))
    state: Mapped[State] = mapped_column(String(8))
    """As `bot.guidance.links.link.judge` says."""
    results: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """The last three, the newest first."""
    due: Mapped[bool]
    taken_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until when whoever took it is waited for."""
    ignored_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
