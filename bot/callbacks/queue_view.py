"""How each member of staff last narrowed the queue, so that the page opens as they left it."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.database import Base

_LONGEST = 200


class QueueViewRow(Base):
    """How one member of staff last narrowed the queue, as an address without words."""

    __tablename__ = "queue_view"

    staff_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    query: Mapped[str] = mapped_column(String(_LONGEST))


def keep_view(session: Session, staff_id: str, query: str) -> None:
    """Remember how somebody narrowed the queue: filters as they stand in an address, never words."""
    session.merge(QueueViewRow(staff_id=staff_id, query=query[:_LONGEST]))
