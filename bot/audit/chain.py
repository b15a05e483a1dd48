"""The chain of the audit: each row's seal is a keyed digest of the row and of the seal before it.

Whoever alters, deletes, inserts or moves a sealed row breaks it, and without the key (`bot.keys`) nobody can mend it.
What was cut off at the end is found by the head of the chain, and by an anchor (the last seal of some day) that was
kept elsewhere.

Rows are sealed in the order of their ids. On PostgreSQL an id is given before its row is committed, so a lower id can
appear after a higher one; before sealing, `_settled` waits until no insert is under way, and nothing above the highest
id of that moment is sealed. An id below it that has no row then belongs to a transaction that was undone, and will
never have one.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import structlog
from sqlalchemy import BigInteger, Integer, String, bindparam, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.audit.rows import AuditRow
from bot.clock import helsinki
from bot.database import Base, keys_of

log = structlog.get_logger()

AreasOf = Callable[[Session, Collection[str]], Mapping[str, str]]
"""Finds the area of each record of a family, by id."""
FIRST = "0" * 64
"""What stands before the first row."""
_ROW = 1
_MOST = 2000
_WAITS_MS = 500
"""How long the sealer lets inserts wait for it at most; then it tries again at the next round."""


class AuditChainRow(Base):
    """The head of the chain, one row (id 1). Who seals holds it, so of several replicas one seals."""

    __tablename__ = "audit_chain"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))
    seal: Mapped[str] = mapped_column(String(64))
    anchored_on: Mapped[date | None]
    """The local day whose anchor has been logged last."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The end of the chain at some moment: the last sealed row and its seal."""

    id: int
    seal: str


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold. `what`: `altered`, `missing`, `unsealed`, `cut_off` or `anchor`."""

    id: int
    what: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What looking through the whole chain gave."""

    rows: int
    """Sealed rows."""
    waiting: int
    """Rows that are not sealed yet."""
    last: Anchor
    breaks: tuple[Break, ...]


def seal_more(session: Session, now: datetime, areas_of: AreasOf) -> int:
    """Seal the rows that can be; gives how many. May be run by several at once: one seals, the others do nothing.

    Args:
        session: The transaction.
        now: Aware; for the day of the anchor.
        areas_of: Finds whose families the rows touched, which is written down with the seal where it was not before.
    """
    settled = _settled(session)
    if settled is None:
        return 0
    head = _head(session)
    if head is None:
        return 0
    keys, previous, last = keys_of(session), head.seal, head.last_id
    unsealed = select(AuditRow).where(AuditRow.id > last, AuditRow.id <= settled).order_by(AuditRow.id)
    rows = session.scalars(unsealed.limit(_MOST).execution_options(populate_existing=True)).all()
    areas = areas_of(session, {id_ for row in rows if row.areas is None for id_ in row.ids}) if rows else {}
    sealed: list[dict[str, Any]] = []
    for row in rows:
        touched = sorted({areas[id_] for id_ in row.ids if id_ in areas}) if row.areas is None else row.areas
        seal = keys.mark("audit chain", _canonical(row, touched or None, previous))
        sealed.append({"row": row.id, "before": previous, "sealed": seal, "touched": touched or None})
        previous, last = seal, row.id
    if sealed:
        by_id = update(AuditRow.__table__).where(AuditRow.__table__.c.id == bindparam("row"))  # type: ignore[arg-type]
        session.connection().execute(
            by_id.values(previous=bindparam("before"), seal=bindparam("sealed"), areas=bindparam("touched")),
            sealed,
        )
        head.last_id, head.seal = last, previous
    _log_anchor(head, helsinki(now).date())
    session.flush()
    return len(sealed)


def last_seal(session: Session) -> Anchor:
    """Where the chain ends now; id 0 when nothing has been sealed."""
    head = session.get(AuditChainRow, _ROW)
    return Anchor(head.last_id, head.seal) if head else Anchor(0, FIRST)


def verify(session: Session, anchors: tuple[Anchor, ...] = ()) -> Verified:
    """Look through the whole chain. `anchors`: seals of earlier days, kept elsewhere, that must still stand in it."""
    last = last_seal(session)
    known = {anchor.id: anchor.seal for anchor in anchors}
    breaks: list[Break] = []
    rows, waiting, before = 0, 0, Anchor(0, FIRST)
    for row in _all(session):
        if row.seal is None or row.previous is None:
            waiting += row.id > last.id
            if row.id <= last.id:
                breaks.append(Break(row.id, "unsealed"))
            continue
        rows += 1
        if row.previous != before.seal:
            breaks.append(Break(row.id, "missing"))
        if row.seal != keys_of(session).mark("audit chain", _canonical(row, row.areas, row.previous)):
            breaks.append(Break(row.id, "altered"))
        if known.pop(row.id, row.seal) != row.seal:
            breaks.append(Break(row.id, "anchor"))
        before = Anchor(row.id, row.seal)
    if before != last:
        breaks.append(Break(max(before.id, last.id), "cut_off"))
    breaks += [Break(id_, "anchor") for id_ in known if id_]
    return Verified(rows, waiting, last, tuple(breaks))


def _all(session: Session) -> Iterator[AuditRow]:
    wanted = select(AuditRow).order_by(AuditRow.id)
    yield from session.scalars(wanted.execution_options(yield_per=1000))


def _canonical(row: AuditRow, areas: list[str] | None, previous: str) -> str:
    box = row.box.hex() if row.box else None
    return json.dumps(
        [row.id, row.at.isoformat(timespec="microseconds"), row.actor, row.action, row.kind, row.ids, areas,
         box, previous],
        ensure_ascii=False, separators=(",", ":"),
    )  # fmt: skip


def _settled(session: Session) -> int | None:
    """The highest id below which no row can appear any more; None when somebody writes for too long."""
    if session.get_bind().dialect.name == "postgresql":
        # An insert holds the table (ROW EXCLUSIVE) from before it takes its id until it is committed; SHARE waits for
        # all of them. The lock is given back at once, so that nobody waits for the sealing itself.
        holding = session.begin_nested()
        try:
            session.execute(text(f"SET LOCAL lock_timeout = {_WAITS_MS}"))
            session.execute(text("LOCK TABLE audit IN SHARE MODE"))
            highest = session.scalar(select(func.max(AuditRow.id)))
        except OperationalError:
            holding.rollback()
            return None
        holding.rollback()  # a lock taken after a savepoint ends with the return to it
        return highest or 0
    return session.scalar(select(func.max(AuditRow.id))) or 0


def _head(session: Session) -> AuditChainRow | None:
    """The head of the chain, held until the commit; None when somebody else holds it."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    if session.get(AuditChainRow, _ROW) is None:
        first = dialect.insert(AuditChainRow).values(id=_ROW, last_id=0, seal=FIRST)
        session.execute(first.on_conflict_do_nothing())
    wanted = select(AuditChainRow).where(AuditChainRow.id == _ROW).with_for_update(skip_locked=True)
    return session.scalar(wanted.execution_options(populate_existing=True))


def _log_anchor(head: AuditChainRow, today: date) -> None:
    """Once a day the last seal goes into the log, so that it is kept where the database's owner cannot change it."""
    if head.anchored_on != today and head.last_id:
        log.info("audit anchor", day=today.isoformat(), id=head.last_id, seal=head.seal)
        head.anchored_on = today
