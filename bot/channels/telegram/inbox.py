"""Updates that came and wait for an answer: kept before Telegram is told so, taken by one worker at a time.

A worker that dies leaves its update to the next one, which answers with the same message id: the turn then gives the
answer it gave.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as insert_on_postgres
from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite
from sqlalchemy.orm import Session, aliased

from bot.channels.telegram.arrivals import Arrival
from bot.channels.telegram.tables import NEVER, UpdateRow, mark_of
from bot.database import keys_of
from bot.keys import SealBrokenError

log = structlog.get_logger()

LEASE = timedelta(seconds=15)
"""How long a worker has for one update before another may take it."""


@dataclass(frozen=True, slots=True)
class Held:
    """An update that a worker has taken."""

    arrival: Arrival
    chat: str
    """The keyed mark of its chat."""
    tries: int


def store(session: Session, arrivals: Iterable[Arrival], *, now: datetime) -> int:
    """Keep what came; gives how many were new. One that is known already, answered or not, changes nothing."""
    new = 0
    insert = insert_on_sqlite if session.get_bind().dialect.name == "sqlite" else insert_on_postgres
    for arrival in arrivals:
        box = keys_of(session).seal(f"telegram_update:{arrival.update_id}", arrival.as_json())
        mark = mark_of(session, arrival.chat_id)
        row = insert(UpdateRow).values(
            id=arrival.update_id, chat=mark, received_at=now, due_at=now, tries=0, box=box
        )
        kept = session.scalar(row.on_conflict_do_nothing().returning(UpdateRow.id))
        new += kept is not None
    return new


def claim(session: Session, *, now: datetime) -> Held | None:
    """Take the oldest update that is due, and none of a chat that has an older one unanswered; None when all is done.

    One guarded statement: of several workers one wins, and the others find it held.
    """
    earlier = aliased(UpdateRow)
    next_one = (
        select(UpdateRow.id)
        .where(
            UpdateRow.box.is_not(None),
            UpdateRow.due_at <= now,
            ~select(earlier.id)
            .where(earlier.chat == UpdateRow.chat, earlier.id < UpdateRow.id, earlier.box.is_not(None))
            .exists(),
        )
        .order_by(UpdateRow.due_at, UpdateRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    row = session.execute(
        update(UpdateRow)
        .where(UpdateRow.id == next_one, UpdateRow.due_at <= now, UpdateRow.box.is_not(None))
        .values(due_at=now + LEASE, tries=UpdateRow.tries + 1)
        .returning(UpdateRow.id, UpdateRow.chat, UpdateRow.tries, UpdateRow.box)
        .execution_options(synchronize_session=False)
    ).first()
    if row is None:
        return None
    try:
        arrival = Arrival.from_json(keys_of(session).open(f"telegram_update:{row.id}", row.box))
    except SealBrokenError:  # made with another key: it can never be read, and must not stand in the way
        log.error("telegram update cannot be opened", update=row.id)  # noqa: TRY400
        session.execute(update(UpdateRow).where(UpdateRow.id == row.id).values(box=None, due_at=NEVER))
        return claim(session, now=now)
    return Held(arrival, row.chat, row.tries)


def finish(session: Session, held: Held) -> bool:
    """Note that it is answered and drop its box; False when another worker was quicker."""
    done = session.scalar(
        update(UpdateRow)
        .where(UpdateRow.id == held.arrival.update_id, UpdateRow.box.is_not(None))
        .values(box=None, due_at=NEVER)
        .returning(UpdateRow.id)
        .execution_options(synchronize_session=False)
    )
    return done is not None


def postpone(session: Session, held: Held, until: datetime) -> None:
    """Let it wait; what its chat sent later waits behind it."""
    session.execute(update(UpdateRow).where(UpdateRow.id == held.arrival.update_id).values(due_at=until))
