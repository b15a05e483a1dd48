"""An import from files to proposals: everything is read and understood before the first thing is written.

What was understood waits in a spool, then goes into the database in batches, each with the place it reached in one
transaction: an import that was cut off goes on there. A file with anything broken in it is refused as a whole.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import delete
from sqlalchemy.orm import Session

from bot.clock import helsinki
from bot.content import Problem
from bot.database import Database
from bot.guidance.importing import proposals
from bot.guidance.importing.files import Found
from bot.guidance.importing.incoming import Decided, Incoming
from bot.guidance.importing.registers import Register
from bot.guidance.importing.spool import Spool
from bot.guidance.importing.tables import ImportRun

_BATCH = 200
_MOST_PROBLEMS = 200
Progress = Callable[[str, int, int], None]
"""Told now and then: `reading` or `writing`, how many are done, how many there are."""


@dataclass(slots=True)
class Counts:
    """What an import has met with and done, or would do."""

    read: int = 0
    kept: int = 0
    left_out: int = 0
    errors: int = 0
    fates: Counter[str] = field(default_factory=Counter)
    """How many are `new`, `changed`, `conflict`, `gone`, `same`, `waiting`, `refused`; of changed ones that are to be
    published at once, how many are `held` for a person to look at."""
    notes: Counter[str] = field(default_factory=Counter)
    """How often something could not be taken along, by what became of it."""

    @property
    def created(self) -> int:
        """Entries that are new."""
        return self.fates["new"]

    @property
    def updated(self) -> int:
        """Entries we have that would change, or have changed."""
        return sum(self.fates[fate] for fate in ("changed", "held", "conflict", "gone"))

    def plain(self) -> dict[str, int]:
        """The counts the command promises."""
        names = ("read", "kept", "left_out", "errors", "created", "updated")
        return {name: getattr(self, name) for name in names}


def understand(
    register: Register,
    paths: list[Path],
    spool: Spool,
    *,
    now: datetime,
    everything: bool,
    progress: Progress,
) -> tuple[Counts, list[Problem]]:
    """Read the files into the spool, and understand every record; writes nothing else.

    Args:
        register: The kind of file.
        paths: Files, folders and zips.
        spool: Takes what is kept.
        now: Hours that are over by then are left out.
        everything: Whether what is not for families is kept too.
        progress: Told every few hundred records.

    Gives the counts, and what is wrong with which record. Raises `ContentError` for a file nobody can read.
    """
    register.gather(paths, spool)
    counts, problems, seen = Counts(), list[Problem](), dict[str, bytes]()
    for found in spool.each_record():
        counts.read += 1
        if counts.read % _BATCH == 0:
            progress("reading", counts.read, spool.records)
        try:
            incoming = _incoming(register, found, spool, now, counts)
            _only_once(incoming, found, seen)
            _keep(incoming, register, spool, counts, everything=everything)
        except _StandsTwiceError:
            counts.left_out += 1
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            problems.append(found.problem(_what(error)))
            counts.errors += 1
            if counts.errors >= _MOST_PROBLEMS:
                break
    return counts, problems


def _keep(incoming: Incoming, register: Register, spool: Spool, counts: Counts, *, everything: bool) -> None:
    """Spool what is for families, or everything; count both."""
    if everything or incoming.why or incoming.gone or not register.family:
        counts.kept += 1
        spool.add_entry(_spooled(incoming))
    else:
        counts.left_out += 1


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


class _StandsTwiceError(Exception):
    """The same record again: the register lists it on two pages."""


def _incoming(register: Register, found: Found, spool: Spool, now: datetime, counts: Counts) -> Incoming:
    key = register.key(found)
    if register.withdrawn(found):
        return Incoming(key=key, entry={"id": f"{register.system}-{key}"}, gone=True)
    record = register.read(found, spool, helsinki(now).date())
    counts.notes.update({note.fate for note in record.notes})
    notes = tuple((note.field, note.fate) for note in record.notes)
    return Incoming(key=key, entry=record.service.plain(), notes=notes, why=record.family)


def _only_once(incoming: Incoming, found: Found, seen: dict[str, bytes]) -> None:
    said = hashlib.sha256(json.dumps(found.data, sort_keys=True).encode()).digest()[:8]
    if incoming.key not in seen:
        seen[incoming.key] = said
    elif seen[incoming.key] == said:
        raise _StandsTwiceError
    else:
        raise ValueError("stands twice, differently")


def _what(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"[:200]
    if isinstance(error, KeyError):
        return f"no {error.args[0]}"[:200]
    if isinstance(error, AttributeError | TypeError):
        return "a field is of another kind than the register's are"
    return str(error)[:200]


def _spooled(incoming: Incoming) -> dict[str, Any]:
    return {
        "key": incoming.key, "entry": dict(incoming.entry), "notes": incoming.notes, "why": incoming.why,
        "gone": incoming.gone,
    }  # fmt: skip


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
