"""A proposal of an import as people read it: each field in words, ours beside the register's."""

from dataclasses import dataclass

from bot.clock import helsinki
from bot.console.entry_words import EntryWords, Lines
from bot.console.words import Words
from bot.guidance.importing.merging import FOLLOWED, Changed, Merged
from bot.guidance.importing.tables import Proposal

_LONGEST = 600
_LEFT_OUT = frozenset({"external"})
"""Of no use to who reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A proposal in the list."""

    id: str
    name: str
    kind: str
    provider: str
    areas: str
    why: str
    service_id: str
    system: str
    made: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: ours, the register's and what it would be, each line by line."""

    code: str
    name: str
    ours: Lines
    theirs: Lines
    result: Lines
    conflict: bool = False


def row(found: Proposal, w: Words) -> Row:
    """A proposal for the list."""
    entry, at = found.theirs, helsinki(found.made_at)
    areas = entry.get("areas", {})
    places = [*areas.get("municipalities", ()), *areas.get("counties", ())]
    everywhere = areas.get("scope") == "whole_country"
    return Row(
        id=found.id,
        name=found.name,
        kind=found.kind,
        provider=entry.get("provider", {}).get("fi", ""),
        areas=w("services.whole_country") if everywhere else ", ".join(places),
        why=w.known("imports.why", found.why),
        service_id=found.service_id,
        system=w.known("imports.system", found.system, found.system),
        made=f"{at.day}.{at.month}.{at.year}",
    )


def fields(found: Proposal, merged: Merged, says: EntryWords) -> tuple[Field, ...]:
    """What a proposal would change; of a new entry everything it says."""
    if found.kind == "gone":
        return ()
    changes = merged.changes or [
        Changed(field, None, found.theirs[field], found.theirs[field])
        for field in (*FOLLOWED, "needs")
        if field in found.theirs
    ]
    return tuple(_field(change, says) for change in changes if change.field not in _LEFT_OUT)


def _field(change: Changed, says: EntryWords) -> Field:
    sides = (_cut(says.said(change.field, one)) for one in (change.ours, change.theirs, change.result))
    ours, theirs, result = sides
    return Field(
        code=change.field,
        name=says.name(change.field),
        ours=ours,
        theirs=theirs,
        result=result,
        conflict=change.conflict,
    )


def notes(found: Proposal, w: Words) -> tuple[str, ...]:
    """What could not be taken along, each once."""
    return tuple(dict.fromkeys(w.known("imports.fate", fate, fate) for _, fate in found.notes))


def _cut(lines: Lines) -> Lines:
    return tuple(line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…" for line in lines)
