"""An import from what was kept of the files to proposals: compared, written in batches.

Each batch goes into the database with the place it reached in one transaction: an import that was cut off goes on
there. How files are read and understood first is in `taking_in`.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from bot.database import Database
from bot.guidance.importing import proposals
from bot.guidance.importing.incoming import Decided, Incoming
from bot.guidance.importing.registers import Register
from bot.guidance.importing.spool import Spool
from bot.guidance.importing.tables import ImportRun
from bot.guidance.importing.taking_in import Counts, Progress

_BATCH = 200


def look(database: Database, register: Register, spool: Spool, counts: Counts) -> None:
    """Count what an import would do; writes nothing."""
    linked = database.read_now(proposals.made_by_hand)
    for _, batch in _batches(spool, 0):

        def work(session: Session, batch: list[Incoming] = batch) -> list[Decided]:
            return proposals.look(session, register.system, batch, linked)

        counts.fates.update(one.fate for one in database.read_now(work))


def store(
    database: Database, register: Register, spool: Spool, counts: Counts, *,
    run: str, apply: bool, now: datetime, progress: Progress,
) -> int:  # fmt: skip
    """Put everything into the queue, or with `apply` into the catalogue; gives how many were done by an earlier try.

    `run` is what this import is known by (`run_id`): one that was cut off goes on where it was.
    """
    linked = database.read_now(proposals.made_by_hand)
    begun = database.read_now(lambda session: session.get(ImportRun, run))
    done, total = (begun.position if begun else 0), spool.entries
    counts.fates.update(begun.counts if begun else {})
    before = done
    for place, batch in _batches(spool, done):

        def work(session: Session, batch: list[Incoming] = batch, place: int = place) -> Counter[str]:
            decided = proposals.look(session, register.system, batch, linked)
            proposals.carry_out(session, register.system, decided, apply=apply, now=now)
            fates = counts.fates + Counter(_told(one, apply=apply) for one in decided)
            session.merge(ImportRun(id=run, position=place, counts=dict(fates), begun_at=now))
            return fates

        counts.fates = database.write_now(work)
        progress("writing", place, total)
    database.write_now(lambda session: session.execute(delete(ImportRun).where(ImportRun.id == run)))
    return before


def _told(one: Decided, *, apply: bool) -> str:
    return "held" if apply and one.fate == "changed" and one.held else one.fate


def run_id(kind: str, spool: Spool, *, apply: bool) -> str:
    """By which an import is known again: what it brings, and what is to be done with it."""
    known = hashlib.sha256(f"{kind} {apply}".encode())
    for _, batch in _batches(spool, 0):
        for one in batch:
            known.update(json.dumps(one.entry, sort_keys=True).encode())
    return known.hexdigest()


def _batches(spool: Spool, after: int) -> Iterator[tuple[int, list[Incoming]]]:
    """Batches after the first `after` of what is kept, each with the place it ends at."""
    while found := spool.some_entries(after, _BATCH):
        after += len(found)
        yield (
            after,
            [
                Incoming(
                    key=one["key"], entry=one["entry"], notes=tuple(map(tuple, one["notes"])), why=one["why"],
                    gone=one["gone"],
                )
                for one in found
            ],
        )  # fmt: skip
