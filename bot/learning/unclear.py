"""The inbox of messages that were not understood: kept without names and numbers, filed by staff, gone in 30 days."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.database import Base, UtcDateTime, keys_of, new_id

KEPT = timedelta(days=30)
_MOST_SHOWN = 200


class UnclearRow(Base):
    """One message whose sender allowed it to be kept; nothing ties it to a conversation."""

    __tablename__ = "unclear_message"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    language: Mapped[str] = mapped_column(String(8))
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)
    label: Mapped[str | None] = mapped_column(String(80))
    """The training label staff filed it under: a need, an act, or `need+act`."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """One message as staff see it. `kept_at` is aware, UTC."""

    id: str
    language: str
    kept_at: datetime
    text: str
    label: str | None


def keep(session: Session, text: str, *, language: str, now: datetime) -> None:
    """Keep a message; the caller has taken out of it what could tell who wrote it."""
    row_id = new_id()
    box = keys_of(session).seal(_place(row_id), {"text": text})
    session.add(UnclearRow(id=row_id, language=language, kept_at=now, box=box))


def inbox(session: Session) -> list[Unclear]:
    """The messages, those not filed first, then the newest; at most 200."""
    rows = session.scalars(
        select(UnclearRow)
        .order_by(UnclearRow.label.is_not(None), UnclearRow.kept_at.desc(), UnclearRow.id)
        .limit(_MOST_SHOWN)
    )
    return [_opened(session, row) for row in rows]


def file_under(session: Session, message_id: str, label: str, text: str) -> bool:
    """File a message, with its words as staff have mended them; False when it is there no more."""
    row = session.get(UnclearRow, message_id)
    if row is None:
        return False
    row.label = label
    row.box = keys_of(session).seal(_place(row.id), {"text": text})
    return True


def drop(session: Session, message_id: str) -> bool:
    """Delete a message; False when it was gone already."""
    gone = session.scalars(delete(UnclearRow).where(UnclearRow.id == message_id).returning(UnclearRow.id))
    return bool(gone.all())


def forget_old(session: Session, now: datetime) -> int:
    """Delete what has been kept for 30 days; gives how many. May run any number of times."""
    old = delete(UnclearRow).where(UnclearRow.kept_at < now - KEPT).returning(UnclearRow.id)
    return len(session.scalars(old).all())


def proposed(session: Session, language: str) -> str:
    """The filed sentences of a language as Rasa training data 3.1, ready to be added to `nlu_data/`."""
    rows = session.scalars(
        select(UnclearRow)
        .where(UnclearRow.language == language, UnclearRow.label.is_not(None))
        .order_by(UnclearRow.kept_at, UnclearRow.id)
    )
    by_label: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        by_label[str(row.label)].append(_opened(session, row).text)
    return as_yaml(by_label)


def as_yaml(by_label: dict[str, list[str]]) -> str:
    """Sentences by label in the form of the files in `nlu_data/`."""
    blocks = [
        f"  - intent: {label}\n    examples: |\n{_lines(texts)}" for label, texts in sorted(by_label.items())
    ]
    return 'version: "3.1"\nnlu:' + ("\n" + "".join(blocks) if blocks else " []\n")


def _lines(texts: Sequence[str]) -> str:
    # Square brackets would mark an entity, and a line break would end the sentence.
    return "".join(f"      - {' '.join(text.translate(_NO_BRACKETS).split())}\n" for text in texts)


_NO_BRACKETS = str.maketrans("[]{}", "()()")


def _opened(session: Session, row: UnclearRow) -> Unclear:
    text = keys_of(session).open(_place(row.id), row.box)["text"]
    return Unclear(row.id, row.language, row.kept_at, text, row.label)


def _place(row_id: str) -> str:
    return f"unclear_message:{row_id}"
