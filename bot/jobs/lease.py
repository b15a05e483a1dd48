"""Which of several replicas runs the jobs: one row with its holder, its end, and a number that grows.

The number is the fence: a job's own transaction asks whether its term still stands and keeps it standing until the
commit, so a process that was stopped and wakes up late changes nothing. A wrong clock can thus cost a needless
change of holder and never brings two that act.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import and_, case, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.jobs.tables import JobLeaseRow

TERM = timedelta(seconds=15)
"""How long a holder that says nothing more keeps the lease."""
RENEW_EVERY = 5
"""Seconds between two words of a holder, and between two looks of those who wait."""
_ROW = 1
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_STOPPED_MS = 10_000
"""A process that is stopped inside a transaction loses it after this: it must not keep others from taking over."""


@dataclass(frozen=True, slots=True)
class Term:
    """A lease held: by whom, the number of this term, and until when unless renewed."""

    holder: str
    number: int
    until: datetime


class TermOverError(Exception):
    """Another replica has taken over; nothing may be done in this term."""


def seek(session: Session, holder: str, now: datetime) -> Term | None:
    """Renew one's lease, or take one that has run out; None while another holds it.

    Args:
        session: The transaction.
        holder: The asking process.
        now: Aware. A lease that ends too far ahead was given by a wrong clock and is not believed.
    """
    mine = and_(JobLeaseRow.holder == holder, JobLeaseRow.until > now)
    free = or_(JobLeaseRow.until <= now, JobLeaseRow.until > now + 4 * TERM)
    until = now + TERM
    taken = session.execute(
        update(JobLeaseRow)
        .where(JobLeaseRow.id == _ROW, or_(mine, free))
        .values(
            holder=holder, until=until, number=case((mine, JobLeaseRow.number), else_=JobLeaseRow.number + 1)
        )
        .returning(JobLeaseRow.number)
        .execution_options(synchronize_session=False)
    ).scalar()
    if taken is None and session.get(JobLeaseRow, _ROW) is None:
        taken = _first(session, holder, until)
    return None if taken is None else Term(holder, taken, until)


def hold(session: Session, term: Term, now: datetime) -> None:
    """Make sure that `term` stands, and that nobody takes over before this transaction ends.

    Raises `TermOverError` when it is over.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SET LOCAL idle_in_transaction_session_timeout = {_STOPPED_MS}"))
    stands = select(JobLeaseRow.number).where(
        JobLeaseRow.id == _ROW,
        JobLeaseRow.holder == term.holder,
        JobLeaseRow.number == term.number,
        JobLeaseRow.until > now,
    )
    if session.execute(stands.with_for_update(read=True)).scalar() is None:
        raise TermOverError


def give_back(session: Session, term: Term) -> bool:
    """Let another take over at once; False when one has done so already. Waits for a job's transaction to end."""
    ended = (
        update(JobLeaseRow)
        .where(JobLeaseRow.id == _ROW, JobLeaseRow.holder == term.holder, JobLeaseRow.number == term.number)
        .values(until=_LONG_AGO)
        .returning(JobLeaseRow.id)
    )
    return session.execute(ended).first() is not None


def _first(session: Session, holder: str, until: datetime) -> int | None:
    """The first term of this database; of those who come at once one gets it."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(JobLeaseRow).values(id=_ROW, holder=holder, number=1, until=until)
    return session.execute(row.on_conflict_do_nothing().returning(JobLeaseRow.number)).scalar()
