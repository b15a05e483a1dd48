"""How each member of staff last narrowed the queue, so that the page opens as they left it.

Kept as it stands in the address: `show=late&show=interpreter&area=askola&language=ar&need=school`. Never words.
"""

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.callbacks.worklist import Wanted
from bot.database import Base

_LONGEST = 200
_KINDS = ("mine", "late", "interpreter", "professional")
_VALUES = ("area", "language", "need")
_LONGEST_VALUE = 40


class QueueViewRow(Base):
    """How one member of staff last narrowed the queue, as an address without words."""

    __tablename__ = "queue_view"

    staff_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    query: Mapped[str] = mapped_column(String(_LONGEST))


def keep_view(session: Session, staff_id: str, query: str) -> None:
    """Remember how somebody narrowed the queue: filters as they stand in an address, never words."""
    session.merge(QueueViewRow(staff_id=staff_id, query=query[:_LONGEST]))


def as_query(wanted: Wanted) -> str:
    """The filters as they stand in an address; nothing for none."""
    kinds = [("show", kind) for kind in _KINDS if getattr(wanted, kind)]
    return urlencode(kinds + [(name, value) for name in _VALUES if (value := getattr(wanted, name))])


def of_pairs(pairs: Iterable[tuple[str, str]]) -> Wanted | None:
    """The filters an address asks for; None when it says nothing of any. What is not known is left out."""
    asked = [(name, value) for name, value in pairs if name == "show" or name in _VALUES]
    if not asked:
        return None
    kinds = {value: True for name, value in asked if name == "show" and value in _KINDS}
    values = {name: value[:_LONGEST_VALUE] for name, value in asked if name in _VALUES}
    return Wanted(**kinds, **values)  # type: ignore[arg-type]  # the names are those of its fields


def of_query(query: str) -> Wanted:
    """The same of a kept view."""
    return of_pairs(parse_qsl(query)) or Wanted()
