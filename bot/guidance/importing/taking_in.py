"""Files of a register, read and understood before the first thing is written: what is for families is kept.

What was understood waits in a spool. A file with anything broken in it is refused as a whole. Nothing here needs a
database, so that a refusal is quick.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.clock import helsinki
from bot.content import Problem
from bot.guidance.importing.files import Found
from bot.guidance.importing.incoming import Incoming
from bot.guidance.importing.registers import Register
from bot.guidance.importing.spool import Spool

_TOLD_EVERY = 200
_MOST_PROBLEMS = 200
Progress = Callable[[str, int, int], None]
"""Told now and then: `fetching`, `reading` or `writing`, how many are done, how many there are."""


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
        if counts.read % _TOLD_EVERY == 0:
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
